"""The plan beside the clerk's ranking: what each converts year by year, and what the plan gains."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from fenhu.papers.plan_values import BookRow
from fenhu.wording import Text, text

BESIDE = (text("Plan"), text("Ranking"), text("Plan gains"))
MEASURES: tuple[tuple[Text, str], ...] = (
    (text("buildings"), "buildings"), (text("flats"), "flats"), (text("benefit (flats)"), "benefit"),
    (text("flat winters"), "flat_winters"),
)  # fmt: skip
RANKING_NOTES = (
    text("The ranking fills the first year with the highest scores until money or crews end, then the next."),
    text(
        "Benefit counts flats lifted to 18 ℃ and all flats by priority; flat winters count for every flat the"
        " winters of the plan after its works."
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Converted:
    """What is converted; ``flat_winters`` counts for every flat the winters of the plan after its works."""

    buildings: int
    flats: int
    benefit: float
    flat_winters: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """One year, or all where ``year`` is None: the plan and the ranking cut where the money ends."""

    year: int | None
    plan: Converted
    ranking: Converted


def compared(rows: Iterable[BookRow], years: Sequence[int]) -> tuple[Compared, ...]:
    """Return the plan beside the ranking, year by year and at last all together."""
    held, every = list(rows), tuple(years)

    def beside(year: int | None) -> Compared:
        chosen = every if year is None else (year,)
        return Compared(
            year=year,
            plan=_converted(held, "year", chosen, every[-1]),
            ranking=_converted(held, "ranked_year", chosen, every[-1]),
        )

    return tuple(beside(year) for year in (*every, None))


def gain_said(all_years: Compared) -> Text:
    """Return what the plan gains over the ranking, in one sentence."""
    plan, ranking = all_years.plan, all_years.ranking
    return text(
        "Filling the years in order of score, cut where the money ends, would convert {buildings} buildings"
        " with {flats} flats; the plan has {more_buildings} buildings, {more_flats} flats and"
        " {more_winters} flat winters (benefit {more_benefit} %).",
        buildings=f"{ranking.buildings:,}", flats=f"{ranking.flats:,}",
        more_buildings=difference(plan.buildings - ranking.buildings),
        more_flats=difference(plan.flats - ranking.flats),
        more_winters=difference(plan.flat_winters - ranking.flat_winters),
        more_benefit=_percent(plan.benefit, ranking.benefit),
    )  # fmt: skip


def difference(amount: float, decimals: int = 0) -> str:
    """Return more or less with its sign."""
    return f"{amount:+,.{decimals}f}" if round(amount, decimals) else "±0"


def _percent(value: float, base: float) -> str:
    return difference(100 * (value - base) / base, 1) if base else "—"


def _converted(rows: Sequence[BookRow], column: str, chosen: Sequence[int], last: int) -> Converted:
    held = [row for row in rows if getattr(row, column) in chosen]
    return Converted(
        buildings=len(held), flats=sum(row.flats for row in held), benefit=sum(row.benefit for row in held),
        flat_winters=sum(row.flats * (last + 1 - getattr(row, column)) for row in held),
    )  # fmt: skip
