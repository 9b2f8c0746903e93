"""What is recorded flat by flat before the works: notices, answers, contracts, readiness, representatives."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from fenhu.errors import InputFault, NotAllowed
from fenhu.programme import Role
from fenhu.web import clock
from fenhu.web.journal import services as journal
from fenhu.web.registry import services as registry
from fenhu.web.works.acting import AT_WORK, BEFORE_WORKS, acts_on, taken_up, written
from fenhu.web.works.given import past_day
from fenhu.web.works.models import Consent, FlatWork, Project, Representative
from fenhu.wording import text

NOTICE_WAYS = ("hand", "door", "post", "online")
ANSWER_WAYS = ("door", "meeting", "phone", "paper", "page", "import")
_INFORMERS = (Role.HEAT_SUPPLIER, Role.COMMUNITY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What one flat answered; a refusal gives its reason."""

    flat: str
    agrees: bool
    reason: str = ""


@transaction.atomic
def deliver_notices(
    actor: Any, project: Project, flats: Collection[str] | None, *, how: str, on: date | None = None
) -> int:
    """Return how many flats now have their notice (clause 三（一）); ``flats`` None means all of them.

    Raises
    ------
    NotAllowed, WrongState
        As ``taken_up``.
    InputFault
        If a flat is not of this building, the way is unknown, or the day lies ahead.
    """
    case = taken_up(actor, project, *_INFORMERS, states=BEFORE_WORKS)
    _known(how, NOTICE_WAYS)
    day = past_day(on)
    waiting = works_of(case, flats).filter(notice_on__isnull=True)
    ids = _ids(waiting)
    waiting.update(notice_on=day, notice_how=how)
    if ids:
        written(actor, case, "project.notices", {"flats": ids, "how": how, "on": day.isoformat()})
    return len(ids)


@transaction.atomic
def record_answers(
    actor: Any, project: Project, answers: Sequence[Answer], *, how: str, on: date | None = None
) -> int:
    """Return how many answers to the conversion were recorded; each flat's newest answer counts (二（四）).

    Raises
    ------
    NotAllowed
        If the building is not the actor's, or he is a household and answers for another flat than its own.
    WrongState
        As ``taken_up``.
    InputFault
        If a flat is not of this building, answers twice, or refuses without a reason.
    """
    case = taken_up(actor, project, *_INFORMERS, Role.HOUSEHOLD, states=BEFORE_WORKS)
    if not acts_on(actor, case, *_INFORMERS):
        _own_alone(actor, works_of(case, [one.flat for one in answers]))
    _known(how, ANSWER_WAYS)
    day = past_day(on)
    flats = {work.flat.flat_id: work.flat for work in works_of(case, [one.flat for one in answers])}
    if len(flats) != len(answers):
        raise InputFault(text("A flat answers twice in this list; keep one answer for each"))
    Consent.objects.bulk_create(_answer(actor, flats[one.flat], one, how, day) for one in answers)
    for agrees in (True, False):
        registry.set_consents([flats[one.flat] for one in answers if one.agrees is agrees], agrees=agrees)
    written(actor, case, "project.answers", {
        "agree": sum(one.agrees for one in answers), "refuse": sum(not one.agrees for one in answers),
        "flats": sorted(flats), "how": how, "on": day.isoformat(),
    })  # fmt: skip
    return len(answers)


def _own_alone(actor: Any, works: Iterable[FlatWork]) -> None:
    if not all(acts_on(actor, work, Role.HOUSEHOLD) for work in works):
        raise NotAllowed(text("A household answers for its own flat"))


def _answer(actor: Any, flat: Any, answer: Answer, how: str, day: date) -> Consent:
    reason = answer.reason.strip()
    if not answer.agrees and not reason:
        raise InputFault(text("Flat {flat} refuses: write down why", flat=answer.flat))
    return Consent(flat=flat, agrees=answer.agrees, on_date=day, how=how, reason=reason, recorded_by=actor)


