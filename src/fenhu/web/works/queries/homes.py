"""One flat as its household reads it: year and state, warmth, answers, whom to call."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from fenhu.money import bill_from
from fenhu.programme import CASE, KINDS, PROJECT
from fenhu.records import SystemForm
from fenhu.web.access.privacy import masked_name, masked_phone
from fenhu.web.registry.queries import full_name
from fenhu.web.rules import current_policy
from fenhu.web.works.acting import BEFORE_WORKS
from fenhu.web.works.facts.project import deadline_of
from fenhu.web.works.keeping import warranty_until
from fenhu.web.works.models import (
    BuildingOutcome,
    Case,
    Consent,
    DesignVersion,
    FlatWork,
    Praise,
    Project,
    Representative,
)
from fenhu.web.works.queries.bills import BillGroup, bill_groups
from fenhu.web.works.queries.conversions import Spokesperson, way_of
from fenhu.web.works.queries.published import IN_USE, Lead, leads_of
from fenhu.web.works.stored import shares_from
from fenhu.wording import Text

if TYPE_CHECKING:
    from fenhu.web.registry.models import Flat


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeAnswer:
    """One answer the flat gave to the question whether it agrees."""

    on_date: date
    agrees: bool
    reason: str
    how: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeCase:
    """One case about the flat; ``answer`` is what was written down as its outcome."""

    id: int
    kind: Text
    title: str
    account: str
    opened_on: date | None
    state: Text
    answer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeDesign:
    """What the design under review or approved lays down for the flat.

    ``radiators`` are (number, sections, what becomes of it).
    """

    number: int
    approved: bool
    radiators: tuple[tuple[str, int, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeView:
    """A household's own flat within its building.

    ``state`` is empty while no approved plan holds the building; ``estimate`` are the flat's lines of the
    current study. Names, phones and reasons are masked or left out unless the view was made ``clear``.
    """

    code: str
    building: str
    address: str
    district: str
    flat_id: str
    unit: int
    storey: int
    room: str
    area_m2: float
    form: SystemForm
    owner_name: str
    has_phone: bool
    supplier: str
    community: str
    planned_year: int | None
    before_c: float | None
    after_c: float | None
    measured_c: float | None
    consent: bool | None
    estimate: tuple[BillGroup, ...]
    design: HomeDesign | None
    praises: tuple[tuple[Text, date], ...]
    answers: tuple[HomeAnswer, ...]
    state: str
    state_label: Text | None
    way: tuple[tuple[Text, bool, bool], ...]
    year: int | None
    project: Project | None
    deadline: date | None
    may_answer: bool
    work: FlatWork | None
    leads: tuple[Lead, ...]
    spokesperson: Spokesperson | None
    warranty_until: date | None
    synthetic: bool

    @property
    def used(self) -> bool:
        """Return whether the building is converted and in use."""
        return self.state in IN_USE


def home_view(flat: Flat, *, clear: bool) -> HomeView:
    """Return a flat as its own household reads it; who asks is the caller's to know.

    Parameters
    ----------
    clear
        Whether names, phones and what the household wrote are shown whole.
    """
    building = flat.building
    outcome = BuildingOutcome.objects.filter(building=building, study__current=True).first()
    heat = _heat(outcome, flat.flat_id)
    living = Project.objects.exclude(state="withdrawn").select_related("contractor", "building__supplier")
    project = living.filter(building=building).first()
    work = FlatWork.objects.filter(project=project, flat=flat).first() if project else None
    return HomeView(
        code=building.code,
        building=full_name(building.estate, building.name),
        address=building.address,
        district=building.district,
        flat_id=flat.flat_id,
        unit=flat.unit,
        storey=flat.storey,
        room=flat.room,
        area_m2=flat.area_m2,
        form=SystemForm(building.system_form),
        owner_name=flat.owner_name if clear else masked_name(flat.owner_name),
        has_phone=bool(flat.phone),
        supplier=building.supplier.name,
        community=building.community.name if building.community else "",
        planned_year=outcome.planned_year if outcome else None,
        before_c=heat[0],
        after_c=heat[1],
        measured_c=flat.measured_c,
        consent=flat.consent,
        estimate=_estimate(outcome, flat.flat_id),
        design=_design(flat),
        praises=_praises(flat),
        answers=_answers(flat, clear=clear),
        state=project.state if project else "",
        state_label=PROJECT.states[project.state] if project else None,
        way=tuple(way_of(project)) if project else (),
        year=project.year if project else None,
        project=project,
        deadline=deadline_of(project) if project else None,
        may_answer=project is not None
        and project.state in BEFORE_WORKS
        and (work is None or not work.contract_on),
        work=work,
        leads=leads_of(project, building.supplier.name) if project else (),
        spokesperson=_spokesperson(flat, clear=clear),
        warranty_until=warranty_until(project) if project else None,
        synthetic=building.synthetic,
    )


def _heat(outcome: BuildingOutcome | None, flat_id: str) -> tuple[float | None, float | None]:
    kept: tuple[Mapping[str, Any], Mapping[str, Any]]
    kept = (outcome.before or {}, outcome.after or {}) if outcome else ({}, {})
    before, after = (one.get(flat_id, (None,))[0] for one in kept)
    return before, after


def _estimate(outcome: BuildingOutcome | None, flat_id: str) -> tuple[BillGroup, ...]:
    if outcome is None:
        return ()
    own = [line for line in bill_from(outcome.bill) if line.flat == flat_id]
    return bill_groups(own, {line.line: shares_from(outcome.line_shares.get(line.line, {})) for line in own})


def _design(flat: Flat) -> HomeDesign | None:
    settled = DesignVersion.objects.filter(building=flat.building_id, state__in=("submitted", "approved"))
    version = settled.order_by("-number").first()
    if version is None:
        return None
    own = f"{flat.flat_id}/"
    return HomeDesign(
        number=version.number,
        approved=version.state == "approved",
        radiators=tuple(
            (name.removeprefix(own), sections, action)
            for name, (_, sections, action) in version.outcome["radiators"].items()
            if name.startswith(own)
        ),
    )


def _praises(flat: Flat) -> tuple[tuple[Text, date], ...]:
    """Return for what the flat's household was commended, and when."""
    names = {rule.code: rule.name for rule in current_policy().commendation}
    given = Praise.objects.filter(flat=flat).order_by("on_date")
    return tuple((names[one.code], one.on_date) for one in given if one.code in names)


