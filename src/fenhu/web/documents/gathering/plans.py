"""What the papers of a year say: the implementation scheme, the reward allocation, the commendations."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from typing import Any

from fenhu.papers import AllocationRow, RewardAllocation, form_name, issued, payer_name
from fenhu.records import SystemForm
from fenhu.web import clock
from fenhu.web.ledger import queries as ledger
from fenhu.web.registry.queries import full_name
from fenhu.web.rules import current_policy
from fenhu.web.terms.common import basis_of, bureau, target_form, tenths
from fenhu.web.terms.costs import cost_rules
from fenhu.web.works import queries as works
from fenhu.wording import CHINESE, Text, text

_FILED, _PRAISED, _EASY = "三（二）", "四（一）", "二（四）"


def schemes(reader: Any, plans: Sequence[Any]) -> list[issued.ImplementationScheme]:
    """Return what the schemes of annual plans say."""
    return [_scheme(works.annual_plan(reader, plan.pk)) for plan in plans]


def allocations(reader: Any, rewards: Sequence[Any]) -> list[RewardAllocation]:
    """Return the allocations of rewards."""
    return [allocation_of(ledger.reward_view(reader, one.pk)) for one in rewards]


def allocation_of(view: ledger.RewardView) -> RewardAllocation:
    """Return a proposal as its allocation table says it."""
    return RewardAllocation(
        city=str(current_policy().city.name), year=view.row.drafted_on.year,
        basis=f"{current_policy().document} {_PRAISED}", prepared_on=clock.today(),
        synthetic=view.synthetic, rows=tuple(_allocated(row) for row in view.items),
    )  # fmt: skip


def commendation_lists(reader: Any, lists: Sequence[Any]) -> list[issued.CommendationList]:
    """Return the commendations of years; names as the issuing office may read them."""
    return [_commendations(reader, one.year) for one in lists]


def _scheme(view: works.PlanView) -> issued.ImplementationScheme:
    policy = current_policy()
    return issued.ImplementationScheme(
        year=view.row.year, supplier=view.row.supplier, to=bureau(),
        buildings=tuple(_listed(item) for item in view.items), basis=basis_of(policy, _FILED),
        narrative=tuple(line.strip() for line in view.scheme.splitlines() if line.strip()),
        purses=tuple(
            issued.CostLine(item=str(payer_name(payer)), amount_fen=fen, payer=str(payer_name(payer)))
            for payer, fen in view.shares.items()
        ),
        cost_rules=cost_rules(policy, None),
        finish_by=policy.calendar.completion_deadline(view.row.year),
    )  # fmt: skip


def _listed(item: works.PlanItem) -> issued.SchemeBuilding:
    building = item.building
    return issued.SchemeBuilding(
        building=full_name(building.estate, building.name), district=building.district, flats=building.flats,
        area_m2=tenths(building.heated_area_m2), form_before=str(form_name(SystemForm(building.system_form))),
        form_after=target_form(current_policy(), building.system_form),
        reason=_grounds(item.reasons).in_language(CHINESE),
    )  # fmt: skip


def _grounds(reasons: Sequence[Text]) -> Text:
    """Return why a building is in the scheme: the policy's criteria it meets, never the planner's sums."""
    met = [name for one in reasons if isinstance(name := one.params.get("name"), Text)]
    if not met:
        return text("easy first, step by step (clause {clause})", clause=_EASY)
    return reduce(lambda one, other: text("{one}, {other}", one=one, other=other), met)


def _allocated(row: ledger.RewardItemRow) -> AllocationRow:
    return AllocationRow(
        district=row.district, supplier=row.supplier, building=row.name, households=row.flats,
        acceptance_number=f"{row.code}-{row.round_number or 0}", area_m2=row.area_m2, base_fen=row.base_fen,
        payment_fen=row.payment_fen, progress_ratio=row.factor, deduction_fen=row.deducted_fen,
        advance_fen=row.paid_fen, cumulative_fen=row.cumulative_fen,
        remaining_fen=row.entitled_fen - row.cumulative_fen,
    )  # fmt: skip


def _commendations(reader: Any, year: int) -> issued.CommendationList:
    policy = current_policy()
    return issued.CommendationList(
        year=year, to=str(text("All offices and households concerned")), basis=basis_of(policy, _PRAISED),
        rule="；".join(str(rule.name) for rule in policy.commendation),
        rows=tuple(
            issued.Praised(
                name=one.owner_name, building=one.building, flat=one.flat_id, district=one.district,
                reason=str(one.rule), amount_fen=one.amount_fen,
            )
            for one in works.praises(reader, year=year)
        ),
    )  # fmt: skip
