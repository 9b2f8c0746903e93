"""Reward in place of subsidy: proposals from accepted works, paid into the books once approved."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Count, Q

from fenhu import money
from fenhu.errors import Conflict, InputFault, NotAllowed, WrongState
from fenhu.money.accounts import AccountKind, TransferKind
from fenhu.money.rewarding import AcceptedWork, RewardLine, propose
from fenhu.policy import Authority
from fenhu.programme import REWARD, RewardFacts, Role
from fenhu.records import Payer
from fenhu.web import clock
from fenhu.web.access.scope import grants_of
from fenhu.web.journal import services as journal
from fenhu.web.ledger import billing, purses
from fenhu.web.ledger.keys import bank, owed, stage
from fenhu.web.ledger.models import Account, ContractBill, RewardItem, RewardProposal
from fenhu.web.ledger.paying import pay
from fenhu.web.ledger.posting import Entry, post
from fenhu.web.registry import queries as registry
from fenhu.web.rules import current_policy
from fenhu.web.works import services as works
from fenhu.wording import text

_STANDS = ("accepted", "in_use", "rewarded")


@transaction.atomic
def draft_reward(actor: Any, *, level: Authority, district: str = "") -> RewardProposal:
    """Return a new proposal of everything a level of government owes its accepted buildings today.

    Raises
    ------
    NotAllowed
        If the level is not the actor's to propose for.
    Conflict
        If a proposal of this level waits already.
    """
    _require_proposer(actor, level, district)
    if RewardProposal.objects.filter(level=level, district=district, state__in=_WAITING).exists():
        raise Conflict(text("A proposal of this level waits already; finish or drop it first"))
    policy = current_policy()
    proposal = RewardProposal.objects.create(
        level=level, district=district, drafted_on=clock.today(), since=clock.today(), policy=policy.id,
        policy_digest=policy.digest,
    )  # fmt: skip
    _fill(proposal)
    journal.record(actor=actor, subject=proposal, kind="reward.drafted", data=_said(proposal))
    return proposal


@transaction.atomic
def rework_reward(actor: Any, proposal: RewardProposal) -> RewardProposal:
    """Return a proposal worked out again by what is accepted today.

    Raises
    ------
    NotAllowed
        If the level is not the actor's to propose for.
    WrongState
        If it was proposed already.
    """
    _require_proposer(actor, proposal.level, proposal.district)
    held = RewardProposal.objects.select_for_update().get(pk=proposal.pk)
    if held.state not in ("draft", "returned"):
        raise WrongState(
            text("The proposal is “{state}”; finance returns it first", state=REWARD.states[held.state])
        )
    held.items.all().delete()
    _fill(held)
    journal.record(actor=actor, subject=held, kind="reward.reworked", data=_said(held))
    return held


def reward_facts(proposal: RewardProposal) -> RewardFacts:
    """Return what the guards of a proposal ask."""
    due = {line.code: line.payment_fen for line in lines_due(proposal.level, proposal.district)}
    said = dict(proposal.items.values_list("building__code", "payment_fen"))
    differ = sum(due.get(code) != said.get(code) for code in due.keys() | said.keys())
    return RewardFacts(lines=len(said), outdated=differ)


def pay_reward(proposal: RewardProposal, actor: Any, note: str, today: date) -> dict[str, object]:
    """Move the money of an approved proposal, and let its buildings be rewarded that are paid in full."""
    rows = proposal.items.select_related("building__supplier", "project").order_by("building__code")
    for item in rows:
        payer = Payer(item.building.authority)
        if item.payment_fen > 0:
            pay(
                actor, item.building, payer=payer, fen=item.payment_fen, way="transfer",
                reference=f"{proposal.number}/{item.building.code}",
            )  # fmt: skip
        else:
            _recover(actor, item, payer)
        _withhold(actor, item)
        if item.project.state == "in_use":
            works.fire(actor, item.project, "reward", version=item.project.version, note=str(proposal.number))
    return {"paid_on": today}


REWARD_STAMPS: Mapping[str, Any] = {
    "propose": lambda case, actor, note, today: {},
    "approve": lambda case, actor, note, today: {},
    "return": lambda case, actor, note, today: {"note": note},
    "pay": pay_reward,
    "publish": lambda case, actor, note, today: {"published_on": today},
    "drop": lambda case, actor, note, today: {},
}
_WAITING = ("draft", "proposed", "returned", "approved")


def lines_due(level: str, district: str) -> tuple[RewardLine, ...]:
    """Return what a level of government owes its buildings today, building by building."""
    authority: Authority = "city" if level == "city" else "district"
    found = [_work(bill) for bill in _bills(level, district)]
    return propose(current_policy(), found, level=authority, district=district, day=clock.today()).lines


def _bills(level: str, district: str) -> list[ContractBill]:
    bills = ContractBill.objects.filter(building__authority=level, contracted_on__isnull=False)
    if district:
        bills = bills.filter(building__district=district)
    counted = bills.annotate(
        failed=Count("project__rounds", filter=Q(project__rounds__state="failed"), distinct=True),
        defects=Count("project__defects", filter=Q(project__defects__mended_on__isnull=True), distinct=True),
    )
    return list(counted.select_related("building__supplier", "project").order_by("building__code"))


def _work(bill: ContractBill) -> AcceptedWork:
    building, project = bill.building, bill.project
    account = Account.objects.filter(code=owed(building, Payer(building.authority)).code).first()
    charged = account.charged_fen if account else 0
    stands = project.state in _STANDS
    return AcceptedWork(
        code=building.code, district=building.district, supplier=building.supplier.name,
        flats=building.flat_count, area_m2=_area_m2(building),
        accepted_on=project.accepted_on if stands else None, charged_fen=charged + bill.withheld_fen,
        paid_fen=charged - (account.balance_fen if account else 0), started_on=project.started_on,
        volunteered=bool(building.volunteered), finished_late=project.late,
        rectifications=bill.failed, open_defects=bill.defects,  # type: ignore[attr-defined]
    )  # fmt: skip


def _area_m2(building: Any) -> Decimal:
    """Return the area the bill's shares were counted with: that of the flats."""
    flats = money.flats_or_average(registry.record_of(building), registry.flat_records_of(building))
    return sum((Decimal(str(flat.area_m2)) for flat in flats), Decimal(0))


