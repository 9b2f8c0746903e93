"""Cases: the list with its figures, and one case with the policy's rule beside its evidence."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from statistics import median
from typing import Any

from fenhu.papers import owner_kind_name
from fenhu.policy import Liability
from fenhu.programme import CASE, EVIDENCE, KINDS, ROLE_NAMES, Role, due_on
from fenhu.records import OwnerKind
from fenhu.web import clock
from fenhu.web.access.scope import get_visible
from fenhu.web.journal.queries import EntryView, entries_of, personal_digest, personal_values
from fenhu.web.paging import placed
from fenhu.web.registry.queries import full_name, visible_buildings, visible_flats
from fenhu.web.rules import current_policy, policy_named
from fenhu.web.works.acting import acts_on
from fenhu.web.works.cases import (
    GOVERNMENT,
    HANDLERS,
    NOBODY,
    OVER,
    WITNESSES,
    kinds_open_to,
    may_not_decide,
    proposed_codes,
)
from fenhu.web.works.models import Case, CaseEvidence
from fenhu.web.works.queries.steps import OpenStep, open_steps
from fenhu.wording import Text, text

PAGE_SIZE = 50
PENDING, OVERDUE, DONE = "pending", "overdue", "done"
# How long cases have been open: the code of each age, its words, and the most days of it.
AGES: Mapping[str, tuple[Text, float]] = {
    "week": (text("up to 7 days"), 7), "month": (text("8 to 30 days"), 30),
    "older": (text("more than 30 days"), math.inf),
}  # fmt: skip
WITH_SECURITY = "at_security"
WAY = ("open", "in_hand", "settled", "closed")
LIABLE: Mapping[str, Text] = {
    "owner_unit": ROLE_NAMES[Role.OWNER_UNIT], "developer": owner_kind_name(OwnerKind.DEVELOPER),
    "household": ROLE_NAMES[Role.HOUSEHOLD],
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseRow:
    """One case in a list; ``owner`` has it in hand, ``waits_for`` is the office that is to act."""

    id: int
    kind: str
    kind_name: Text
    title: str
    code: str
    building: str
    district: str
    supplier: str
    flat_id: str
    state: str
    state_label: Text
    opened_on: date | None
    settled_on: date | None
    due: date | None
    overdue: bool
    age: str
    owner: str
    waits_for: Text | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFigures:
    """How many cases are open, overdue, settled, and how many days half of them took at most."""

    name: Text | str
    value: str
    open: int
    overdue: int
    settled: int
    median_days: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CasePage:
    """One page of cases, with the figures over all a person may see."""

    rows: tuple[CaseRow, ...]
    total: int
    page: int
    pages: int
    all: CaseFigures
    by_kind: tuple[CaseFigures, ...]
    by_district: tuple[CaseFigures, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Incidents:
    """The cases passed on to public security that are not settled; ``ages`` counts by district and age."""

    rows: tuple[CaseRow, ...]
    here: int
    overdue: int
    older: int
    ages: Mapping[str, Mapping[str, int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceRow:
    """A piece of evidence on record."""

    name: Text
    note: str
    on_date: date
    recorded_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleRow:
    """A liability of the policy beside the evidence: what speaks for it, what is missing."""

    code: str
    name: Text
    clause: str
    liable: tuple[Text, ...]
    there: tuple[Text, ...]
    missing: tuple[Text, ...]

    @property
    def proposed(self) -> bool:
        """Return whether the rule proposes it: nothing is missing."""
        return not self.missing


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One entry of a case's journal with its reason, empty where there is none."""

    on_date: date
    kind: str
    actor: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseView:
    """One case as its page shows it; accounts and reasons are empty for those who do not handle it."""

    row: CaseRow
    version: int
    reads: bool
    account: str
    outcome: str
    opened_by: str
    building_open: bool
    evidence: tuple[EvidenceRow, ...]
    rules: tuple[RuleRow, ...]
    decided: Text | None
    decided_on: date | None
    decision_note: str
    may_record: bool
    recordable: tuple[tuple[str, Text], ...]
    may_write: bool
    may_decide: bool
    undecidable: Text | None
    steps: tuple[OpenStep, ...]
    history: tuple[Told, ...]
    way: tuple[tuple[Text, bool, bool], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseDesk:
    """A building at which somebody is about to open a case."""

    code: str
    name: str
    kinds: tuple[tuple[str, Text], ...]
    flats: tuple[str, ...]


def case_page(
    user: Any, *, state: str = "", kind: str = "", district: str = "", age: str = "",
    opened: str = "", settled: str = "", page: int = 1,
) -> CasePage:  # fmt: skip
    """Return one page of the cases ``user`` may see, those soonest due first.

    Parameters
    ----------
    state
        A state of the workflow, ``pending`` (neither settled nor closed), ``overdue``, or ``done`` (settled
        or closed).
    age
        A code of ``AGES``.
    opened, settled
        How the day begins, by ISO 8601: a year, a month or a day.
    """
    seen = tuple(map(_row, _seen(user)))
    chosen = [
        row for row in seen
        if _in_state(row, state) and kind in ("", row.kind) and district in ("", row.district)
        and age in ("", row.age) and _begins(row.opened_on, opened) and _begins(row.settled_on, settled)
    ]  # fmt: skip
    chosen.sort(key=lambda row: (row.state in OVER, row.due is None, row.due or date.max, -row.id))
    page, pages = placed(page, len(chosen), PAGE_SIZE)
    return CasePage(
        rows=tuple(chosen[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]), total=len(chosen), page=page,
        pages=pages, all=_figures(text("All cases"), "", seen),
        by_kind=_grouped(seen, lambda row: row.kind, KINDS),
        by_district=_grouped(seen, lambda row: row.district, {}),
    )  # fmt: skip


def building_cases(user: Any, code: str) -> tuple[CaseRow, ...]:
    """Return the cases ``user`` may see at a building, newest first."""
    return tuple(map(_row, _seen(user).filter(building__code=code).order_by("-pk")))


def incidents(user: Any) -> Incidents:
    """Return the unsettled cases ``user`` may see, those that lie with public security first."""
    found = list(map(_row, _seen(user).exclude(state__in=OVER)))
    found.sort(key=lambda row: (row.state != WITH_SECURITY, row.due or date.max, -row.id))
    ages: dict[str, Counter[str]] = {}
    for row in found:
        ages.setdefault(row.district, Counter())[row.age] += 1
    return Incidents(
        rows=tuple(found), here=sum(row.state == WITH_SECURITY for row in found),
        overdue=sum(row.overdue for row in found), older=sum(row.age == "older" for row in found),
        ages=dict(sorted(ages.items())),
    )  # fmt: skip


def case_view(user: Any, case_id: int) -> CaseView:
    """Return one case.

    Raises
    ------
    django.http.Http404
        If there is no such case, or it is not the user's to see.
    """
    case = get_visible(_seen(user), user, pk=case_id)
    reads = _reads(user, case)
    evidence = tuple(CaseEvidence.objects.visible_to(user).filter(case=case).select_related("recorded_by"))
    codes = {one.code for one in case.evidence.all()}
    over = case.state in CASE.final
    return CaseView(
        row=_row(case), version=case.version, reads=reads, account=case.account if reads else "",
        outcome=case.outcome if reads else "", opened_by=str(case.opened_by or ""),
        building_open=visible_buildings(user).filter(pk=case.building_id).exists(),
        evidence=tuple(
            EvidenceRow(name=EVIDENCE[one.code], note=one.note if reads else "", on_date=one.on_date,
                        recorded_by=str(one.recorded_by))
            for one in sorted(evidence, key=lambda one: (one.on_date, one.pk))
        ),
        rules=tuple(_rule(rule, codes) for rule in current_policy().liability),
        decided=_decided(case), decided_on=case.liable_on, decision_note=case.liable_note if reads else "",
        may_record=not over and acts_on(user, case, *WITNESSES),
        recordable=tuple((code, name) for code, name in EVIDENCE.items() if code not in codes),
        may_write=case.state not in OVER and acts_on(user, case, *HANDLERS),
        may_decide=not over and bool(proposed_codes(case)) and acts_on(user, case, *GOVERNMENT),
        undecidable=may_not_decide(user, case), steps=open_steps(user, case),
        history=_told(entries_of(case), reads), way=_way(case.state),
    )  # fmt: skip


def case_for(user: Any, case_id: int) -> Case:
    """Return the case itself, for whoever is about to do something on it.

    Raises
    ------
    django.http.Http404
        If there is no such case, or it is not the user's to see.
    """
    return get_visible(Case, user, pk=case_id)


def case_desk(user: Any, code: str) -> CaseDesk | None:
    """Return the building at which ``user`` may open a case; None where it is not his to do so."""
    building = visible_buildings(user).filter(code=code).first()
    kinds = kinds_open_to(user, building) if building is not None else ()
    if building is None or not kinds:
        return None
    flats = visible_flats(user).filter(building=building).order_by("unit", "storey", "room")
    return CaseDesk(
        code=building.code, name=full_name(building.estate, building.name),
        kinds=tuple((kind, KINDS[kind]) for kind in kinds), flats=tuple(flat.flat_id for flat in flats),
    )  # fmt: skip


def building_for_case(user: Any, code: str) -> Any:
    """Return the building a case is to be opened at.

    Raises
    ------
    django.http.Http404
        If there is no such building, or it is not the user's to see.
    """
    return get_visible(visible_buildings(user), user, code=code)


def _seen(user: Any) -> Any:
    return Case.objects.visible_to(user).select_related("building__supplier", "flat", "handler", "opened_by")


def _row(case: Case) -> CaseRow:
    due = None if case.since is None else _due(current_policy().id, case.state, case.since)
    building, waiting = case.building, CASE.waiting_for(case.state)
    return CaseRow(
        id=case.pk, kind=case.kind, kind_name=KINDS[case.kind], title=case.title, code=building.code,
        building=full_name(building.estate, building.name), district=building.district,
        supplier=building.supplier.name, flat_id=case.flat.flat_id if case.flat else "", state=case.state,
        state_label=CASE.states[case.state], opened_on=case.opened_on, settled_on=case.settled_on, due=due,
        overdue=due is not None and due < clock.today(), age=_age(case), owner=str(case.handler or ""),
        waits_for=ROLE_NAMES[waiting[0].roles[0]] if waiting else None,
    )  # fmt: skip


def _age(case: Case) -> str:
    """Return how long a case was open; one without a day is not taken for a fresh one."""
    until = case.settled_on or clock.today()
    days = math.inf if case.opened_on is None else (until - case.opened_on).days
    return next(code for code, (_, most) in AGES.items() if days <= most)


@lru_cache(maxsize=4096)
def _due(policy: str, state: str, since: date) -> date | None:
    return due_on(policy_named(policy), CASE.name, state, since)


def _in_state(row: CaseRow, state: str) -> bool:
    if state == PENDING:
        return row.state not in OVER
    if state == DONE:
        return row.state in OVER
    return row.overdue if state == OVERDUE else state in ("", row.state)


def _begins(day: date | None, asked: str) -> bool:
    return not asked or (day is not None and day.isoformat().startswith(asked))


def _figures(name: Text | str, value: str, rows: Iterable[CaseRow]) -> CaseFigures:
    counted = tuple(rows)
    took = [
        (row.settled_on - row.opened_on).days for row in counted
        if row.state in OVER and row.settled_on is not None and row.opened_on is not None
    ]  # fmt: skip
    return CaseFigures(
        name=name, value=value, open=sum(row.state not in OVER for row in counted),
        overdue=sum(row.overdue for row in counted), settled=sum(row.state in OVER for row in counted),
        median_days=median(took) if took else None,
    )  # fmt: skip


def _grouped(
    rows: Iterable[CaseRow], key: Callable[[CaseRow], str], names: Mapping[str, Text]
) -> tuple[CaseFigures, ...]:
    groups: dict[str, list[CaseRow]] = {}
    for row in rows:
        groups.setdefault(key(row), []).append(row)
    return tuple(_figures(names.get(value, value), value, groups[value]) for value in sorted(groups))


def _reads(user: Any, case: Case) -> bool:
    """Return whether ``user`` handles the case, opened it, or is the household it is about."""
    return case.opened_by_id == user.pk or acts_on(user, case, *WITNESSES, Role.HOUSEHOLD)


def _rule(rule: Liability, codes: set[str]) -> RuleRow:
    return RuleRow(
        code=rule.code, name=rule.name, clause=rule.clause,
        liable=tuple(LIABLE[party] for party in rule.liable),
        there=tuple(EVIDENCE[code] for code in rule.evidence if code in codes),
        missing=tuple(EVIDENCE[code] for code in rule.evidence if code not in codes),
    )  # fmt: skip


def _decided(case: Case) -> Text | None:
    if not case.liable:
        return None
    if case.liable == NOBODY:
        return text("Nobody is liable")
    return next((rule.name for rule in current_policy().liability if rule.code == case.liable), None)


def _told(entries: Iterable[EntryView], reads: bool) -> tuple[Told, ...]:
    shown = tuple(entries)
    values = personal_values(shown) if reads else {}
    return tuple(
        Told(
            on_date=entry.on_date, kind=entry.kind, actor=entry.actor,
            note=values.get(personal_digest(entry.data.get("note")), ""),
        )
        for entry in reversed(shown)
    )  # fmt: skip


def _way(state: str) -> tuple[tuple[Text, bool, bool], ...]:
    """Return the line of steps; with the government or public security it is drawn instead of in hand."""
    way = tuple(state if one == "in_hand" and state in ("at_bureau", "at_security") else one for one in WAY)
    place = way.index(state)
    return tuple((CASE.states[one], number < place, number == place) for number, one in enumerate(way))
