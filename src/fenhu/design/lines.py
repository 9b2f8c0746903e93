"""Radiators one after the other with a bypass at each: single risers, lines inside flats."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import accumulate

from fenhu import tables
from fenhu.building.parts import laid
from fenhu.design.basis import RadiatorPlace
from fenhu.design.catalogue import (
    Size,
    local_loss_pa,
    sizes_of,
    specific_loss,
    trv_low_kv_m3_h,
    valve_loss_pa,
)
from fenhu.design.choices import pipe_loss_pa, sizes_for
from fenhu.design.laying import Laying
from fenhu.design.tree import Choice, End, Hung, Pipe
from fenhu.design.values import Place, Role, Side

_RADIATOR = (("radiator", 1),)


def riser_line(works: Laying, name: str, unit: int, places: Sequence[RadiatorPlace]) -> End:
    """Return a single riser from the top main down through a stack of radiators, each with a bypass."""
    basis = works.basis
    flow = basis.flow_kg_s(sum(place.load_w for place in places))
    top_m = basis.building.storeys * basis.building.storey_height_m
    pipes: list[Pipe] = []
    at, above_m = f"{name}.0s", top_m
    for n, (place, before_w) in enumerate(_with_passed(places)):
        flat = basis.building.flats[place.number]
        z_m = works.height_m(flat.storey) + laid()["single_height_m"]
        here, after = f"{name}.{flat.storey}s", f"{name}.{flat.storey}r"
        works.heights_m |= {here: z_m, after: z_m - laid()["single_height_m"]}
        pipes.append(_piece(works, name, unit, flat.storey, at, here, above_m - z_m, flow, first=n == 0))
        pipes += _at_radiator(works, place, name, here, after, flow, before_w, line=name)
        at, above_m = after, z_m - laid()["single_height_m"]
    foot_m = above_m - laid()["trench_m"]
    pipes.append(_piece(works, name, unit, 0, at, f"{name}.0r", foot_m, flow, first=True))
    return End(
        id=name, pipes=tuple(pipes), choices=tuple(line_choices(works, pipes)), flow_kg_s=flow,
    )  # fmt: skip


def flat_line(
    works: Laying, name: str, number: int, places: Sequence[RadiatorPlace], start: str, end: str
) -> End:
    """Return the line inside a flat: all its radiators one after the other, a bypass at each."""
    basis = works.basis
    flat = basis.building.flats[number]
    flow = basis.flow_kg_s(basis.flat_load_w(number))
    length_m = tables.load("eras")["loop"]["run_m_per_m2"] * flat.area_m2 / len(places)
    pipes: list[Pipe] = []
    at = start
    for place, before_w in _with_passed(places):
        here, after = f"{place.id}.0s", f"{place.id}.0r"
        works.heights_m |= dict.fromkeys((here, after), works.height_m(flat.storey))
        pipes.append(_run(works, number, name, f"{place.id}.l", at, here, length_m, flow, Side.SUPPLY))
        pipes += _at_radiator(works, place, name, here, after, flow, before_w, line=flat.id)
        at = after
    pipes.append(_run(works, number, name, f"{flat.id}.l", at, end, length_m, flow, Side.RETURN))
    return End(
        id=flat.id,
        pipes=tuple(pipes),
        choices=tuple(line_choices(works, pipes)),
        flow_kg_s=flow,
        flat=flat.id,
    )


def _with_passed(places: Sequence[RadiatorPlace]) -> list[tuple[RadiatorPlace, float]]:
    """Return each place with the load the water has given before it comes there."""
    before = accumulate((place.load_w for place in places), initial=0.0)
    return list(zip(places, before, strict=False))


def _piece(
    works: Laying, name: str, unit: int, storey: int, start: str, end: str, falls_m: float, flow: float, *,
    first: bool,
) -> Pipe:  # fmt: skip
    return works.common(
        "riser_first" if first else "line", id=f"{name}.{storey}l", role=Role.RISER, side=Side.SUPPLY,
        place=Place.FLAT, start=start, end=end, unit=unit, riser=name, storey=storey, length_m=falls_m,
        flow_kg_s=flow, rise_m=-falls_m, quiet=True,
    )  # fmt: skip


def _run(works: Laying, number: int, riser: str, name: str, start: str, end: str, length_m: float,
         flow: float, side: Side) -> Pipe:  # fmt: skip
    return works.indoor(
        "line", number, id=name, role=Role.RUN, side=side, start=start, end=end, length_m=length_m,
        flow_kg_s=flow, riser=riser,
    )  # fmt: skip


def _at_radiator(
    works: Laying, place: RadiatorPlace, riser: str, start: str, end: str, flow: float, before_w: float, *,
    line: str,
) -> list[Pipe]:  # fmt: skip
    """Return the branch of a radiator in a line, there and back, and the bypass past it."""
    flat = works.basis.building.flats[place.number]
    lengths = tables.load("design")["lengths"]
    inside = (f"{place.id}.s", f"{place.id}.r")
    works.heights_m |= dict.fromkeys(inside, works.height_m(flat.storey))
    usual = {"riser": riser, "room": place.room, "flow_kg_s": flow}
    made = [
        works.indoor("branch", place.number, id=f"{place.id}.bs", role=Role.BRANCH, side=Side.SUPPLY,
                     start=start, end=inside[0], length_m=lengths["branch_m"], **usual),
        works.indoor("branch", place.number, id=f"{place.id}.br", role=Role.BRANCH, side=Side.RETURN,
                     start=inside[1], end=end, length_m=lengths["branch_m"], **usual),
        works.indoor("bypass", place.number, id=f"{place.id}.y", role=Role.BYPASS, side=Side.SUPPLY,
                     start=start, end=end, length_m=lengths["bypass_m"], **usual),
    ]  # fmt: skip
    works.hung.append(
        Hung(
            place=place, unit=flat.unit, riser=riser, storey=flat.storey, start=inside[0], end=inside[1],
            flow_kg_s=flow, pipes=(made[0].id, made[1].id), line=line, bypass=made[2].id, before_w=before_w,
        )
    )  # fmt: skip
    return made


def line_choices(works: Laying, pipes: Sequence[Pipe]) -> list[Choice]:
    """Return the ways to build a line: the size of its pieces; branches and bypasses one size smaller."""
    through = [pipe for pipe in pipes if pipe.role in (Role.RISER, Role.RUN)]
    found = []
    for size in sizes_for(through[0], replace(works.changes, sizes={})):
        sizes = tuple(_size_in_line(works, pipe, size) for pipe in pipes)
        found.append(Choice(sizes=sizes, need_pa=line_loss_pa(pipes, sizes)))
    return found


def _size_in_line(works: Laying, pipe: Pipe, size: Size) -> Size:
    if pipe.id in works.changes.sizes:
        return sizes_for(pipe, works.changes)[0]
    if pipe.role in (Role.RISER, Role.RUN):
        return size
    smaller = [one for one in sizes_of(size.material) if pipe.least_dn <= one.dn < size.dn]
    return smaller[-1] if smaller else size


def line_loss_pa(pipes: Sequence[Pipe], sizes: Sequence[Size]) -> float:
    """Return what a line loses at its design flow, radiators and bypasses in parallel."""
    lost, n = 0.0, 0
    while n < len(pipes):
        if pipes[n].role is Role.BRANCH:
            ratio = inflow_ratio(pipes[n : n + 3], sizes[n : n + 3])
            lost += _branch_loss_pa(pipes[n : n + 3], sizes[n : n + 3], ratio)
            n += 3
        else:
            lost += pipe_loss_pa(pipes[n], sizes[n])
            n += 1
    return lost


def inflow_ratio(pipes: Sequence[Pipe], sizes: Sequence[Size]) -> float:
    """Return the share of a line's water that goes through a radiator: branch, branch, bypass in parallel."""
    shapes = tuple((pipe.length_m, pipe.fittings) for pipe in pipes)
    return _inflow_ratio(shapes, tuple(sizes), pipes[0].flow_kg_s)


