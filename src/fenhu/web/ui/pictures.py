"""The pages' pictures: what a query found, drawn; every picture states its finding and has its table."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import Protocol, TypeVar

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.safestring import SafeString, mark_safe

from fenhu import drawing
from fenhu.building import simulate
from fenhu.design import Design
from fenhu.drawing import CONSENT, FEE, ElevationCell, StateLayer
from fenhu.papers import payer_name
from fenhu.papers.bulletin_pictures import money_chart
from fenhu.papers.bulletin_values import BulletinMoney
from fenhu.web.works.queries import BuildingView, FlatView, GroupStanding, Overview, StockState, YearView
from fenhu.wording import Text, text

HEAT, MEASURED, CONSENTED, PAID = "heat", "measured", "consent", "fee"
LAYERS: Mapping[str, Text] = {
    HEAT: text("Temperature before and after"),
    MEASURED: text("Measured temperature"),
    CONSENTED: text("Consent"),
    PAID: text("Heating fee"),
}
THRESHOLD_C = 18
# More districts or suppliers than this do not stand beside each other; those that lack most are ranked.
_MOST_UPRIGHT = 10
# How wide a page and half of it are, and how much larger than usual an elevation may stand on it.
PAGE, HALF_PAGE, LARGEST = 1180.0, 580.0, 1.6
# How wide a picture is in a panel on a phone of 360 pixels.
PHONE = 292.0


Chart = TypeVar("Chart", contravariant=True)


class Drawn(Protocol[Chart]):
    """A function that draws a chart at a width."""

    def __call__(self, chart: Chart, /, *, width: float) -> str:
        """Return the chart as SVG."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture and the table behind it; ``leads`` are where the cells of its rows lead, if anywhere.

    ``narrow`` is the same for a phone, None where the picture fits one or is to be moved on it.
    """

    svg: SafeString
    table: drawing.ChartTable | None = None
    leads: tuple[tuple[str, ...], ...] = ()
    narrow: SafeString | None = None


def pictured(
    draw: Drawn[Chart], chart: Chart, table: Callable[[Chart], drawing.ChartTable], *, width: float = 640.0,
    narrow: Drawn[Chart] | None = None, leads: tuple[tuple[str, ...], ...] = (),
) -> Picture:  # fmt: skip
    """Return a chart drawn for a desk and for a phone, there by ``narrow`` if it needs another form."""
    return Picture(
        svg=_safe(draw(chart, width=width)), narrow=_safe((narrow or draw)(chart, width=PHONE)),
        table=table(chart), leads=leads,
    )  # fmt: skip


def bar_picture(chart: drawing.BarChart, *, width: float = 640.0) -> Picture:
    """Return bars, upright at a desk; on a phone they lie, so that their names can be read."""
    return pictured(drawing.bar_chart_svg, chart, drawing.bar_table, width=width, narrow=drawing.ranking_svg)


@dataclass(frozen=True, slots=True, kw_only=True)
class Elevation:
    """A building from the front: one picture, or two to compare, ``beside`` each other where they fit."""

    panels: tuple[SafeString, ...]
    legend: tuple[drawing.LegendEntry, ...]
    beside: bool


def elevation(view: BuildingView, layer: str, path: str) -> Elevation | None:
    """Return the building's elevation in one layer, each flat a link to its row; None without a flat."""
    if not view.flats:
        return None
    if layer == MEASURED:
        return _one(view, _cells(view, path, layer, value=lambda flat: flat.measured_c), LAYERS[MEASURED])
    if layer == CONSENTED:
        return _one(view, _cells(view, path, layer, state=_consent), LAYERS[CONSENTED], CONSENT)
    if layer == PAID:
        return _one(view, _cells(view, path, layer, state=_fee), LAYERS[PAID], FEE)
    return _before_after(view, path)


def design_elevation(made: Design) -> Elevation:
    """Return a design's flats before and after, as simulated on the design day."""
    before = {name: one.temperature_c for name, one in simulate(made.building).flats.items()}
    after = made.proof.weathers[0].temperature_c
    panels = []
    for values, when in ((before, text("Before")), (after, text("After"))):
        cells = tuple(
            ElevationCell(
                unit=flat.unit, storey=flat.storey, position=flat.position, label=flat.id,
                value_c=values[flat.id],
            )
            for flat in made.building.flats
        )  # fmt: skip
        desc = text("Simulated room temperature of every flat on the design day")
        panels.append((cells, _heat_finding(cells, when), desc))
    return drawn(panels)


def profile(view: BuildingView) -> Picture | None:
    """Return how temperature runs up the building; None where it was not simulated."""
    storeys = sorted({flat.storey for flat in view.flats})
    if view.before_mean_c is None or not storeys:
        return None
    means = [
        drawing.StoreyMean(
            storey=storey,
            before_c=_mean(flat.before_c for flat in view.flats if flat.storey == storey),
            after_c=_mean(flat.after_c for flat in view.flats if flat.storey == storey),
        )
        for storey in storeys
    ]
    chart = drawing.Profile(
        title=_profile_finding(means),
        desc=text("Mean simulated room temperature of every storey, before and after the conversion"),
        storeys=means,
    )
    return pictured(drawing.profile_svg, chart, drawing.profile_table, width=420.0)


