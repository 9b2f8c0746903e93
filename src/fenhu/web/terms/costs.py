"""What a conversion costs whom, by its contract where there is one, else by the study, as papers say it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from fenhu.papers import issued, item_name
from fenhu.policy import Policy
from fenhu.policy.words import PAYERS
from fenhu.records import BillLine, Payer
from fenhu.web.ledger import queries as ledger
from fenhu.web.works import queries as works
from fenhu.wording import text

_USER = "用热户"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bill:
    """A bill's lines and who pays each; ``contracted`` unless it is the study's estimate.

    ``user_by_flat`` is what each household pays in all, its part of what the building shares with it; the
    study does not know it.
    """

    lines: tuple[BillLine, ...]
    line_shares: Mapping[str, Mapping[Payer, int]]
    contracted: bool
    user_by_flat: Mapping[str, int] = field(default_factory=dict)

    def groups_of(self, flat: str) -> tuple[works.BillGroup, ...]:
        """Return what is done in one flat, by kind of work."""
        return works.bill_groups([one for one in self.lines if one.flat == flat], self.line_shares)


def bill_of(project: Any) -> Bill | None:
    """Return a project's bill; None before it was studied or contracted."""
    contract = ledger.contract_bill(project)
    if contract is not None:
        _, shares = ledger.bill_of(contract)
        return Bill(
            lines=ledger.contracted_lines(contract), line_shares=shares, contracted=True,
            user_by_flat=contract.user_by_flat,
        )  # fmt: skip
    estimated = works.estimated_bill(project)
    if estimated is None:
        return None
    return Bill(lines=estimated.lines, line_shares=estimated.line_shares, contracted=False)


def as_built(project: Any) -> Bill | None:
    """Return a project's bill by what was built; None before it is settled."""
    contract = ledger.contract_bill(project)
    if contract is None or not contract.measured:
        return None
    lines, shares = ledger.bill_of(contract)
    return Bill(lines=lines, line_shares=shares, contracted=True)


def works_of(bill: Bill | None, flat: str) -> tuple[issued.Work, ...]:
    """Return what is built in a flat, and how much of it."""
    groups = bill.groups_of(flat) if bill is not None else ()
    return tuple(
        issued.Work(what=str(group.name), quantity=group.quantity, unit=group.unit) for group in groups
    )


def costs_of(bill: Bill | None, flat: str) -> tuple[issued.CostLine, ...]:
    """Return what a flat's household pays, line by line, each by its rule."""
    if bill is None:
        return ()
    own = tuple(_cost_line(group) for group in bill.groups_of(flat) if group.shares.get(Payer.USER))
    common_fen = bill.user_by_flat.get(flat, 0) - sum(line.amount_fen for line in own)
    return (*own, _common_line(common_fen)) if flat in bill.user_by_flat and common_fen else own


def cost_rules(policy: Policy, bill: Bill | None) -> tuple[issued.CostRule, ...]:
    """Return who pays which kind of cost by a policy; where there is a bill, only of what stands in it."""
    items = dict.fromkeys(rule.item for rule in policy.cost_shares)
    if bill is not None:
        billed = {line.item for line in bill.lines}
        items = {item: None for item in items if item in billed}
    return tuple(
        issued.CostRule(
            item=str(item_name(item)), payer=str(PAYERS[rule.payer]), said=str(rule.part()),
            clause=rule.clause, assumed=rule.assumed, reason=str(rule.reason),
        )
        for item in items for rule in policy.shares_of(item)
    )  # fmt: skip


def price_note(bill: Bill | None) -> tuple[str, ...]:
    """Return what is to be said of amounts that are estimates."""
    if bill is None or bill.contracted:
        return ()
    return (str(text("Amounts are estimates of the study; the contract's bill of quantities counts")),)


def _common_line(fen: int) -> issued.CostLine:
    return issued.CostLine(item=str(text("Part of what the building shares")), amount_fen=fen, payer=_USER)


def _cost_line(group: works.BillGroup) -> issued.CostLine:
    rule = group.rules[0] if group.rules else None
    return issued.CostLine(
        item=str(group.name), amount_fen=group.shares[Payer.USER], payer=_USER, quantity=group.quantity,
        unit=group.unit, clause=rule.clause if rule else "", assumed=bool(rule and rule.assumed),
        reason=str(rule.reason) if rule else "",
    )  # fmt: skip
