"""Bars: upright ones with a target mark (progress by year), lying ones in order (ranking)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fenhu.drawing.figures import grouped, nice_ticks
from fenhu.drawing.frame import MARGIN, Plot, base_line, chart, heading, level_title, upright_axis
from fenhu.drawing.legend import LEGEND_LINE, LegendEntry, legend
from fenhu.drawing.measure import shortened, wrap, writing_width
from fenhu.drawing.model import Group, Label, Line, Rect, Shape, Wording
from fenhu.drawing.palette import ACCENT, INK, QUIET_INK, SERIES
from fenhu.drawing.table import ChartTable
from fenhu.wording import text

TARGET_INK = SERIES[5]
_LEFT, _HEIGHT, _MOST_BAR = 64.0, 180.0, 64.0
_TARGET = text("Target")
_ROW, _VALUE_ROOM = 28.0, 76.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One bar; ``target`` is the mark it is measured against, if there is one."""

    label: Wording
    value: float
    target: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BarChart:
    """Bars over one axis each way; axis titles name their unit, ``title`` states the finding.

    ``target_name`` says what the bars' targets are. Upright, the scale goes up to ``reach`` at least, so that
    two pictures side by side have the same.
    """

    title: Wording
    desc: Wording
    category_axis: Wording
    value_axis: Wording
    bars: Sequence[Bar]
    decimals: int = 0
    reach: float = 0.0
    target_name: Wording = _TARGET


def bar_chart_svg(bar_chart: BarChart, *, width: float = 640.0) -> str:
    """Return upright bars with their values, and target marks across them."""
    shapes, top = heading(bar_chart.title, width)
    targets = [bar.target for bar in bar_chart.bars if bar.target is not None]
    if targets:
        key, lines = legend(_key(bar_chart), width - 2 * MARGIN)
        shapes.append(Group(shapes=key, dx=MARGIN, dy=top))
        top += lines * LEGEND_LINE
    ticks = nice_ticks(max([*(bar.value for bar in bar_chart.bars), *targets, bar_chart.reach]))
    plot = Plot(left=_LEFT, top=top + 34, width=width - _LEFT - MARGIN, height=_HEIGHT, y_to=ticks[-1])
    shapes += upright_axis(plot, ticks, bar_chart.value_axis)
    step = plot.width / max(1, len(bar_chart.bars))
    for number, bar in enumerate(bar_chart.bars):
        shapes += _upright(plot, bar, plot.left + (number + 0.5) * step, step, bar_chart.decimals)
    shapes += [base_line(plot), level_title(plot, bar_chart.category_axis)]
    return chart(bar_chart.title, bar_chart.desc, width, plot.bottom + 44, shapes)


def ranking_svg(bar_chart: BarChart, *, width: float = 640.0) -> str:
    """Return lying bars in the order given, name at the left, value at the end, a mark for its target."""
    shapes, top = heading(bar_chart.title, width)
    targets = [bar.target for bar in bar_chart.bars if bar.target is not None]
    if targets:
        key, lines = legend(_key(bar_chart), width - 2 * MARGIN)
        shapes.append(Group(shapes=key, dx=MARGIN, dy=top))
        top += lines * LEGEND_LINE
    widest = max((writing_width(str(bar.label), 12) for bar in bar_chart.bars), default=0.0)
    left = min(width * 0.42, 260.0, widest + 2 * MARGIN)
    largest = max([*(bar.value for bar in bar_chart.bars), *targets], default=0.0) or 1.0
    plot = Plot(
        left=left,
        top=top + 4,
        width=width - left - _VALUE_ROOM,
        height=_ROW * len(bar_chart.bars),
        x_to=largest,
    )
    for number, bar in enumerate(bar_chart.bars):
        shapes += _lying(plot, bar, plot.top + number * _ROW, bar_chart.decimals)
    shapes.append(Line(x1=left, y1=plot.top, x2=left, y2=plot.bottom, stroke=INK))
    shapes.append(Label(x=left, y=plot.bottom + 18, content=bar_chart.value_axis, size=12, fill=QUIET_INK))
    return chart(bar_chart.title, bar_chart.desc, width, plot.bottom + 28, shapes)


def bar_table(bar_chart: BarChart) -> ChartTable:
    """Return the values behind the bars, with the target and the difference to it where there is one."""
    head: tuple[Wording, ...] = (bar_chart.category_axis, bar_chart.value_axis)
    if all(bar.target is None for bar in bar_chart.bars):
        return ChartTable(head=head, rows=tuple((bar.label, bar.value) for bar in bar_chart.bars))
    return ChartTable(
        head=(*head, bar_chart.target_name, text("More or less than the target")),
        rows=tuple(
            (bar.label, bar.value, "—", "—")
            if bar.target is None
            else (bar.label, bar.value, bar.target, bar.value - bar.target)
            for bar in bar_chart.bars
        ),
    )


def _key(bar_chart: BarChart) -> tuple[LegendEntry, ...]:
    return (
        LegendEntry(label=bar_chart.value_axis, fill=ACCENT),
        LegendEntry(label=bar_chart.target_name, fill=TARGET_INK),
    )


def _upright(plot: Plot, bar: Bar, middle: float, step: float, decimals: int) -> list[Shape]:
    breadth = min(_MOST_BAR, step * 0.6)
    top = plot.y(bar.value)
    shapes: list[Shape] = [
        Rect(x=middle - breadth / 2, y=top, width=breadth, height=plot.bottom - top, fill=ACCENT),
    ]
    highest = top
    if bar.target is not None:
        y = plot.y(bar.target)
        reach = breadth / 2 + 8
        shapes.append(
            Line(x1=middle - reach, y1=y, x2=middle + reach, y2=y, stroke=TARGET_INK, stroke_width=3)
        )
        highest = min(top, y) if abs(top - y) < 18 else top
    shapes.append(
        Label(
            x=middle, y=highest - 6, content=grouped(bar.value, decimals), size=12, anchor="middle", bold=True
        )
    )
    name = shortened(str(bar.label), 12, step - 4)
    return [*shapes, Label(x=middle, y=plot.bottom + 17, content=name, size=12, anchor="middle")]


def _lying(plot: Plot, bar: Bar, top: float, decimals: int) -> list[Shape]:
    lines = wrap(str(bar.label), 12, plot.left - 2 * MARGIN)
    name = lines[0] if len(lines) == 1 else shortened(str(bar.label), 12, plot.left - 2 * MARGIN)
    middle = top + _ROW / 2
    length = plot.x(bar.value) - plot.left
    mark = [] if bar.target is None else [_lying_target(plot, bar.target, top)]
    return [
        Label(x=plot.left - 6, y=middle + 4, content=name, size=12, anchor="end"),
        Rect(x=plot.left, y=top + 4, width=length, height=_ROW - 8, fill=ACCENT),
        Label(
            x=plot.left + length + 6, y=middle + 4, content=grouped(bar.value, decimals), size=12, bold=True
        ),
        *mark,
    ]


def _lying_target(plot: Plot, target: float, top: float) -> Shape:
    x = plot.x(target)
    return Line(x1=x, y1=top + 1, x2=x, y2=top + _ROW - 1, stroke=TARGET_INK, stroke_width=3)
