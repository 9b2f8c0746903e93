"""Statements of banks and counters: a file is taken in whole, each line paid in or held to be assigned."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from fenhu.errors import InputFault, NotAllowed, WrongState
from fenhu.money.accounts import AccountKind, TransferKind
from fenhu.money.bank import (
    EVIDENCE_NAMES,
    Match,
    OpenItem,
    StatementLine,
    Unmatched,
    match_payments,
    read_statement,
)
from fenhu.policy.words import joined
from fenhu.programme import Role
from fenhu.records import Finding, Payer
from fenhu.web.access.scope import grants_of
from fenhu.web.journal import services as journal
from fenhu.web.ledger.keys import bank, unmatched
from fenhu.web.ledger.models import Account, BankFile, BankLine, Receipt, Transfer
from fenhu.web.ledger.paying import COLLECTED, pay, require_collector
from fenhu.web.ledger.posting import Entry, post, reverse
from fenhu.web.registry.queries import full_name
from fenhu.wording import Text, text


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What became of a file: ``file`` is None where it has faults, and then nothing was taken in."""

    file: BankFile | None
    findings: tuple[Finding, ...] = ()
    matched: int = 0
    unmatched: int = 0
    known: int = 0


@transaction.atomic
def take_in(actor: Any, path: Path, *, name: str) -> Taken:
    """Return what became of a statement: its payments in the books, or every fault of the file.

    Lines taken in before are passed over, so that the same file twice changes nothing.

    Raises
    ------
    NotAllowed
        If the actor collects for nobody.
    UnreadableFile
        If the file cannot be opened as what it claims to be.
    """
    office = collecting_office(actor)
    reading = read_statement(path)
    if reading.lines is None:
        return Taken(file=None, findings=reading.findings)
    references = [line.reference for line in reading.lines]
    known = set(
        BankLine.objects.filter(office=office, reference__in=references).values_list("reference", flat=True)
    )
    new = [line for line in reading.lines if line.reference not in known]
    file = BankFile.objects.create(
        office=office, name=name[:200], digest=hashlib.sha256(path.read_bytes()).hexdigest(),
        taken_at=timezone.now(), taken_by=actor,
    )  # fmt: skip
    found = match_payments(new, open_items(office))
    for match in found.matched:
        _pay_in(actor, file, match)
    for left in found.unmatched:
        _hold(actor, file, left)
    journal.record(actor=actor, subject=file, kind="ledger.bank_file", data={
        "digest": file.digest, "matched": len(found.matched), "unmatched": len(found.unmatched),
        "known": len(known),
    })  # fmt: skip
    return Taken(
        file=file, findings=reading.findings, matched=len(found.matched), unmatched=len(found.unmatched),
        known=len(known),
    )  # fmt: skip


@transaction.atomic
def assign(actor: Any, line: BankLine, building: Any, *, payer: Payer, flat: Any = None) -> Receipt:
    """Return the receipt of a held payment, once somebody knows whose it is.

    Raises
    ------
    NotAllowed
        If the payment or the building is not of the actor's office.
    WrongState
        If it was assigned already, or is a returned payment.
    """
    require_collector(actor, building)
    held = BankLine.objects.select_for_update().get(pk=line.pk)
    if held.office_id != building.supplier_id:
        raise NotAllowed(text("The payment was received by another office"))
    if held.state != "unmatched" or held.amount_fen <= 0:
        raise WrongState(text("This payment does not wait to be assigned"))
    if payer not in COLLECTED:
        raise InputFault(text("This payer pays by reward, fund or grant; finance releases it"))
    made = pay(
        actor, building, payer=payer, fen=held.amount_fen, way=held.way, flat=flat, on=None,
        reference=held.reference, kind=TransferKind.MATCH, source=unmatched(held.office),
    )  # fmt: skip
    BankLine.objects.filter(pk=held.pk).update(
        state="assigned", transfer=made.transfer, reason=text("assigned by hand").to_json()
    )
    return made


