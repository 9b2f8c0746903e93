"""The state of the stock: how warm its flats are, its heating forms, its age, the criteria it meets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from django.db.models import Count, Sum

from fenhu.records import SystemForm
from fenhu.web.access.scope import ScopedQuerySet
from fenhu.web.registry.queries import visible_buildings, visible_flats
from fenhu.web.rules import current_policy
from fenhu.web.works.models import BuildingOutcome
from fenhu.web.works.queries.warmth import StudyWarmth, current_warmth
from fenhu.wording import Text

IntArray = npt.NDArray[np.int64]


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
    """The stock a person may see; ``before`` and ``after`` count its flats by whole degree, simulated."""

    before: Mapping[int, int]
    after: Mapping[int, int]
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
    warmth = current_warmth()
    simulated = outcomes.filter(before_mean_c__isnull=False)
    seen = np.array([*simulated.values_list("pk", "building__storeys")], dtype=np.int64).reshape(-1, 2)
    rows = warmth.rows(seen[:, 0]) if warmth else seen[:, 0]
    return StockState(
        before=warmth.before.by_degree(rows) if warmth else {},
        after=warmth.after.by_degree(rows) if warmth else {},
        forms=_forms(user), decades=_decades(user), criteria=_criteria(outcomes),
        not_simulated=outcomes.filter(before_mean_c__isnull=True).count(),
        profile=_profile(warmth, seen[:, 1], rows) if warmth else None,
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


def _profile(found: StudyWarmth, storeys: IntArray, rows: IntArray) -> ProfileFigures | None:
    """Return the profile of the commonest height; ``storeys`` are the heights of the buildings."""
    if not len(rows):
        return None
    counts = np.bincount(storeys)
    height = int(np.flatnonzero(counts == counts.max())[-1])
    before, after = (state.by_storey(rows[storeys == height]) for state in (found.before, found.after))
    return ProfileFigures(
        height=height, buildings=int(counts[height]),
        storeys=tuple(
            StoreyFigures(storey=storey, before_c=before[storey], after_c=after.get(storey))
            for storey in sorted(before)
        ),
    )  # fmt: skip


def _forms(user: Any) -> tuple[FormFigures, ...]:
    rows = visible_buildings(user).order_by().values("system_form")
    counted = rows.annotate(buildings=Count("pk"), flats=Sum("flat_count")).order_by("-buildings")
    return tuple(
        FormFigures(form=SystemForm(row["system_form"]), buildings=row["buildings"], flats=row["flats"])
        for row in counted
    )


def _decades(user: Any) -> tuple[DecadeFigures, ...]:
    rows = visible_buildings(user).order_by().values("year_built").annotate(buildings=Count("pk"))
    counted: Counter[int] = Counter()
    for row in rows:
        counted[row["year_built"] // 10 * 10] += row["buildings"]
    return tuple(
        DecadeFigures(decade=decade, buildings=buildings) for decade, buildings in sorted(counted.items())
    )


def _criteria(outcomes: ScopedQuerySet) -> tuple[CriterionFigures, ...]:
    met: Counter[str] = Counter()
    for row in outcomes.order_by().values("criteria_met").annotate(buildings=Count("pk")):
        met.update(dict.fromkeys(filter(None, row["criteria_met"].split(",")), row["buildings"]))
    return tuple(
        CriterionFigures(code=one.code, name=one.name, clause=one.clause, buildings=met[one.code])
        for one in current_policy().criteria
    )
