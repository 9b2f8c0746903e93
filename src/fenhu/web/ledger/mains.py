"""The mains of a branch: their cost stands in the bill of one building, the first of the branch to convert.

Project money gives what the supplier's own purse lacks, within what the policy lets it pay, as plans take it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from fenhu import money
from fenhu.money.accounts import PURSE_OF
from fenhu.policy import Policy
from fenhu.records import BillLine, Payer
from fenhu.units import yuan_from_fen
from fenhu.web.ledger import purses
from fenhu.web.ledger.models import BranchMains, ContractBill, Purse
from fenhu.web.registry import queries as registry

ITEM = "mains"


def lines_for(building: Any) -> tuple[BillLine, ...]:
    """Return the mains as a line of the building's bill; nothing if another building carries them."""
    carried = BranchMains.objects.filter(building=building).first()
    if carried is None:
        return ()
    return (
        BillLine(
            line=ITEM, item=ITEM, flat="", quantity=Decimal(1), unit="项",
            unit_price_yuan=yuan_from_fen(carried.cost_fen), cost_fen=carried.cost_fen,
        ),
    )  # fmt: skip


def granted_fen(building: Any) -> int | None:
    """Return the project money promised for the mains a building carries; None where it carries none."""
    found = BranchMains.objects.filter(building=building).values_list("upper_fen", flat=True).first()
    return found or None


def take_up(buildings: Iterable[Any], year: int) -> list[BranchMains]:
    """Return the branches without mains that these buildings open; each one's first building carries them."""
    taken = []
    branches = registry.branches_without_mains(buildings)
    known = set(
        BranchMains.objects.filter(cluster__in=[one.pk for one, _ in branches]).values_list(
            "cluster", flat=True
        )
    )
    for branch, carrier in branches:
        if branch.pk not in known:
            taken.append(
                BranchMains.objects.create(
                    cluster=branch, building=carrier, year=year, cost_fen=branch.mains_fen
                )
            )
    return taken


def let_go(building_ids: Iterable[int]) -> None:
    """Let buildings that leave a plan carry no mains, unless they are contracted."""
    contracted = ContractBill.objects.exclude(project__state="withdrawn").values("building")
    BranchMains.objects.filter(building__in=list(building_ids)).exclude(building__in=contracted).delete()


def promise(opened: Sequence[BranchMains], policy: Policy) -> None:
    """Promise project money for what a supplier's purse lacks for all branches he opens together.

    The first branches take as much as the policy lets them, so that the purse still reaches for its own part
    of the last.
    """
    if not opened:
        return
    left = _lacking_fen(opened)
    for carried in opened:
        most = _shared(carried.building, policy, carried.cost_fen).get(Payer.UPPER, 0)
        carried.upper_fen = min(left, most)
        carried.save(update_fields=["upper_fen"])
        left -= carried.upper_fen


def shares_for(building: Any, policy: Policy) -> Mapping[Payer, int]:
    """Return who pays the mains that stand in a building's bill; nobody where none do."""
    return _shared(building, policy, granted_fen(building))


def _shared(building: Any, policy: Policy, grant_fen: int | None) -> Mapping[Payer, int]:
    lines = lines_for(building)
    if not lines:
        return {}
    facts = money.sharing_facts(
        registry.record_of(building),
        registry.flat_records_of(building),
        policy,
        grant_fen=grant_fen,
    )
    return {payer: fen for payer, fen in money.share_bill(lines, policy, facts).total.items() if fen}


def _lacking_fen(opened: Sequence[BranchMains]) -> int:
    """Return what project money has to give, and can, for the supplier's purse to suffice."""
    if not Purse.objects.filter(source=PURSE_OF[Payer.UPPER]).exists():
        return 0
    building, year = opened[0].building, opened[0].year
    upper = purses.purse_for(Payer.UPPER, building, year)
    own = purses.purse_for(Payer.SUPPLIER, building, year)
    there = purses.available_fen(upper) if upper is not None else 0
    cost_fen = sum(one.cost_fen for one in opened)
    lacking = cost_fen - (purses.available_fen(own) if own is not None else 0)
    return max(0, min(there, lacking))
