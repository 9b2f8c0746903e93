"""After the acceptance: defects and their warranty, flats ready for a heat meter (四（三）, 一)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction

from fenhu.errors import InputFault, NotAllowed, WrongState
from fenhu.programme import DONE, Role, warranty_ends
from fenhu.web import clock
from fenhu.web.access.scope import grants_of
from fenhu.web.journal import services as journal
from fenhu.web.rules import policy_named
from fenhu.web.works.acting import acts_on, require_acting, taken_up, written
from fenhu.web.works.flats import works_of
from fenhu.web.works.models import Defect, Project
from fenhu.wording import text

KEPT_STATES = ("accepted", "in_use", "rewarded")
REPORTERS = (Role.HEAT_SUPPLIER, Role.COMMUNITY, Role.OWNER_UNIT)
MENDERS = (Role.CONTRACTOR, Role.HEAT_SUPPLIER)


def warranty_until(project: Project) -> date | None:
    """Return the last day of a building's warranty; None before it is in use."""
    if project.in_use_on is None:
        return None
    open_defect = project.defects.filter(within_warranty=True, mended_on__isnull=True).exists()
    rules = policy_named(project.policy)
    return warranty_ends(rules, project.in_use_on, defect_open=open_defect, today=clock.today())


@transaction.atomic
def report_defect(actor: Any, project: Project, *, what: str, flat_id: str = "") -> Defect:
    """Return a defect somebody found; whether it is the contractor's follows from the warranty's last day.

    Raises
    ------
    NotAllowed
        If the building is not the actor's, or he is a household and the flat is not his own.
    WrongState
        If the works are not accepted.
    InputFault
        If nothing is said of it, or the building has no such flat.
    """
    case = taken_up(actor, project, *REPORTERS, Role.HOUSEHOLD, states=KEPT_STATES)
    flat = works_of(case, [flat_id]).get().flat if flat_id else None
    if not acts_on(actor, case, *REPORTERS) and (flat is None or flat.pk not in _own_flats(actor)):
        raise NotAllowed(text("A household reports what is wrong in its own flat"))
    if not what.strip():
        raise InputFault(text("Write what does not work"))
    until = warranty_until(case)
    defect = Defect.objects.create(
        project=case, flat=flat, what=what.strip(), reported_on=clock.today(),
        within_warranty=until is None or clock.today() <= until,
    )  # fmt: skip
    kept = {"defect": defect.pk, "flat": flat_id, "within_warranty": defect.within_warranty}
    written(actor, case, "project.defect", kept)
    return defect


def _own_flats(actor: Any) -> set[int]:
    return {grant.flat_id for grant in grants_of(actor) if grant.role == Role.HOUSEHOLD and grant.flat_id}


@transaction.atomic
def mend_defect(actor: Any, defect: Defect, *, how: str) -> Defect:
    """Return a defect that is mended.

    Raises
    ------
    NotAllowed
        If the building is neither the contractor's nor the supplier's.
    WrongState
        If it is mended already.
    InputFault
        If nothing is said of how.
    """
    require_acting(actor, defect.project, *MENDERS)
    case = Defect.objects.select_for_update().get(pk=defect.pk)
    if case.mended_on is not None:
        raise WrongState(text("This defect was mended on {day}", day=case.mended_on.isoformat()))
    if not how.strip():
        raise InputFault(text("Write how it was mended"))
    case.mended_on, case.how = clock.today(), how.strip()
    case.save(update_fields=["mended_on", "how"])
    said = journal.personal(f"works.defect:{case.pk}", case.how)
    written(actor, defect.project, "project.mended", {"defect": case.pk, "how": said})
    return case


@transaction.atomic
def check_meter_ready(actor: Any, project: Project, ready: Mapping[str, bool]) -> int:
    """Return for how many flats it was recorded whether a heat meter can be fitted (clause 一).

    Raises
    ------
    NotAllowed, WrongState
        As ``taken_up``.
    InputFault
        If a flat is not of the building, or its works are not done.
    """
    case = taken_up(actor, project, Role.HEAT_SUPPLIER, states=("finished", *KEPT_STATES))
    works = list(works_of(case, ready))
    for work in works:
        if work.contract_on is None or work.stage != DONE:
            raise InputFault(text(
                "Flat {flat} has no finished loop; there is nothing to fit a meter to", flat=work.flat.flat_id
            ))  # fmt: skip
        work.meter_ready = ready[work.flat.flat_id]
        work.save(update_fields=["meter_ready"])
    if works:
        flats = dict(sorted(ready.items()))
        written(actor, case, "project.meter_ready", {"ready": flats})
    return len(works)
