"""A purse over a year: what was allocated, and how it was committed, contracted and spent, step by step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from fenhu.drawing.figures import nice_ticks, wan_yuan, wan_yuan_parts, yuan
from fenhu.drawing.frame import Plot, base_line, heading, level_title, upright_axis
from fenhu.drawing.model import Drawing, Group, Label, Line, Link, Polygon, Polyline, Shape, Wording
from fenhu.drawing.palette import ALARM, INK, QUIET_INK
from fenhu.drawing.svg import svg
from fenhu.drawing.table import ChartTable
from fenhu.errors import InputFault, OutOfRange
from fenhu.wording import Text, text

LABEL_LINE = 17.0
_LEFT, _RIGHT, _HEIGHT = 64.0, 200.0, 240.0
_FEN_PER_WAN = 1_000_000
_SPENT, _CONTRACTED, _COMMITTED, _FREE = "#0072b2", "#56b4e9", "#cfe6f5", "#ffffff"


@dataclass(frozen=True, slots=True, kw_only=True)
class PurseDay:
    """What the purse's stages hold from a day on; money stands in one stage at a time, as in the books."""

    on: date
    allocated_fen: int
    committed_fen: int = 0
    contracted_fen: int = 0
    spent_fen: int = 0

    @property
    def free_fen(self) -> int:
        """Return what is left to commit; negative where the purse is over-full."""
        return self.allocated_fen - self.committed_fen - self.contracted_fen - self.spent_fen


@dataclass(frozen=True, slots=True, kw_only=True)
class PurseYear:
    """A purse's days of change in a year, up to ``until``; ``planned_end`` is when all should be spent.

    ``href`` leads to the purse's entries, with the stage's name (``free``, ``committed``, …) appended.
    """

    title: Wording
    desc: Wording
    year: int
    days: Sequence[PurseDay]
    until: date
    planned_end: date | None = None
    href: str = ""


def burn_down_svg(purse: PurseYear, *, width: float = 760.0) -> str:
    """Return the purse's year as SVG.

    Raises
    ------
    InputFault, OutOfRange
        As ``burn_down_drawing``.
    """
    return svg(burn_down_drawing(purse, width=width))


def burn_down_drawing(purse: PurseYear, *, width: float = 760.0) -> Drawing:
    """Return the purse's year: stages as steps, the allocated line, what is left at the right.

    Raises
    ------
    InputFault
        If two days are the same, or a day lies outside the year or after ``until``.
    OutOfRange
        If a stage holds less than nothing.
    """
    days = _checked(purse)
    shapes, top = heading(purse.title, width)
    largest = max((max(day.allocated_fen, day.allocated_fen - day.free_fen) for day in days), default=0)
    ticks = nice_ticks(largest / _FEN_PER_WAN)
    first, last = date(purse.year, 1, 1), date(purse.year, 12, 31)
    plot = Plot(
        left=_LEFT, top=top + 34, width=width - _LEFT - _RIGHT, height=_HEIGHT, y_to=ticks[-1],
        x_from=first.toordinal(), x_to=last.toordinal() + 1,
    )  # fmt: skip
    shapes += upright_axis(plot, ticks, text("Ten thousand yuan"))
    if largest == 0:
        middle, nothing = plot.left + plot.width / 2, text("Nothing is allocated to this purse yet.")
        shapes.append(
            Label(
                x=middle,
                y=plot.top + plot.height / 2,
                content=nothing,
                size=14,
                fill=QUIET_INK,
                anchor="middle",
            )
        )
    else:
        shapes += _stages(plot, days, purse.until)
        shapes += _labels(plot, days[-1], purse)
    shapes += _months(plot, purse.year)
    shapes += _planned_end(plot, purse.planned_end)
    return Drawing(
        width=width, height=plot.bottom + 44, title=purse.title, desc=purse.desc, shapes=tuple(shapes),
        layer="drawing burn-down",
    )  # fmt: skip


def burn_down_table(purse: PurseYear) -> ChartTable:
    """Return the stages behind the picture in yuan, a row for every day of change."""
    rows = tuple(
        (day.on.isoformat(), *(yuan(fen) for fen in (
            day.allocated_fen, day.committed_fen, day.contracted_fen, day.spent_fen, day.free_fen,
        )))
        for day in _checked(purse)
    )  # fmt: skip
    head = (
        text("Date"), text("Allocated"), text("Committed by plans"), text("Contracted"), text("Spent"),
        text("Free"),
    )  # fmt: skip
    return ChartTable(head=head, rows=rows)


def _checked(purse: PurseYear) -> list[PurseDay]:
    days = sorted(purse.days, key=lambda day: day.on)
    if len({day.on for day in days}) < len(days):
        raise InputFault(text("A day of the purse is given twice; give its state at the end of the day once"))
    for day in days:
        if day.on.year != purse.year or day.on > purse.until:
            raise InputFault(
                text("{day} lies outside what is shown of {year}", day=day.on, year=str(purse.year))
            )
        if min(day.allocated_fen, day.committed_fen, day.contracted_fen, day.spent_fen) < 0:
            raise OutOfRange(text("On {day} a stage of the purse holds less than nothing", day=day.on))
    return days


