"""Purses over the years: a small chart each on its own scale, what there is divided into spent and left."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fenhu.drawing.figures import wan_yuan, wan_yuan_parts
from fenhu.drawing.frame import AXIS_SIZE, MARGIN, Plot, base_line, heading
from fenhu.drawing.legend import LEGEND_LINE, LegendEntry, legend
from fenhu.drawing.measure import shortened, writing_width
from fenhu.drawing.model import Drawing, Group, Hatch, Label, Rect, Shape, Wording
from fenhu.drawing.palette import INK, PAPER, QUIET_INK, RULE, ink_on
from fenhu.drawing.svg import svg
from fenhu.drawing.table import ChartTable
from fenhu.errors import InputFault
from fenhu.wording import text

_PANEL, _PLOT_HIGH, _NAME_HIGH, _YEAR_HIGH = 330.0, 128.0, 46.0, 34.0
_SPENT, _KEPT = "#0072b2", "#cfe6f5"
_LEAST_PART, _MOST_BAR = 14.0, 56.0


@dataclass(frozen=True, slots=True, kw_only=True)
class BudgetColumn:
    """One year of a purse, fen: what is given and carried over is what is spent and left."""

    label: str
    given_fen: int
    carried_fen: int
    spent_fen: int
    left_fen: int

    @property
    def available_fen(self) -> int:
        """Return what there is to spend."""
        return self.given_fen + self.carried_fen


@dataclass(frozen=True, slots=True, kw_only=True)
class BudgetPurse:
    """One purse; what is left is carried into the next year if it ``carries``, else it lapses."""

    label: Wording
    carries: bool
    columns: Sequence[BudgetColumn]


@dataclass(frozen=True, slots=True, kw_only=True)
class BudgetBars:
    """Purses side by side; ``title`` states the finding."""

    title: Wording
    desc: Wording
    purses: Sequence[BudgetPurse]


def budget_bars_svg(bars: BudgetBars, *, width: float = 1100.0) -> str:
    """Return the purses as SVG.

    Raises
    ------
    InputFault
        As ``budget_bars_drawing``.
    """
    return svg(budget_bars_drawing(bars, width=width))


def budget_bars_drawing(bars: BudgetBars, *, width: float = 1100.0) -> Drawing:
    """Return the purses as panels, as many beside each other as are legible.

    Raises
    ------
    InputFault
        If a year's parts are negative or do not add up.
    """
    _check(bars)
    shapes, top = heading(bars.title, width)
    key, lines = legend(_key(bars), width - 2 * MARGIN)
    shapes.append(Group(shapes=key, dx=MARGIN, dy=top))
    top += lines * LEGEND_LINE + 8
    beside = max(1, min(int(width // _PANEL), len(bars.purses)))
    breadth, high = (width - MARGIN) / beside, _NAME_HIGH + _PLOT_HIGH + _YEAR_HIGH
    for number, purse in enumerate(bars.purses):
        line, place = divmod(number, beside)
        shapes += _panel(purse, MARGIN + place * breadth, top + line * high, breadth - MARGIN)
    if not bars.purses:
        nothing = text("No purse is limited.")
        shapes.append(Label(x=MARGIN, y=top + 14, content=nothing, size=14, fill=QUIET_INK))
    height = top + max(1, -(-len(bars.purses) // beside)) * high
    return Drawing(
        width=width, height=height, title=bars.title, desc=bars.desc, shapes=tuple(shapes),
        layer="drawing budget-bars",
    )  # fmt: skip


def budget_bars_table(bars: BudgetBars) -> ChartTable:
    """Return the purses behind the bars in 万元, a row for each purse and year."""
    head = (
        text("Source"), text("Year"), text("Given"), text("Carried over"), text("Spent"), text("Left"),
        text("What is left"),
    )  # fmt: skip
    rows = [
        (purse.label, column.label, *wan_yuan_parts((column.given_fen, column.carried_fen)),
         *wan_yuan_parts((column.spent_fen, column.left_fen)), _fate(purse))
        for purse in bars.purses
        for column in purse.columns
    ]  # fmt: skip
    return ChartTable(head=head, rows=tuple(rows))


def _fate(purse: BudgetPurse) -> Wording:
    return text("goes into the next year") if purse.carries else text("lapses")


def _check(bars: BudgetBars) -> None:
    for purse in bars.purses:
        for one in purse.columns:
            parts = (one.given_fen, one.carried_fen, one.spent_fen, one.left_fen)
            if min(parts) < 0 or one.available_fen != one.spent_fen + one.left_fen:
                raise InputFault(
                    text("{purse} {year}: {given} fen given and {carried} carried over are not {spent} "
                         "spent and {left} left", purse=purse.label, year=one.label, given=one.given_fen,
                         carried=one.carried_fen, spent=one.spent_fen, left=one.left_fen)
                )  # fmt: skip


def _key(bars: BudgetBars) -> tuple[LegendEntry, ...]:
    entries = [LegendEntry(label=text("Spent"), fill=_SPENT)]
    if any(purse.carries for purse in bars.purses):
        entries.append(LegendEntry(label=text("Left, goes into the next year"), fill=_KEPT))
    if not all(purse.carries for purse in bars.purses):
        entries.append(LegendEntry(label=text("Left, lapses"), fill=PAPER, hatched=True))
    return tuple(entries)


def _panel(purse: BudgetPurse, left: float, top: float, width: float) -> list[Shape]:
    largest = max((column.available_fen for column in purse.columns), default=0)
    plot = Plot(
        left=left, top=top + _NAME_HIGH, width=width, height=_PLOT_HIGH, y_to=float(max(largest, 1)),
    )  # fmt: skip
    name = shortened(str(purse.label), 13, width)
    shapes: list[Shape] = [Label(x=left, y=top + 16, content=name, size=13, bold=True, layer="purse-name")]
    step = width / max(1, len(purse.columns))
    for number, column in enumerate(purse.columns):
        shapes += _column(plot, purse, column, left + (number + 0.5) * step, step)
    return [*shapes, base_line(plot)]


def _column(plot: Plot, purse: BudgetPurse, column: BudgetColumn, middle: float, step: float) -> list[Shape]:
    breadth = min(_MOST_BAR, step * 0.82)
    x = middle - breadth / 2
    spent, left = wan_yuan_parts((column.spent_fen, column.left_fen))
    middle_y, highest = plot.y(column.spent_fen), plot.y(column.available_fen)
    parts: list[Shape] = []
    if column.left_fen:
        high = middle_y - highest
        fill = _KEPT if purse.carries else PAPER
        parts.append(Rect(x=x, y=highest, width=breadth, height=high, fill=fill, stroke=RULE))
        if not purse.carries:
            parts.append(Hatch(x=x, y=highest, width=breadth, height=high, gap=6, stroke=RULE))
        parts += _figure(left, middle, highest, high, breadth, INK, plain=not purse.carries)
    if column.spent_fen:
        high = plot.bottom - middle_y
        parts.append(Rect(x=x, y=middle_y, width=breadth, height=high, fill=_SPENT))
        parts += _figure(spent, middle, middle_y, high, breadth, ink_on(_SPENT), plain=False)
    title = text(
        "{year}: {spent} of {available} × 10,000 yuan spent, {left} left ({fate})",
        year=column.label, spent=spent, available=wan_yuan(column.available_fen), left=left,
        fate=_fate(purse),
    )  # fmt: skip
    return [
        Group(shapes=tuple(parts), title=title, layer="column"),
        Label(x=middle, y=highest - 5, content=wan_yuan(column.available_fen), size=11, anchor="middle",
              bold=True, layer="available"),
        Label(x=middle, y=plot.bottom + 15, content=column.label, size=AXIS_SIZE, anchor="middle"),
    ]  # fmt: skip


def _figure(
    shown: str, middle: float, top: float, high: float, breadth: float, ink: str, *, plain: bool
) -> list[Shape]:
    """Return a part's figure where it fits, on plain ground where the part is hatched."""
    wide = writing_width(shown, 11)
    if high < _LEAST_PART or wide > breadth - 2:
        return []
    y = top + high / 2 + 4
    label = Label(x=middle, y=y, content=shown, size=11, fill=ink, anchor="middle", layer="part")
    if not plain:
        return [label]
    return [Rect(x=middle - wide / 2 - 1, y=y - 10, width=wide + 2, height=13, fill=PAPER), label]
