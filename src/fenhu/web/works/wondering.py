"""Asking the planner: about one building, and about what limits the plan; one question is worked on once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from fenhu import planning
from fenhu.errors import UnknownItem
from fenhu.web.access.scope import get_visible
from fenhu.web.jobs import queries as job_queries
from fenhu.web.jobs import services as jobs
from fenhu.web.registry.queries import visible_buildings
from fenhu.web.works.models import Scenario
from fenhu.web.works.queries.planning import plan_in_force
from fenhu.web.works.scenarios import change_scenario, create_scenario
from fenhu.wording import Text, text


@transaction.atomic
def ask_why(actor: Any, code: str) -> Any:
    """Return the job that finds out what another year of a building would take.

    Raises
    ------
    django.http.Http404
        If there is no such building, or it is not the actor's to see.
    WrongState
        If there is no plan in force.
    NotAllowed
        If the actor plans nothing.
    """
    building = get_visible(visible_buildings(actor), actor, code=code)
    return _asked("why", actor, {"code": building.code, "plan": plan_in_force().plan_id})


@transaction.atomic
def ask_limits(actor: Any) -> Any:
    """Return the job that finds out what limits the plan in force, what money is worth and rules cost.

    Raises
    ------
    WrongState
        If there is no plan in force.
    NotAllowed
        If the actor is not of the city bureau.
    """
    return _asked("limits", actor, {"plan": plan_in_force().plan_id})


def _asked(kind: str, actor: Any, params: Mapping[str, Any]) -> Any:
    """Return the actor's job under way, else a new one."""
    running = job_queries.newest_of(kind, params, user=actor)
    if running is not None and not running.finished:
        return job_queries.job_for(actor, running.id)
    return jobs.start(kind, actor, params)


@transaction.atomic
def try_changes(actor: Any, name: Text, stored: Mapping[str, Any] | None) -> Scenario:
    """Return a new scenario of the actor's office with changes an answer named.

    Raises
    ------
    UnknownItem
        If no answer names them any more.
    NotAllowed
        If the actor plans nothing, or a change concerns a building that is not his.
    """
    if stored is None:
        raise UnknownItem(text("This answer is of an earlier plan; ask again"))
    scenario = create_scenario(actor, name=str(name))
    return change_scenario(actor, scenario, planning.read_changes(plan_in_force().instance, stored))
