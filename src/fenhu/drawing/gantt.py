"""A season of works as a calendar: suppliers as rows, works as bars, months across, the last day a line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from fenhu.drawing.frame import MARGIN, Plot, heading
from fenhu.drawing.legend import LEGEND_LINE, LegendEntry, legend
from fenhu.drawing.measure import shortened, writing_width
from fenhu.drawing.model import Drawing, Group, Hatch, Label, Line, Link, Polygon, Rect, Shape, Wording
from fenhu.drawing.palette import ALARM, FAINT, INK, PAPER, QUIET_INK, RULE, ink_on
from fenhu.drawing.svg import svg
from fenhu.drawing.table import ChartTable
from fenhu.errors import InputFault
from fenhu.wording import Text, text

NARROW = 600.0
_NAMES, _LANE, _MAINS, _GAP, _LATE_ROOM = 176.0, 19.0, 11.0, 10.0, 12.0
_FILLS = ("#0072b2", "#9fd0ee")
_MAINS_INK = "#b26a00"
_LATE_MARK = "▲"
_MONTHS = (
    text("Jan"), text("Feb"), text("Mar"), text("Apr"), text("May"), text("Jun"), text("Jul"), text("Aug"),
    text("Sep"), text("Oct"), text("Nov"), text("Dec"),
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class GanttBar:
    """One piece of work from its first to its last day; ``lane`` counts a row's crews, mains have None.

    ``group`` changes the shade from one cluster to the next.
    """

    label: str
    cluster: str
    starts: date
    ends: date
    lane: int | None
    group: int = 0
    href: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class GanttRow:
    """One supplier: its name, its crews in words, its pieces of work on so many lanes."""

    label: str
    note: Wording
    lanes: int
    bars: Sequence[GanttBar]


@dataclass(frozen=True, slots=True, kw_only=True)
class Gantt:
    """One season; ``title`` states the finding, works are to lie between ``first_day`` and ``last_day``."""

    title: Wording
    desc: Wording
    first_day: date
    last_day: date
    rows: Sequence[GanttRow]


def gantt_svg(gantt: Gantt, *, width: float = 1100.0) -> str:
    """Return the season as SVG.

    Raises
    ------
    InputFault
        As ``gantt_drawing``.
    """
    return svg(gantt_drawing(gantt, width=width))


def gantt_drawing(gantt: Gantt, *, width: float = 1100.0) -> Drawing:
    """Return the season; below 600 wide names stand above their rows and bars carry no words.

    Raises
    ------
    InputFault
        If a piece of work ends before it starts, begins before the season, or has no lane of its row.
    """
    _check(gantt)
    narrow = width < NARROW
    shapes, top = heading(gantt.title, width)
    key, lines = legend(_key(gantt), width - 2 * MARGIN)
    shapes.append(Group(shapes=key, dx=MARGIN, dy=top))
    top += lines * LEGEND_LINE + 34
    if not gantt.rows:
        nothing = text("No works are planned in this season.")
        shapes.append(Label(x=MARGIN, y=top, content=nothing, size=14, fill=QUIET_INK))
        return _drawing(gantt, width, top + 16, shapes)
    heights = [_height(row, narrow) for row in gantt.rows]
    left = MARGIN if narrow else _NAMES
    plot = Plot(
        left=left, top=top, width=width - left - MARGIN - _LATE_ROOM, height=sum(heights),
        x_from=gantt.first_day.toordinal(), x_to=_last_shown(gantt).toordinal(),
    )  # fmt: skip
    shapes += _months(plot, gantt)
    y = top
    for row, height in zip(gantt.rows, heights, strict=True):
        shapes += _row(plot, row, y, gantt.last_day)
        y += height
    shapes += _last_day(plot, gantt.last_day)
    return _drawing(gantt, width, y + 24, shapes)


def gantt_table(gantt: Gantt) -> ChartTable:
    """Return the pieces of work behind the bars, a row each, as every supplier takes them up."""
    head = (
        text("Heat supplier"), text("Work"), text("Cluster"), text("Crew no."), text("Begins"), text("Ends"),
        text("In time"),
    )  # fmt: skip
    rows = [
        (
            row.label, _work(bar), bar.cluster, "—" if bar.lane is None else bar.lane + 1,
            bar.starts.isoformat(), bar.ends.isoformat(),
            text("late") if bar.ends > gantt.last_day else text("in time"),
        )
        for row in gantt.rows
        for bar in sorted(row.bars, key=lambda one: (one.starts, one.ends, one.label))
    ]  # fmt: skip
    return ChartTable(head=head, rows=tuple(rows))


def _check(gantt: Gantt) -> None:
    for row in gantt.rows:
        for bar in row.bars:
            lanes = bar.lane is None or 0 <= bar.lane < row.lanes
            if not gantt.first_day <= bar.starts <= bar.ends or not lanes:
                raise InputFault(
                    text("{work} of {row} stands from {starts} to {ends} on lane {lane}; the season begins "
                         "on {first} and the row has {lanes} lanes", work=bar.label, row=row.label,
                         starts=bar.starts, ends=bar.ends, lane=bar.lane, first=gantt.first_day,
                         lanes=row.lanes)
                )  # fmt: skip


def _drawing(gantt: Gantt, width: float, height: float, shapes: Sequence[Shape]) -> Drawing:
    return Drawing(
        width=width, height=height, title=gantt.title, desc=gantt.desc, shapes=tuple(shapes),
        layer="drawing gantt",
    )  # fmt: skip


def _key(gantt: Gantt) -> tuple[LegendEntry, ...]:
    entries = [
        LegendEntry(label=text("Works in a building"), fill=_FILLS[0]),
        LegendEntry(label=text("in the next cluster"), fill=_FILLS[1]),
    ]
    bars = [bar for row in gantt.rows for bar in row.bars]
    if any(bar.lane is None for bar in bars):
        entries.append(LegendEntry(label=text("Mains of a cluster"), fill=PAPER, hatched=True))
    if any(bar.ends > gantt.last_day for bar in bars):
        entries.append(LegendEntry(label=text("ends late"), fill=PAPER, mark=_LATE_MARK))
    return tuple(entries)


def _last_shown(gantt: Gantt) -> date:
    """Return the first day after what is shown: a week after the last day, or when all is done."""
    ends = [bar.ends for row in gantt.rows for bar in row.bars]
    return max(gantt.last_day + timedelta(days=7), max(ends, default=gantt.last_day)) + timedelta(days=1)


def _height(row: GanttRow, narrow: bool) -> float:
    mains = _MAINS if any(bar.lane is None for bar in row.bars) else 0.0
    lanes = mains + row.lanes * _LANE + _GAP
    return lanes + 17 if narrow else max(lanes, 38.0)


def _months(plot: Plot, gantt: Gantt) -> list[Shape]:
    """Return a line at every month's first day, the month's name above and below."""
    shapes: list[Shape] = []
    day, last = gantt.first_day, date.fromordinal(round(plot.x_to))
    while day < last:
        following = date(day.year + day.month // 12, day.month % 12 + 1, 1)
        x, until = plot.x(day.toordinal()), plot.x(min(following, last).toordinal())
        shapes.append(Line(x1=x, y1=plot.top - 6, x2=x, y2=plot.bottom, stroke=FAINT))
        name = _MONTHS[day.month - 1]
        if until - x > writing_width(str(name), 12) + 4:
            for y in (plot.top - 10, plot.bottom + 15):
                middle = (x + until) / 2
                shapes.append(Label(x=middle, y=y, content=name, fill=QUIET_INK, anchor="middle"))
        day = following
    return shapes


def _row(plot: Plot, row: GanttRow, top: float, last_day: date) -> list[Shape]:
    narrow, right = plot.left < _NAMES, plot.right + _LATE_ROOM
    shapes: list[Shape] = [Line(x1=MARGIN, y1=top, x2=right, y2=top, stroke=FAINT)]
    if narrow:
        name = shortened(f"{row.label} · {row.note}", 12, right - MARGIN)
        shapes.append(Label(x=MARGIN, y=top + 14, content=name, bold=True, layer="row-name"))
        top += 17
    else:
        name = shortened(row.label, 12, _NAMES - 2 * MARGIN)
        note = shortened(str(row.note), 11, _NAMES - 2 * MARGIN)
        shapes.append(Label(x=MARGIN, y=top + 16, content=name, bold=True, layer="row-name"))
        shapes.append(Label(x=MARGIN, y=top + 31, content=note, size=11, fill=QUIET_INK, layer="row-note"))
    mains = _MAINS if any(bar.lane is None for bar in row.bars) else 0.0
    first = top + _GAP / 2
    for bar in row.bars:
        if bar.lane is None:
            shapes.append(_mains(plot, bar, first, last_day))
        else:
            shapes.append(_works(plot, bar, first + mains + bar.lane * _LANE, last_day, narrow=narrow))
    return shapes


def _across(plot: Plot, bar: GanttBar) -> tuple[float, float]:
    x = plot.x(bar.starts.toordinal())
    return x, max(2.0, plot.x(bar.ends.toordinal() + 1) - x)


def _mains(plot: Plot, bar: GanttBar, top: float, last_day: date) -> Shape:
    x, breadth = _across(plot, bar)
    hatch = Hatch(x=x, y=top, width=breadth, height=_MAINS - 3, gap=5, stroke=_MAINS_INK, stroke_width=0.8)
    frame = Rect(x=x, y=top, width=breadth, height=_MAINS - 3, stroke=_MAINS_INK)
    return _pointed(bar, (hatch, frame), last_day, (x + breadth, top, _MAINS - 3))


def _works(plot: Plot, bar: GanttBar, top: float, last_day: date, *, narrow: bool) -> Shape:
    x, breadth = _across(plot, bar)
    fill = _FILLS[bar.group % len(_FILLS)]
    edge, thick = (ALARM, 2.0) if bar.ends > last_day else (PAPER, 0.75)
    high = _LANE - 3
    shapes: list[Shape] = [
        Rect(x=x, y=top, width=breadth, height=high, fill=fill, stroke=edge, stroke_width=thick, radius=2)
    ]
    if not narrow and writing_width(bar.label, 10) <= breadth - 10:
        middle = x + breadth / 2
        shapes.append(
            Label(x=middle, y=top + 12, content=bar.label, size=10, fill=ink_on(fill), anchor="middle")
        )
    return _pointed(bar, shapes, last_day, (x + breadth, top, high))


def _pointed(
    bar: GanttBar, shapes: Sequence[Shape], last_day: date, end: tuple[float, float, float]
) -> Shape:
    """Return a bar that says itself when pointed at; late ones have a triangle behind their ``end``."""
    late = bar.ends > last_day
    title = text(
        "{work}: {starts} to {ends}, cluster {cluster}{late}",
        work=_work(bar), starts=bar.starts, ends=bar.ends, cluster=bar.cluster,
        late=text(" — late") if late else "",
    )  # fmt: skip
    layer = "mains" if bar.lane is None else "works"
    whole = (*shapes, _late_mark(*end)) if late else tuple(shapes)
    if bar.href:
        return Link(href=bar.href, shapes=whole, title=title, layer=layer)
    return Group(shapes=whole, title=title, layer=layer)


def _late_mark(x: float, top: float, height: float) -> Shape:
    points = ((x + 2, top + height), (x + 6, top), (x + 10, top + height))
    return Polygon(points=points, fill=ALARM, layer="late")


def _work(bar: GanttBar) -> Text | str:
    return text("mains of cluster {cluster}", cluster=bar.cluster) if bar.lane is None else bar.label


def _last_day(plot: Plot, day: date) -> list[Shape]:
    x = plot.x(day.toordinal() + 1)
    words = text("done by {day}", day=day)
    return [
        Line(x1=x, y1=plot.top - 6, x2=x, y2=plot.bottom, stroke=INK, stroke_width=1.5, dash=(5, 4)),
        Label(x=x, y=plot.top - 25, content=words, size=11, fill=INK, anchor="end", layer="last-day"),
        Line(x1=plot.left, y1=plot.bottom, x2=plot.right, y2=plot.bottom, stroke=RULE),
    ]
