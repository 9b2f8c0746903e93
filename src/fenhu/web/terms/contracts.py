"""What the contract of one flat says (三（三）): what its household reads and signs, and the paper prints."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from fenhu.money.instalments import instalments
from fenhu.papers import issued
from fenhu.policy import Policy
from fenhu.policy.paying import EVENT_NAMES
from fenhu.records import Payer
from fenhu.web.rules import policy_named
from fenhu.web.terms.common import (
    basis_of,
    building_name,
    bureau,
    consequences,
    first_day,
    target_form,
    tenths,
)
from fenhu.web.terms.costs import Bill, bill_of, cost_rules, costs_of, price_note, works_of
from fenhu.web.works import queries as works
from fenhu.wording import text


def contracts_of(flats: Sequence[Any]) -> list[issued.Contract]:
    """Return what the contracts of flats (``works.FlatWork``) say as things stand, in their order.

    They are in the language that is spoken; a contract speaks Chinese. A project's bill is read once.
    """
    bills: dict[int, Bill | None] = {}
    for work in flats:
        if work.project_id not in bills:
            bills[work.project_id] = bill_of(work.project)
    return [_contract(work, bills[work.project_id]) for work in flats]


def _contract(work: Any, bill: Bill | None) -> issued.Contract:
    project, flat, building = work.project, work.flat, work.project.building
    policy = policy_named(project.policy)
    costs = costs_of(bill, flat.flat_id)
    return issued.Contract(
        supplier=building.supplier.name, supplier_lead=project.supplier_lead,
        supplier_phone=project.supplier_phone, owner_name=flat.owner_name, owner_phone=flat.phone,
        building=building_name(building), flat=flat.flat_id, area_m2=tenths(flat.area_m2),
        address=building.address, contractor=project.contractor.name if project.contractor else "",
        basis=basis_of(policy, "三（三）"), form_after=target_form(policy, building.system_form),
        works=works_of(bill, flat.flat_id), costs=costs, cost_rules=cost_rules(policy, bill),
        instalments=_instalments(policy, sum(line.amount_fen for line in costs)), begins=first_day(project),
        ends=works.project_deadline(project), warranty_seasons=policy.warranty.seasons,
        warranty_reason=str(policy.warranty.reason) if policy.warranty.assumed else "",
        consequences=consequences(policy), complaint_office=bureau(), assumptions=price_note(bill),
        contract_number=work.contract_number, signed_on=work.contract_on,
    )  # fmt: skip


def _instalments(policy: Policy, amount_fen: int) -> tuple[issued.Instalment, ...]:
    """Return in which parts a household pays, each with its event in words."""
    days = {rule.event: rule.within_days for rule in policy.instalments_of(Payer.USER)}
    return tuple(
        issued.Instalment(
            when=str(text("within {days} days of {event}", days=days.get(part.event, 0),
                          event=EVENT_NAMES[part.event])),
            amount_fen=part.fen,
        )
        for part in instalments(amount_fen, Payer.USER, policy, {})
    )  # fmt: skip
