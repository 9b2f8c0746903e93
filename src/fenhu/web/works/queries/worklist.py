"""What waits for a person, and what he waits for: plans, projects, acceptances and cases by due day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet

from fenhu.programme import ANNUAL_PLAN, PROJECT, ROLE_NAMES, Role, Step, Workflow
from fenhu.web import clock
from fenhu.web.access.scope import grants_of
from fenhu.web.paging import placed
from fenhu.web.registry.queries import full_name
from fenhu.web.works.facts.project import facts_of
from fenhu.web.works.models import AcceptanceRound, AnnualPlan, Case, Project
from fenhu.web.works.queries.due_days import other_due, plan_due, project_due, round_due
from fenhu.web.works.subjects import SUBJECTS
from fenhu.wording import Text, text

if TYPE_CHECKING:
    from fenhu.web.access.models import Grant

PAGE_SIZE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkItem:
    """One thing that waits; ``kind`` and ``key`` lead to its page, ``blocked`` is what holds it back."""

    kind: str
    key: str
    title: str
    district: str
    state: Text
    todo: Text
    offices: tuple[Role, ...]
    due: date | None
    today: date
    blocked: Text | None = None

    @property
    def overdue(self) -> bool:
        """Return whether its day has passed."""
        return self.due is not None and self.due < self.today

    @property
    def waits_for(self) -> Text:
        """Return the office that is waited for."""
        return ROLE_NAMES[self.offices[0]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Worklist:
    """One page of what waits for a person, soonest due first, with the figures of all of it."""

    items: tuple[WorkItem, ...]
    total: int
    overdue: int
    page: int
    pages: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OthersTurn:
    """What waits in a person's scope for one other office."""

    office: Text
    total: int
    overdue: int
    longest: tuple[WorkItem, ...]


def worklist(user: Any, *, page: int = 1, size: int = PAGE_SIZE) -> Worklist:
    """Return one page of what waits for ``user``."""
    items = sorted(_own(user), key=_by_day)
    page, pages = placed(page, len(items), size)
    shown = items[(page - 1) * size : page * size]
    return Worklist(
        items=tuple(_with_reasons(shown)), total=len(items), overdue=sum(item.overdue for item in items),
        page=page, pages=pages,
    )  # fmt: skip


def due_items(user: Any) -> tuple[WorkItem, ...]:
    """Return everything that waits for ``user`` and has a day, soonest first."""
    return tuple(sorted((item for item in _own(user) if item.due is not None), key=_by_day))


def overdue_elsewhere(user: Any) -> tuple[WorkItem, ...]:
    """Return what is overdue in the user's scope and waits for another office, longest overdue first."""
    own = {(item.kind, item.key) for item in _own(user)}
    others = (item for item in _items(_visible(user)) if (item.kind, item.key) not in own)
    return tuple(sorted((item for item in others if item.overdue), key=_by_day))


def others_turn(user: Any, *, longest: int = 5) -> tuple[OthersTurn, ...]:
    """Return what waits in the user's scope for other offices, the office with most overdue first."""
    own = {(item.kind, item.key) for item in _own(user)}
    by_office: dict[Role, list[WorkItem]] = {}
    for item in _items(_visible(user)):
        if (item.kind, item.key) not in own:
            by_office.setdefault(item.offices[0], []).append(item)
    turns = [
        OthersTurn(
            office=ROLE_NAMES[office], total=len(items), overdue=sum(item.overdue for item in items),
            longest=tuple(sorted((item for item in items if item.overdue), key=_by_day)[:longest]),
        )
        for office, items in by_office.items()
    ]  # fmt: skip
    return tuple(sorted(turns, key=lambda turn: (-turn.overdue, -turn.total)))


def _own(user: Any) -> list[WorkItem]:
    """Return what waits for one of the user's grants, each where that grant reaches."""
    found: dict[tuple[str, str], WorkItem] = {}
    for grant in grants_of(user):
        role = Role(grant.role)
        for item in _items(_covered(grant, role), role):
            found.setdefault((item.kind, item.key), item)
    return list(found.values())


def _covered(grant: Grant, role: Role) -> Iterator[QuerySet[Any]]:
    for model, subject in SUBJECTS.items():
        states = [
            state for state in subject.workflow.states
            if any(role in step.roles for step in subject.workflow.waiting_for(state))
        ]  # fmt: skip
        if states:
            yield model.objects.covered_by([grant]).filter(state__in=states)  # type: ignore[attr-defined]


def _visible(user: Any) -> Iterator[QuerySet[Any]]:
    for model, subject in SUBJECTS.items():
        waiting = [state for state in subject.workflow.states if subject.workflow.waiting_for(state)]
        yield model.objects.visible_to(user).filter(state__in=waiting)  # type: ignore[attr-defined]


def _items(found: Iterable[QuerySet[Any]], role: Role | None = None) -> Iterator[WorkItem]:
    today = clock.today()
    for rows in found:
        make, flow = _MAKERS.get(rows.model, _other_item), SUBJECTS[rows.model].workflow
        awaited: dict[tuple[str, bool | None], Step | None] = {}
        for case in _read(rows):
            known = case.state, getattr(case, "owner_converts", None)
            if known not in awaited:
                awaited[known] = _awaited(flow, *known, role)
            if step := awaited[known]:
                yield make(case, step, today)


