"""The housing repair fund: the owners' vote by the dated rule, the application, its release."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from django.db import transaction

from fenhu.diagnosis import ConsentCount, count_consent
from fenhu.errors import InputFault, NotAllowed, WrongState
from fenhu.money.accounts import TransferKind
from fenhu.programme import FUND, FundFacts, Role
from fenhu.records import Payer
from fenhu.web import clock
from fenhu.web.access.scope import grants_of
from fenhu.web.journal import services as journal
from fenhu.web.ledger import billing
from fenhu.web.ledger.keys import owed
from fenhu.web.ledger.models import Account, ContractBill, FundApplication, FundVote
from fenhu.web.ledger.paying import pay
from fenhu.web.registry import queries as registry
from fenhu.web.rules import policy_named
from fenhu.wording import Text, text

_PURPOSE = "repair_fund"
_VOTING = ("draft", "returned")


@transaction.atomic
def open_fund(actor: Any, project: Any) -> FundApplication:
    """Return a building's application to the repair fund, opened for its owners to vote.

    Raises
    ------
    NotAllowed
        If the building is not the actor's to apply for.
    WrongState
        If nothing was paid in, or it was opened already.
    """
    _require_applicant(actor, project.building)
    if not project.building.repair_fund_fen:
        raise WrongState(text("Nothing was paid into the repair fund for this building"))
    if FundApplication.objects.filter(project=project).exists():
        raise WrongState(text("The application is open already"))
    made = FundApplication.objects.create(
        building=project.building, project=project, opened_on=clock.today(), since=clock.today()
    )
    journal.record(actor=actor, subject=made, kind="fund.opened", data={"building": project.building.code})
    return made


@transaction.atomic
def record_votes(
    actor: Any, application: FundApplication, *, agree: Collection[str], refuse: Collection[str]
) -> int:
    """Return how many votes were recorded; a flat's newest vote counts.

    Raises
    ------
    NotAllowed
        If the building is not the actor's to ask in.
    WrongState
        If the application was handed in.
    InputFault
        If a flat is not of the building, or votes both ways.
    """
    _require_applicant(actor, application.building, Role.COMMUNITY)
    held = FundApplication.objects.select_for_update().get(pk=application.pk)
    if held.state not in _VOTING:
        raise WrongState(
            text("The application is “{state}”; nobody votes now", state=FUND.states[held.state])
        )
    flats = {flat.flat_id: flat for flat in registry.flats_of(held.building_id)}
    unknown = sorted((set(agree) | set(refuse)) - set(flats))
    if unknown or set(agree) & set(refuse):
        raise InputFault(text(
            "The building has no such flat, or a flat votes both ways: {flats}",
            flats=", ".join(unknown[:5] or sorted(set(agree) & set(refuse))[:5]),
        ))  # fmt: skip
    for flat, agrees in (*((one, True) for one in agree), *((one, False) for one in refuse)):
        FundVote.objects.update_or_create(
            application=held, flat=flats[flat], defaults={"agrees": agrees, "on_date": clock.today()}
        )
    journal.record(actor=actor, subject=held, kind="fund.votes", data={
        "agree": len(agree), "refuse": len(refuse), "flats": sorted({*agree, *refuse}),
    })  # fmt: skip
    return len(agree) + len(refuse)


@transaction.atomic
def grant_fund(actor: Any, application: FundApplication, *, fen: int) -> FundApplication:
    """Return the application with the amount finance is to release; less than asked for is flagged.

    Raises
    ------
    NotAllowed
        If the actor is not the fund's finance.
    WrongState
        If it is not under decision.
    InputFault
        If more is granted than was asked for, or nothing.
    """
    fitting = [grant for grant in grants_of(actor) if grant.role == Role.FINANCE]
    held = FundApplication.objects.select_for_update().filter(pk=application.pk).covered_by(fitting).first()
    if held is None:
        raise NotAllowed(text("Only finance decides on the repair fund"))
    if held.state != "applied":
        raise WrongState(text("The application is “{state}”", state=FUND.states[held.state]))
    if not 0 < fen <= held.asked_fen:
        raise InputFault(
            text("Between 0.01 and {yuan} yuan can be granted", yuan=f"{held.asked_fen / 100:,.2f}")
        )
    FundApplication.objects.filter(pk=held.pk).update(granted_fen=fen)
    journal.record(
        actor=actor, subject=held, kind="fund.granted", data={"fen": fen, "before_fen": held.granted_fen}
    )
    held.refresh_from_db()
    return held


def fund_facts(application: FundApplication) -> FundFacts:
    """Return what the guards of an application ask."""
    account = _account(application)
    counted = vote_count(application)
    return FundFacts(
        paid_in_fen=application.building.repair_fund_fen or 0,
        asked_fen=account.balance_fen if account else 0,
        vote_reached=counted.reached,
        vote_said=vote_said(counted),
        unused_fen=max(0, -account.balance_fen) if account else 0,
    )


def vote_count(application: FundApplication) -> ConsentCount:
    """Return how the owners' vote stands under the rule in force on the day."""
    rule = policy_named(application.project.policy).consent_on(clock.today(), _PURPOSE)
    said = {vote.flat.flat_id: vote.agrees for vote in application.votes.select_related("flat")}
    flats = registry.flat_records_of(application.building)
    return count_consent([replace(flat, consent=said.get(flat.flat_id)) for flat in flats], rule)


