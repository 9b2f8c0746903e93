"""What happened to a building, as the journal tells it: studies of it, and the steps of its annual plans."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q

from fenhu.web.access.scope import get_visible
from fenhu.web.journal.queries import entries_of
from fenhu.web.registry.queries import visible_buildings
from fenhu.web.works.models import AnnualPlan, Study

PUBLIC_STEPS = ("annual_plan.file", "annual_plan.approve", "annual_plan.close")


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """One entry of the journal that concerns the building; ``plan`` is 0 where the reader may not open it."""

    on_date: date
    number: int
    kind: str
    year: int | None
    plan: int
    actor: str


def building_history(user: Any, code: str) -> tuple[Happening, ...]:
    """Return what happened to a building, newest first.

    Raises
    ------
    django.http.Http404
        If there is no such building, or it is not the user's to see.
    """
    building = get_visible(visible_buildings(user), user, code=code)
    happenings = [*_plans(user, building), *_study(building)]
    return tuple(sorted(happenings, key=lambda one: (one.on_date, one.number), reverse=True))


def _plans(user: Any, building: Any) -> Iterator[Happening]:
    """Yield the steps of the building's plans: all to those who see the plan, the decided ones to others."""
    own = set(AnnualPlan.objects.visible_to(user).values_list("pk", flat=True))
    decided = Q(state__in=("approved", "closed"))
    for plan in AnnualPlan.objects.filter(Q(pk__in=own) | decided, items__building=building):
        seen = plan.pk in own
        for entry in entries_of(plan):
            if seen or entry.kind in PUBLIC_STEPS:
                yield Happening(
                    on_date=entry.on_date, number=entry.number, kind=entry.kind, year=plan.year,
                    plan=plan.pk if seen else 0, actor=entry.actor if seen else "",
                )  # fmt: skip


def _study(building: Any) -> Iterator[Happening]:
    for study in Study.objects.filter(outcomes__building=building, current=True):
        for entry in entries_of(study):
            if entry.kind == "study.stored":
                yield Happening(
                    on_date=entry.on_date, number=entry.number, kind=entry.kind, year=None, plan=0, actor=""
                )
