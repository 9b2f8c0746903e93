"""Room temperatures somebody read off a thermometer, one dot each, in the order in which they were read."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from fenhu.drawing.frame import Plot, base_line, chart, heading, upright_axis
from fenhu.drawing.model import Circle, Label, Line, Polyline, Shape, Wording
from fenhu.drawing.palette import ACCENT, ALARM, INK, PAPER, QUIET_INK
from fenhu.drawing.table import ChartTable
from fenhu.errors import InputFault
from fenhu.wording import text

_WIDTH, _LEFT, _HEIGHT = 328.0, 34.0, 120.0


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomReading:
    """A room temperature, ℃, on a day."""

    on_date: date
    value_c: float


def readings_svg(readings: Sequence[RoomReading], *, title: Wording, desc: Wording, limit_c: float) -> str:
    """Return the readings, oldest first, with the limit below which a room is cold.

    Raises
    ------
    InputFault
        If there is nothing to draw.
    """
    if not readings:
        raise InputFault(text("A chart of readings needs at least one reading"))
    shapes, top = heading(title, _WIDTH)
    values = [one.value_c for one in readings]
    low, high = math.floor(min([*values, limit_c]) - 1), math.ceil(max([*values, limit_c]) + 1)
    plot = Plot(
        left=_LEFT, top=top + 26.0, width=_WIDTH - _LEFT - 14.0, height=_HEIGHT, x_from=-0.5,
        x_to=max(len(readings) - 0.5, 0.5), y_from=low, y_to=high,
    )  # fmt: skip
    step = max(1, math.ceil((high - low) / 5))
    shapes += [*upright_axis(plot, range(low, high + 1, step), text("℃")), base_line(plot)]
    shapes += [*_limit(plot, limit_c), *_dots(plot, readings, limit_c), *_days(plot, readings)]
    return chart(title, desc, _WIDTH, plot.bottom + 24.0, shapes)


def readings_table(readings: Sequence[RoomReading]) -> ChartTable:
    """Return the table behind the readings."""
    return ChartTable(
        head=(text("Day"), text("Room temperature (℃)")),
        rows=tuple((one.on_date.isoformat(), f"{one.value_c:.1f}") for one in readings),
    )


def _limit(plot: Plot, limit_c: float) -> list[Shape]:
    y = plot.y(limit_c)
    said = text("{value} ℃ is due", value=f"{limit_c:g}")
    return [
        Line(x1=plot.left, y1=y, x2=plot.right, y2=y, stroke=ALARM, stroke_width=1.5, dash=(5, 3)),
        Label(x=plot.left + 4.0, y=y - 4.0, content=said, size=11.0, fill=INK),
    ]


def _dots(plot: Plot, readings: Sequence[RoomReading], limit_c: float) -> list[Shape]:
    points = tuple((plot.x(number), plot.y(one.value_c)) for number, one in enumerate(readings))
    line: list[Shape] = [Polyline(points=points, stroke=ACCENT, stroke_width=1.5)] if len(points) > 1 else []
    dots = [
        Circle(x=x, y=y, radius=4.0, fill=ALARM if one.value_c < limit_c else PAPER,
               stroke=ALARM if one.value_c < limit_c else ACCENT, stroke_width=2.0)
        for (x, y), one in zip(points, readings, strict=True)
    ]  # fmt: skip
    return [*line, *dots]


def _days(plot: Plot, readings: Sequence[RoomReading]) -> list[Shape]:
    """Return the first and the last day below the base line."""
    first = Label(
        x=plot.left, y=plot.bottom + 16.0, content=readings[0].on_date.isoformat(), size=11.0, fill=QUIET_INK
    )
    if len(readings) == 1:
        return [first]
    last = readings[-1].on_date.isoformat()
    return [
        first,
        Label(x=plot.right, y=plot.bottom + 16.0, content=last, size=11.0, fill=QUIET_INK, anchor="end"),
    ]
