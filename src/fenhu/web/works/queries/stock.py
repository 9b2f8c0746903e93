"""The state of the stock: how warm its flats are, its heating forms, its age, the criteria it meets."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.db.models import Count, Max, Sum

from fenhu.records import SystemForm
from fenhu.web.registry.queries import visible_buildings, visible_flats
from fenhu.web.rules import current_policy
from fenhu.web.works.models import BuildingOutcome, Study
from fenhu.wording import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class FormFigures:
    """The buildings of one heating form."""

    form: SystemForm
    buildings: int
    flats: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DecadeFigures:
    """The buildings of one decade; ``decade`` is its first year."""

    decade: int
    buildings: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CriterionFigures:
    """How many buildings meet one criterion of the policy."""

    code: str
    name: Text
    clause: str
    buildings: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreyFigures:
    """The mean simulated temperature of one storey, ℃; None where no flat of it was simulated."""

    storey: int
    before_c: float | None
    after_c: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileFigures:
    """How temperature runs up the buildings of the commonest height: so many storeys, so many buildings."""

    height: int
    buildings: int
    storeys: tuple[StoreyFigures, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StockState:
    """The stock a person may see; temperatures are one value per flat, simulated."""

    before_c: tuple[float, ...]
    after_c: tuple[float, ...]
    forms: tuple[FormFigures, ...]
    decades: tuple[DecadeFigures, ...]
    criteria: tuple[CriterionFigures, ...]
    not_simulated: int
    profile: ProfileFigures | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentFigures:
    """How far the households agree."""

    flats: int
    agreed: int
    refused: int

    @property
    def open(self) -> int:
        """Return the flats nobody has asked, or that did not answer."""
        return self.flats - self.agreed - self.refused


def stock_state(user: Any) -> StockState:
    """Return the state of the stock ``user`` may see."""
    outcomes = BuildingOutcome.objects.visible_to(user).filter(study__current=True)
    warmth = _current_warmth()
    before: list[float] = []
    after: list[float] = []
    met: Counter[str] = Counter()
    failed = 0
    heights: dict[int, list[_Warmth]] = defaultdict(list)
    rows = outcomes.values_list("pk", "criteria_met", "before_mean_c", "building__storeys")
    for outcome, codes, simulated, height in rows:
        if simulated is not None:
            heights[height].append(warmth[outcome])
        failed += simulated is None
        before += warmth[outcome].before_c
        after += warmth[outcome].after_c
        met.update(code for code in codes.split(",") if code)
    return StockState(
        before_c=tuple(before), after_c=tuple(after), forms=_forms(user), decades=_decades(user),
        criteria=_criteria(met), not_simulated=failed, profile=_profile(heights),
    )  # fmt: skip


def consent_figures(user: Any, year: int | None = None) -> ConsentFigures:
    """Return how far the households agree, those of a year's buildings or all ``user`` may see."""
    flats = visible_flats(user)
    if year is not None:
        flats = flats.filter(building__outcomes__study__current=True, building__outcomes__planned_year=year)
    counted = {row["consent"]: row["flats"] for row in flats.values("consent").annotate(flats=Count("pk"))}
    return ConsentFigures(
        flats=sum(counted.values()), agreed=counted.get(True, 0), refused=counted.get(False, 0)
    )


def temperatures_of(buildings: Any) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Return the simulated temperatures of the flats of some buildings, ℃, before and after."""
    warmth = _current_warmth()
    wanted = BuildingOutcome.objects.filter(study__current=True, building__in=buildings)
    found = [warmth[pk] for pk in wanted.values_list("pk", flat=True)]
    return (
        tuple(value for one in found for value in one.before_c),
        tuple(value for one in found for value in one.after_c),
    )


@dataclass(frozen=True, slots=True)
class _Warmth:
    """The temperatures of one building's flats."""

    before_c: list[float]
    after_c: list[float]
    before_by_storey: dict[int, tuple[float, int]]
    after_by_storey: dict[int, tuple[float, int]]


def _profile(heights: Mapping[int, list[_Warmth]]) -> ProfileFigures | None:
    if not heights:
        return None
    height = max(heights, key=lambda storeys: (len(heights[storeys]), storeys))
    found = heights[height]
    return ProfileFigures(
        height=height, buildings=len(found),
        storeys=tuple(
            StoreyFigures(
                storey=storey, before_c=_mean_at(storey, [one.before_by_storey for one in found]),
                after_c=_mean_at(storey, [one.after_by_storey for one in found]),
            )
            for storey in sorted({storey for one in found for storey in one.before_by_storey})
        ),
    )  # fmt: skip


def _mean_at(storey: int, buildings: list[dict[int, tuple[float, int]]]) -> float | None:
    sums = [one[storey] for one in buildings if storey in one]
    flats = sum(count for _, count in sums)
    return sum(total for total, _ in sums) / flats if flats else None


def _current_warmth() -> dict[int, _Warmth]:
    """Return the temperatures of every building of the current study by outcome."""
    study = Study.objects.filter(current=True).annotate(newest=Max("outcomes"))
    found = study.values_list("pk", "created_at", "newest").first()
    return _warmth(*found) if found is not None else {}


@lru_cache(maxsize=1)
def _warmth(study: int, created_at: datetime, newest: int | None) -> dict[int, _Warmth]:
    """Return a study's temperatures by outcome, read once: what is diagnosed again has a new number."""
    stored = BuildingOutcome.objects.filter(study=study).values_list("pk", "before", "after")
    return {
        pk: _Warmth(_temperatures(before), _temperatures(after), _by_storey(before), _by_storey(after))
        for pk, before, after in stored
    }


def _temperatures(state: Mapping[str, Iterable[float]] | None) -> list[float]:
    return [temperature_c for temperature_c, _ in (state or {}).values()]


def _by_storey(state: Mapping[str, Iterable[float]] | None) -> dict[int, tuple[float, int]]:
    """Return the sum and the count of the temperatures of every storey."""
    sums: dict[int, tuple[float, int]] = {}
    for flat_id, (temperature_c, _) in (state or {}).items():
        storey = int(flat_id.split("-")[1])
        total, count = sums.get(storey, (0.0, 0))
        sums[storey] = (total + temperature_c, count + 1)
    return sums


def _forms(user: Any) -> tuple[FormFigures, ...]:
    rows = visible_buildings(user).order_by().values("system_form")
    counted = rows.annotate(buildings=Count("pk"), flats=Sum("flat_count")).order_by("-buildings")
    return tuple(
        FormFigures(form=SystemForm(row["system_form"]), buildings=row["buildings"], flats=row["flats"])
        for row in counted
    )


def _decades(user: Any) -> tuple[DecadeFigures, ...]:
    years = visible_buildings(user).values_list("year_built", flat=True)
    counted = Counter(year // 10 * 10 for year in years)
    return tuple(
        DecadeFigures(decade=decade, buildings=buildings) for decade, buildings in sorted(counted.items())
    )


def _criteria(met: Counter[str]) -> tuple[CriterionFigures, ...]:
    return tuple(
        CriterionFigures(code=one.code, name=one.name, clause=one.clause, buildings=met[one.code])
        for one in current_policy().criteria
    )
