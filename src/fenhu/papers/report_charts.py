"""The three charts of the plan report, each with the table behind it."""

from __future__ import annotations

from collections.abc import Mapping

from fenhu.drawing import (
    Bar,
    BarChart,
    ChartTable,
    Histogram,
    Series,
    StackedBars,
    StackedColumn,
    bar_chart_svg,
    bar_table,
    by_degree,
    histogram_svg,
    histogram_table,
    stacked_bars_svg,
    stacked_table,
    wan_yuan,
    wan_yuan_parts,
)
from fenhu.papers import report_sentences as say
from fenhu.papers.report_values import PlanReport
from fenhu.papers.words import payer_name
from fenhu.records import Payer
from fenhu.wording import text


def progress(report: PlanReport) -> tuple[str, ChartTable]:
    """Return households planned against the target, by year."""
    chart = BarChart(
        title=say.progress_finding(report.years),
        desc=text("Households planned in each year as bars, the target of the year as a mark across."),
        category_axis=text("Year"),
        value_axis=text("Households planned"),
        bars=[
            Bar(label=str(year.year), value=year.flats, target=year.target_flats) for year in report.years
        ],
    )  # fmt: skip
    return bar_chart_svg(chart), bar_table(chart)


def temperatures(report: PlanReport) -> tuple[str, ChartTable]:
    """Return the simulated room temperatures of the planned flats, before and after."""
    chart = Histogram(
        title=say.temperature_finding(report.temperatures_before_c, report.temperatures_after_c),
        desc=text(
            "Number of flats by simulated room temperature, before and after conversion, on the same axes."
        ),
        before=by_degree(report.temperatures_before_c),
        after=by_degree(report.temperatures_after_c),
        threshold_c=say.LIMIT_C,
    )
    return histogram_svg(chart), histogram_table(chart)


def payers(report: PlanReport) -> tuple[str, ChartTable]:
    """Return the cost by payer and year."""
    total = {payer: sum(year.cost_fen.get(payer, 0) for year in report.years) for payer in Payer}
    chart = StackedBars(
        title=say.money_finding(total),
        desc=text("Cost of each year as a bar, divided between the payers."),
        category_axis=text("Year"),
        series=[Series(key=payer.value, label=payer_name(payer)) for payer in Payer],
        columns=[
            StackedColumn(
                label=str(year.year), parts_fen={payer.value: fen for payer, fen in year.cost_fen.items()}
            )
            for year in report.years
        ],
    )
    return stacked_bars_svg(chart), stacked_table(chart)


def money_cells(cost_fen: Mapping[Payer, int]) -> tuple[str, ...]:
    """Return a cost by payer and in total as table cells in 10,000 yuan; the parts add up to the total."""
    parts = [cost_fen.get(payer, 0) for payer in Payer]
    return (*wan_yuan_parts(parts), wan_yuan(sum(parts)))
