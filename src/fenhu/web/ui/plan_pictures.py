"""Plans in pictures: flats by year, money by payer and year, years on the map; two plans on one scale."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.safestring import mark_safe

from fenhu import drawing
from fenhu.papers import payer_name
from fenhu.records import Payer
from fenhu.web.ui.pictures import Picture, bar_picture, pictured
from fenhu.web.works.queries import PlanFigures, PlannedBuilding
from fenhu.wording import text

HALF = 560.0
PAYERS = (Payer.CITY, Payer.DISTRICT, Payer.REPAIR_FUND, Payer.OWNER, Payer.SUPPLIER, Payer.UPPER)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pictured:
    """A plan and its pictures."""

    plan: PlanFigures
    flats: Picture
    money: Picture
    years: Picture


def side_by_side(
    one: PlanFigures, other: PlanFigures, buildings: Sequence[PlannedBuilding]
) -> tuple[Pictured, Pictured]:
    """Return both plans pictured on the same scales, with the same years in the same colours."""
    reach = max(max(year.flats, year.target_flats or 0) for plan in (one, other) for year in plan.years)
    reach_fen = max(year.total_fen for plan in (one, other) for year in plan.years)
    years = sorted({year.year for plan in (one, other) for year in plan.years})

    def pictured(plan: PlanFigures) -> Pictured:
        return Pictured(
            plan=plan, flats=flats_by_year(plan, years, reach=reach),
            money=money_by_year(plan, years, reach_fen=reach_fen), years=year_map(plan, buildings, years),
        )  # fmt: skip

    return pictured(one), pictured(other)


def flats_by_year(plan: PlanFigures, years: Sequence[int], *, reach: float = 0.0) -> Picture:
    """Return a plan's flats of every one of ``years``, against the target where there is one."""
    chart = drawing.BarChart(
        title=text("{name}: {flats} flats", name=plan.name, flats=f"{plan.flats:,}"),
        desc=text("Flats converted in each year of the plan, with the year's target"),
        category_axis=text("Year"), value_axis=text("Flats planned"), reach=reach,
        bars=[
            drawing.Bar(label=str(year), value=planned.flats, target=planned.target_flats)
            if (planned := plan.by_year.get(year)) else drawing.Bar(label=str(year), value=0)
            for year in years
        ],
    )  # fmt: skip
    return bar_picture(chart, width=HALF)


def money_by_year(plan: PlanFigures, years: Sequence[int], *, reach_fen: int = 0) -> Picture:
    """Return what every purse pays in every one of ``years``."""
    stacked = drawing.StackedBars(
        title=text("{name}: {wan} × 10,000 yuan", name=plan.name, wan=drawing.wan_yuan(plan.total_fen)),
        desc=text("What each payer carries in each year, mains and setting up of works included"),
        category_axis=text("Year"), reach_fen=reach_fen,
        series=[drawing.Series(key=payer.value, label=payer_name(payer)) for payer in PAYERS],
        columns=[
            drawing.StackedColumn(
                label=str(year),
                parts_fen={payer.value: fen for payer, fen in planned.cost_fen.items()}
                if (planned := plan.by_year.get(year)) else {},
            )
            for year in years
        ],
    )  # fmt: skip
    return pictured(drawing.stacked_bars_svg, stacked, drawing.stacked_table, width=HALF)


def year_map(plan: PlanFigures, buildings: Sequence[PlannedBuilding], years: Sequence[int]) -> Picture:
    """Return the buildings on the schematic map with their years in a plan."""
    chart = drawing.YearMap(
        title=text("{name}: {buildings} of {stock} buildings have a year", name=plan.name,
                   buildings=f"{plan.buildings:,}", stock=f"{len(plan.year_by_code):,}"),
        desc=text("Every building in its district and cluster, with the year it is planned for"),
        years=years,
        places=[
            drawing.YearPlace(
                label=one.name, district=one.district, cluster=one.cluster,
                year=plan.year_by_code[one.code], href=reverse("building", args=[one.code]),
            )
            for one in buildings if one.code in plan.year_by_code
        ],
    )  # fmt: skip
    return Picture(
        svg=mark_safe(drawing.year_map_svg(chart, width=HALF)), table=drawing.year_map_table(chart)
    )