def _stages(plot: Plot, days: Sequence[PurseDay], until: date) -> list[Shape]:
    """Return the stages as step-shaped areas from the bottom up, and the line of what was allocated."""
    spent = [day.spent_fen for day in days]
    contracted = [day.spent_fen + day.contracted_fen for day in days]
    committed = [day.allocated_fen - day.free_fen for day in days]
    ends = [day.on for day in days] + [until + timedelta(days=1)]
    shapes: list[Shape] = []
    for tops, fill, layer in (
        (committed, _COMMITTED, "committed"),
        (contracted, _CONTRACTED, "contracted"),
        (spent, _SPENT, "spent"),
    ):
        line = _steps(plot, ends, tops)
        area = ((line[0][0], plot.bottom), *line, (line[-1][0], plot.bottom))
        shapes.append(Polygon(points=area, fill=fill, layer=layer))
        shapes.append(Polyline(points=line, stroke=INK, stroke_width=0.75, layer=f"{layer}-line"))
    allocated = _steps(plot, ends, [day.allocated_fen for day in days])
    shapes.append(Polyline(points=allocated, stroke=INK, stroke_width=2.5, layer="allocated-line"))
    return shapes


def _steps(plot: Plot, ends: Sequence[date], amounts: Sequence[int]) -> tuple[tuple[float, float], ...]:
    points: list[tuple[float, float]] = []
    for start, end, fen in zip(ends, ends[1:], amounts, strict=False):
        y = plot.y(fen / _FEN_PER_WAN)
        points += [(plot.x(start.toordinal()), y), (plot.x(end.toordinal()), y)]
    return tuple(points)


def _labels(plot: Plot, last: PurseDay, purse: PurseYear) -> list[Shape]:
    """Return the figures at the right, each led to its stage, none on another."""
    free = max(last.free_fen, 0)
    parts = wan_yuan_parts((free, last.committed_fen, last.contracted_fen, last.spent_fen))
    amounts = (
        (text("Free"), "free", free, parts[0], _FREE),
        (text("Committed by plans"), "committed", last.committed_fen, parts[1], _COMMITTED),
        (text("Contracted"), "contracted", last.contracted_fen, parts[2], _CONTRACTED),
        (text("Spent"), "spent", last.spent_fen, parts[3], _SPENT),
    )
    above = free + last.committed_fen + last.contracted_fen + last.spent_fen
    wanted: list[tuple[float, Text, str, str]] = [
        (plot.y(last.allocated_fen / _FEN_PER_WAN) - LABEL_LINE,
         text("Allocated {amount}", amount=wan_yuan(last.allocated_fen)), "allocated", INK)
    ]  # fmt: skip
    for name, stage, fen, shown, fill in amounts:
        middle = plot.y((above - fen / 2) / _FEN_PER_WAN)
        wanted.append((middle, text("{name} {amount}", name=name, amount=shown), stage, fill))
        above -= fen
    if last.free_fen < 0:
        over = text("Over by {amount}", amount=wan_yuan(-last.free_fen))
        wanted.insert(0, (plot.top - 2 * LABEL_LINE, over, "over", ALARM))
    x = plot.x(purse.until.toordinal() + 1)
    shapes: list[Shape] = []
    for (middle, words, stage, fill), y in zip(wanted, _apart([one[0] for one in wanted]), strict=True):
        shapes += _leader(plot, x, middle, y, stage)
        shapes.append(_label(plot, y, words, stage, fill, purse.href))
    return shapes


def _apart(wanted: Sequence[float]) -> list[float]:
    """Return heights in the same order, each at least a line below the one before."""
    placed: list[float] = []
    for y in wanted:
        placed.append(max(y, placed[-1] + LABEL_LINE) if placed else y)
    return placed


def _leader(plot: Plot, x: float, middle: float, y: float, stage: str) -> list[Shape]:
    if stage in ("allocated", "over"):
        return []
    points = ((x + 2, middle), (plot.right + 6, y), (plot.right + 10, y))
    return [Polyline(points=points, stroke=QUIET_INK, stroke_width=0.75)]


def _label(plot: Plot, y: float, words: Text, stage: str, fill: str, href: str) -> Shape:
    x = plot.right + 14
    ink = ALARM if stage == "over" else INK
    shapes: tuple[Shape, ...] = (
        Label(x=x + 16, y=y + 4, content=words, size=12, fill=ink, bold=True, layer="stage-figure"),
    )
    if stage not in ("allocated", "over"):
        square = ((x, y - 5), (x + 10, y - 5), (x + 10, y + 5), (x, y + 5))
        shapes = (Polygon(points=square, fill=fill, stroke=INK, stroke_width=0.75), *shapes)
    elif stage == "allocated":
        shapes = (Line(x1=x, y1=y, x2=x + 12, y2=y, stroke=INK, stroke_width=2.5), *shapes)
    if href and stage not in ("over",):
        return Link(href=href + stage, shapes=shapes, title=words, layer="stage")
    return Group(shapes=shapes, title=words, layer="stage")


def _months(plot: Plot, year: int) -> list[Shape]:
    shapes: list[Shape] = [base_line(plot)]
    for month in range(1, 13):
        first = date(year, month, 1).toordinal()
        x = plot.x(first)
        shapes.append(Line(x1=x, y1=plot.bottom, x2=x, y2=plot.bottom + 4, stroke=INK))
        middle = plot.x(first + 15)
        shapes.append(
            Label(x=middle, y=plot.bottom + 18, content=str(month), fill=QUIET_INK, anchor="middle")
        )
    return [*shapes, level_title(plot, text("Month of {year}", year=str(year)))]


def _planned_end(plot: Plot, day: date | None) -> list[Shape]:
    if day is None or not plot.x_from <= day.toordinal() <= plot.x_to:
        return []
    x = plot.x(day.toordinal())
    words = text("all to be spent by {day}", day=day)
    early = x < plot.left + plot.width / 2
    return [
        Line(x1=x, y1=plot.top, x2=x, y2=plot.bottom, stroke=ALARM, dash=(5, 4)),
        Label(
            x=x + 5 if early else x - 5,
            y=plot.top + 12,
            content=words,
            fill=ALARM,
            anchor="start" if early else "end",
            layer="planned-end",
        ),
    ]
