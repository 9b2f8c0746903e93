"""Rounds of acceptance: opened, measured, signed by one party after the other (clause 三（四）)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Max

from fenhu.errors import InputFault, UnknownItem, WrongState
from fenhu.policy import Measurement
from fenhu.programme import (
    ACCEPTANCE,
    PARTY_NAMES,
    ROOM_TEMPERATURE,
    SIGNS_FOR,
    Role,
    next_to_sign,
    within_limits,
)
from fenhu.web import clock
from fenhu.web.journal import services as journal
from fenhu.web.rules import policy_named
from fenhu.web.works.acting import require_acting, taken_up, written
from fenhu.web.works.facts.project import project_facts
from fenhu.web.works.facts.round import round_facts
from fenhu.web.works.flats import works_of
from fenhu.web.works.models import AcceptanceRound, FlatWork, MeasuredValue, Project, Signature
from fenhu.wording import text

ORGANISERS = (Role.CITY_BUREAU, Role.DISTRICT_GOV)
# Whether a building has somebody of a role; for others the bureau keeps who signed on paper.
_THERE: Mapping[Role, Callable[[Project], bool]] = {
    Role.DISTRICT_GOV: lambda project: project.building.authority == "district",
    Role.CONTRACTOR: lambda project: project.contractor_id is not None,
    Role.COMMUNITY: lambda project: project.building.community_id is not None,
    Role.OWNER_UNIT: lambda project: project.building.owner_id is not None,
}
_MOST = Decimal(10) ** 8


def acceptance_parties(project: Project) -> tuple[str, ...]:
    """Return the parties that sign an acceptance of a project, in the policy's order."""
    return tuple(policy_named(project.policy).acceptance.parties.value)


def signs_for(project: Project, party: str) -> tuple[Role, bool]:
    """Return which role signs for a party of the policy, and whether it writes down who signed on paper."""
    role = next((role for role in Role if role == SIGNS_FOR.get(party, party)), None)
    if role is None or not _THERE.get(role, lambda project: True)(project):
        return Role.CITY_BUREAU, True
    return role, party in SIGNS_FOR


def covered_flats(project: Project) -> Any:
    """Return the rows of the flats a round is about: those not passed before, all where all have."""
    signed = FlatWork.objects.filter(project=project, contract_on__isnull=False)
    waiting = signed.filter(passed_on__isnull=True)
    return waiting if waiting.exists() else signed


@transaction.atomic
def open_round(actor: Any, project: Project) -> AcceptanceRound:
    """Return a new round of acceptance of finished works.

    Raises
    ------
    NotAllowed, WrongState
        As ``taken_up``; also if a round is open or one has passed since the works were finished.
    """
    case = taken_up(actor, project, *ORGANISERS, states=("finished",))
    if case.rounds.filter(state=ACCEPTANCE.initial).exists():
        raise WrongState(text("A round of acceptance is being held; end it first"))
    if project_facts(case).passed:
        raise WrongState(text("Every flat with a contract has passed; accept the works"))
    flats = covered_flats(case).count()
    number = (case.rounds.aggregate(last=Max("number"))["last"] or 0) + 1
    today = clock.today()
    held = AcceptanceRound.objects.create(project=case, number=number, opened_on=today, since=today)
    written(actor, case, "project.round", {"number": number, "flats": flats})
    return held