def _answers(flat: Flat, *, clear: bool) -> tuple[HomeAnswer, ...]:
    """Return the flat's answers, the newest first."""
    return tuple(
        HomeAnswer(on_date=one.on_date, agrees=one.agrees, reason=one.reason if clear else "", how=one.how)
        for one in Consent.objects.filter(flat=flat).order_by("-pk")
    )


def _spokesperson(flat: Flat, *, clear: bool) -> Spokesperson | None:
    """Return who speaks for the flat's stairwell now."""
    found = Representative.objects.filter(
        building=flat.building_id, unit=flat.unit, ended_on__isnull=True
    ).first()
    if found is None:
        return None
    return Spokesperson(
        unit=found.unit, name=found.name if clear else masked_name(found.name),
        phone=found.phone if clear else masked_phone(found.phone), elected_on=found.elected_on,
        votes=found.votes, voters=found.voters,
    )  # fmt: skip


def cases_at(flat: Flat) -> tuple[HomeCase, ...]:
    """Return the cases about a flat, newest first; who asks is the caller's to know."""
    return tuple(
        HomeCase(
            id=one.pk, kind=KINDS[one.kind], title=one.title, account=one.account, opened_on=one.opened_on,
            state=CASE.states[one.state], answer=one.outcome,
        )
        for one in Case.objects.filter(flat=flat).order_by("-pk")
    )  # fmt: skip
