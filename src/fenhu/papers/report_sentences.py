"""The sentences of the plan report: each says one finding with its number."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from decimal import Decimal

from fenhu.papers.report_values import PlanReport, PlanYear, SearchFigures
from fenhu.papers.words import payer_name
from fenhu.records import Payer
from fenhu.wording import Text, text

LIMIT_C = 18


def money(fen: int) -> Text:
    """Return an amount in words, in ten thousand yuan with one decimal."""
    return text("{amount} × 10,000 yuan", amount=f"{(Decimal(fen) / 1_000_000):,.1f}")


def counted(number: float) -> str:
    """Return a count with thousands separated."""
    return f"{number:,.0f}"


def percent(part: float, whole: float) -> str:
    """Return a share in percent with one decimal; a share of nothing is a dash."""
    return f"{100 * part / whole:.1f}" if whole else "—"


def answer(report: PlanReport) -> tuple[Text, Text]:
    """Return what the reader came for: this year's list against its target, and what the years carry."""
    return _first_year(report.years[0]), _all_years(report)


def _first_year(year: PlanYear) -> Text:
    done = text(
        "In {year}, {buildings} buildings with {flats} households are to be converted for {money}",
        year=year.year, buildings=counted(year.buildings), flats=counted(year.flats),
        money=money(sum(year.cost_fen.values())),
    )  # fmt: skip
    target = _amount(year.target_buildings, year.target_flats)
    if target is None:
        return text("{done}; the policy sets no target for the year.", done=done)
    missing = _amount(
        _lacking(year.target_buildings, year.buildings), _lacking(year.target_flats, year.flats)
    )
    if missing is None:
        return text("{done}; the target of {target} is met.", done=done, target=target)
    return text(
        "{done}; the target of {target} is missed by {missing}.", done=done, target=target, missing=missing
    )


def _all_years(report: PlanReport) -> Text:
    buildings, flats = sum(year.buildings for year in report.years), sum(year.flats for year in report.years)
    return text(
        "From {first} to {last}, {buildings} of {stock} buildings and {flats} of {stock_flats} households "
        "({share} %) find a place; {left} buildings do not.",
        first=report.years[0].year, last=report.years[-1].year,
        buildings=counted(buildings), stock=counted(report.stock.buildings),
        flats=counted(flats), stock_flats=counted(report.stock.flats),
        share=percent(flats, report.stock.flats), left=counted(report.stock.buildings - buildings),
    )  # fmt: skip


def _amount(buildings: int | None, flats: int | None) -> Text | None:
    """Return so many buildings and households in words, leaving out what is not given."""
    if buildings is None:
        return None if flats is None else text("{flats} households", flats=counted(flats))
    if flats is None:
        return text("{buildings} buildings", buildings=counted(buildings))
    return text(
        "{buildings} buildings and {flats} households", buildings=counted(buildings), flats=counted(flats)
    )


def _lacking(target: int | None, reached: int) -> int | None:
    """Return what is missing from a target; None where it is met or not set."""
    return None if target is None or reached >= target else target - reached


def progress_finding(years: Sequence[PlanYear]) -> Text:
    """Return the title of the progress chart."""
    aimed = [year for year in years if year.target_flats is not None]
    if not aimed:
        return text("The plan converts {flats} households", flats=counted(sum(year.flats for year in years)))
    missing = sum(max(0, (year.target_flats or 0) - year.flats) for year in aimed)
    if not missing:
        return text("Every yearly target of households is met")
    met = sum(year.flats >= (year.target_flats or 0) for year in aimed)
    return text(
        "{met} of {aimed} yearly targets are met; {missing} households are missing from the others",
        met=met, aimed=len(aimed), missing=counted(missing),
    )  # fmt: skip


def temperature_finding(before_c: Sequence[float], after_c: Sequence[float]) -> Text:
    """Return the title of the temperature chart."""
    return text(
        "Of the planned flats, {before} % are below 18 ℃ before conversion and {after} % after it",
        before=percent(_cold(before_c), len(before_c)), after=percent(_cold(after_c), len(after_c)),
    )  # fmt: skip


def money_finding(cost_fen: Mapping[Payer, int]) -> Text:
    """Return the title of the money chart."""
    total = sum(cost_fen.values())
    if not total:
        return text("The plan costs nothing")
    largest = max(Payer, key=lambda payer: cost_fen.get(payer, 0))
    return text(
        "{payer} carry the largest part: {share} % of {money}",
        payer=payer_name(largest), share=percent(cost_fen.get(largest, 0), total), money=money(total),
    )  # fmt: skip


def quality(search: SearchFigures) -> tuple[Text, ...]:
    """Return how good the plan is, claiming no more than is proven: a gap is rounded up."""
    if search.proven_best:
        verdict = text("The plan is the best one possible, and this is proven.")
    elif search.gap_ratio is None:
        verdict = text("This is the best plan found; how far it is from the best possible one is not known.")
    else:
        gap = f"{math.ceil(1000 * max(0.0, search.gap_ratio) - 1e-9) / 10:.1f}"
        verdict = text("This is the best plan found, proven within {gap} % of the best possible.", gap=gap)
    return (verdict, *_against_baseline(search))


def _against_baseline(search: SearchFigures) -> tuple[Text, ...]:
    base = search.baseline_objective
    if base is None:
        return ()
    value, baseline = f"{search.objective:,.1f}", f"{base:,.1f}"
    if min(base, search.objective) <= 0:
        return (
            text(
                "Its value is {value}; filling the years in order of score reaches {baseline}.",
                value=value,
                baseline=baseline,
            ),
        )
    gain = 100 * (search.objective - base) / abs(base)
    if gain >= 0:
        sentence = text(
            "Its value is {value}, {gain} % more than filling the years in order of score ({baseline}).",
            value=value, gain=f"{gain:.1f}", baseline=baseline,
        )  # fmt: skip
    else:
        sentence = text(
            "Its value is {value}, {loss} % less than filling the years in order of score ({baseline}), "
            "because the policy's targets come first.",
            value=value, loss=f"{-gain:.1f}", baseline=baseline,
        )  # fmt: skip
    return (sentence,)


def _cold(values_c: Sequence[float]) -> int:
    return sum(value < LIMIT_C for value in values_c)
