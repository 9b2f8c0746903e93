"""Balances of older books: who was charged and has paid what before, all of a file or nothing."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.db import transaction

from fenhu.money.accounts import TransferKind
from fenhu.money.opening import OpeningBalance, read_openings
from fenhu.records import Finding, Severity
from fenhu.web.journal import services as journal
from fenhu.web.ledger.banking import collecting_office
from fenhu.web.ledger.keys import AccountKey, opening, owed
from fenhu.web.ledger.models import ContractBill, Transfer
from fenhu.web.ledger.posting import Entry, post
from fenhu.web.registry import queries as registry
from fenhu.wording import Text, text


@transaction.atomic
def bring_in(actor: Any, path: Path) -> tuple[int, tuple[Finding, ...]]:
    """Return how many balances were brought in, and the file's faults; with a fault nothing is.

    A balance that was brought in before is passed over, so that the same file twice changes nothing.

    Raises
    ------
    NotAllowed
        If the actor collects for nobody.
    UnreadableFile
        If the file cannot be opened as what it claims to be.
    """
    office = collecting_office(actor)
    reading = read_openings(path)
    if reading.balances is None:
        return 0, reading.findings
    buildings = {one.code: one for one in registry.visible_buildings(actor).filter(supplier=office)}
    faults = _faults(reading.balances, buildings)
    if faults:
        return 0, (*reading.findings, *faults)
    count = sum(_bring(actor, buildings[one.code], one) for one in reading.balances)
    if count:
        journal.record(actor=actor, subject="ledger.books", kind="ledger.opened", data={"balances": count})
    return count, reading.findings


def _faults(balances: Sequence[OpeningBalance], buildings: dict[str, Any]) -> tuple[Finding, ...]:
    """Return what the register and the books have against a balance."""
    known = {building.pk: code for code, building in buildings.items()}
    bills = ContractBill.objects.filter(building__in=list(known)).values_list("building", flat=True)
    billed = {known[pk] for pk in bills}
    flats = {
        code: {flat.flat_id for flat in registry.flats_of(building.pk)}
        for code, building in buildings.items()
        if any(one.code == code for one in balances)
    }
    return tuple(
        Finding(
            severity=Severity.ERROR, sheet="", row=None, column="", code="opening",
            message=text("{code} {flat}: {why}", code=one.code, flat=one.flat, why=why),
        )
        for one in balances
        if (why := _against(one, flats, billed)) is not None
    )  # fmt: skip


def _against(one: OpeningBalance, flats: dict[str, set[str]], billed: set[str]) -> Text | None:
    if one.code not in flats:
        return text("no building of this number is heated by you")
    if one.flat and one.flat not in flats[one.code]:
        return text("the building has no such flat")
    if one.code in billed:
        return text("the building has a contract bill here; what it owes follows from that")
    return None


def _bring(actor: Any, building: Any, one: OpeningBalance) -> bool:
    """Post one balance: what was charged, and what of it was paid; return whether it was new."""
    flat = next((row for row in registry.flats_of(building.pk) if row.flat_id == one.flat), None)
    account = owed(building, one.payer, flat)
    if Transfer.objects.filter(key=f"open/{account.code}").exists():
        return False
    _post(actor, building, TransferKind.OPEN, f"open/{account.code}", account, one.owed_fen)
    _post(actor, building, TransferKind.PAY, f"open-paid/{account.code}", account, -one.paid_fen)
    return bool(one.owed_fen or one.paid_fen)


def _post(actor: Any, building: Any, kind: TransferKind, key: str, account: AccountKey, fen: int) -> None:
    if fen:
        post(
            actor=actor, kind=kind, building=building, key=key, reference=str(text("older books")),
            entries=(Entry(account, fen), Entry(opening(), -fen)),
        )  # fmt: skip
