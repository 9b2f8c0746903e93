"""Conversions: the list, and one project with its gates, flats, people, papers and steps."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q

from fenhu.policy import Policy
from fenhu.programme import PAPERS, PROJECT, GateState, Role, due_on, gate_states, share_done
from fenhu.web import clock
from fenhu.web.access.privacy import masked_name, masked_phone, with_clear_persons
from fenhu.web.access.scope import get_visible
from fenhu.web.journal.queries import EntryView, entries_of
from fenhu.web.paging import placed
from fenhu.web.registry.queries import full_name, visible_flats
from fenhu.web.rules import policy_named
from fenhu.web.works.acting import AT_WORK, BEFORE_WORKS, acts_on
from fenhu.web.works.facts.project import deadline_of, project_facts
from fenhu.web.works.models import Consent, FlatWork, Paper, Project, Representative
from fenhu.web.works.queries.steps import OpenStep, open_steps
from fenhu.wording import Text

PAGE_SIZE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectRow:
    """One project in a list."""

    code: str
    name: str
    district: str
    supplier: str
    contractor: str
    year: int
    state: str
    state_label: Text
    flats: int
    contracts: int
    done: int
    due: date | None
    overdue: bool
    late: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectPage:
    """One page of projects, with how many stand in each state."""

    rows: tuple[ProjectRow, ...]
    states: Mapping[str, int]
    total: int
    page: int
    pages: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FlatRow:
    """One flat of a project: what it got, said and signed, and how far its works are."""

    flat_id: str
    unit: int
    storey: int
    position: int
    owner_name: str
    phone: str
    notice_on: date | None
    consent: bool | None
    reason: str
    contract_on: date | None
    contract_number: str
    ready_on: date | None
    stage: str
    passed_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperRow:
    """A paper of a project."""

    id: int
    kind: Text
    title: str
    on_date: date
    filed_by: str
    size_bytes: int
    mine: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Spokesperson:
    """Who speaks for a stairwell."""

    unit: int
    name: str
    phone: str
    elected_on: date
    votes: int
    voters: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectView:
    """One project as its page shows it; ``works`` is whether the reader may change it in his office."""

    row: ProjectRow
    version: int
    project: Project
    deadline: date
    start: tuple[GateState, ...]
    use: tuple[GateState, ...]
    consent_said: Text
    consent_reached: bool
    flats: tuple[FlatRow, ...]
    share: float
    papers: tuple[PaperRow, ...]
    papers_missing: tuple[Text, ...]
    spokespeople: tuple[Spokesperson, ...]
    units: range
    steps: tuple[OpenStep, ...]
    history: tuple[EntryView, ...]
    leads: bool
    informs: bool
    judges: bool
    community: bool
    way: tuple[tuple[Text, bool, bool], ...]


# The natural way, as the page draws it.
WAY = (
    "listed", "informed", "consented", "contracted", "designed", "drawings_approved", "under_construction",
    "finished", "accepted", "in_use",
)  # fmt: skip
_ASIDE = {"checked": "designed", "rectifying": "finished", "rewarded": "in_use"}


def project_page(
    user: Any, *, year: int | None = None, state: str = "", search: str = "", page: int = 1
) -> ProjectPage:
    """Return one page of the projects ``user`` may see, by year and building."""
    seen = Project.objects.visible_to(user)
    if year is not None:
        seen = seen.filter(year=year)
    if search:
        seen = seen.filter(building__search__icontains=search)
    states = dict(seen.order_by().values_list("state").annotate(count=Count("pk")))
    if state:
        seen = seen.filter(state=state)
    total = seen.count()
    page, pages = placed(page, total, PAGE_SIZE)
    order = ("-year", "building__district", "building__code")
    ids = list(seen.order_by(*order).values_list("pk", flat=True)[(page - 1) * PAGE_SIZE : page * PAGE_SIZE])
    shown = _counted(Project.objects.filter(pk__in=ids)).order_by(*order)
    return ProjectPage(
        rows=tuple(_row(project) for project in shown), states=states, total=total, page=page, pages=pages
    )


def project_view(user: Any, code: str) -> ProjectView:
    """Return the living project of a building.

    Raises
    ------
    django.http.Http404
        If the building has none, or it is not the user's to see.
    """
    project = project_for(user, code)
    facts = project_facts(project)
    flats = _flats(user, project)
    [counted] = _counted(Project.objects.filter(pk=project.pk))
    leading = Role.OWNER_UNIT if project.owner_converts else Role.HEAT_SUPPLIER
    before, at_work = project.state in BEFORE_WORKS, project.state in AT_WORK
    return ProjectView(
        row=_row(counted), version=project.version, project=project, deadline=facts.deadline,
        start=gate_states(facts, "start"), use=gate_states(facts, "in_use"),
        consent_said=facts.consent_said, consent_reached=facts.consent_reached, flats=flats,
        share=share_done([flat.stage for flat in flats if flat.contract_on]),
        papers=_papers(user, project), papers_missing=facts.papers_missing,
        spokespeople=_spokespeople(user, project), units=range(1, project.building.units + 1),
        steps=open_steps(user, project), history=entries_of(project),
        leads=(before or at_work) and acts_on(user, project, Role.HEAT_SUPPLIER, leading),
        informs=before and acts_on(user, project, Role.HEAT_SUPPLIER, Role.COMMUNITY),
        judges=acts_on(user, project, Role.CITY_BUREAU),
        community=acts_on(user, project, Role.COMMUNITY),
        way=tuple(way_of(project)),
    )  # fmt: skip


def project_for(user: Any, code: str) -> Project:
    """Return the living project of a building, for whoever is about to work on it.

    Raises
    ------
    django.http.Http404
        If the building has none, or it is not the user's to see.
    """
    living = Project.objects.exclude(state="withdrawn").select_related("building__supplier", "contractor")
    return get_visible(living, user, building__code=code)


def paper_for(user: Any, paper_id: int) -> Paper:
    """Return a paper that ``user`` may read.

    Raises
    ------
    django.http.Http404
        If there is none, or it is not his to read.
    """
    return get_visible(Paper.objects.select_related("project"), user, pk=paper_id)


def _counted(projects: Any) -> Any:
    signed = Q(flats__contract_on__isnull=False)
    return projects.select_related("building__supplier", "contractor").annotate(
        contracts=Count("flats", filter=signed), done=Count("flats", filter=signed & Q(flats__stage="done"))
    )


def _row(project: Any) -> ProjectRow:
    due, today = _due(project), clock.today()
    return ProjectRow(
        code=project.building.code, name=full_name(project.building.estate, project.building.name),
        district=project.building.district, supplier=project.building.supplier.name,
        contractor=project.contractor.name if project.contractor else "", year=project.year,
        state=project.state, state_label=PROJECT.states[project.state], flats=project.building.flat_count,
        contracts=project.contracts, done=project.done, due=due, overdue=due is not None and due < today,
        late=project.late,
    )  # fmt: skip


def _due(project: Project) -> date | None:
    if project.since is None or project.state in PROJECT.final:
        return None
    rules: Policy = policy_named(project.policy)
    bound = deadline_of(project) if project.state in (*BEFORE_WORKS, *AT_WORK) else None
    return due_on(rules, "project", project.state, project.since, deadline=bound)


def _flats(user: Any, project: Project) -> tuple[FlatRow, ...]:
    seen = FlatWork.objects.visible_to(user).filter(project=project).select_related("flat")
    clear = set(with_clear_persons(visible_flats(user), user).filter(
        building=project.building_id).values_list("pk", flat=True))  # fmt: skip
    reasons = {
        answer.flat_id: answer.reason
        for answer in Consent.objects.visible_to(user).filter(flat__works__project=project).order_by("pk")
    }
    places: dict[tuple[int, int], int] = {}
    found = []
    for work in seen.order_by("flat__unit", "flat__storey", "flat__room"):
        flat = work.flat
        place = places[flat.unit, flat.storey] = places.get((flat.unit, flat.storey), 0) + 1
        known = flat.pk in clear
        found.append(FlatRow(
            flat_id=flat.flat_id, unit=flat.unit, storey=flat.storey, position=place,
            owner_name=flat.owner_name if known else masked_name(flat.owner_name),
            phone=flat.phone if known else masked_phone(flat.phone), notice_on=work.notice_on,
            consent=flat.consent, reason=reasons.get(flat.pk, "") if known else "",
            contract_on=work.contract_on, contract_number=work.contract_number, ready_on=work.ready_on,
            stage=work.stage, passed_on=work.passed_on,
        ))  # fmt: skip
    return tuple(found)


def _papers(user: Any, project: Project) -> tuple[PaperRow, ...]:
    seen = Paper.objects.visible_to(user).filter(project=project, withdrawn_on__isnull=True)
    return tuple(
        PaperRow(
            id=paper.pk, kind=PAPERS[paper.kind], title=paper.title, on_date=paper.on_date,
            filed_by=str(paper.filed_by), size_bytes=paper.size_bytes, mine=paper.filed_by_id == user.pk,
        )
        for paper in seen.exclude(kind="photo").select_related("filed_by").order_by("kind", "pk")
    )  # fmt: skip


def _spokespeople(user: Any, project: Project) -> tuple[Spokesperson, ...]:
    seen = Representative.objects.visible_to(user).filter(building=project.building_id, ended_on__isnull=True)
    clear = acts_on(user, project, Role.CITY_BUREAU, Role.HEAT_SUPPLIER, Role.COMMUNITY)
    return tuple(
        Spokesperson(
            unit=one.unit, name=one.name if clear else masked_name(one.name),
            phone=one.phone if clear else masked_phone(one.phone), elected_on=one.elected_on,
            votes=one.votes, voters=one.voters,
        )
        for one in seen.order_by("unit")
    )  # fmt: skip


def way_of(project: Project) -> Iterator[tuple[Text, bool, bool]]:
    """Yield the natural way as (state, behind, here)."""
    state = project.came_from or project.state
    here = WAY.index(_ASIDE.get(state, state))
    for place, name in enumerate(WAY):
        current = place == here and state == name
        yield PROJECT.states[name], place < here or (place == here and not current), current
