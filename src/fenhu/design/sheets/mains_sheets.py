"""System diagram of the mains: every piece with its size and length, every riser that hangs on it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from fenhu.building import Mains
from fenhu.design.sheets.frame import named
from fenhu.design.sheets.held import Held
from fenhu.design.sheets.pens import arrow, pipe, write
from fenhu.design.sheets.words import PLACE_NAMES, flow_mark, riser_marks, size_mark, slope_mark
from fenhu.design.values import Segment, Side
from fenhu.drawing.model import Shape
from fenhu.wording import Text, text

_LEFT, _RIGHT, _TOP = 62.0, 400.0, 40.0
_ROW, _ROWS, _MOST = 72.0, 3, 17
_RETURN_Y, _BACK_Y = 30.0, 44.0
_WIDEST = 110.0


def mains_sheets(held: Held) -> Iterator[tuple[Text, list[Shape]]]:
    """Yield title and shapes of the sheets of the mains, from the inlet on."""
    title = text("System diagram of the mains")
    count = len(held.design.risers)
    rows = [range(n, min(n + _MOST, count)) for n in range(0, count, _MOST)]
    for first in range(0, len(rows), _ROWS):
        shapes: list[Shape] = []
        shown = rows[first : first + _ROWS]
        top = _TOP + (_ROWS - len(shown)) * _ROW / 2
        for n, row in enumerate(shown):
            shapes += _Row(held, row, top + n * _ROW, last=row[-1] + 1 == count).shapes()
        yield title, [*shapes, *named(130.0, 272.0, title), *_legend(held)]


def _legend(held: Held) -> list[Shape]:
    words = text(
        "Slope {slope}: the supply rises away from the inlet, the return falls towards it.",
        slope=slope_mark(),
    )
    kind = (
        text("The return runs on past the last riser and back: equal ways.")
        if held.design.mains is Mains.REVERSE
        else text("The return runs straight back to the inlet.")
    )
    return [write(32.0, 281.0, words, width=200.0), write(32.0, 287.0, kind, width=200.0)]


class _Row:
    """Some neighbouring risers with the pieces of main between them."""

    def __init__(self, held: Held, risers: Sequence[int], y: float, *, last: bool) -> None:
        self.held, self.risers, self.y, self.last = held, risers, y, last
        self.step = min((_RIGHT - _LEFT) / len(risers), _WIDEST)

    def shapes(self) -> list[Shape]:
        """Return the row."""
        found = self._start()
        for n, number in enumerate(self.risers):
            found += self._supply(number, n) + self._return(number, n)
        if not self.last:
            end = _LEFT + self.step * len(self.risers)
            found += [*arrow((end, self.y), (end + 6.0, self.y)),
                      write(end + 7.0, self.y - 3.0, text("goes on"), anchor="end")]  # fmt: skip
        return found

    def _start(self) -> list[Shape]:
        inlet = self.risers[0] == 0
        places = {side: self.held.mains[side][0].place for side in Side}
        low = self.y + _RETURN_Y
        back = self.y + _BACK_Y if self.held.design.mains is Mains.REVERSE else low
        return [
            write(32.0, self.y - 4.0, text("supply main"), bold=True),
            write(32.0, self.y + 4.8, PLACE_NAMES[places[Side.SUPPLY]], width=28.0),
            write(32.0, low - 4.0, text("return main"), bold=True),
            write(32.0, low + 4.8, PLACE_NAMES[places[Side.RETURN]], width=28.0),
            *(arrow((32.0, self.y), (_LEFT, self.y)) + arrow((_LEFT, back), (32.0, back)) if inlet else []),
            *([write(32.0, self.y - 12.0, text("From and to the heat inlet"))] if inlet else []),
        ]

    def _x(self, n: int) -> float:
        """Return where the n-th riser of the row stands."""
        return _LEFT + self.step * (n + 0.85)

    def _before(self, n: int) -> float:
        return self._x(n - 1) if n else _LEFT

    def _supply(self, number: int, n: int) -> list[Shape]:
        riser = self.held.design.risers[number]
        x = self._x(n)
        mark, _ = riser_marks(riser, self.held.design.form)
        return [
            pipe(Side.SUPPLY, (self._before(n), self.y), (x, self.y), (x, self.y - 8.0)),
            *self._piece(self.held.main_at(riser, Side.SUPPLY), self._before(n), x, self.y),
            write(x, self.y - 14.0, mark, bold=True, anchor="middle", width=self.step),
            write(x, self.y - 9.5, flow_mark(riser.flow_kg_s), anchor="middle", width=self.step),
        ]

    def _return(self, number: int, n: int) -> list[Shape]:
        riser = self.held.design.risers[number]
        x, y = self._x(n), self.y + _RETURN_Y
        marks = riser_marks(riser, self.held.design.form)
        piece = self.held.main_at(riser, Side.RETURN)
        up: list[Shape] = [
            pipe(Side.RETURN, (x, y - 8.0), (x, y)),
            write(x, y - 9.5, marks[1] or marks[0], bold=True, anchor="middle", width=self.step),
        ]
        if self.held.design.mains is Mains.DIRECT:
            before = self._before(n)
            return [*up, pipe(Side.RETURN, (x, y), (before, y)), *self._piece(piece, before, x, y)]
        if number + 1 == len(self.held.design.risers):
            back = self.y + _BACK_Y
            return [
                *up,
                pipe(Side.RETURN, (x, y), (x, back), (_LEFT, back)),
                *self._piece(piece, _LEFT, x, back),
            ]
        after = self._x(n + 1) if n + 1 < len(self.risers) else x + self.step * 0.15
        return [*up, pipe(Side.RETURN, (x, y), (after, y)), *self._piece(piece, x, after, y)]

    def _piece(self, piece: Segment, left: float, right: float, y: float) -> list[Shape]:
        middle, width = 0.5 * (left + right), right - left
        slope = [write(middle, y + 9.2, slope_mark(), anchor="middle")] if width >= 16.0 else []
        return [
            write(middle, y - 1.2, size_mark(piece), anchor="middle"),
            write(middle, y + 4.8, f"{piece.length_m:.1f} m", anchor="middle"),
            *slope,
        ]
