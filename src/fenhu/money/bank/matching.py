"""Which payment pays what: by contract number, by building and flat, or by a name with its exact amount.

A line that could mean several open items, or whose words contradict each other, is left to a person together
with the reason and the candidates. The order of lines and items plays no part.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from fenhu.errors import InputFault
from fenhu.money.bank.spelling import (
    LEAST_CONTRACT,
    Spellings,
    flat_at,
    is_flat,
    plain,
    plain_name,
    spellings,
)
from fenhu.money.bank.statement import StatementLine
from fenhu.wording import Text, text


class Evidence(StrEnum):
    """What in a line points at an open item."""

    CONTRACT = "contract"
    ADDRESS = "address"
    NAME = "name"
    AMOUNT = "amount"


EVIDENCE_NAMES: Mapping[Evidence, Text] = {
    Evidence.CONTRACT: text("contract number in the remark"),
    Evidence.ADDRESS: text("building and flat in the remark"),
    Evidence.NAME: text("name of the payer"),
    Evidence.AMOUNT: text("exact amount"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenItem:
    """What somebody still owes: ``flat`` is empty for a payer of the public part.

    ``building_names`` are what people call the building besides its code; ``arrears_fen`` is the part of
    ``owed_fen`` that is overdue.
    """

    key: str
    building: str
    flat: str = ""
    contract_number: str = ""
    payer_name: str = ""
    owed_fen: int = 0
    arrears_fen: int = 0
    building_names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A payment, or a part of it, and the open item it pays; ``sure`` where the remark itself names it.

    ``overpaid_fen`` is what exceeds the item's debt after the earlier lines; a returned payment is negative.
    """

    line: StatementLine
    key: str
    fen: int
    evidence: tuple[Evidence, ...]
    sure: bool
    overpaid_fen: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Unmatched:
    """A payment left to a person: why, and which open items it could mean."""

    line: StatementLine
    code: str
    reason: Text
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Matches:
    """Every line, either matched or listed, by day and reference."""

    matched: tuple[Match, ...]
    unmatched: tuple[Unmatched, ...]


def match_payments(
    lines: Sequence[StatementLine], open_items: Sequence[OpenItem], *, several: bool = False
) -> Matches:
    """Return which line pays which open item, and the lines nobody can be found for, each with its reason.

    Parameters
    ----------
    lines
        The payments of a statement.
    open_items
        What is owed, each item with a key of its own.
    several
        Whether one line may pay several items that its remark names, where it is exactly their sum.

    Raises
    ------
    InputFault
        If two open items have the same key.
    """
    matcher = _Matcher(open_items, several)
    for line in sorted(lines, key=_order):
        matcher.take(line)
    return Matches(matched=tuple(matcher.matched), unmatched=tuple(matcher.unmatched))


def _order(line: StatementLine) -> tuple[object, ...]:
    return line.date, line.reference, line.amount_fen, line.payer_name, line.remark, line.way


