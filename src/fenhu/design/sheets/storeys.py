"""Floors of a system diagram: a line a storey with its height, and how storeys share out over sheets."""

from __future__ import annotations

from collections.abc import Sequence

from fenhu.building import Building
from fenhu.design.sheets.pens import thin, write
from fenhu.design.sheets.words import height_mark
from fenhu.drawing.model import Polyline, Shape
from fenhu.wording import text

LEFT, RIGHT = 32.0, 410.0
MARKS_WIDTH = 26.0


def floor_line(building: Building, storey: int, y: float, gaps: Sequence[tuple[float, float]]) -> list[Shape]:
    """Return the floor of a storey with its number and height, open where pipes pass."""
    shapes: list[Shape] = []
    at = LEFT
    for start, end in sorted(gaps):
        shapes.append(thin(at, y, start, y))
        at = end
    height = height_mark((storey - 1) * building.storey_height_m)
    return [
        *shapes, thin(at, y, RIGHT, y),
        Polyline(points=((LEFT + 2.0, y - 2.5), (LEFT + 4.5, y), (LEFT + 7.0, y - 2.5), (LEFT + 2.0, y - 2.5),
                         (LEFT + 20.0, y - 2.5)), stroke="#000000", stroke_width=0.18, layer="notes"),
        write(LEFT + 8.5, y - 3.3, height),
        write(LEFT + 2.0, y - 8.5, text("storey {number}", number=storey), bold=True),
    ]  # fmt: skip


def shared_out(storeys: Sequence[int], most: int) -> list[list[int]]:
    """Return storeys from below in even groups of at most ``most``."""
    ordered = sorted(storeys)
    count = -(-len(ordered) // most)
    return [ordered[n * len(ordered) // count : (n + 1) * len(ordered) // count] for n in range(count)]
