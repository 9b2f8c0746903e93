"""What the books do by themselves when something happened in the programme, in the same transaction."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from django.apps import apps

from fenhu.money.accounts import AccountKind, TransferKind
from fenhu.policy import Policy
from fenhu.programme import FUND, REWARD
from fenhu.records import Payer, Source
from fenhu.web import clock
from fenhu.web.journal import services as journal
from fenhu.web.ledger import billing, mains, purses
from fenhu.web.ledger.funding import FUND_STAMPS, fund_facts
from fenhu.web.ledger.models import ContractBill, FundApplication, RewardProposal
from fenhu.web.ledger.posting import post
from fenhu.web.ledger.rewarding import REWARD_STAMPS, reward_facts
from fenhu.web.registry.queries import full_name
from fenhu.web.rules import current_policy
from fenhu.web.works import queries as works_queries
from fenhu.web.works import services as works
from fenhu.wording import text


def begin() -> None:
    """Follow the journal."""
    journal.follow("registry.budget", _budget_entered)
    journal.follow("annual_plan.approve", _plan_approved)
    journal.follow("project.contracts", _contracts_signed)
    journal.follow("project.contract", _contracts_complete)
    journal.follow("project.withdraw", _withdrawn)
    works.walk(FundApplication, works.Subject(
        workflow=FUND, facts=fund_facts, stamps=FUND_STAMPS, show=_fund_shown,
    ))  # fmt: skip
    works.walk(RewardProposal, works.Subject(
        workflow=REWARD, facts=reward_facts, stamps=REWARD_STAMPS, show=_reward_shown,
    ))  # fmt: skip


def _fund_shown(application: FundApplication) -> works.Shown:
    building = application.building
    title = text("Repair fund for {building}", building=full_name(building.estate, building.name))
    return works.Shown(kind="fund", key=building.code, title=title, district=building.district)


def _reward_shown(proposal: RewardProposal) -> works.Shown:
    title = text(
        "Reward of {district} {day}", district=proposal.district, day=proposal.drafted_on.isoformat()
    )
    return works.Shown(kind="reward", key=str(proposal.pk), title=title, district=proposal.district)


def _budget_entered(actor: Any, subject: Any, data: Mapping[str, Any]) -> None:
    purses.allocate(
        actor, source=Source(data["source"]), scope=data["scope"], year=data["year"], amount_fen=data["fen"]
    )


def _plan_approved(actor: Any, plan: Any, data: Mapping[str, Any]) -> None:
    """Commit what the plan's buildings take from each purse; let go what left the plan again."""
    listed = {
        item.building_id: item.building
        for item in plan.items.select_related("building__supplier", "building__owner")
    }
    left = purses.committed_buildings(plan.supplier, plan.year) - set(listed)
    buildings = {**listed, **apps.get_model("registry", "Building").objects.in_bulk(left)}
    shares = works_queries.planned_shares(list(listed))
    mains.let_go(left)
    contracted = set(
        ContractBill.objects.filter(building__in=list(buildings), contracted_on__isnull=False).values_list(
            "building", flat=True
        )
    )
    policy = current_policy()
    for pk in sorted(set(buildings) - contracted):
        wanted = {Payer(payer): fen for payer, fen in shares.get(pk, {}).items()} if pk in listed else {}
        _commit(actor, buildings[pk], plan.year, _with_mains(wanted, buildings[pk], policy))
    opened = mains.take_up([listed[pk] for pk in sorted(set(listed) - contracted)], plan.year)
    mains.promise(opened, policy)
    for one in opened:
        wanted = {Payer(payer): fen for payer, fen in shares.get(one.building_id, {}).items()}
        _commit(actor, one.building, plan.year, _with_mains(wanted, one.building, policy))


def _with_mains(wanted: Mapping[Payer, int], building: Any, policy: Policy) -> Mapping[Payer, int]:
    """Return what is asked of each payer for a building and the mains that stand in its bill."""
    total = Counter(wanted)
    total.update(mains.shares_for(building, policy))
    return total


def _commit(actor: Any, building: Any, year: int, wanted: Mapping[Payer, int]) -> None:
    entries = purses.staged(actor, building, year, wanted, into=AccountKind.COMMITTED)
    if any(entry.fen for entry in entries):
        post(
            actor=actor,
            kind=TransferKind.COMMIT,
            entries=entries,
            building=building,
            reference=f"{year}-{building.code}",
        )


def _contracts_signed(actor: Any, project: Any, data: Mapping[str, Any]) -> None:
    billing.draw_up_bill(actor, project)
    billing.bring_up(actor, project, kind=TransferKind.CHARGE)


def _contracts_complete(actor: Any, project: Any, data: Mapping[str, Any]) -> None:
    billing.draw_up_bill(actor, project)
    ContractBill.objects.filter(project=project, contracted_on__isnull=True).update(
        contracted_on=clock.today()
    )
    billing.bring_up(actor, project, kind=TransferKind.CHARGE)


def _withdrawn(actor: Any, project: Any, data: Mapping[str, Any]) -> None:
    """Take back what was charged and promised for a building that leaves the programme."""
    project.refresh_from_db()
    billing.bring_up(actor, project, kind=TransferKind.CANCEL)
    _commit(actor, project.building, project.year, {})
    mains.let_go([project.building_id])
