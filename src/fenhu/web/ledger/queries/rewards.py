"""Reward proposals as people read them, and what of a building's reward is not paid."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, Sum

from fenhu.money.accounts import AccountKind
from fenhu.programme import REWARD
from fenhu.records import Payer
from fenhu.web.access.scope import get_visible, grants_of
from fenhu.web.ledger.models import Account, ContractBill, RewardItem, RewardProposal
from fenhu.web.paging import placed
from fenhu.web.registry.queries import full_name
from fenhu.wording import Text

PAGE_SIZE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class RewardRow:
    """One proposal in a list."""

    id: int
    number: str
    level: str
    district: str
    state: str
    state_label: Text
    drafted_on: date
    paid_on: date | None
    buildings: int
    total_fen: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RewardItemRow:
    """What one building gets, and how the figure came about."""

    code: str
    name: str
    district: str
    supplier: str
    flats: int
    area_m2: Decimal
    accepted_on: date | None
    round_number: int | None
    base_fen: int
    factor: Decimal
    deducted_fen: int
    entitled_fen: int
    paid_fen: int
    payment_fen: int
    steps: tuple[Text, ...]

    @property
    def cumulative_fen(self) -> int:
        """Return what is paid in all with this payment."""
        return self.paid_fen + self.payment_fen


@dataclass(frozen=True, slots=True, kw_only=True)
class RewardView:
    """A proposal with its lines."""

    row: RewardRow
    version: int
    note: str
    published_on: date | None
    items: tuple[RewardItemRow, ...]
    synthetic: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedReward:
    """One page of a published proposal's lines; ``row`` sums up all of them."""

    row: RewardRow
    published_on: date | None
    items: tuple[RewardItemRow, ...]
    page: int
    pages: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedPayment:
    """What one building was paid by a published allocation; ``reward`` is its number in addresses."""

    reward: int
    level: str
    district: str
    paid_on: date | None
    payment_fen: int


def reward_rows(user: Any) -> tuple[RewardRow, ...]:
    """Return the proposals ``user`` may see, newest first."""
    rows = RewardProposal.objects.visible_to(user).order_by("-pk")
    return tuple(_row(one) for one in _summed(rows))


def reward_for(user: Any, proposal_id: int) -> RewardProposal:
    """Return the proposal ``user`` may see."""
    return get_visible(RewardProposal, user, pk=proposal_id)


def reward_view(user: Any, proposal_id: int) -> RewardView:
    """Return a proposal the user may see, with its lines."""
    return _view(reward_for(user, proposal_id))


def published_rewards() -> tuple[RewardRow, ...]:
    """Return the proposals that were published, for everybody, newest first."""
    return tuple(
        _row(one) for one in _summed(RewardProposal.objects.filter(state="published").order_by("-pk"))
    )


def published_reward(proposal_id: int, *, page: int = 1) -> PublishedReward | None:
    """Return one page of a published proposal, for everybody; None where there is none."""
    proposal = RewardProposal.objects.filter(pk=proposal_id, state="published").first()
    if proposal is None:
        return None
    row = _row(_summed(RewardProposal.objects.filter(pk=proposal.pk)).get())
    page, pages = placed(page, row.buildings, PAGE_SIZE)
    items = _lines(proposal)[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]
    return PublishedReward(
        row=row, published_on=proposal.published_on, items=tuple(_item(one) for one in items), page=page,
        pages=pages,
    )  # fmt: skip


def published_payments(building: int) -> tuple[PublishedPayment, ...]:
    """Return what a building was paid by allocations that were published, the oldest first."""
    items = RewardItem.objects.filter(building=building, proposal__state="published", payment_fen__gt=0)
    return tuple(
        PublishedPayment(
            reward=one.proposal_id, level=one.proposal.level, district=one.proposal.district,
            paid_on=one.proposal.paid_on, payment_fen=one.payment_fen,
        )
        for one in items.select_related("proposal").order_by("proposal")
    )  # fmt: skip


def levels_of(user: Any) -> tuple[tuple[str, str], ...]:
    """Return the levels, with their districts, the user proposes rewards for."""
    levels = {("city", "") for grant in grants_of(user) if grant.role == "city_bureau"}
    levels |= {("district", grant.district) for grant in grants_of(user) if grant.role == "district_gov"}
    return tuple(sorted(levels))


def unpaid_rewards(projects: Sequence[int]) -> dict[int, int]:
    """Return, by project, what its level of government still owes of the building's bill."""
    bills = ContractBill.objects.filter(project__in=projects).values_list("project", "building")
    by_building = {building: project for project, building in bills}
    owed = Account.objects.filter(
        kind=AccountKind.OWED, building__in=list(by_building), payer__in=[Payer.CITY, Payer.DISTRICT]
    )
    return {by_building[row.building_id]: row.balance_fen for row in owed if row.building_id is not None}


def _summed(rows: Any) -> Any:
    return rows.annotate(buildings=Count("items"), total=Sum("items__payment_fen"))


def _row(proposal: Any) -> RewardRow:
    return RewardRow(
        id=proposal.pk,
        number=proposal.number,
        level=proposal.level,
        district=proposal.district,
        state=proposal.state,
        state_label=REWARD.states[proposal.state],
        drafted_on=proposal.drafted_on,
        paid_on=proposal.paid_on,
        buildings=proposal.buildings,
        total_fen=proposal.total or 0,
    )


def _lines(proposal: RewardProposal) -> Any:
    return proposal.items.select_related("building__supplier", "round").order_by("building__code")


def _view(proposal: RewardProposal) -> RewardView:
    rows = _lines(proposal)
    return RewardView(
        row=_row(_summed(RewardProposal.objects.filter(pk=proposal.pk)).get()),
        version=proposal.version,
        note=proposal.note,
        published_on=proposal.published_on,
        items=tuple(_item(one) for one in rows),
        synthetic=any(one.building.synthetic for one in rows),
    )


def _item(item: Any) -> RewardItemRow:
    building = item.building
    return RewardItemRow(
        code=building.code,
        name=full_name(building.estate, building.name),
        district=building.district,
        supplier=building.supplier.name,
        flats=item.flats,
        area_m2=item.area_m2,
        accepted_on=item.accepted_on,
        round_number=item.round.number if item.round else None,
        base_fen=item.base_fen,
        factor=item.factor,
        deducted_fen=item.deducted_fen,
        entitled_fen=item.entitled_fen,
        paid_fen=item.paid_fen,
        payment_fen=item.payment_fen,
        steps=tuple(Text.from_json(step) for step in item.steps),
    )