def warmth(stock: StockState) -> Picture | None:
    """Return how warm the flats are before and after; None where nothing was simulated."""
    if not stock.before:
        return None
    cold, still = (drawing.below(flats, THRESHOLD_C) for flats in (stock.before, stock.after))
    chart = drawing.Histogram(
        title=text(
            "{cold} of {flats} flats are simulated below 18 ℃ today; converted, {still} would be",
            cold=f"{cold:,}", flats=f"{sum(stock.before.values()):,}", still=f"{still:,}",
        ),
        desc=text("Simulated room temperature of every flat on the design day, before and after conversion"),
        before=stock.before,
        after=stock.after,
        threshold_c=THRESHOLD_C,
    )  # fmt: skip
    return pictured(drawing.histogram_svg, chart, drawing.histogram_table)


def stock_profile(stock: StockState) -> Picture | None:
    """Return how temperature runs up the buildings of the commonest height; None where none was simulated."""
    found = stock.profile
    if found is None or not found.storeys:
        return None
    means = [
        drawing.StoreyMean(storey=one.storey, before_c=one.before_c, after_c=one.after_c)
        for one in found.storeys
    ]
    chart = drawing.Profile(
        title=text(
            "{buildings} buildings of {height} storeys: {finding}",
            buildings=f"{found.buildings:,}", height=found.height, finding=_profile_finding(means),
        ),
        desc=text("Mean simulated room temperature of every storey, before and after the conversion"),
        storeys=means,
    )  # fmt: skip
    return pictured(drawing.profile_svg, chart, drawing.profile_table, width=480.0)


def standings(groups: Sequence[GroupStanding], year: int, axis: Text) -> Picture | None:
    """Return how many buildings of each district or supplier are in use, against those planned by a year."""
    due = sum(one.due_buildings for one in groups)
    if len(groups) < 2 or not due:
        return None
    used = sum(one.in_use_buildings for one in groups)
    furthest = max(groups, key=_lacking)
    if len(groups) > _MOST_UPRIGHT:
        return _furthest_behind(groups, year)
    chart = drawing.BarChart(
        title=text(
            "{used} of {due} buildings planned up to {year} are in use; {name} lacks most: {lacking}",
            used=f"{used:,}", due=f"{due:,}", year=str(year), name=furthest.name,
            lacking=f"{_lacking(furthest):,}",
        )
        if used < due
        else text("All {due} buildings planned up to {year} are in use", due=f"{due:,}", year=str(year)),
        desc=text("Buildings in use, with those planned up to the year as marks"),
        category_axis=axis, value_axis=text("Buildings in use"),
        target_name=text("Planned up to {year}", year=str(year)),
        bars=[
            drawing.Bar(label=one.name, value=one.in_use_buildings, target=one.due_buildings)
            for one in groups
        ],
    )  # fmt: skip
    return bar_picture(chart)


def _furthest_behind(groups: Sequence[GroupStanding], year: int) -> Picture:
    """Return those that lack most of what was planned up to a year, where there are too many to show all."""
    ranked = sorted(groups, key=lambda one: (-_lacking(one), one.name))[:_MOST_UPRIGHT]
    behind = sum(_lacking(one) > 0 for one in groups)
    chart = drawing.BarChart(
        title=text(
            "{behind} of {all} lack buildings planned up to {year}; {name} lacks most: {lacking}",
            behind=behind, all=len(groups), year=str(year), name=ranked[0].name,
            lacking=f"{_lacking(ranked[0]):,}",
        ),
        desc=text("Buildings planned up to the year and not in use yet, where most are lacking"),
        category_axis=text("Heat supplier"), value_axis=text("Buildings lacking"),
        bars=[drawing.Bar(label=one.name, value=_lacking(one)) for one in ranked],
    )  # fmt: skip
    return pictured(drawing.ranking_svg, chart, drawing.bar_table)


def _lacking(one: GroupStanding) -> int:
    return one.due_buildings - one.in_use_buildings


def purses(found: BulletinMoney) -> Picture | None:
    """Return every source's money of the year by stage; None where there is none."""
    chart = money_chart(found)
    if chart is None:
        return None
    return pictured(drawing.stacked_bars_svg, chart, drawing.stacked_table)


def progress(view: Overview) -> Picture:
    """Return the flats planned for every year against the target."""
    planned = sum(year.planned_flats for year in view.years)
    approved = sum(year.approved_flats for year in view.years)
    chart = drawing.BarChart(
        title=text(
            "{planned} flats are planned over {years} years; plans for {approved} are approved",
            planned=f"{planned:,}", years=len(view.years), approved=f"{approved:,}",
        ),
        desc=text("Flats planned for each year of the programme, with the year's target"),
        category_axis=text("Year"),
        value_axis=text("Flats planned"),
        bars=[
            drawing.Bar(label=str(year.year), value=year.planned_flats, target=year.target_flats)
            for year in view.years
        ],
    )  # fmt: skip
    return bar_picture(chart)


