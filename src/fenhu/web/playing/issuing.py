"""The papers offices of the synthetic city issue on a building's way: a few, so that every kind is there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from fenhu.programme import Role
from fenhu.web import clock
from fenhu.web.documents import services as documents
from fenhu.web.ledger.models import RewardProposal
from fenhu.web.playing.people import People
from fenhu.web.works.models import AcceptanceRound, AnnualPlan, FlatWork, Project

_FLATS = 2


def issue_after(people: People, project: Project, source: str) -> None:
    """Issue what is due once a project has left the state ``source``, today."""
    if source in _PAPERS:
        _PAPERS[source](people, project)


def issue_scheme(people: People, plan: AnnualPlan) -> None:
    """Issue a supplier's implementation scheme on the day it was filed."""
    if plan.filed_at is not None and plan.scheme.strip():
        with clock.on(plan.filed_at):
            documents.issue(people.of(Role.HEAT_SUPPLIER, plan.supplier), kind="scheme", subject=plan)


def issue_allocation(people: People, proposal: RewardProposal) -> None:
    """Issue the allocation of a reward that was paid."""
    proposal.refresh_from_db()
    actor = people.bureau() if proposal.level == "city" else people.district(proposal.district)
    documents.issue(actor, kind="reward_allocation", subject=proposal)


def _notices(people: People, project: Project) -> None:
    supplier = _supplier(people, project)
    documents.issue(supplier, kind="building_notice", subject=_read(supplier, project))
    for work in _flats(project)[:_FLATS]:
        documents.issue(supplier, kind="flat_notice", subject=_read(supplier, work))


def _contracts(people: People, project: Project) -> None:
    """Issue two contracts signed on paper, beside those of flats; withdraw a notice with a wrong name."""
    supplier = _supplier(people, project)
    issued = set(project.documents.filter(number__kind="contract").values_list("flat", flat=True))
    signed = (one for one in _flats(project) if one.contract_on is not None and one.flat_id not in issued)
    for work in list(signed)[:_FLATS]:
        documents.issue(supplier, kind="contract", subject=_read(supplier, work))
    wrong = _flats(project)[_FLATS - 1].flat.documents.filter(number__kind="flat_notice").first()
    if wrong is not None:
        documents.withdraw(supplier, wrong, reason="示范：户主信息更正，另行送达")


def _announcements(people: People, project: Project) -> None:
    """Announce the leads, record the briefing, and let the notice name the leads, now that they are known."""
    supplier = _supplier(people, project)
    for kind in ("publication", "briefing"):
        documents.issue(supplier, kind=kind, subject=_read(supplier, project))
    for notice in project.documents.filter(number__kind="building_notice", ending=None):
        documents.replace(supplier, notice, reason="示范：已公布负责人和联系电话")


def _record(people: People, project: Project) -> None:
    building = project.building
    organiser = people.bureau() if building.authority == "city" else people.district(building.district)
    held = AcceptanceRound.objects.filter(project=project).order_by("-number").first()
    if held is not None and held.decided_on is not None:
        documents.issue(organiser, kind="acceptance", subject=_read(organiser, held))


_PAPERS: Mapping[str, Callable[[People, Project], None]] = {
    "listed": _notices, "consented": _contracts, "drawings_approved": _announcements, "finished": _record,
}  # fmt: skip


def _supplier(people: People, project: Project) -> Any:
    return people.of(Role.HEAT_SUPPLIER, project.building.supplier)


def _flats(project: Project) -> list[FlatWork]:
    return list(FlatWork.objects.filter(project=project).select_related("flat").order_by("pk"))


def _read(actor: Any, row: Any) -> Any:
    """Return a row as the page it is issued from reads it."""
    return documents.subject_for(actor, f"{row._meta.label_lower}:{row.pk}")
