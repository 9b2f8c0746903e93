"""Counts in rows: a lying bar for each group, divided by class, every part a link to what it counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fenhu.drawing.figures import grouped
from fenhu.drawing.frame import MARGIN, chart, heading
from fenhu.drawing.legend import LEGEND_LINE, LegendEntry, legend
from fenhu.drawing.measure import shortened, writing_width
from fenhu.drawing.model import Group, Label, Link, Rect, Shape, Wording
from fenhu.drawing.palette import PAPER, ink_on
from fenhu.drawing.table import ChartTable
from fenhu.wording import text

_ROW, _BAR, _SIZE, _SUM_ROOM = 34.0, 24.0, 12.0, 48.0


@dataclass(frozen=True, slots=True, kw_only=True)
class CountClass:
    """One class of what is counted: its words and its colour."""

    label: Wording
    fill: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CountRow:
    """One group: how many of each class it has, and where each count leads; empty where nowhere."""

    label: Wording
    counts: Sequence[int]
    hrefs: Sequence[str] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StackedRows:
    """Groups divided by class; ``title`` states the finding, ``category_axis`` says what the groups are."""

    title: Wording
    desc: Wording
    category_axis: Wording
    classes: Sequence[CountClass]
    rows: Sequence[CountRow]


def stacked_rows_svg(stacked: StackedRows, *, width: float = 640.0) -> str:
    """Return the rows on one scale, each with its sum at the end, and the key of the classes that occur."""
    shapes, top = heading(stacked.title, width)
    entries = [
        LegendEntry(label=one.label, fill=one.fill)
        for number, one in enumerate(stacked.classes)
        if any(row.counts[number] for row in stacked.rows)
    ]
    key, lines = legend(entries, width - 2 * MARGIN)
    shapes.append(Group(shapes=key, dx=MARGIN, dy=top))
    top += lines * LEGEND_LINE + 6
    widest = max((writing_width(str(row.label), _SIZE) for row in stacked.rows), default=0.0)
    left = min(width * 0.36, widest + 2 * MARGIN)
    most = max((sum(row.counts) for row in stacked.rows), default=0) or 1
    scale = (width - left - _SUM_ROOM) / most
    for number, row in enumerate(stacked.rows):
        shapes += _row(row, stacked.classes, left, top + number * _ROW, scale)
    return chart(stacked.title, stacked.desc, width, top + len(stacked.rows) * _ROW + MARGIN, shapes)


def stacked_rows_table(stacked: StackedRows) -> ChartTable:
    """Return the counts behind the rows: a row a group, a figure a class, and the sum."""
    head = (stacked.category_axis, *(one.label for one in stacked.classes), text("Together"))
    return ChartTable(
        head=head, rows=tuple((row.label, *row.counts, sum(row.counts)) for row in stacked.rows)
    )


def _row(
    row: CountRow, classes: Sequence[CountClass], left: float, top: float, scale: float
) -> list[Shape]:  # fmt: skip
    baseline, x = top + _BAR / 2 + 4, left
    name = shortened(str(row.label), _SIZE, left - 2 * MARGIN)
    shapes: list[Shape] = [Label(x=left - 6, y=baseline, content=name, size=_SIZE, anchor="end")]
    for number, (one, count) in enumerate(zip(classes, row.counts, strict=True)):
        if count:
            part = _part(one, count, x, top, count * scale)
            href = row.hrefs[number] if row.hrefs else ""
            said = text("{name}, {label}: {count}", name=row.label, label=one.label, count=grouped(count))
            shapes.append(
                Link(href=href, shapes=part, title=said) if href else Group(shapes=part, title=said)
            )
            x += count * scale
    total = grouped(sum(row.counts))
    return [*shapes, Label(x=x + 6, y=baseline, content=total, size=_SIZE, bold=True)]


def _part(one: CountClass, count: int, x: float, top: float, length: float) -> tuple[Shape, ...]:
    box = Rect(x=x, y=top, width=length, height=_BAR, fill=one.fill, stroke=PAPER, stroke_width=0.75)
    shown = grouped(count)
    if writing_width(shown, _SIZE) > length - 4:
        return (box,)
    middle = x + length / 2
    return (
        box,
        Label(
            x=middle, y=top + _BAR / 2 + 4, content=shown, size=_SIZE, fill=ink_on(one.fill), anchor="middle"
        ),
    )
