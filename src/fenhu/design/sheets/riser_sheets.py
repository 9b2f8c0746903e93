"""System diagram of a riser pair in the stairwell, with all its flats: as many sheets as its height needs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from fenhu.design.sheets.flat_row import HEIGHT, SUPPLY_Y, Row, ends_of, flat_row, most_ends
from fenhu.design.sheets.frame import named
from fenhu.design.sheets.held import Held
from fenhu.design.sheets.pens import arrow, pipe, write
from fenhu.design.sheets.storeys import LEFT, MARKS_WIDTH, RIGHT, floor_line, shared_out
from fenhu.design.sheets.symbols import fitted, sign
from fenhu.design.sheets.words import riser_marks, size_mark
from fenhu.design.values import DeviceKind, RiserDesign, Segment, Side
from fenhu.drawing.model import Shape
from fenhu.wording import Text, text

_TOP, _LOWEST = 16.0, 225.0
_FOOT = 24.0
_APART = 3.0
_ONE_SIDED_X = LEFT + MARKS_WIDTH + 12.0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Plan:
    """How a riser is drawn: where it stands, to how many sides, and how many rows a storey takes."""

    x: float
    sides: int
    rows: int
    width: float

    @property
    def supply_x(self) -> float:
        return self.x - _APART

    @property
    def return_x(self) -> float:
        return self.x + _APART

    @property
    def storey_height(self) -> float:
        return self.rows * HEIGHT


def riser_sheets(held: Held) -> Iterator[tuple[Text, list[Shape]]]:
    """Yield title and shapes of every sheet of the risers' diagrams, from below."""
    for riser in held.design.risers:
        plan = _plan(held, riser)
        parts = shared_out(riser.storeys, int((_LOWEST - _TOP) // plan.storey_height))
        for number, storeys in enumerate(parts):
            title = text("System diagram of riser {riser}", riser=riser.id)
            if len(parts) > 1:
                title = text(
                    "System diagram of riser {riser}, storeys {first}-{last}",
                    riser=riser.id, first=storeys[0], last=storeys[-1],
                )  # fmt: skip
            drawn = _Part(held, riser, plan, storeys, first=number == 0, last=number + 1 == len(parts))
            yield title, [*drawn.shapes(), *named(130.0, 272.0, title), *_explained()]


def _plan(held: Held, riser: RiserDesign) -> _Plan:
    most = max(ends_of(held, held.flat[name]) for name in riser.flats)
    both = (RIGHT - LEFT - MARKS_WIDTH) / 2
    sides = 2 if most <= most_ends(both - 3.0) else 1
    x = LEFT + MARKS_WIDTH + both if sides == 2 else _ONE_SIDED_X
    widest = max(len(held.flats_at(riser, storey)) for storey in riser.storeys)
    return _Plan(x=x, sides=sides, rows=-(-widest // sides), width=(RIGHT - x) - 3.0)


def _explained() -> list[Shape]:
    words = text("In a radiator: its sections. Above: its valve's preset; + extended, R replaced, N new.")
    return [write(32.0, 284.0, words, width=200.0)]


class _Part:
    """The storeys of a riser that one sheet shows."""

    def __init__(
        self, held: Held, riser: RiserDesign, plan: _Plan, storeys: list[int], *, first: bool, last: bool
    ) -> None:
        self.held, self.riser, self.plan, self.storeys = held, riser, plan, storeys
        self.first, self.last = first, last

    def shapes(self) -> list[Shape]:
        """Return all that is drawn."""
        found = [shape for storey in self.storeys for shape in self._storey(storey)]
        found += [shape for side in Side for shape in self._riser(side)]
        found += self._foot() if self.first else self._continued(below=True)
        return found + ([] if self.last else self._continued(below=False))

    def _floor_y(self, storey: int) -> float:
        return _LOWEST - self.plan.storey_height * self.storeys.index(storey)

    def _storey(self, storey: int) -> list[Shape]:
        plan, floor_y = self.plan, self._floor_y(storey)
        shapes = floor_line(
            self.held.design.building, storey, floor_y, [(plan.supply_x - 7.0, plan.return_x + 7.0)]
        )
        for n, flat in enumerate(self.held.flats_at(self.riser, storey)):
            way = -1 if plan.sides == 2 and n % 2 == 0 else 1
            y = floor_y - (1 + n // plan.sides) * HEIGHT
            shapes += flat_row(
                self.held, flat,
                Row(supply_x=plan.supply_x, return_x=plan.return_x, y=y, way=way, width=plan.width),
            )  # fmt: skip
        return shapes

    def _riser(self, side: Side) -> list[Shape]:
        x = self.plan.supply_x if side is Side.SUPPLY else self.plan.return_x
        top = self.storeys[-1]
        rows = -(-len(self.held.flats_at(self.riser, top)) // self.plan.sides)
        end = self._floor_y(top) - HEIGHT * rows + SUPPLY_Y
        end = end - 4.0 if self.last else self._floor_y(top) - self.plan.storey_height
        shapes: list[Shape] = [pipe(side, (x, _LOWEST), (x, end))]
        if self.last:
            shapes.append(sign(DeviceKind.VENT, x, end))
        for storey in self.storeys:
            piece = self.held.pieces[self.riser.id, storey, side]
            shapes.append(self._size(piece, side, self._floor_y(storey) + 3.0))
        return shapes

    def _size(self, piece: Segment, side: Side, y: float) -> Shape:
        """Return a piece's size beside it, where it passes a floor."""
        x = self.plan.supply_x - 1.2 if side is Side.SUPPLY else self.plan.return_x + 4.2
        return write(x, y, size_mark(piece), turned=True, anchor="middle")

    def _foot(self) -> list[Shape]:
        """Return the foot of the riser: gates, drains, balancing valve, and the mains it joins."""
        held, riser, plan = self.held, self.riser, self.plan
        shapes: list[Shape] = []
        for side, x, mark, way in zip(
            (Side.SUPPLY, Side.RETURN), (plan.supply_x, plan.return_x),
            riser_marks(riser, held.design.form), (-1, 1), strict=True,
        ):  # fmt: skip
            piece, main = held.first_piece(riser, side), held.main_at(riser, side)
            balancing = held.device(DeviceKind.RISER_BALANCING, piece)
            devices = [(14.0, DeviceKind.RISER_GATE)]
            if balancing:
                devices.append((19.5, DeviceKind.RISER_BALANCING))
                shapes.append(write(x - 6.0, _LOWEST + 20.7, text("balancing valve {setting}",
                              setting=balancing.preset), anchor="end"))  # fmt: skip
            foot = _LOWEST + _FOOT + (0.0 if side is Side.SUPPLY else 4.0)
            shapes += fitted(side, (x, _LOWEST), (x, foot), devices, turn=180.0 if way < 0 else 0.0)
            shapes += [
                pipe(side, (x, _LOWEST + 9.0), (x + way * 8.0, _LOWEST + 9.0)),
                sign(DeviceKind.DRAIN, x + way * 10.0, _LOWEST + 9.0, 0.0 if way > 0 else 180.0),
                write(x + way * 15.0, _LOWEST + 10.2, _dn(held, piece, DeviceKind.DRAIN),
                      anchor="start" if way > 0 else "end"),
                pipe(side, (x, foot), (x + way * 30.0, foot)),
                write(x + way * 32.0, foot + 1.2, text("main {size}", size=size_mark(main)),
                      anchor="start" if way > 0 else "end"),
                write(x + way * 6.0, _LOWEST + 15.4, mark, bold=True, anchor="start" if way > 0 else "end"),
            ]  # fmt: skip
        return shapes

    def _continued(self, *, below: bool) -> list[Shape]:
        """Return the marks where a riser goes on, on another sheet."""
        plan = self.plan
        y = _LOWEST if below else self._floor_y(self.storeys[-1]) - plan.storey_height
        way = 1.0 if below else -1.0
        words = text("goes on below, on the sheet before") if below else text("goes on, on the next sheet")
        shapes: list[Shape] = []
        for side, x in ((Side.SUPPLY, plan.supply_x), (Side.RETURN, plan.return_x)):
            shapes += [
                pipe(side, (x, y), (x, y + way * 9.0)),
                *arrow((x, y + way * 9.0), (x, y + way * 11.0)),
            ]
        shapes.append(write(plan.return_x + 8.0, y + way * 9.0, words))
        return shapes


def _dn(held: Held, piece: Segment | None, kind: DeviceKind) -> str:
    device = held.device(kind, piece)
    return f"DN{device.dn}" if device else ""
