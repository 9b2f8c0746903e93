"""Buildings by the days of their conversion: what was approved, begun, accepted, put into use, or is late."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Coalesce

from fenhu.web.access.scope import ScopedQuerySet
from fenhu.web.rules import current_policy
from fenhu.web.works.facts.project import APPROVED_PLANS
from fenhu.web.works.models import AnnualPlanItem
from fenhu.wording import Text, text


@dataclass(frozen=True, slots=True, kw_only=True)
class Milestone:
    """What buildings came through, or have not, within some days; both days count.

    ``where`` asks for buildings joined with their living project as ``project``.
    """

    label: Text
    where: Callable[[date, date], Q]


def with_approval(items: ScopedQuerySet) -> Any:
    """Return plan items of approved plans with the day of approval as ``approved_on``."""
    return items.filter(plan__state__in=APPROVED_PLANS).annotate(
        approved_on=Coalesce("plan__decided_at", "plan__since")
    )


def _approved(since: date, until: date) -> Q:
    items = with_approval(AnnualPlanItem.objects.filter(building=OuterRef("pk")))
    return Q(Exists(items.filter(approved_on__range=(since, until))))


def _on(day: str) -> Callable[[date, date], Q]:
    def within(since: date, until: date) -> Q:
        return Q(**{f"project__{day}__range": (since, until)})

    return within


def _unfinished(since: date, until: date) -> Q:
    not_yet = Q(project__finished_on__isnull=True) | Q(project__finished_on__gt=until)
    return Q(project__isnull=False) & not_yet


def _overdue(since: date, until: date) -> Q:
    calendar, years = current_policy().calendar, current_policy().programme.years
    past = [year for year in years if calendar.completion_deadline(year) < until]
    due = Q(project__extended_to__lt=until) | Q(project__extended_to__isnull=True, project__year__in=past)
    not_accepted = Q(project__accepted_on__isnull=True, project__in_use_on__isnull=True)
    return _unfinished(since, until) & not_accepted & due


def _finished_late(since: date, until: date) -> Q:
    return Q(project__late=True) & _on("finished_on")(since, until)


MILESTONES: Mapping[str, Milestone] = {
    "approved": Milestone(label=text("Approved"), where=_approved),
    "begun": Milestone(label=text("Begun"), where=_on("started_on")),
    "accepted": Milestone(label=text("Accepted"), where=_on("accepted_on")),
    "in_use": Milestone(label=text("Put into use"), where=_on("in_use_on")),
    "unfinished": Milestone(label=text("Works not finished"), where=_unfinished),
    "overdue": Milestone(label=text("Works overdue"), where=_overdue),
    "finished_late": Milestone(label=text("Finished late"), where=_finished_late),
}
