"""How the synthetic city's money comes in: most households pay, a few do not; offices pay what is due."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from django.db import transaction

from fenhu.policy import Authority
from fenhu.records import Payer
from fenhu.web import clock
from fenhu.web.access.models import User
from fenhu.web.ledger import queries
from fenhu.web.ledger import services as ledger
from fenhu.web.ledger.models import RewardProposal
from fenhu.web.playing.people import People
from fenhu.web.works import services
from fenhu.web.works.models import Project

_NOTHING_EVERY, _HALF_EVERY = 9, 7
_OFFICES = (Payer.OWNER, Payer.SUPPLIER)
DAYS_TO_PROPOSE = 10


def households_pay(supplier: User, project: Project) -> None:
    """Record what the households of a building pay: one in nine nothing, one in seven of the others half."""
    found = queries.building_money(supplier, project.building.code)
    for place, row in enumerate(found.flats):
        if place % _NOTHING_EVERY == _NOTHING_EVERY - 1 or row.owed_fen <= 0:
            continue
        fen = row.owed_fen // 2 if place % _HALF_EVERY == _HALF_EVERY - 1 else row.owed_fen
        ledger.receive(
            supplier, project.building, payer=Payer.USER, flat=queries.flat_of(project.building, row.flat_id),
            fen=fen, way="counter" if place % 2 else "bank",
        )  # fmt: skip


def offices_pay(supplier: User, project: Project) -> None:
    """Record that owner unit and supplier pay what is due by today."""
    found = queries.building_money(supplier, project.building.code)
    for row in found.offices:
        if row.payer in _OFFICES and row.overdue_fen:
            ledger.receive(
                supplier, project.building, payer=row.payer, fen=row.overdue_fen, way="transfer"
            )  # fmt: skip


def pay_rewards(people: People, projects: Iterable[Project], day: date) -> None:
    """Have every level of government propose, approve, pay and publish the rewards of its buildings."""
    for level, district in levels_of(projects):
        proposal = propose_reward(people, level, district, day - timedelta(days=DAYS_TO_PROPOSE))
        if proposal is not None:
            pay_reward(people, proposal, day)


def levels_of(projects: Iterable[Project]) -> list[tuple[Authority, str]]:
    """Return the levels of government that owe rewards for buildings in use, with their districts."""
    in_use = [one.building for one in projects if one.state == "in_use"]
    levels: set[tuple[Authority, str]] = {("city", "") for one in in_use if one.authority == "city"}
    levels |= {("district", one.district) for one in in_use if one.authority == "district"}
    return sorted(levels)


@transaction.atomic
def propose_reward(people: People, level: Authority, district: str, day: date) -> RewardProposal | None:
    """Return a proposal of everything due at a level, None where nothing is."""
    proposer = people.bureau() if level == "city" else people.district(district)
    with clock.on(day):
        proposal = ledger.draft_reward(proposer, level=level, district=district)
        step = "propose" if proposal.items.exists() else "drop"
        services.fire(proposer, proposal, step, version=proposal.version)
    return proposal if step == "propose" else None


@transaction.atomic
def pay_reward(people: People, proposal: RewardProposal, day: date) -> None:
    """Have finance approve and pay a proposal, and its proposer publish it."""
    citys = proposal.level == "city"
    proposer = people.bureau() if citys else people.district(proposal.district)
    money = people.finance(proposal.level, proposal.district)
    with clock.on(day):
        for actor, step in ((money, "approve"), (money, "pay"), (proposer, "publish")):
            proposal.refresh_from_db()
            services.fire(actor, proposal, step, version=proposal.version)