_Shape = tuple[float, tuple[tuple[str, int], ...]]


@lru_cache(maxsize=8192)
def _inflow_ratio(shapes: tuple[_Shape, ...], sizes: tuple[Size, ...], flow_kg_s: float) -> float:
    """Return the share at which both ways lose the same, by halving: friction is not quite quadratic."""
    low, high = 0.0, 1.0
    for _ in range(40):
        middle = 0.5 * (low + high)
        past_pa = _loss_at(shapes[2], sizes[2], (1.0 - middle) * flow_kg_s)
        if _through_pa(shapes, sizes, middle * flow_kg_s) < past_pa:
            low = middle
        else:
            high = middle
    return 0.5 * (low + high)


def _branch_loss_pa(pipes: Sequence[Pipe], sizes: Sequence[Size], ratio: float) -> float:
    shapes = tuple((pipe.length_m, pipe.fittings) for pipe in pipes)
    return _through_pa(shapes, sizes, ratio * pipes[0].flow_kg_s)


def _through_pa(shapes: Sequence[_Shape], sizes: Sequence[Size], flow: float) -> float:
    """Return what a radiator's branch loses there and back, with the radiator and its valve."""
    lost = _loss_at(shapes[0], sizes[0], flow) + _loss_at(shapes[1], sizes[1], flow)
    lost += local_loss_pa(_RADIATOR, sizes[0], flow)
    return lost + valve_loss_pa(trv_low_kv_m3_h(sizes[0].steel_dn), flow)


def _loss_at(shape: _Shape, size: Size, flow: float) -> float:
    length_m, fittings = shape
    return specific_loss(size, flow) * length_m + local_loss_pa(fittings, size, flow)