def _read(rows: QuerySet[Any]) -> Iterable[Any]:
    """Return what an item needs of each case; of the kinds there are thousands of, nothing more."""
    if rows.model in _COLUMNS:
        return rows.values_list(*_COLUMNS[rows.model], named=True)
    return rows.select_related(*_RELATED.get(rows.model, ()))


def _awaited(flow: Workflow[Any], state: str, owner_converts: bool | None, role: Role | None) -> Step | None:
    """Return the step that is waited for first, of ``role`` where one is asked for."""
    for step in flow.waiting_for(state):
        if _meant(step, owner_converts) and (role is None or role in step.roles):
            return step
    return None


def _meant(step: Step, owner_converts: bool | None) -> bool:
    """Return whether a step is this case's: of a supplier's and an owner's step only one ever is."""
    if owner_converts is None:
        return True
    if step.name in ("design_own", "start_own", "finish_own", "check_scheme"):
        return owner_converts
    if step.name in ("design", "start", "finish", "approve_drawings"):
        return not owner_converts
    return True


def _plan_item(plan: AnnualPlan, step: Step, today: date) -> WorkItem:
    return WorkItem(
        kind="annual-plan", key=str(plan.pk), district="", today=today,
        title=str(text("Plan of {supplier} for {year}", supplier=plan.supplier.name, year=str(plan.year))),
        state=ANNUAL_PLAN.states[plan.state], todo=step.label, offices=step.roles,
        due=plan_due(plan.state, plan.since, plan.filed_at, plan.year),
    )  # fmt: skip


def _project_item(project: Any, step: Step, today: date) -> WorkItem:
    return WorkItem(
        kind="project", key=project.building__code, today=today, district=project.building__district,
        title=full_name(project.building__estate, project.building__name),
        state=PROJECT.states[project.state], todo=step.label, offices=step.roles,
        due=project_due(project.state, project.since, project.policy, project.year, project.extended_to),
    )  # fmt: skip


def _round_item(held: AcceptanceRound, step: Step, today: date) -> WorkItem:
    building = held.project.building
    return WorkItem(
        kind="project-acceptance", key=building.code, today=today, district=building.district,
        title=full_name(building.estate, building.name),
        state=text("Acceptance {number}", number=held.number), todo=step.label, offices=step.roles,
        due=round_due(held.opened_on, held.project.policy),
    )  # fmt: skip


def _case_item(case: Any, step: Step, today: date) -> WorkItem:
    return WorkItem(
        kind="case", key=str(case.pk), today=today, district=case.building__district,
        title=f"{full_name(case.building__estate, case.building__name)} {case.title}".strip(),
        state=SUBJECTS[Case].workflow.states[case.state], todo=step.label, offices=step.roles,
        due=other_due("case", case.state, case.since),
    )  # fmt: skip


def _other_item(case: Any, step: Step, today: date) -> WorkItem:
    subject = SUBJECTS[type(case)]
    assert subject.show is not None
    shown = subject.show(case)
    return WorkItem(
        kind=shown.kind, key=shown.key, today=today, district=shown.district, title=str(shown.title),
        state=subject.workflow.states[case.state], todo=step.label, offices=step.roles,
        due=other_due(subject.workflow.name, case.state, case.since),
    )  # fmt: skip


def _with_reasons(items: Sequence[WorkItem]) -> Iterator[WorkItem]:
    """Yield the items with what holds projects back; a page of them takes one round of queries."""
    codes = [item.key for item in items if item.kind == "project"]
    living = Project.objects.exclude(state="withdrawn").filter(building__code__in=codes)
    projects = {one.building.code: one for one in living.select_related("building", "contractor")}
    facts = facts_of(list(projects.values()))
    for item in items:
        project = projects.get(item.key) if item.kind == "project" else None
        yield item if project is None else _held_back(item, project, facts[project.pk])


def _held_back(item: WorkItem, project: Project, facts: Any) -> WorkItem:
    step = next(step for step in PROJECT.waiting_for(project.state) if step.label == item.todo)
    return replace(item, blocked=step.held_back_by(facts))


def _by_day(item: WorkItem) -> tuple[bool, date, str]:
    return item.due is None, item.due or date.max, item.title


_MAKERS: Mapping[type, Any] = {
    AnnualPlan: _plan_item, Project: _project_item, AcceptanceRound: _round_item, Case: _case_item,
}  # fmt: skip
_RELATED: Mapping[type, tuple[str, ...]] = {
    AnnualPlan: ("supplier",), AcceptanceRound: ("project__building",),
}  # fmt: skip
_PLACE = ("state", "since", "building__code", "building__district", "building__estate", "building__name")
_COLUMNS: Mapping[type, tuple[str, ...]] = {
    Project: (*_PLACE, "owner_converts", "policy", "year", "extended_to"), Case: (*_PLACE, "pk", "title"),
}  # fmt: skip
