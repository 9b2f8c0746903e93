"""System diagram of risers through the rooms: a riser beside the other, a radiator on every storey."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from fenhu.design.sheets.frame import named
from fenhu.design.sheets.held import Held
from fenhu.design.sheets.pens import across, arrow, pipe, write
from fenhu.design.sheets.storeys import LEFT, MARKS_WIDTH, RIGHT, floor_line, shared_out
from fenhu.design.sheets.symbols import HALF, RADIATOR_HEIGHT, RADIATOR_WIDTH, fitted, radiator, sign
from fenhu.design.sheets.words import flow_mark, radiator_mark, riser_marks, sections_mark, size_mark
from fenhu.design.values import DeviceKind, RadiatorDesign, RiserDesign, Segment, Side
from fenhu.drawing.model import Shape
from fenhu.records import SystemForm
from fenhu.wording import Text, text

_TOP, _LOWEST, _ROW = 30.0, 225.0, 26.0
_WIDTH = 42.0
_RISER_X, _APART, _RADIATOR_X = 10.0, 5.0, 24.0
_FOOT, _HEAD = 24.0, 16.0
_RADIATOR_Y, _IN_Y, _OUT_Y = 9.5, 11.0, 17.5


def stack_sheets(held: Held) -> Iterator[tuple[Text, list[Shape]]]:
    """Yield title and shapes of every sheet: groups of neighbouring risers, their storeys from below."""
    risers = held.design.risers
    abreast = int((RIGHT - LEFT - MARKS_WIDTH) // _WIDTH)
    count = -(-len(risers) // abreast)
    for n in range(count):
        group = risers[n * len(risers) // count : (n + 1) * len(risers) // count]
        every = sorted({storey for riser in group for storey in riser.storeys})
        parts = shared_out(every, int((_LOWEST - _TOP) // _ROW))
        for number, storeys in enumerate(parts):
            ends = {"first": group[0].id, "last": group[-1].id}
            title = text("System diagram of risers {first}-{last}", **ends)
            if len(parts) > 1:
                title = text("System diagram of risers {first}-{last}, storeys {low}-{high}",
                             low=storeys[0], high=storeys[-1], **ends)  # fmt: skip
            shapes = _floors(held, storeys, len(group))
            for place, riser in enumerate(group):
                x = LEFT + MARKS_WIDTH + place * _WIDTH + _RISER_X
                stack = _Stack(held, riser, storeys, x, first=number == 0, last=number + 1 == len(parts))
                shapes += stack.shapes()
            yield title, [*shapes, *named(130.0, 272.0, title), *_explained()]


def _explained() -> list[Shape]:
    words = text("In a radiator: its sections. Above: its valve's preset; + extended, R replaced, N new.")
    mains = text("Below a riser: its number and the size of the main; beside a balancing valve: its turns.")
    return [write(32.0, 281.0, words, width=200.0), write(32.0, 287.0, mains, width=200.0)]


def _floors(held: Held, storeys: Sequence[int], stacks: int) -> list[Shape]:
    gaps = [
        (LEFT + MARKS_WIDTH + n * _WIDTH + _RISER_X - 6.5, LEFT + MARKS_WIDTH + n * _WIDTH + _RISER_X + 10.0)
        for n in range(stacks)
    ]
    return [
        shape
        for place, storey in enumerate(storeys)
        for shape in floor_line(held.design.building, storey, _LOWEST - _ROW * place, gaps)
    ]


class _Stack:
    """The part of a riser, or of a riser pair, that one sheet shows."""

    def __init__(self, held: Held, riser: RiserDesign, storeys: Sequence[int], x: float, *,
                 first: bool, last: bool) -> None:  # fmt: skip
        self.held, self.riser, self.storeys, self.x = held, riser, storeys, x
        self.first, self.last = first, last
        self.single = held.design.form is SystemForm.VERTICAL_SINGLE_BYPASS
        self.return_x = x if self.single else x + _APART

    def shapes(self) -> list[Shape]:
        """Return the riser with its radiators, its head and its foot."""
        found: list[Shape] = []
        for storey in self.storeys:
            one = self.held.radiator_at(self.riser, storey)
            if one is not None:
                found += self._radiator(one, self._floor_y(storey) - _ROW)
        found += self._single_riser() if self.single else self._pair()
        found += self._foot() if self.first else self._goes_on(_LOWEST, 1.0)
        return found + (self._head() if self.last else self._goes_on(self._ceiling_y, -1.0))

    def _goes_on(self, y: float, way: float) -> list[Shape]:
        """Return arrows where the riser goes on, on the sheet before or after."""
        xs = [self.x] if self.single else [self.x, self.return_x]
        return [shape for x in xs for shape in arrow((x, y), (x, y + way * 6.0))]

    def _floor_y(self, storey: int) -> float:
        return _LOWEST - _ROW * self.storeys.index(storey)

    @property
    def _ceiling_y(self) -> float:
        return _LOWEST - _ROW * len(self.storeys)

    def _radiator(self, one: RadiatorDesign, y: float) -> list[Shape]:
        left, x = self.x + _RADIATOR_X - _RISER_X, self.x
        trv = left - 4.0
        over = [] if self.single else [self.return_x]
        preset = self.held.preset.get(one.trv, "")
        return [
            *across(Side.SUPPLY, x, trv - HALF, y + _IN_Y, over),
            sign(DeviceKind.TRV, trv, y + _IN_Y),
            pipe(Side.SUPPLY, (trv + HALF, y + _IN_Y), (left, y + _IN_Y)),
            radiator(left, y + _RADIATOR_Y),
            pipe(
                Side.RETURN, (left + RADIATOR_WIDTH / 2, y + _RADIATOR_Y + RADIATOR_HEIGHT),
                (left + RADIATOR_WIDTH / 2, y + _OUT_Y), (self.return_x, y + _OUT_Y),
            ),
            write(left + RADIATOR_WIDTH / 2, y + _RADIATOR_Y + 4.4, sections_mark(one), anchor="middle"),
            write(left + RADIATOR_WIDTH / 2 + 1.5, y + 8.5, radiator_mark(one, preset), anchor="middle"),
            write(x + 1.5 + (0.0 if self.single else _APART), y + 4.2, one.flat, width=25.0, bold=True),
            write(left - 1.0, y + _OUT_Y + 4.6, flow_mark(one.flow_kg_s)),
        ]  # fmt: skip

    def _pair(self) -> list[Shape]:
        served = [storey for storey in self.storeys if storey in self.riser.storeys]
        if not served:
            return []
        shapes: list[Shape] = []
        higher = max(self.riser.storeys) > served[-1]
        low = _LOWEST if not self.first or min(self.riser.storeys) >= served[0] else self._floor_y(served[0])
        for side, x in ((Side.SUPPLY, self.x), (Side.RETURN, self.return_x)):
            top = self._ceiling_y if higher else self._floor_y(served[-1]) - _ROW + _IN_Y - 4.0
            shapes.append(pipe(side, (x, low), (x, top)))
            if not higher:
                shapes.append(sign(DeviceKind.VENT, x, top))
            shapes += [
                self._size(self.held.pieces[self.riser.id, storey, side], side, self._floor_y(storey) - 3.6)
                for storey in served
            ]
        return shapes

    def _single_riser(self) -> list[Shape]:
        shapes: list[Shape] = [pipe(Side.SUPPLY, (self.x, self._ceiling_y), (self.x, _LOWEST))]
        for storey in self.storeys:
            piece = self.held.pieces.get((self.riser.id, storey, Side.SUPPLY))
            if piece is not None:
                shapes.append(self._size(piece, Side.SUPPLY, self._floor_y(storey) - _ROW + 4.0))
        return shapes

    def _size(self, piece: Segment, side: Side, y: float) -> Shape:
        x = self.x - 1.2 if side is Side.SUPPLY else self.return_x + 4.2
        return write(x, y, size_mark(piece), turned=True, anchor="middle")

    def _foot(self) -> list[Shape]:
        if self.single:
            return self._single_foot()
        held, shapes = self.held, list[Shape]()
        marks = riser_marks(self.riser, held.design.form)
        for side, x, way, mark in ((Side.SUPPLY, self.x, -1.0, marks[0]),
                                   (Side.RETURN, self.return_x, 1.0, marks[1])):  # fmt: skip
            piece = held.first_piece(self.riser, side)
            balancing = held.device(DeviceKind.RISER_BALANCING, piece)
            devices = [(12.0, DeviceKind.RISER_GATE)]
            if balancing is not None:
                devices.append((17.5, DeviceKind.RISER_BALANCING))
                shapes.append(write(x - 4.0, _LOWEST + 18.7, balancing.preset, anchor="end"))
            foot = _LOWEST + _FOOT
            shapes += fitted(side, (x, _LOWEST), (x, foot), devices, turn=180.0 if way < 0 else 0.0)
            shapes += self._drain(x, way)
            main = size_mark(held.main_at(self.riser, side))
            shapes += [
                write(x + way * 2.0, foot + 0.8, mark, bold=True,
                      anchor="start" if way > 0 else "end"),
                write(x + way * 2.0, foot + 5.2, main,
                      anchor="start" if way > 0 else "end"),
            ]  # fmt: skip
        return shapes

    def _drain(self, x: float, way: float) -> list[Shape]:
        y = _LOWEST + 7.0
        side = Side.SUPPLY if way < 0 else Side.RETURN
        return [
            pipe(side, (x, y), (x + way * 1.5, y)),
            sign(DeviceKind.DRAIN, x + way * 3.5, y, 0.0 if way > 0 else 180.0),
        ]

    def _single_foot(self) -> list[Shape]:
        held, x, foot = self.held, self.x, _LOWEST + _FOOT
        piece = held.pieces[self.riser.id, 0, Side.SUPPLY]
        mark, _ = riser_marks(self.riser, held.design.form)
        main = size_mark(held.main_at(self.riser, Side.RETURN))
        return [
            *fitted(Side.SUPPLY, (x, _LOWEST), (x, foot), [(12.0, DeviceKind.RISER_GATE)]),
            *self._drain(x, 1.0),
            self._size(piece, Side.SUPPLY, _LOWEST + 4.2),
            write(x + 3.5, foot - 3.0, mark, bold=True),
            *arrow((x, foot), (x, foot + 4.0)),
            write(x + 3.5, foot + 3.0, text("main {size}", size=main), width=_WIDTH - 15.0),
        ]

    def _head(self) -> list[Shape]:
        if not self.single:
            return []
        x, y = self.x, self._ceiling_y - _HEAD
        main = size_mark(self.held.main_at(self.riser, Side.SUPPLY))
        first = self.held.pieces[self.riser.id, max(self.riser.storeys), Side.SUPPLY]
        balancing = self.held.device(DeviceKind.RISER_BALANCING, first)
        devices = [(5.5, DeviceKind.RISER_GATE)]
        if balancing is not None:
            devices.append((11.0, DeviceKind.RISER_BALANCING))
        preset = balancing.preset if balancing is not None else ""
        return [
            *fitted(Side.SUPPLY, (x, y), (x, self._ceiling_y), devices),
            *arrow((x, y - 3.0), (x, y)),
            pipe(Side.SUPPLY, (x, y), (x - 4.0, y)),
            sign(DeviceKind.VENT, x - 4.0, y),
            write(x + 3.0, y + 1.0, text("main {size}", size=main), width=_WIDTH - 15.0),
            write(x + 5.0, y + 12.2, preset),
        ]
