"""What a contractor has to do with: the works in its hands, with the next thing on each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from fenhu.programme import ACCEPTANCE, ProjectFacts, Role, next_to_sign
from fenhu.web import clock
from fenhu.web.registry.queries import full_name
from fenhu.web.works.accepting import acceptance_parties
from fenhu.web.works.acting import AT_WORK, BEFORE_WORKS
from fenhu.web.works.facts.project import deadline_of, facts_of
from fenhu.web.works.models import AcceptanceRound, Project, WeekReport
from fenhu.web.works.queries.layers import LAYERS, state_kind
from fenhu.wording import Text, text

# How long before its day a hand-over is named.
SOON = timedelta(days=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """One building with the state of its works.

    ``todo`` is the contractor's next thing, None where nothing is left; ``page`` is where he does it.
    ``soon`` is whether the works are to be handed over within ``SOON``, or should have been.
    """

    code: str
    name: str
    address: str
    district: str
    supplier: str
    flats: int
    year: int
    state: str
    todo: Text | None = None
    page: str = "project-site"
    due: date | None = None
    soon: bool = False
    overdue: bool = False
    stop_works: int = 0
    defects: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class WorksInHand:
    """A contractor's works: all of them, those a list is narrowed to, and how many stand how.

    ``states`` counts by year and by code of the layer ``state``.
    """

    all: tuple[Duty, ...]
    shown: tuple[Duty, ...]
    states: Mapping[int, Mapping[str, int]]
    at_work: int
    to_do: int
    soon: int
    overdue: int
    stopped: int
    defects: int
    with_defects: int


# What a contractor's list can be narrowed to by a figure.
NARROWED: Mapping[str, Callable[[Duty], bool]] = {
    "todo": lambda duty: duty.todo is not None, "at_work": lambda duty: duty.state in AT_WORK,
    "soon": lambda duty: duty.soon, "overdue": lambda duty: duty.overdue,
    "stopped": lambda duty: duty.stop_works > 0, "defects": lambda duty: duty.defects > 0,
}  # fmt: skip


def works_in_hand(user: Any, *, only: str = "", year: int | None = None) -> WorksInHand:
    """Return the works ``user`` may see with their figures.

    Parameters
    ----------
    only : a key of ``NARROWED`` or a code of the layer ``state``; anything else leaves nothing out.
    year : the year of the plan, None for every year.
    """
    found = projects(user)
    states: dict[int, Counter[str]] = {}
    for duty in found:
        states.setdefault(duty.year, Counter())[state_kind(duty.state)] += 1
    counted = {name: sum(map(wanted, found)) for name, wanted in NARROWED.items()}
    return WorksInHand(
        all=found, states=dict(sorted(states.items())), at_work=counted["at_work"], to_do=counted["todo"],
        shown=tuple(duty for duty in found if year in (None, duty.year) and _wanted(duty, only)),
        soon=counted["soon"], overdue=counted["overdue"], stopped=counted["stopped"],
        defects=sum(duty.defects for duty in found), with_defects=counted["defects"],
    )  # fmt: skip


def _wanted(duty: Duty, only: str) -> bool:
    if only in NARROWED:
        return NARROWED[only](duty)
    return LAYERS["state"].kind(only) is None or state_kind(duty.state) == only


def projects(user: Any) -> tuple[Duty, ...]:
    """Return the works ``user`` may see, those with something to do first, then the newest year."""
    seen = Project.objects.visible_to(user).exclude(state="withdrawn")
    found = list(seen.select_related("building__supplier", "contractor").order_by("-year", "building__code"))
    facts, reported, asked = facts_of(found), _reported_this_week(found), _asked_to_sign(found)
    duties = [
        _project(one, facts[one.pk], reported=one.pk in reported, asked=one.pk in asked) for one in found
    ]
    return tuple(sorted(duties, key=lambda duty: duty.todo is None))


def _project(project: Project, facts: ProjectFacts, *, reported: bool, asked: bool) -> Duty:
    todo, page = _next(project, facts, reported=reported, asked=asked)
    due = deadline_of(project) if project.state in (*BEFORE_WORKS, *AT_WORK) else None
    building, today = project.building, clock.today()
    return Duty(
        code=building.code, name=full_name(building.estate, building.name), address=building.address,
        district=building.district, supplier=building.supplier.name, flats=building.flat_count,
        year=project.year, state=project.state, todo=todo, page=page, due=due,
        soon=due is not None and due <= today + SOON, overdue=due is not None and due < today,
        stop_works=facts.stop_works, defects=facts.open_defects,
    )  # fmt: skip


def _next(project: Project, facts: ProjectFacts, *, reported: bool, asked: bool) -> tuple[Text | None, str]:
    """Return the contractor's next thing on a project, and the page it is done on."""
    site = "project-site"
    if asked:
        return text("Sign the acceptance"), "project-acceptance"
    if facts.open_defects:
        return text("Mend {count} defects", count=facts.open_defects), "project-warranty"
    if project.state not in AT_WORK:
        return None, site
    if facts.stop_works:
        return text("Mend what stopped the works"), site
    if not reported:
        return text("Report this week"), site
    if facts.unfinished:
        return text("Go on: {count} flats are not done", count=facts.unfinished), site
    if not facts.pressure_tested:
        return text("Test the pressure"), site
    return None, site


def _reported_this_week(found: Iterable[Project]) -> set[int]:
    monday = clock.today() - timedelta(days=clock.today().weekday())
    return set(WeekReport.objects.filter(project__in=found, week=monday).values_list("project", flat=True))


def _asked_to_sign(found: Iterable[Project]) -> set[int]:
    """Return the projects in whose open round it is the contractor's turn, everything being measured."""
    rounds = AcceptanceRound.objects.filter(project__in=found, state=ACCEPTANCE.initial)
    return {
        held.project_id
        for held in rounds.select_related("project").prefetch_related("signatures")
        if held.signatures.all()
        and next_to_sign(acceptance_parties(held.project), [one.party for one in held.signatures.all()])
        == Role.CONTRACTOR
    }
