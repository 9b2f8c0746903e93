"""How things are drawn on a sheet: line widths and type sizes in millimetres, pipes, writing, tables."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from math import atan2, degrees, hypot

from fenhu.design.values import Side
from fenhu.drawing.cad_layers import FRAME, NOTES, RETURN, SUPPLY
from fenhu.drawing.measure import shortened
from fenhu.drawing.model import Anchor, Arc, Label, Line, Polyline, Rect, Shape, Wording

INK = "#000000"
THICK, MEDIUM, THIN = 0.5, 0.35, 0.18
BODY, HEAD, TITLE = 3.5, 5.0, 7.0
"""Type sizes; digits of ``BODY`` are 2.5 mm high."""

_LAYERS = {Side.SUPPLY: SUPPLY, Side.RETURN: RETURN}
_DASH = (3.5, 1.5)
_JUMP = 1.2
Point = tuple[float, float]


def pipe(side: Side, *points: Point) -> Polyline:
    """Return a pipe through points: the supply solid, the return dashed."""
    return Polyline(
        points=points, stroke=INK, stroke_width=THICK, layer=_LAYERS[side],
        dash=_DASH if side is Side.RETURN else (),
    )  # fmt: skip


def across(side: Side, x1: float, x2: float, y: float, over: Sequence[float]) -> list[Shape]:
    """Return a level pipe that jumps over the upright pipes at ``over``."""
    right = x2 > x1
    shapes: list[Shape] = []
    at = x1
    for x in sorted(over, reverse=not right):
        near, far = (x - _JUMP, x + _JUMP) if right else (x + _JUMP, x - _JUMP)
        shapes += [
            pipe(side, (at, y), (near, y)),
            Arc(x=x, y=y, radius=_JUMP, from_deg=180.0, to_deg=360.0, stroke=INK, stroke_width=THICK,
                layer=_LAYERS[side]),
        ]  # fmt: skip
        at = far
    return [*shapes, pipe(side, (at, y), (x2, y))]


def thin(x1: float, y1: float, x2: float, y2: float, *, layer: str = NOTES, width: float = THIN) -> Line:
    """Return a thin line: a floor, a leader, a rule of a table."""
    return Line(x1=x1, y1=y1, x2=x2, y2=y2, stroke=INK, stroke_width=width, layer=layer)


def box(x: float, y: float, width: float, height: float, *, layer: str = NOTES, pen: float = THIN) -> Rect:
    """Return an empty box."""
    return Rect(x=x, y=y, width=width, height=height, stroke=INK, stroke_width=pen, layer=layer)


def write(
    x: float, y: float, content: Wording, *, size: float = BODY, anchor: Anchor = "start",
    width: float | None = None, bold: bool = False, turned: bool = False, layer: str = NOTES,
) -> Label:  # fmt: skip
    """Return writing, cut where it is wider than ``width``; what no printer shows is left out."""
    said = readable(str(content))
    return Label(
        x=x, y=y, content=said if width is None else shortened(said, size, width), size=size, fill=INK,
        anchor=anchor, bold=bold, turned=turned, layer=layer,
    )  # fmt: skip


def readable(content: str) -> str:
    """Return a name on one line, without characters that turn, hide or control others."""
    kept = (" " if unicodedata.category(one) in ("Cc", "Zl", "Zp") else one for one in content)
    return " ".join("".join(one for one in kept if unicodedata.category(one) not in ("Cf", "Cs")).split())


def arrow(start: Point, end: Point) -> list[Shape]:
    """Return a thin line with a tip at its end."""
    (x1, y1), (x2, y2) = start, end
    length = hypot(x2 - x1, y2 - y1) or 1.0
    along = ((x2 - x1) / length, (y2 - y1) / length)
    wings = tuple(
        (x2 - 2.2 * along[0] + way * 0.8 * -along[1], y2 - 2.2 * along[1] + way * 0.8 * along[0])
        for way in (1, -1)
    )
    return [
        thin(x1, y1, x2, y2),
        Polyline(points=(wings[0], (x2, y2), wings[1]), stroke=INK, stroke_width=THIN, layer=NOTES),
    ]


def direction_deg(start: Point, end: Point) -> float:
    """Return where a line points, clockwise from the right."""
    return degrees(atan2(end[1] - start[1], end[0] - start[0]))


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table on a sheet: its head, its width in mm, and where its values stand."""

    head: Wording
    width: float
    anchor: Anchor = "middle"


ROW = 7.0


def table(x: float, y: float, columns: Sequence[Column], rows: Sequence[Sequence[Wording]]) -> list[Shape]:
    """Return a ruled table with its upper left corner at ``x`` and ``y``."""
    width = sum(column.width for column in columns)
    low = y + ROW * (len(rows) + 1)
    shapes: list[Shape] = [box(x, y, width, low - y, pen=MEDIUM)]
    shapes += [thin(x, y + ROW * n, x + width, y + ROW * n) for n in range(1, len(rows) + 1)]
    left = x
    for number, column in enumerate(columns):
        if number:
            shapes.append(thin(left, y, left, low))
        shapes.append(write(left + column.width / 2, y + 4.8, column.head, anchor="middle",
                            width=column.width - 1.0, bold=True))  # fmt: skip
        at = left + (1.5 if column.anchor == "start" else column.width / 2)
        shapes += [
            write(at, y + ROW * (n + 1) + 4.8, row[number], anchor=column.anchor, width=column.width - 2.0)
            for n, row in enumerate(rows)
        ]
        left += column.width
    return shapes


__all__ = [
    "BODY", "FRAME", "HEAD", "INK", "MEDIUM", "ROW", "THICK", "THIN", "TITLE", "Column", "Point", "across",
    "arrow", "box", "direction_deg", "pipe", "readable", "table", "thin", "write",
]  # fmt: skip