@transaction.atomic
def measure(
    actor: Any,
    held: AcceptanceRound,
    test_code: str,
    value: Decimal,
    *,
    flat_id: str | None = None,
    remark: str = "",
) -> MeasuredValue:
    """Return a measured value, judged by the policy's limits; until somebody signs it may be measured again.

    Raises
    ------
    NotAllowed
        If the actor does not organise the acceptance.
    WrongState
        If the round is over or somebody has signed.
    UnknownItem
        If the policy knows no such test.
    InputFault
        If a flat is missing, not needed or not covered by this round, or the value is no measurable number.
    """
    case = _open_for(actor, held, *ORGANISERS)
    if case.signatures.exists():
        raise WrongState(text("The values are signed; end this round and open another to measure again"))
    test = _test(case, test_code)
    if not value.is_finite() or abs(value) >= _MOST:
        raise InputFault(text("{value} is no value of {test}", value=str(value), test=test.name))
    work = _flat(case, test, flat_id)
    found, _ = MeasuredValue.objects.update_or_create(
        round=case, test=test.code, flat=work.flat if work else None,
        defaults={"value": value, "kept": within_limits(test, value), "remark": remark.strip(),
                  "measured_on": clock.today()},
    )  # fmt: skip
    if work is not None:
        FlatWork.objects.filter(pk=work.pk).update(room_c=float(value))
    kept = {"test": test.code, "flat": flat_id or "", "value": str(value), "kept": found.kept}
    written(actor, case, "acceptance.measured", kept)
    return found


@transaction.atomic
def sign(
    actor: Any, held: AcceptanceRound, party: str, *, agrees: bool, name: str = "", note: str = ""
) -> Signature:
    """Return a party's signature; the policy's parties sign in their order.

    Raises
    ------
    NotAllowed
        If the party is not the actor's to sign for.
    WrongState
        If the round is over, something is not measured, or it is another party's turn.
    InputFault
        If a refusal gives no reason, or nobody is named who signed on paper.
    """
    if party not in acceptance_parties(held.project):
        raise UnknownItem(text("The policy knows no party {party} to an acceptance", party=party))
    role, on_paper = signs_for(held.project, party)
    case = _open_for(actor, held, role)
    _may_sign(case, party)
    if not agrees and not note.strip():
        raise InputFault(text("Write why {party} does not agree", party=PARTY_NAMES[party]))
    if on_paper and not name.strip():
        raise InputFault(text("Write who signed for “{party}” on paper", party=PARTY_NAMES[party]))
    signature = Signature.objects.create(
        round=case, party=party, agrees=agrees, name=name.strip(), note=note.strip(),
        signed_on=clock.today(), signed_by=actor,
    )  # fmt: skip
    kept: dict[str, object] = {"party": party, "agrees": agrees}
    person = f"works.signature:{signature.pk}"
    kept |= {
        key: journal.personal(person, said)
        for key, said in (("name", signature.name), ("note", signature.note))
        if said
    }
    written(actor, case, "acceptance.signed", kept)
    return signature


def _may_sign(case: AcceptanceRound, party: str) -> None:
    facts = round_facts(case)
    if facts.unmeasured:
        raise WrongState(text("Not measured yet: {test}", test=facts.unmeasured[0]))
    turn = next_to_sign(
        acceptance_parties(case.project), list(case.signatures.values_list("party", flat=True))
    )
    if turn is None:
        raise WrongState(text("Every party has signed"))
    if turn != party:
        raise WrongState(text("It is the turn of: {party}", party=PARTY_NAMES[turn]))


def _open_for(actor: Any, held: AcceptanceRound, *roles: Role) -> AcceptanceRound:
    require_acting(actor, held, *roles)
    case = AcceptanceRound.objects.select_for_update().get(pk=held.pk)
    if case.state != ACCEPTANCE.initial:
        raise WrongState(text("The round is “{state}”", state=ACCEPTANCE.states[case.state]))
    return case


def _test(case: AcceptanceRound, code: str) -> Measurement:
    for test in policy_named(case.project.policy).acceptance.test:
        if test.code == code:
            return test
    raise UnknownItem(text("The policy knows no test {test}", test=code))


def _flat(case: AcceptanceRound, test: Measurement, flat_id: str | None) -> FlatWork | None:
    if test.code != ROOM_TEMPERATURE:
        if flat_id:
            raise InputFault(text("“{test}” is measured for the whole system", test=test.name))
        return None
    if not flat_id:
        raise InputFault(text("“{test}” is measured flat by flat; choose one", test=test.name))
    [work] = works_of(case.project, [flat_id])
    if not covered_flats(case.project).filter(pk=work.pk).exists():
        raise InputFault(text("Flat {flat} is not covered by this round", flat=flat_id))
    return work