class _Matcher:
    """The open items, indexed, with what is left of each after the lines taken so far."""

    def __init__(self, items: Sequence[OpenItem], several: bool) -> None:
        self.items = {item.key: item for item in sorted(items, key=lambda item: item.key)}
        if len(self.items) < len(items):
            raise InputFault(text("Two open items have the same key; every item needs its own"))
        self.several = several
        self.left = {key: item.owed_fen for key, item in self.items.items()}
        self.contracts = spellings(
            (item.contract_number, key)
            for key, item in self.items.items()
            if len(plain(item.contract_number)) >= LEAST_CONTRACT
        )
        self.buildings: Spellings = spellings(
            (word, item.building)
            for item in self.items.values()
            for word in (item.building, *item.building_names)
        )
        self.flats: dict[str, list[OpenItem]] = defaultdict(list)
        self.by_name: dict[str, list[OpenItem]] = defaultdict(list)
        for item in self.items.values():
            self.flats[item.building].append(item)
            if item.payer_name:
                self.by_name[plain_name(item.payer_name)].append(item)
        self.matched: list[Match] = []
        self.unmatched: list[Unmatched] = []

    def take(self, line: StatementLine) -> None:
        """Match one line, or list it."""
        remark = plain(line.remark)
        by_contract = {key for _, keys in self.contracts.found(remark) for key in keys}
        by_address, strangers, named = self._addresses(remark)
        if by_contract or by_address:
            self._by_remark(line, by_contract, by_address, strangers)
        elif strangers:
            self._leave(
                line,
                "nothing-open",
                text("{flat} owes nothing or is not known", flat="、".join(strangers)),
                (),
            )
        elif line.amount_fen < 0:
            self._leave(
                line, "returned", text("A returned payment whose remark names nobody; assign it by hand"), ()
            )
        else:
            self._by_name(line, named)

    def _addresses(self, remark: str) -> tuple[set[str], tuple[str, ...], set[str]]:
        """Return the items whose flat is written, the written flats without an item, the buildings named."""
        found: set[str] = set()
        strangers: list[str] = []
        named: set[str] = set()
        for end, buildings in self.buildings.found(remark):
            named |= buildings
            written = flat_at(remark, end)
            if written is None:
                continue
            keys = {
                item.key for code in buildings for item in self.flats[code] if is_flat(written, item.flat)
            }
            found |= keys
            if not keys:
                place = "-".join(part for part in written if part)
                strangers += [f"{code} {place}" for code in sorted(buildings)]
        return found, tuple(strangers), named

    def _by_remark(
        self, line: StatementLine, by_contract: set[str], by_address: set[str], strangers: tuple[str, ...]
    ) -> None:
        both = by_contract & by_address
        if (by_contract and by_address and not both) or (by_contract and strangers):
            reason = text("The contract number and the flat in the remark are not of one household")
            self._leave(line, "contradiction", reason, by_contract | by_address)
            return
        keys = both or by_contract or by_address
        evidence = (
            *((Evidence.CONTRACT,) if by_contract else ()),
            *((Evidence.ADDRESS,) if by_address else ()),
        )
        if len(keys) == 1:
            self._pay(line, keys.pop(), line.amount_fen, evidence, sure=True)
        elif self.several and line.amount_fen == sum(self.left[key] for key in keys):
            for key in sorted(keys):
                self._pay(line, key, self.left[key], (*evidence, Evidence.AMOUNT), sure=True)
        else:
            self._by_name_among(line, keys, evidence)

    def _by_name_among(self, line: StatementLine, keys: set[str], evidence: tuple[Evidence, ...]) -> None:
        name = plain_name(line.payer_name)
        same = [key for key in keys if name and plain_name(self.items[key].payer_name) == name]
        if len(same) == 1:
            self._pay(line, same[0], line.amount_fen, (*evidence, Evidence.NAME), sure=False)
        else:
            self._leave(line, "ambiguous", text("The remark fits {count} open items", count=len(keys)), keys)

    def _by_name(self, line: StatementLine, named: set[str]) -> None:
        """Match by the payer's name, where it is one item's and the amount is exactly what that one owes."""
        same = self.by_name.get(plain_name(line.payer_name), ()) if line.payer_name else ()
        keys = {item.key for item in same}
        exact = {item.key for item in same if line.amount_fen in (item.owed_fen, item.arrears_fen)}
        if not same:
            self._leave(line, "unknown", text("Neither the remark nor the name is known here"), ())
        elif not exact:
            reason = text("The name is known, but the amount is not what is owed")
            self._leave(line, "other-amount", reason, keys)
        elif len(exact) > 1:
            reason = text("{count} open items have this name and this amount", count=len(exact))
            self._leave(line, "ambiguous", reason, exact)
        else:
            self._by_exact_amount(line, exact.pop(), named)

    def _by_exact_amount(self, line: StatementLine, key: str, named: set[str]) -> None:
        if named and self.items[key].building not in named:
            reason = text("The remark names another building than the one where this name owes the amount")
            self._leave(line, "contradiction", reason, {key})
        elif line.amount_fen > self.left[key]:
            self._leave(line, "paid-already", text("An earlier line pays the same amount already"), {key})
        else:
            self._pay(line, key, line.amount_fen, (Evidence.NAME, Evidence.AMOUNT), sure=False)

    def _pay(
        self, line: StatementLine, key: str, fen: int, evidence: tuple[Evidence, ...], *, sure: bool
    ) -> None:
        before = max(0, self.left[key])
        self.left[key] -= fen
        overpaid = max(0, fen - before) if fen > 0 else 0
        self.matched.append(
            Match(line=line, key=key, fen=fen, evidence=evidence, sure=sure, overpaid_fen=overpaid)
        )

    def _leave(
        self, line: StatementLine, code: str, reason: Text, candidates: set[str] | tuple[str, ...]
    ) -> None:
        self.unmatched.append(
            Unmatched(line=line, code=code, reason=reason, candidates=tuple(sorted(candidates)))
        )
