"""The day by which what waits is to be moved on, and how much of it is overdue.

What is due when follows from a few columns, so that much that waits is counted by the days it has waited
since, not looked at one by one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import lru_cache

from django.db.models import Count

from fenhu.programme import ANNUAL_PLAN, PROJECT, due_on
from fenhu.web import clock
from fenhu.web.rules import current_policy, policy_named
from fenhu.web.works.acting import AT_WORK, BEFORE_WORKS
from fenhu.web.works.facts.project import works_done_by
from fenhu.web.works.models import AcceptanceRound, AnnualPlan, Project
from fenhu.web.works.subjects import SUBJECTS


def plan_due(state: str, since: date | None, filed_at: date | None, year: int) -> date | None:
    """Return the day by which the plan of a year is to be moved on."""
    policy = current_policy()
    deadline = policy.calendar.filing_deadline(year) if state == ANNUAL_PLAN.initial else None
    return _due(policy.id, ANNUAL_PLAN.name, state, since or filed_at, deadline)


def project_due(
    state: str, since: date | None, policy: str, year: int, extended_to: date | None
) -> date | None:
    """Return the day by which a project is to be moved on."""
    bound = state in (*BEFORE_WORKS, *AT_WORK)
    deadline = works_done_by(policy, year, extended_to) if bound else None
    return _due(policy_named(policy).id, PROJECT.name, state, since, deadline)


def round_due(opened_on: date | None, policy: str) -> date | None:
    """Return the day by which a round of acceptance is to be ended."""
    return _due(policy_named(policy).id, PROJECT.name, "finished", opened_on, None)


def other_due(workflow: str, state: str, since: date | None) -> date | None:
    """Return the day by which a case of any other workflow is to be moved on."""
    return _due(current_policy().id, workflow, state, since, None)


def overdue_counts() -> Mapping[str, int]:
    """Return by workflow how much of what waits in the whole city is overdue today."""
    return {subject.workflow.name: _overdue(model) for model, subject in SUBJECTS.items()}


def _overdue(model: type) -> int:
    workflow, today = SUBJECTS[model].workflow, clock.today()
    waiting = [state for state in workflow.states if workflow.waiting_for(state)]
    columns, due = _BY.get(model, (("state", "since"), lambda *said: other_due(workflow.name, *said)))
    alike = model.objects.filter(state__in=waiting).order_by().values_list(*columns)  # type: ignore[attr-defined]
    days = ((due(*said), count) for *said, count in alike.annotate(count=Count("pk")))
    return sum(count for day, count in days if day is not None and day < today)


@lru_cache(maxsize=4096)
def _due(policy: str, workflow: str, state: str, since: date | None, deadline: date | None) -> date | None:
    if since is None:
        return deadline
    return due_on(policy_named(policy), workflow, state, since, deadline=deadline)


_BY: Mapping[type, tuple[tuple[str, ...], Callable[..., date | None]]] = {
    AnnualPlan: (("state", "since", "filed_at", "year"), plan_due),
    Project: (("state", "since", "policy", "year", "extended_to"), project_due),
    AcceptanceRound: (("opened_on", "project__policy"), round_due),
}