def payers(view: YearView) -> Picture | None:
    """Return who pays for a year, in order of the sum; None where nothing costs anything."""
    if not view.cost_fen:
        return None
    ranked = sorted(view.shares.items(), key=lambda share: -share[1])
    largest, largest_fen = ranked[0]
    chart = drawing.BarChart(
        title=text(
            "{payer} carry the largest part: {percent} % of the buildings' cost",
            payer=payer_name(largest), percent=f"{100 * largest_fen / view.cost_fen:.0f}",
        ),
        desc=text("What each payer carries of the year's conversions, mains not included"),
        category_axis=text("Payer"),
        value_axis=text("Cost (10,000 yuan)"),
        bars=[drawing.Bar(label=payer_name(payer), value=fen / 1_000_000) for payer, fen in ranked],
        decimals=1,
    )  # fmt: skip
    leads = tuple(("", reverse("carried", args=[view.year, payer.value])) for payer, _ in ranked)
    return pictured(drawing.ranking_svg, chart, drawing.bar_table, width=560.0, leads=leads)


def _before_after(view: BuildingView, path: str) -> Elevation:
    before = _cells(view, path, HEAT, value=lambda flat: flat.before_c)
    after = _cells(view, path, HEAT, value=lambda flat: flat.after_c)
    return drawn(
        [
            (before, _heat_finding(before, text("Before")),
             text("Simulated room temperature of every flat on the design day, as the building is")),
            (after, _heat_finding(after, text("After")),
             text("Simulated room temperature of every flat on the design day, after the conversion")),
        ]
    )  # fmt: skip


def _one(
    view: BuildingView, cells: tuple[ElevationCell, ...], title: Text, layer: StateLayer | None = None
) -> Elevation:
    known = sum(cell.value_c is not None or cell.state not in (None, "unknown") for cell in cells)
    finding = text("{layer}: known of {known} of {flats} flats", layer=title, known=known, flats=len(cells))
    desc = text("The building {name} from the front, one cell per flat", name=view.record.name)
    return drawn([(cells, finding, desc)], layer)


def drawn(
    panels: list[tuple[tuple[ElevationCell, ...], Text, Text]], layer: StateLayer | None = None
) -> Elevation:
    """Return panels of cells, each with its finding and description, as they fit a page."""
    natural = drawing.elevation_width(panels[0][0])
    beside = len(panels) > 1 and natural <= HALF_PAGE
    scale = min(max(1.0, (HALF_PAGE if beside else PAGE) / natural), LARGEST)
    shown = [cell.value_c if layer is None else cell.state for cells, _, _ in panels for cell in cells]
    return Elevation(
        panels=tuple(
            _safe(drawing.elevation_svg(
                cells, title=title, desc=desc, layer=layer, with_legend=False, scale=scale,
            ))
            for cells, title, desc in panels
        ),
        legend=drawing.legend_entries(layer, shown),
        beside=beside,
    )  # fmt: skip


def _cells(
    view: BuildingView,
    path: str,
    layer: str,
    *,
    value: Callable[[FlatView], float | None] = lambda flat: None,
    state: Callable[[FlatView], str | None] = lambda flat: None,
) -> tuple[ElevationCell, ...]:
    return tuple(
        ElevationCell(
            unit=flat.unit, storey=flat.storey, position=flat.position, label=flat.flat_id,
            value_c=value(flat), state=state(flat),
            href=f"{path}?{urlencode({'layer': layer, 'flat': flat.flat_id})}#flat-{flat.flat_id}",
        )
        for flat in view.flats
    )  # fmt: skip


def _consent(flat: FlatView) -> str:
    return {True: "agreed", False: "refused", None: "unknown"}[flat.consent]


def _fee(flat: FlatView) -> str | None:
    return {True: "paid", False: "unpaid", None: None}[flat.fee_paid]


def _heat_finding(cells: tuple[ElevationCell, ...], when: Text) -> Text:
    known = [cell.value_c for cell in cells if cell.value_c is not None]
    if not known:
        return text("{when}: no temperatures, the simulation has none", when=when)
    cold = sum(value_c < THRESHOLD_C for value_c in known)
    return text("{when}: {cold} of {flats} flats below 18 ℃", when=when, cold=cold, flats=len(known))


def _profile_finding(means: list[drawing.StoreyMean]) -> Text:
    spreads = [
        max(known) - min(known)
        for known in (
            [mean.before_c for mean in means if mean.before_c is not None],
            [mean.after_c for mean in means if mean.after_c is not None],
        )
        if known
    ]
    if len(spreads) < 2:
        return text("Storeys differ by {before} K today", before=f"{spreads[0]:.1f}")
    return text(
        "Storeys differ by {before} K today, by {after} K after the conversion",
        before=f"{spreads[0]:.1f}", after=f"{spreads[1]:.1f}",
    )  # fmt: skip


def _mean(values: object) -> float | None:
    known = [value for value in values if value is not None]  # type: ignore[attr-defined]
    return fmean(known) if known else None


def _safe(svg: str) -> SafeString:
    """Mark a picture as safe: ``fenhu.drawing`` escapes every word it writes."""
    return mark_safe(svg)
