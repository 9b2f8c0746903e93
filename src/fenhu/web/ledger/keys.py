"""Which account something stands on: a name for each, the same every time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from fenhu.money.accounts import AccountKind
from fenhu.records import Payer
from fenhu.web.ledger.models import Account, Purse


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountKey:
    """An account by what it is about; rows of the register or the books."""

    kind: AccountKind
    building: Any = None
    flat: Any = None
    payer: Payer | None = None
    office: Any = None
    purse: Purse | None = None

    @property
    def code(self) -> str:
        """Return the account's code."""
        parts: list[str] = [self.kind.value]
        if self.purse is not None:
            return f"purse/{self.purse}/{self.kind.value}"
        if self.building is not None:
            parts.append(self.building.code)
        if self.payer is not None:
            parts += [self.payer.value, self.flat.flat_id if self.flat is not None else "-"]
        if self.office is not None:
            parts.append(self.office.code)
        return "/".join(parts)

    def new(self) -> Account:
        """Return the account's row, not stored yet."""
        return Account(
            code=self.code, kind=self.kind, building=self.building, flat=self.flat, office=self.office,
            payer=self.payer.value if self.payer else "", purse=self.purse,
        )  # fmt: skip


def owed(building: Any, payer: Payer, flat: Any = None) -> AccountKey:
    """Return the account of what a payer owes of a building's bill, a household for its flat."""
    return AccountKey(kind=AccountKind.OWED, building=building, payer=payer, flat=flat)


def works(building: Any) -> AccountKey:
    """Return the account against which a building's payers are charged."""
    return AccountKey(kind=AccountKind.WORKS, building=building)


def bank(office: Any) -> AccountKey:
    """Return the account of what an office received."""
    return AccountKey(kind=AccountKind.BANK, office=office)


def unmatched(office: Any) -> AccountKey:
    """Return the account of what an office received and cannot assign yet."""
    return AccountKey(kind=AccountKind.UNMATCHED, office=office)


def opening() -> AccountKey:
    """Return the account against which balances of older books are brought in."""
    return AccountKey(kind=AccountKind.OPENING)


def stage(purse: Purse, kind: AccountKind) -> AccountKey:
    """Return one stage of a purse's money."""
    return AccountKey(kind=kind, purse=purse)


def locked(keys: Iterable[AccountKey]) -> Mapping[str, Account]:
    """Return the accounts by code, made where missing, locked in one order until the transaction ends."""
    wanted = {key.code: key for key in keys}
    known = set(Account.objects.filter(code__in=list(wanted)).values_list("code", flat=True))
    missing = [key.new() for code, key in wanted.items() if code not in known]
    if missing:
        Account.objects.bulk_create(missing, ignore_conflicts=True)
    rows = Account.objects.select_for_update().filter(code__in=list(wanted)).order_by("pk")
    return {row.code: row for row in rows}
