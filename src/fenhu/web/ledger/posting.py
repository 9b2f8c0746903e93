"""The one door into the books: transfers that sum to zero, reversals, closed periods."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from fenhu.errors import InputFault, NotAllowed, WrongState
from fenhu.money.accounts import (
    ACCOUNT_NAMES,
    CHARGES,
    NEVER_BELOW_ZERO,
    REVERSIBLE,
    AccountKind,
    TransferKind,
)
from fenhu.programme import Role
from fenhu.records import Payer
from fenhu.web import clock
from fenhu.web.access.scope import grants_of
from fenhu.web.journal import services as journal
from fenhu.web.ledger.digest import digest_of
from fenhu.web.ledger.keys import AccountKey, locked
from fenhu.web.ledger.models import Account, PeriodLock, Posting, Transfer
from fenhu.web.ledger.names import purse_name
from fenhu.wording import text
from fenhu.worksheets.values import FIRST_DAY

_BOOKS_LOCK = 0x6C656467


@dataclass(frozen=True, slots=True)
class Entry:
    """An amount on an account, debits positive."""

    account: AccountKey
    fen: int


@transaction.atomic
def post(
    *,
    actor: Any,
    kind: TransferKind,
    entries: Iterable[Entry],
    on: date | None = None,
    building: Any = None,
    reference: str = "",
    note: str = "",
    key: str | None = None,
    reverses: Transfer | None = None,
) -> Transfer:
    """Return the transfer that moves these amounts; the same ``key`` a second time moves nothing more.

    Raises
    ------
    InputFault
        If the amounts do not sum to zero, nothing moves, or the day lies ahead or before 1980.
    WrongState
        If the day's books are closed, or a purse would hold less than nothing.
    """
    day = on or clock.today()
    amounts = _merged(entries)
    _check(amounts, day)
    _take_turn(key)
    digest = digest_of((one.code, fen) for one, fen in amounts.items())
    if key is not None and (known := Transfer.objects.filter(key=key).first()) is not None:
        return _same(known, digest)
    transfer = Transfer(
        kind=kind, on_date=day, recorded_at=timezone.now(), actor=actor, building=building,
        reference=reference, note=note, key=key, reverses=reverses, digest=digest,
    )  # fmt: skip
    transfer.save(force_insert=True)
    _write(transfer, amounts)
    journal.record(actor=actor, subject=transfer, kind=f"ledger.{kind}", data={
        "on": day.isoformat(), "fen": sum(fen for fen in amounts.values() if fen > 0),
        "postings": len(amounts), "digest": transfer.digest,
        "building": building.code if building is not None else "", "reference": reference,
    })  # fmt: skip
    return transfer


@transaction.atomic
def reverse(*, actor: Any, transfer: Transfer, note: str, on: date | None = None) -> Transfer:
    """Return the transfer that takes another back; it is dated in the open period, the first stays as it is.

    Raises
    ------
    InputFault
        If no reason is given.
    WrongState
        If it is no payment, was reversed already, or a purse would hold less than nothing.
    """
    if not note.strip():
        raise InputFault(text("Write why it is reversed"))
    first = Transfer.objects.select_for_update().get(pk=transfer.pk)
    if first.kind not in REVERSIBLE:
        raise WrongState(text("Only payments are taken back; what is charged follows the bill"))
    if first.reverses_id is not None or Transfer.objects.filter(reverses=first).exists():
        raise WrongState(text("It was reversed already"))
    entries = [
        Entry(_key_of(one.account), -one.amount_fen)
        for one in first.postings.select_related("account__building", "account__flat", "account__office",
                                                 "account__purse")
    ]  # fmt: skip
    return post(
        actor=actor, kind=TransferKind.REVERSE, entries=entries, on=on, building=first.building,
        reference=first.reference, note=note.strip(), reverses=first,
    )  # fmt: skip


@transaction.atomic
def lock_books(actor: Any, until: date) -> PeriodLock:
    """Return the closing of the books up to a day; an earlier day opens what lies after it again.

    Raises
    ------
    NotAllowed
        If the actor is not the city's finance.
    InputFault
        If the day is not past.
    """
    if not any(grant.role == Role.FINANCE and grant.level == "city" for grant in grants_of(actor)):
        raise NotAllowed(text("Only the city's finance closes and opens the books"))
    if until >= clock.today():
        raise InputFault(text("Only days that are past can be closed"))
    row = PeriodLock.objects.create(until=until, locked_at=timezone.now(), locked_by=actor)
    journal.record(
        actor=actor, subject="ledger.books", kind="ledger.closed", data={"until": until.isoformat()}
    )
    return row


def books_closed_until() -> date | None:
    """Return the last day of the closed books, None while all are open."""
    newest = PeriodLock.objects.order_by("-pk").first()
    return newest.until if newest else None


def balance_fen(key: AccountKey) -> int:
    """Return what stands on an account now."""
    return Account.objects.filter(code=key.code).values_list("balance_fen", flat=True).first() or 0


def _merged(entries: Iterable[Entry]) -> dict[AccountKey, int]:
    amounts: Counter[AccountKey] = Counter()
    for entry in entries:
        amounts[entry.account] += entry.fen
    return {one: fen for one, fen in amounts.items() if fen}


def _check(amounts: dict[AccountKey, int], day: date) -> None:
    if not amounts:
        raise InputFault(text("Nothing would move: the amount is 0"))
    if left := sum(amounts.values()):
        raise InputFault(text("The amounts do not sum to zero: {fen} fen are left", fen=left))
    if day < FIRST_DAY:
        raise InputFault(text(
            "{day} is before {first}, from which on there are books; correct the year",
            day=day.isoformat(), first=FIRST_DAY.isoformat(),
        ))  # fmt: skip
    if day > clock.today():
        raise InputFault(text("{day} lies ahead; record it when it has happened", day=day.isoformat()))
    closed = books_closed_until()
    if closed is not None and day <= closed:
        raise WrongState(text(
            "The books are closed up to {day}; date it later, or have finance open them",
            day=closed.isoformat(),
        ))  # fmt: skip


def _same(known: Transfer, digest: str) -> Transfer:
    if known.digest != digest:
        raise InputFault(text(
            "{reference} was recorded on {day} with other amounts; use another number, or reverse it first",
            reference=known.reference or known.key, day=known.on_date.isoformat(),
        ))  # fmt: skip
    return known


def _write(transfer: Transfer, amounts: dict[AccountKey, int]) -> None:
    accounts = locked(amounts)
    postings = []
    for one, fen in amounts.items():
        account = accounts[one.code]
        account.balance_fen += fen
        account.charged_fen += fen * (transfer.kind in CHARGES)
        if account.balance_fen < 0 and one.kind in NEVER_BELOW_ZERO:
            raise _too_little(one, account.balance_fen - fen, -fen)
        postings.append(
            Posting(transfer=transfer, account=account, amount_fen=fen, balance_fen=account.balance_fen)
        )
    Posting.objects.bulk_create(postings)
    Account.objects.bulk_update(accounts.values(), ["balance_fen", "charged_fen"])


def _too_little(key: AccountKey, held_fen: int, asked_fen: int) -> WrongState:
    assert key.purse is not None
    return WrongState(
        text(
            "{purse}: {stage} {held} yuan, asked for are {asked} yuan, {missing} yuan are missing",
            purse=purse_name(key.purse), stage=ACCOUNT_NAMES[key.kind], held=_yuan(held_fen),
            asked=_yuan(asked_fen), missing=_yuan(asked_fen - held_fen),
        ),
        code="purse-exceeded",
    )  # fmt: skip


def _yuan(fen: int) -> str:
    return f"{fen // 100:,}.{fen % 100:02d}"


def _key_of(account: Account) -> AccountKey:
    return AccountKey(
        kind=AccountKind(account.kind), building=account.building, flat=account.flat, office=account.office,
        payer=Payer(account.payer) if account.payer else None, purse=account.purse,
    )  # fmt: skip


def _take_turn(key: str | None) -> None:
    """Let one writer at a time use a key; SQLite has only one writer anyway."""
    if key is not None and connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s, hashtext(%s))", [_BOOKS_LOCK, key])