@transaction.atomic
def give_back(actor: Any, line: BankLine, *, note: str) -> Transfer:
    """Return the reversal of a held payment that nobody here was meant to get.

    Raises
    ------
    NotAllowed
        If the payment is not of the actor's office.
    InputFault
        If no reason is given.
    WrongState
        If it does not wait any more.
    """
    held = BankLine.objects.select_for_update().get(pk=line.pk)
    if held.office_id != collecting_office(actor).pk:
        raise NotAllowed(text("The payment was received by another office"))
    if held.state != "unmatched" or held.transfer is None:
        raise WrongState(text("This payment does not wait to be assigned"))
    undone = reverse(actor=actor, transfer=held.transfer, note=note)
    BankLine.objects.filter(pk=held.pk).update(state="returned", reason=text("given back").to_json())
    return undone


def collecting_office(actor: Any) -> Any:
    """Return the supplier the actor collects for.

    Raises
    ------
    NotAllowed
        If he collects for nobody.
    """
    for grant in grants_of(actor):
        if grant.role == Role.HEAT_SUPPLIER:
            return grant.organisation
    raise NotAllowed(text("Only heat suppliers collect payments"))


def open_items(office: Any) -> list[OpenItem]:
    """Return what is owed to an office by those who pay it directly."""
    accounts = Account.objects.filter(
        kind=AccountKind.OWED, building__supplier=office, payer__in=[str(one) for one in COLLECTED]
    ).select_related("building__owner", "building__supplier", "flat")
    numbers = _contract_numbers(office)
    return [_item(account, numbers.get(account.flat_id or 0, "")) for account in accounts]


def _item(account: Account, contract_number: str) -> OpenItem:
    building = account.building
    assert building is not None
    owner = building.owner.name if building.owner and account.payer == Payer.OWNER else ""
    return OpenItem(
        key=str(account.pk), building=building.code, flat=account.flat.flat_id if account.flat else "",
        contract_number=contract_number, payer_name=account.flat.owner_name if account.flat else owner,
        owed_fen=account.balance_fen, building_names=(full_name(building.estate, building.name),),
    )  # fmt: skip


def _contract_numbers(office: Any) -> dict[int, str]:
    flats = Account.objects.filter(building__supplier=office, flat__works__contract_on__isnull=False)
    return dict(flats.values_list("flat", "flat__works__contract_number"))


def _pay_in(actor: Any, file: BankFile, match: Match) -> None:
    account = Account.objects.select_related("building__supplier", "flat").get(pk=int(match.key))
    said = text("found by {evidence}", evidence=joined([EVIDENCE_NAMES[one] for one in match.evidence]))
    if match.fen <= 0:
        _keep(file, match.line, state="unmatched", reason=_RETURNED)
        return
    made = pay(
        actor, account.building, payer=Payer(account.payer), fen=match.fen, way=str(match.line.way),
        flat=account.flat, on=match.line.date, reference=match.line.reference,
    )  # fmt: skip
    _keep(file, match.line, state="matched", reason=said, transfer=made.transfer)


def _hold(actor: Any, file: BankFile, left: Unmatched) -> None:
    """Keep a payment nobody could be found for apart; a returned one is only listed."""
    if left.line.amount_fen <= 0:
        _keep(file, left.line, state="unmatched", reason=_RETURNED)
        return
    office = file.office
    held = post(
        actor=actor, kind=TransferKind.HOLD, on=left.line.date, reference=left.line.reference,
        key=f"hold/{office.code}/{left.line.reference}",
        entries=(Entry(bank(office), left.line.amount_fen), Entry(unmatched(office), -left.line.amount_fen)),
    )  # fmt: skip
    _keep(file, left.line, state="unmatched", reason=left.reason, transfer=held)


def _keep(
    file: BankFile, line: StatementLine, *, state: str, reason: Text, transfer: Transfer | None = None
) -> None:
    BankLine.objects.create(
        file=file, office=file.office, reference=line.reference, on_date=line.date,
        amount_fen=line.amount_fen, payer_name=line.payer_name, remark=line.remark, way=str(line.way),
        state=state, reason=reason.to_json(), transfer=transfer,
    )  # fmt: skip


_RETURNED = text("a returned payment: take the first payment back by hand")
