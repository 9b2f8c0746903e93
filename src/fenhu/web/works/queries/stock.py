"""The state of the stock: how warm its flats are, its heating forms, its age, the criteria it meets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Sum

from fenhu.records import SystemForm
from fenhu.web.registry.queries import visible_buildings, visible_flats
from fenhu.web.rules import current_policy
from fenhu.web.works.models import BuildingOutcome
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
class StockState:
    """The stock a person may see; temperatures are one value per flat, simulated."""

    before_c: tuple[float, ...]
    after_c: tuple[float, ...]
    forms: tuple[FormFigures, ...]
    decades: tuple[DecadeFigures, ...]
    criteria: tuple[CriterionFigures, ...]
    not_simulated: int


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
    before, after, met = [], [], Counter[str]()
    failed = 0
    for state_before, state_after, codes in outcomes.values_list("before", "after", "criteria_met"):
        failed += state_before is None
        before += _temperatures(state_before)
        after += _temperatures(state_after)
        met.update(code for code in codes.split(",") if code)
    return StockState(
        before_c=tuple(before), after_c=tuple(after), forms=_forms(user), decades=_decades(user),
        criteria=_criteria(met), not_simulated=failed,
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


def _temperatures(state: Mapping[str, Iterable[float]] | None) -> list[float]:
    return [temperature_c for temperature_c, _ in (state or {}).values()]


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