@transaction.atomic
def sign_contracts(
    actor: Any, project: Project, contracts: Mapping[str, str], *, on: date | None = None
) -> int:
    """Return how many contracts were recorded; ``contracts`` maps flats to contract numbers (三（三）).

    Raises
    ------
    NotAllowed, WrongState
        As ``taken_up``.
    InputFault
        If a flat is not of this building, has a contract or refuses, or a number is missing or used twice.
    """
    case = taken_up(actor, project, Role.HEAT_SUPPLIER, states=BEFORE_WORKS)
    day = past_day(on)
    found = {work.flat.flat_id: work for work in works_of(case, contracts)}
    numbers = [number.strip() for number in contracts.values()]
    used = FlatWork.objects.filter(project=case, contract_number__in=numbers)
    if not all(numbers) or len(set(numbers)) < len(numbers) or used.exists():
        raise InputFault(text("Every contract needs a number of its own within the building"))
    signed = [_signed(found[flat], number.strip(), day) for flat, number in contracts.items()]
    FlatWork.objects.bulk_update(signed, ["contract_on", "contract_number"])
    written(actor, case, "project.contracts", {"flats": sorted(found), "on": day.isoformat()})
    return len(found)


def _signed(work: FlatWork, number: str, day: date) -> FlatWork:
    if work.contract_on is not None:
        raise InputFault(text("Flat {flat} has a contract already", flat=work.flat.flat_id))
    if work.flat.consent is False:
        raise InputFault(
            text("Flat {flat} refused; record its new answer before its contract", flat=work.flat.flat_id)
        )
    work.contract_on, work.contract_number = day, number
    return work


@transaction.atomic
def ready(actor: Any, project: Project, flats: Collection[str], *, on: date | None = None) -> int:
    """Return how many flats are now prepared by the supplier's timetable (clause 二（四）)."""
    case = taken_up(actor, project, *_INFORMERS, states=(*BEFORE_WORKS, *AT_WORK))
    waiting = works_of(case, flats).filter(ready_on__isnull=True)
    day, ids = past_day(on), _ids(waiting)
    waiting.update(ready_on=day)
    if ids:
        written(actor, case, "project.ready", {"flats": ids, "on": day.isoformat()})
    return len(ids)


@transaction.atomic
def elect(
    actor: Any, project: Project, *, unit: int, name: str, phone: str, votes: int, voters: int
) -> Representative:
    """Return the representative a stairwell elected; the one before ends his term (clause 四（一）).

    Raises
    ------
    NotAllowed, WrongState
        As ``taken_up``.
    InputFault
        If the building has no such stairwell, the name is missing, or more voted than could.
    """
    case = taken_up(actor, project, Role.COMMUNITY, states=(*BEFORE_WORKS, *AT_WORK, "finished"))
    if not 1 <= unit <= case.building.units:
        raise InputFault(text("The building has no stairwell {unit}", unit=unit))
    if not name.strip() or not 0 < votes <= voters:
        raise InputFault(text("Give the name, and no more votes than there were voters"))
    today = clock.today()
    Representative.objects.filter(building=case.building_id, unit=unit, ended_on__isnull=True).update(
        ended_on=today
    )
    chosen = Representative.objects.create(
        building_id=case.building_id, unit=unit, name=name.strip(), phone=phone.strip(), elected_on=today,
        votes=votes, voters=voters,
    )  # fmt: skip
    person = f"works.representative:{chosen.pk}"
    written(actor, case, "project.elected", {
        "unit": unit, "votes": votes, "voters": voters, "name": journal.personal(person, name.strip()),
    })  # fmt: skip
    return chosen


def works_of(project: Project, flats: Collection[str] | None) -> Any:
    """Return the rows of the named flats of a project, all where None.

    Raises
    ------
    InputFault
        If one of them is not a flat of its building.
    """
    rows = FlatWork.objects.filter(project=project).select_related("flat")
    if flats is None:
        return rows
    by_id = {work.flat.flat_id: work.pk for work in rows}
    unknown = sorted(set(flats) - set(by_id))
    if unknown:
        raise InputFault(text("The building has no flat {flats}", flats=", ".join(unknown[:5])))
    return rows.filter(pk__in=[by_id[flat] for flat in flats])


def _ids(works: Any) -> list[str]:
    return sorted(work.flat.flat_id for work in works)


def _known(way: str, ways: Collection[str]) -> None:
    if way not in ways:
        raise InputFault(text("There is no way {way}; there are {known}", way=way, known=", ".join(ways)))
