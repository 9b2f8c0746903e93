"""Money by payer and year: stacked bars whose parts add up to the sum above them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from fenhu.drawing.figures import nice_ticks, wan_yuan, wan_yuan_parts
from fenhu.drawing.frame import MARGIN, Plot, base_line, chart, heading, level_title, upright_axis
from fenhu.drawing.legend import LEGEND_LINE, LegendEntry, legend
from fenhu.drawing.measure import shortened, writing_width
from fenhu.drawing.model import Group, Label, Rect, Shape, Wording
from fenhu.drawing.palette import PAPER, SERIES, ink_on
from fenhu.drawing.table import ChartTable
from fenhu.errors import InputFault, UnknownItem
from fenhu.wording import text

_LEFT, _HEIGHT, _MOST_BAR = 64.0, 240.0, 92.0
_FEN_PER_WAN = 1_000_000
_COST = text("Cost (10,000 yuan)")
_LEAST_PART = 15.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """One payer: its key in the columns and its name."""

    key: str
    label: Wording


@dataclass(frozen=True, slots=True, kw_only=True)
class StackedColumn:
    """One year: how much each payer carries, fen; a payer that is absent carries nothing."""

    label: Wording
    parts_fen: Mapping[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class StackedBars:
    """Money by payer over years; ``title`` states the finding, series stand from the bottom up.

    The scale goes up to ``reach_fen`` at least, so that two pictures side by side have the same.
    """

    title: Wording
    desc: Wording
    category_axis: Wording
    series: Sequence[Series]
    columns: Sequence[StackedColumn]
    reach_fen: int = 0
    value_axis: Wording = _COST


def stacked_bars_svg(stacked: StackedBars, *, width: float = 640.0) -> str:
    """Return the stacked bars, labelled in 万元 (ten thousand yuan).

    Raises
    ------
    InputFault
        If there are more series than colours to tell them apart, or an amount is negative.
    UnknownItem
        If a column names a payer that is no series.
    """
    _check(stacked)
    shapes, top = heading(stacked.title, width)
    entries = [
        LegendEntry(label=series.label, fill=SERIES[index])
        for index, series in enumerate(stacked.series)
        if any(column.parts_fen.get(series.key) for column in stacked.columns)
    ]
    key, lines = legend(entries, width - 2 * MARGIN)
    shapes.append(Group(shapes=key, dx=MARGIN, dy=top))
    largest = max((sum(column.parts_fen.values()) for column in stacked.columns), default=0)
    largest = max(largest, stacked.reach_fen)
    # The highest bar leaves room for its sum below the axis title.
    ticks = nice_ticks(1.08 * largest / _FEN_PER_WAN)
    plot = Plot(
        left=_LEFT,
        top=top + lines * LEGEND_LINE + 30,
        width=width - _LEFT - MARGIN,
        height=_HEIGHT,
        y_to=ticks[-1],
    )
    shapes += upright_axis(plot, ticks, stacked.value_axis)
    step = plot.width / max(1, len(stacked.columns))
    for number, column in enumerate(stacked.columns):
        shapes += _column(plot, stacked.series, column, plot.left + (number + 0.5) * step, step)
    shapes += [base_line(plot), level_title(plot, stacked.category_axis)]
    return chart(stacked.title, stacked.desc, width, plot.bottom + 44, shapes)


def stacked_table(stacked: StackedBars) -> ChartTable:
    """Return the amounts behind the bars in 万元: one row per column, one figure per payer, and the sum."""
    rows = []
    for column in stacked.columns:
        parts = [column.parts_fen.get(series.key, 0) for series in stacked.series]
        rows.append((column.label, *wan_yuan_parts(parts), wan_yuan(sum(parts))))
    names = tuple(series.label for series in stacked.series)
    return ChartTable(head=(stacked.category_axis, *names, text("Total (10,000 yuan)")), rows=tuple(rows))


def _check(stacked: StackedBars) -> None:
    if len(stacked.series) > len(SERIES):
        raise InputFault(
            text(
                "Stacked bars tell {most} series apart, not {given}",
                most=len(SERIES),
                given=len(stacked.series),
            )
        )
    known = {series.key for series in stacked.series}
    for column in stacked.columns:
        for key, part_fen in column.parts_fen.items():
            if key not in known:
                raise UnknownItem(
                    text(
                        "Column {column} has money of {key}, which is no series", column=column.label, key=key
                    )
                )
            if part_fen < 0:
                raise InputFault(
                    text(
                        "Column {column} has {amount} fen of {key}; a part cannot be negative",
                        column=column.label,
                        amount=part_fen,
                        key=key,
                    )
                )


def _column(
    plot: Plot, series: Sequence[Series], column: StackedColumn, middle: float, step: float
) -> list[Shape]:
    breadth = min(_MOST_BAR, step * 0.72)
    parts = [column.parts_fen.get(entry.key, 0) for entry in series]
    shapes: list[Shape] = []
    below = 0
    for index, (part, shown) in enumerate(zip(parts, wan_yuan_parts(parts), strict=True)):
        if part:
            y, height = (
                plot.y((below + part) / _FEN_PER_WAN),
                plot.y(below / _FEN_PER_WAN) - plot.y((below + part) / _FEN_PER_WAN),
            )
            shapes.append(
                Rect(
                    x=middle - breadth / 2,
                    y=y,
                    width=breadth,
                    height=height,
                    fill=SERIES[index],
                    stroke=PAPER,
                    stroke_width=0.75,
                )
            )
            if height >= _LEAST_PART and writing_width(shown, 11) <= breadth - 4:
                shapes.append(
                    Label(
                        x=middle,
                        y=y + height / 2 + 4,
                        content=shown,
                        size=11,
                        fill=ink_on(SERIES[index]),
                        anchor="middle",
                    )
                )
        below += part
    total_y = plot.y(below / _FEN_PER_WAN) - 6
    shapes.append(Label(x=middle, y=total_y, content=wan_yuan(below), size=12, anchor="middle", bold=True))
    name = shortened(str(column.label), 12, step - 4)
    return [*shapes, Label(x=middle, y=plot.bottom + 17, content=name, size=12, anchor="middle")]