def _fill(proposal: RewardProposal) -> None:
    bills = {bill.building.code: bill for bill in _bills(proposal.level, proposal.district)}
    for line in lines_due(proposal.level, proposal.district):
        project = bills[line.code].project
        passed = project.rounds.filter(state="passed").order_by("-number").first()
        RewardItem.objects.create(
            proposal=proposal, building=project.building, project=project, round=passed, flats=line.flats,
            area_m2=line.area_m2, accepted_on=line.accepted_on, base_fen=line.base_fen, factor=line.factor,
            deducted_fen=line.deducted_fen, entitled_fen=line.entitled_fen, paid_fen=line.paid_fen,
            payment_fen=line.payment_fen, steps=[step.to_json() for step in line.steps],
        )  # fmt: skip


def _recover(actor: Any, item: RewardItem, payer: Payer) -> None:
    """Take back what was paid for an acceptance that no longer stands."""
    building, fen = item.building, -item.payment_fen
    entries = [Entry(owed(building, payer), fen), Entry(bank(building.supplier), -fen)]
    purse = purses.purse_of_bill(payer, building)
    if purse is not None:
        entries += [
            Entry(stage(purse, AccountKind.SPENT), -fen), Entry(stage(purse, AccountKind.CONTRACTED), fen),
        ]  # fmt: skip
    post(
        actor=actor, kind=TransferKind.REFUND, entries=entries, building=building,
        reference=f"{item.proposal.number}/{building.code}",
    )  # fmt: skip


def _withhold(actor: Any, item: RewardItem) -> None:
    """Let the supplier bear what was taken off the reward of an accepted building."""
    bill = ContractBill.objects.select_for_update().get(project=item.project)
    account = Account.objects.get(code=owed(item.building, Payer(item.building.authority)).code)
    withheld = account.charged_fen + bill.withheld_fen - item.entitled_fen if item.accepted_on else 0
    if withheld != bill.withheld_fen:
        ContractBill.objects.filter(pk=bill.pk).update(withheld_fen=withheld)
        billing.bring_up(actor, item.project, kind=TransferKind.SETTLE)


def _require_proposer(actor: Any, level: str, district: str) -> None:
    if (level == "district") != bool(district):
        raise InputFault(text("A district's reward names the district, the city's names none"))
    for grant in grants_of(actor):
        if grant.role == Role.CITY_BUREAU and level == "city":
            return
        if grant.role == Role.DISTRICT_GOV and level == "district" and grant.district == district:
            return
    raise NotAllowed(text("Each government proposes its own reward"))


def _said(proposal: RewardProposal) -> dict[str, object]:
    rows = list(proposal.items.values_list("building__code", "payment_fen"))
    return {
        "level": proposal.level, "district": proposal.district, "buildings": [code for code, _ in rows],
        "fen": sum(fen for _, fen in rows),
    }  # fmt: skip
