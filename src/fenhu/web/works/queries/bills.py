"""A building's bill as a person reads it: one row per kind of work, who pays it, by which rule."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from fenhu.design import estimates
from fenhu.papers import item_name
from fenhu.records import BillLine, Payer
from fenhu.web.rules import current_policy
from fenhu.wording import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class BillRule:
    """One rule of the policy that shares an item."""

    payer: str
    name: Text
    part: Text
    clause: str
    assumed: bool
    reason: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class BillGroup:
    """The lines of one kind of work: of every flat, or of the public part."""

    code: str
    name: Text | str
    item: str
    quantity: Decimal
    unit: str
    unit_price_yuan: Decimal
    source: str
    trust: str
    lines: tuple[BillLine, ...]
    cost_fen: int
    shares: Mapping[Payer, int]
    rules: tuple[BillRule, ...]

    @property
    def by_flat(self) -> bool:
        """Return whether the lines belong to flats."""
        return bool(self.lines[0].flat)

    @property
    def assumed(self) -> bool:
        """Return whether a rule that shares it is an assumption."""
        return any(rule.assumed for rule in self.rules)


def bill_groups(
    lines: Iterable[BillLine], line_shares: Mapping[str, Mapping[Payer, int]]
) -> tuple[BillGroup, ...]:
    """Return a bill's lines by kind of work, in the bill's order."""
    grouped: dict[str, list[BillLine]] = {}
    for line in lines:
        grouped.setdefault(line.line.partition("/")[0], []).append(line)
    return tuple(_group(code, tuple(members), line_shares) for code, members in grouped.items())


def rules_of(item: str) -> tuple[BillRule, ...]:
    """Return the rules that share an item, in the order in which they take their part."""
    return tuple(
        BillRule(
            payer=rule.payer, name=rule.name, part=rule.part(), clause=rule.clause,
            assumed=rule.assumed, reason=rule.reason,
        )
        for rule in current_policy().shares_of(item)
    )  # fmt: skip


def _group(
    code: str, lines: tuple[BillLine, ...], line_shares: Mapping[str, Mapping[Payer, int]]
) -> BillGroup:
    price = next((row for row in estimates() if row.code == code), None)
    paid: Counter[Payer] = Counter()
    for line in lines:
        paid.update(line_shares.get(line.line, {}))
    first = lines[0]
    return BillGroup(
        code=code,
        name=price.name if price else item_name(code),
        item=first.item,
        quantity=sum((line.quantity for line in lines), Decimal(0)),
        unit=first.unit,
        unit_price_yuan=first.unit_price_yuan,
        source=price.source if price else "",
        trust=price.trust if price else "",
        lines=lines,
        cost_fen=sum(line.cost_fen for line in lines),
        shares={payer: paid[payer] for payer in Payer if paid[payer]},
        rules=rules_of(first.item),
    )
