"""Commending the households that cooperated on time, by the policy's rule (clause 四（一）)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from typing import Any

from django.db import transaction

from fenhu.errors import InputFault
from fenhu.policy import Commendation
from fenhu.programme import IN_TIME, Cooperation, Role, commendations
from fenhu.units import fen_from_yuan
from fenhu.web import clock
from fenhu.web.access.gates import require_role
from fenhu.web.access.scope import grants_of
from fenhu.web.rules import policy_named
from fenhu.web.works.acting import written
from fenhu.web.works.models import FlatWork, Praise, Project
from fenhu.wording import text

PRAISERS = (Role.CITY_BUREAU, Role.DISTRICT_GOV)


def earned(work: FlatWork) -> tuple[Commendation, ...]:
    """Return what the policy's rule gives a flat for how it took part in the works."""
    cooperation = Cooperation(
        ready_by=work.project.ready_by, ready_on=work.ready_on, accepted=work.passed_on is not None
    )
    return commendations(policy_named(work.project.policy), cooperation.evidence)


def earned_in_time(policy: str) -> tuple[Commendation, ...]:
    """Return what a policy gives a flat that was ready by its timetable and is accepted."""
    return commendations(policy_named(policy), IN_TIME)


def amount_fen(rule: Commendation) -> int:
    """Return what a commendation is worth to one flat; nothing where the policy gives praise alone."""
    return fen_from_yuan(rule.amount_yuan_per_flat.value) if "reward" in rule.award else 0


@transaction.atomic
def commend(actor: Any, flats: Collection[int]) -> int:
    """Return how many commendations were given; ``flats`` are the ids of flats' works in their projects.

    What a flat has already is not given twice.

    Raises
    ------
    NotAllowed
        If the actor is neither city bureau nor district government.
    InputFault
        If no flat is named, or one is not the actor's or has not earned it by the policy's rule.
    """
    require_role(actor, *PRAISERS)
    fitting = [grant for grant in grants_of(actor) if Role(grant.role) in PRAISERS]
    works = FlatWork.objects.covered_by(fitting).filter(pk__in=flats).exclude(project__state="withdrawn")
    found = list(works.select_related("project", "flat").order_by("pk"))
    if not flats or len(found) < len(set(flats)):
        raise InputFault(text("Tick flats of buildings you answer for"))
    given: dict[Project, list[str]] = defaultdict(list)
    for work in found:
        if _praised(actor, work):
            given[work.project].append(work.flat.flat_id)
    for project, ids in given.items():
        written(actor, project, "project.commended", {"flats": ids, "on": clock.today().isoformat()})
    return sum(len(ids) for ids in given.values())


def _praised(actor: Any, work: FlatWork) -> bool:
    """Give a flat what it has earned and does not have yet; return whether there was something."""
    rules = earned(work)
    if not rules:
        raise InputFault(text(
            "Flat {flat} was not prepared by the timetable or is not accepted; the policy's rule does not"
            " commend it", flat=work.flat.flat_id,
        ))  # fmt: skip
    new = [
        Praise.objects.get_or_create(
            flat=work.flat, code=rule.code,
            defaults={"on_date": clock.today(), "amount_fen": amount_fen(rule), "given_by": actor},
        )[1]
        for rule in rules
    ]  # fmt: skip
    return any(new)
