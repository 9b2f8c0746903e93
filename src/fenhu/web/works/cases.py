"""Conflicts at a building: opened, proved, settled, and who answers for them (clauses 二（三）, 四（一）)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from django.db import transaction

from fenhu.errors import InputFault, NotAllowed, WrongState
from fenhu.programme import CASE, EVIDENCE, KINDS, Role, proposed_liability
from fenhu.web import clock
from fenhu.web.journal import services as journal
from fenhu.web.registry.queries import flats_of
from fenhu.web.rules import current_policy
from fenhu.web.works.acting import acts_on, require_acting, written
from fenhu.web.works.given import past_day
from fenhu.web.works.models import Case, CaseEvidence
from fenhu.wording import Text, text

HANDLERS = (Role.HEAT_SUPPLIER, Role.COMMUNITY, Role.CITY_BUREAU, Role.DISTRICT_GOV)
GOVERNMENT = (Role.CITY_BUREAU, Role.DISTRICT_GOV)
WITNESSES = (*HANDLERS, Role.PUBLIC_SECURITY)
OVER = ("settled", "closed")
NOBODY = "none"
# Who may open a case of a kind besides those who handle cases.
_ALSO_OPENS: Mapping[str, Role] = {"obstruction": Role.CONTRACTOR, "complaint": Role.HOUSEHOLD}


def kinds_open_to(user: Any, building: Any) -> tuple[str, ...]:
    """Return the kinds of case ``user`` may open at a building."""
    if acts_on(user, building, *HANDLERS):
        return tuple(KINDS)
    return tuple(kind for kind, role in _ALSO_OPENS.items() if acts_on(user, building, role))


@transaction.atomic
def open_case(actor: Any, building: Any, *, kind: str, title: str, account: str, flat_id: str = "") -> Case:
    """Return a new case at a building.

    Raises
    ------
    NotAllowed
        If the building is not the actor's, or a household complains about another flat than its own.
    InputFault
        If the kind is unknown, title or account is missing, or the building has no such flat.
    """
    if kind not in KINDS:
        raise InputFault(text("There is no case of kind {kind}", kind=kind))
    flat = _flat(building, flat_id.strip())
    if kind not in kinds_open_to(actor, building):
        raise NotAllowed(text(
            "A case is opened by heat supplier, community, bureau or district; works obstructed by the"
            " contractor, too, a complaint by the household"
        ))  # fmt: skip
    if kind == "complaint" and not acts_on(actor, building, *HANDLERS):
        _own_flat(actor, flat)
    if not title.strip() or not account.strip():
        raise InputFault(text("Give the case a title, and write what happened"))
    case = Case.objects.create(
        building=building, flat=flat, kind=kind, title=title.strip(), account=account.strip(),
        opened_on=clock.today(), since=clock.today(), opened_by=actor,
    )  # fmt: skip
    written(actor, case, "case.opened", {
        "kind": kind, "building": building.code, "flat": flat_id.strip(), "to": case.state,
        "account": _kept(case, case.account),
    })  # fmt: skip
    return case


@transaction.atomic
def record_evidence(actor: Any, case: Case, code: str, note: str, on: date | None = None) -> CaseEvidence:
    """Return a piece of evidence for who answers for a conflict (clause 四（一）).

    Where it changes what the policy's rule proposes, an earlier decision falls: it was taken on less.

    Raises
    ------
    NotAllowed
        If the case is neither the actor's to handle nor public security's.
    WrongState
        If the case is closed.
    InputFault
        If the evidence is none of the policy's, stands there already, is not explained, or lies ahead.
    """
    found = _taken_up(actor, case, *WITNESSES, until=CASE.final)
    if code not in EVIDENCE:
        raise InputFault(text("The policy knows no evidence {code}", code=code))
    if not note.strip():
        raise InputFault(text("Write what shows it: the letter, the visit, the report"))
    if found.evidence.filter(code=code).exists():
        raise InputFault(text("“{evidence}” is on record already", evidence=EVIDENCE[code]))
    before = proposed_codes(found)
    evidence = CaseEvidence.objects.create(
        case=found, code=code, note=note.strip(), on_date=past_day(on), recorded_by=actor
    )
    if found.liable and proposed_codes(found) != before:
        Case.objects.filter(pk=found.pk).update(liable="", liable_note="", liable_on=None)
    kept = {"evidence": code, "on": evidence.on_date.isoformat(), "note": _kept(found, evidence.note)}
    written(actor, found, "case.evidence", kept)
    return evidence


@transaction.atomic
def write_outcome(actor: Any, case: Case, outcome: str) -> Case:
    """Return the case with its outcome written down.

    Raises
    ------
    NotAllowed
        If the case is not the actor's to handle.
    WrongState
        If the case is settled or closed.
    InputFault
        If nothing is written.
    """
    found = _taken_up(actor, case, *HANDLERS, until=OVER)
    if not outcome.strip():
        raise InputFault(text("Write what was agreed, with whom, and by when it is done"))
    found.outcome = outcome.strip()
    found.save(update_fields=["outcome"])
    written(actor, found, "case.outcome", {"note": _kept(found, found.outcome)})
    return found


@transaction.atomic
def decide_liability(actor: Any, case: Case, code: str, note: str) -> Case:
    """Return the case with a person's decision who answers for it; the rule only proposes (四（一）).

    Parameters
    ----------
    code
        One of the liabilities the evidence proposes, or ``none``.

    Raises
    ------
    NotAllowed
        If the actor is neither bureau nor district of this building, or recorded evidence himself.
    WrongState
        If the case is closed, or the evidence proposes no liability.
    InputFault
        If the evidence does not propose this liability, or no reason is given.
    """
    found = _taken_up(actor, case, *GOVERNMENT, until=CASE.final)
    if (reason := may_not_decide(actor, found)) is not None:
        raise NotAllowed(reason)
    proposed = proposed_codes(found)
    if not proposed:
        raise WrongState(text("The evidence on record proposes no liability; there is nothing to decide"))
    if code not in (*proposed, NOBODY):
        raise InputFault(text("The evidence on record does not propose this; record what is missing first"))
    if not note.strip():
        raise InputFault(text("Write the reason for the decision; the person concerned reads it"))
    found.liable, found.liable_note, found.liable_on = code, note.strip(), clock.today()
    found.save(update_fields=["liable", "liable_note", "liable_on"])
    written(actor, found, "case.liable", {"liable": code, "note": _kept(found, found.liable_note)})
    return found


def proposed_codes(case: Case) -> tuple[str, ...]:
    """Return the codes of the liabilities the evidence on record proposes."""
    codes = set(case.evidence.values_list("code", flat=True))
    return tuple(rule.code for rule in proposed_liability(current_policy(), codes))


def may_not_decide(user: Any, case: Case) -> Text | None:
    """Return the reason when ``user`` recorded evidence himself: who proves does not judge."""
    if not case.evidence.filter(recorded_by=user).exists():
        return None
    return text("You recorded evidence in this case; somebody else has to decide who is liable")


def _taken_up(actor: Any, case: Case, *roles: Role, until: Collection[str]) -> Case:
    require_acting(actor, case, *roles)
    found = Case.objects.select_for_update().get(pk=case.pk)
    if found.state in until:
        raise WrongState(
            text("The case is “{state}”; that cannot be changed now", state=CASE.states[found.state])
        )
    return found


def _flat(building: Any, flat_id: str) -> Any:
    if not flat_id:
        return None
    for flat in flats_of(building.pk):
        if flat.flat_id == flat_id:
            return flat
    raise InputFault(text("The building has no flat {flats}", flats=flat_id))


def _own_flat(actor: Any, flat: Any) -> None:
    if flat is None or not acts_on(actor, flat, Role.HOUSEHOLD):
        raise NotAllowed(text("A household complains about its own flat"))


def _kept(case: Case, words: str) -> dict[str, str]:
    """Return an account for the journal: it may hold names, so it is kept apart."""
    return journal.personal(journal.subject_name(case), words)
