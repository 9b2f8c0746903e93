"""Counting a design: pipes, insulation, holes, devices, radiators, floors, works in flats."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal
from math import ceil

from fenhu import tables
from fenhu.building import Loop
from fenhu.design.prices import Price, PriceBook
from fenhu.design.quantities.values import INLET, MAINS, Piece
from fenhu.design.values import Action, Design, Role, Segment, Side
from fenhu.records import SystemForm
from fenhu.wording import Text, text

_ONE = Decimal(1)
_EDGE = 1e-6


def pieces_of(design: Design, book: PriceBook) -> Iterator[Piece]:
    """Yield everything a design takes, but the fittings and charges that go by percent."""
    for count in (_pipes, _fittings, _insulation, _holes, _devices, _radiators, _floors, _works):
        yield from count(design, book)


def bought(design: Design) -> tuple[Segment, ...]:
    """Return the pipes that are laid anew; those of the old system that stay are left out."""
    roles = _kept_roles(design)
    return tuple(one for one in design.segments if one.role not in roles or one.pinned)


def keeps_old_pipes(design: Design) -> bool:
    """Return whether mains and risers of the old system stay."""
    return bool(_kept_roles(design))


def fittings_are_priced(segments: Sequence[Segment], book: PriceBook) -> bool:
    """Return whether a book prices every fitting the pipes pass."""
    codes = [code for segment in segments for code, _ in _fitting_codes(segment)]
    return bool(codes) and all(code in book.prices for code in codes)


def place_of(segment: Segment) -> tuple[str, str]:
    """Return the flat, or the public part, a pipe belongs to."""
    return (segment.flat, "") if segment.flat else ("", segment.riser or MAINS)


def by_place(segments: Sequence[Segment]) -> dict[tuple[str, str], list[Segment]]:
    """Return the pipes of every flat and public part."""
    found: dict[tuple[str, str], list[Segment]] = defaultdict(list)
    for segment in segments:
        found[place_of(segment)].append(segment)
    return found


def _kept_roles(design: Design) -> tuple[str, ...]:
    kept = tables.load("quantities")["kept"].get(design.form.value)
    if kept is None or design.building.pipework.form.value not in kept["from"]:
        return ()
    return tuple(kept["roles"])


def _pipes(design: Design, book: PriceBook) -> Iterator[Piece]:
    for segment in bought(design):
        length = _metres(segment.length_m)
        coil = segment.role is Role.COIL
        fitting = book.price("labour.coil") if coil else book.for_size("labour.pipe", segment.dn)
        for price in (book.price(f"pipe.{segment.material}.{segment.dn}"), fitting):
            yield _on(segment, price, length, text("lengths of the pipes in the design"))


def _fittings(design: Design, book: PriceBook) -> Iterator[Piece]:
    for segments in by_place(bought(design)).values():
        if fittings_are_priced(segments, book):
            for segment in segments:
                for code, count in _fitting_codes(segment):
                    yield _on(segment, book.price(code), Decimal(count), text("fittings the pipes pass"))


def _fitting_codes(segment: Segment) -> Iterator[tuple[str, int]]:
    articles = tables.load("quantities")["fitting"]
    for name, count in segment.fittings:
        if articles[name]:
            yield f"{articles[name]}.{segment.material}.{segment.dn}", count


def _insulation(design: Design, book: PriceBook) -> Iterator[Piece]:
    for segment in bought(design):
        if segment.insulated:
            price = book.for_size("insulation", segment.dn)
            yield _on(segment, price, _metres(segment.length_m), text("lengths of the insulated pipes"))


def _holes(design: Design, book: PriceBook) -> Iterator[Piece]:
    rule = tables.load("quantities")["hole"]
    runs: dict[tuple[str, Side], int] = defaultdict(int)
    for segment in bought(design):
        if segment.role is Role.RISER:
            count = rule["slab_for_crossing"] * slabs_crossed(segment, design)
            yield from _hole(segment, book, "slab", count, text("each pipe through each slab"))
        elif segment.role is Role.CONNECTION:
            count = rule["wall_for_connection"]
            yield from _hole(segment, book, "wall", count, text("each pipe into the flat"))
        elif segment.role is Role.RUN:
            runs[segment.flat, segment.side] += 1
            if runs[segment.flat, segment.side] > rule["first_runs"]:
                count = rule["partition_for_run"]
                yield from _hole(
                    segment, book, "partition", count, text("each pipe on to a further radiator")
                )


def _hole(segment: Segment, book: PriceBook, kind: str, count: int, rule: Text) -> Iterator[Piece]:
    if count == 0:
        return
    yield _on(segment, book.for_size(f"labour.hole.{kind}", segment.dn), Decimal(count), rule)
    if kind in tables.load("quantities")["hole"]["sleeves"]:
        yield _on(segment, book.for_size("sleeve", segment.dn), Decimal(count), rule)


def slabs_crossed(segment: Segment, design: Design) -> int:
    """Return how many slabs a piece of riser passes.

    A piece between two storeys passes one, a piece from the trench to a higher zone one for each storey. A
    piece that falls from a main in the top storey into the same storey passes none.
    """
    crossed = ceil(abs(segment.rise_m) / design.building.storey_height_m - _EDGE)
    falls_from_main = segment.rise_m < 0 and segment.side is Side.SUPPLY
    return 0 if falls_from_main and segment.storey == design.building.storeys else crossed


def _devices(design: Design, book: PriceBook) -> Iterator[Piece]:
    families = tables.load("quantities")["device"]
    for device in design.devices:
        yield Piece(
            price=book.for_size(families[device.kind.value], device.dn), quantity=_ONE, flat=device.flat,
            part="" if device.flat else device.riser or INLET, counted=(device.id,),
            rule=text("valves, meters and instruments in the design"),
        )  # fmt: skip


def _radiators(design: Design, book: PriceBook) -> Iterator[Piece]:
    for one in design.radiators:
        if one.action is Action.KEEP:
            continue
        before = one.sections_before if one.action is Action.EXTEND else 0
        rule = text("sections added") if before else text("sections of new radiators")
        for price, quantity in (
            (book.price(f"radiator.{one.kind}"), Decimal(one.sections - before)),
            (book.price("labour.radiator"), _ONE),
        ):
            yield Piece(
                price=price, quantity=quantity, flat=one.flat, part="", counted=(one.id,),
                rule=rule if price.code != "labour.radiator" else text("radiators extended, replaced or new"),
            )  # fmt: skip


def _floors(design: Design, book: PriceBook) -> Iterator[Piece]:
    """Yield manifolds of flats whose pipes part at the entrance, and what lies under and over floor coils."""
    if design.form is not SystemForm.HOUSEHOLD_DOUBLE or design.loop not in (Loop.RADIAL, Loop.FLOOR_COIL):
        return
    spacing_m = Decimal(str(tables.load("eras")["floor_coil"]["spacing_m"]))
    for segment in design.segments:
        if segment.role in (Role.RUN, Role.COIL) and segment.side is Side.SUPPLY:
            yield _on(segment, book.price("manifold"), _ONE, text("ways that part at the entrance"))
        if segment.role is Role.COIL:
            area = _metres(segment.length_m) * spacing_m
            yield _on(segment, book.price("floor"), area, text("length of the coils times their spacing"))


def _works(design: Design, book: PriceBook) -> Iterator[Piece]:
    codes = ["labour.repair"] if keeps_old_pipes(design) else ["labour.removal", "labour.repair"]
    for flat in design.flats:
        for code in codes:
            yield Piece(
                price=book.price(code), quantity=_ONE, flat=flat.id, part="", counted=(flat.id,),
                rule=text("once for every flat"),
            )  # fmt: skip


def _on(segment: Segment, price: Price, quantity: Decimal, rule: Text) -> Piece:
    flat, part = place_of(segment)
    return Piece(price=price, quantity=quantity, flat=flat, part=part, counted=(segment.id,), rule=rule)


def _metres(length_m: float) -> Decimal:
    return Decimal(str(length_m))