def vote_said(counted: ConsentCount) -> Text:
    """Return how a vote stands, by heads and by area."""
    return text(
        "{agreed} of {flats} flats with {agreed_m2} of {area_m2} m² agree to the use of the fund; the rule"
        " asks for more",
        agreed=counted.agreed, flats=counted.flats, agreed_m2=f"{counted.agreed_m2:,.2f}",
        area_m2=f"{counted.area_m2:,.2f}",
    )  # fmt: skip


def _applied(application: FundApplication, actor: Any, note: str, today: date) -> dict[str, object]:
    account = _account(application)
    return {"applied_on": today, "asked_fen": account.balance_fen if account else 0, "granted_fen": None}


def _approved(application: FundApplication, actor: Any, note: str, today: date) -> dict[str, object]:
    granted = application.asked_fen if application.granted_fen is None else application.granted_fen
    return {"approved_on": today, "granted_fen": granted}


def _released(application: FundApplication, actor: Any, note: str, today: date) -> dict[str, object]:
    pay(
        actor, application.building, payer=Payer.REPAIR_FUND, fen=application.granted_fen or 0,
        way="transfer", reference=application.number,
    )  # fmt: skip
    return {"released_on": today}


def _dropped(application: FundApplication, actor: Any, note: str, today: date) -> dict[str, object]:
    """Let the others carry what the fund does not pay, by the policy's own rules."""
    bill = ContractBill.objects.filter(project=application.project).first()
    if bill is not None:
        billing.share_anew(actor, bill, without_fund=True, kind=TransferKind.SETTLE)
    return {"note": note}


FUND_STAMPS: Mapping[str, Any] = {
    "apply": _applied,
    "approve": _approved,
    "return": lambda case, actor, note, today: {"note": note},
    "release": _released,
    "close": lambda case, actor, note, today: {},
    "drop": _dropped,
}


def _account(application: FundApplication) -> Account | None:
    return Account.objects.filter(code=owed(application.building, Payer.REPAIR_FUND).code).first()


def _require_applicant(actor: Any, building: Any, *more: Role) -> None:
    roles = (Role.HEAT_SUPPLIER, Role.OWNER_UNIT, *more)
    fitting = [grant for grant in grants_of(actor) if grant.role in roles]
    if not registry.visible_buildings(actor).covered_by(fitting).filter(pk=building.pk).exists():
        raise NotAllowed(text("Only the building's heat supplier or owner unit may do that"))
