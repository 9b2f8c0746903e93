"""What of the works is published: doors for the portal's explicit projections, and the leads' telephones.

Whoever comes in by one of these doors shows named fields alone; nothing undecided lies behind them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from fenhu.papers.bulletin_values import Period
from fenhu.programme import ACCEPTANCE, ROLE_NAMES, Role
from fenhu.web.journal.queries import entries_of
from fenhu.web.works.models import (
    AcceptanceRound,
    Activity,
    CampaignMaterial,
    Praise,
    Project,
    PublishedBulletin,
)
from fenhu.web.works.queries.conversions import WAY, way_of
from fenhu.wording import Text

IN_USE = ("in_use", "rewarded")
ACCEPTED = ("accepted", *IN_USE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lead:
    """Who leads the works for a party, published before they begin (clause 三（三）)."""

    party: Text
    organisation: str
    name: str
    phone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WayStep:
    """A state on the natural way of a conversion, with the day it was reached last."""

    label: Text
    on_date: date | None
    behind: bool
    here: bool


def dated_way(project: Project) -> tuple[WayStep, ...]:
    """Return the natural way of a conversion with its days, those ahead without one."""
    reached = {entry.data["to"]: entry.on_date for entry in entries_of(project) if "to" in entry.data}
    return tuple(
        WayStep(
            label=label, on_date=reached.get(name) if behind or here else None, behind=behind, here=here
        )
        for name, (label, behind, here) in zip(WAY, way_of(project), strict=True)
    )  # fmt: skip


def leads_of(project: Project, supplier: str) -> tuple[Lead, ...]:
    """Return the leads of a project's works as they are published; none before."""
    if project.published_on is None:
        return ()
    contractor = project.contractor.name if project.contractor else ""
    leads = (
        Lead(party=ROLE_NAMES[Role.HEAT_SUPPLIER], organisation=supplier, name=project.supplier_lead,
             phone=project.supplier_phone),
        Lead(party=ROLE_NAMES[Role.CONTRACTOR], organisation=contractor, name=project.contractor_lead,
             phone=project.contractor_phone),
    )  # fmt: skip
    return tuple(lead for lead in leads if lead.phone)


def published_projects() -> QuerySet[Project]:
    """Return the conversions of approved plans; what was withdrawn from the programme is left out."""
    return Project.objects.exclude(state="withdrawn")


def published_rounds() -> QuerySet[AcceptanceRound]:
    """Return the decided rounds of works that are accepted."""
    decided = AcceptanceRound.objects.exclude(state=ACCEPTANCE.initial)
    return decided.filter(project__state__in=ACCEPTED)


def published_praises() -> QuerySet[Praise]:
    """Return every commendation; how much of one is shown is the policy's to say."""
    return Praise.objects.all()


def published_material() -> QuerySet[CampaignMaterial]:
    """Return what of the library an office has published."""
    return CampaignMaterial.objects.filter(published_on__isnull=False)


def published_activities() -> QuerySet[Activity]:
    """Return what an office has published of what was done to inform residents."""
    return Activity.objects.filter(published_on__isnull=False)


def published_bulletins() -> QuerySet[PublishedBulletin]:
    """Return the bulletins the city made public, the newest period first."""
    return PublishedBulletin.objects.order_by("-year", "-month")


def bulletin_of_period(period: Period) -> PublishedBulletin | None:
    """Return the published bulletin of a period, None where none is public."""
    return published_bulletins().filter(year=period.year, month=period.month or 0).first()
