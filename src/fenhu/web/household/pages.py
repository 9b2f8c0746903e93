"""A flat's page as one value: what works, ledger and metering know of it, and what it declared."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from fenhu.policy import Policy
from fenhu.programme import ROOM_TEMPERATURE
from fenhu.records import Payer
from fenhu.web.household.models import CasePhoto, Declaration, RoomReport
from fenhu.web.household.texts import ReadContract, ReadText, consent_text, contract_text
from fenhu.web.ledger import queries as ledger
from fenhu.web.metering import queries as metering
from fenhu.web.rules import policy_named
from fenhu.web.works import queries as works
from fenhu.wording import Text

if TYPE_CHECKING:
    from fenhu.web.household.doors import Door

SHOWN_REPORTS = 30
COLD_C = 18.0


@dataclass(frozen=True, slots=True, kw_only=True)
class PayLine:
    """One kind of work in the flat: what it costs, what the household pays of it, by which clauses."""

    name: Text | str
    quantity: Decimal
    unit: str
    cost_fen: int
    own_fen: int
    clauses: tuple[str, ...]
    assumed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class HeatBill:
    """One season's heat bill by meter, step by step."""

    season: Text
    due_fen: int
    steps: tuple[metering.Step, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FlatPage:
    """Everything a flat's page shows.

    ``consent`` and ``contract`` are the texts that may be answered and signed now, None where there is
    nothing to do; ``signed`` is a signature the supplier has not given its number yet. Until the household
    has proved itself, what it wrote is left out.
    """

    home: works.HomeView
    money: ledger.HomeMoney | None
    lines: tuple[PayLine, ...]
    rules: tuple[works.BillRule, ...]
    pays_fen: int
    bills: tuple[HeatBill, ...]
    cases: tuple[works.HomeCase, ...]
    photos: tuple[CasePhoto, ...]
    reports: tuple[RoomReport, ...]
    declared: tuple[Declaration, ...]
    consent: ReadText | None
    contract: ReadContract | None
    signed: Declaration | None
    least_room_c: float


def flat_page(door: Door) -> FlatPage:
    """Return a flat's page as whoever stands in the door may read it."""
    flat = door.flat
    home = works.home_view(flat, clear=door.proved)
    money = ledger.home_money(flat, home.project)
    groups = money.lines if money else home.estimate
    policy = policy_named(home.project.policy if home.project else "")
    declared = tuple(Declaration.objects.filter(flat=flat).order_by("-pk"))
    offered = money and home.work and home.may_answer and home.consent
    contract = contract_text(home.work) if offered else None
    own = tuple(CasePhoto.objects.filter(case__flat=flat).order_by("pk")) if door.proved else ()
    return FlatPage(
        home=home, money=money, lines=tuple(map(_line, groups)), rules=_rules(groups),
        pays_fen=money.total_fen if money else sum(_own_fen(group) for group in groups),
        bills=tuple(_bill(season, bill) for season, bill in metering.heat_bills_at(flat)),
        cases=works.cases_at(flat) if door.proved else (), photos=own,
        reports=tuple(RoomReport.objects.filter(flat=flat).order_by("-pk")[:SHOWN_REPORTS]),
        declared=declared if door.proved else (),
        consent=consent_text(home, policy) if home.may_answer else None,
        contract=contract, signed=_signed(declared, contract), least_room_c=least_room_c(policy),
    )  # fmt: skip


def _line(group: works.BillGroup) -> PayLine:
    own = [rule for rule in group.rules if rule.payer == Payer.USER]
    return PayLine(
        name=group.name, quantity=group.quantity.normalize(), unit=group.unit, cost_fen=group.cost_fen,
        own_fen=_own_fen(group), clauses=tuple(dict.fromkeys(rule.clause for rule in own or group.rules)),
        assumed=any(rule.assumed for rule in own or group.rules),
    )  # fmt: skip


def _own_fen(group: works.BillGroup) -> int:
    return group.shares.get(Payer.USER, 0)


def _rules(groups: Sequence[works.BillGroup]) -> tuple[works.BillRule, ...]:
    """Return the rules that share the flat's lines, each once."""
    found: list[works.BillRule] = []
    for group in groups:
        found += [rule for rule in group.rules if rule not in found]
    return tuple(found)


def _bill(season: metering.Season, bill: metering.SeasonBill) -> HeatBill:
    return HeatBill(season=season.name, due_fen=bill.due_fen, steps=metering.heat_bill_steps(bill))


def _signed(declared: Sequence[Declaration], contract: ReadContract | None) -> Declaration | None:
    """Return the newest signature under the contract as it reads now, as long as it waits for its number."""
    if contract is None:
        return None
    signatures = (one for one in declared if one.kind == "contract")
    return next((one for one in signatures if one.digest == contract.digest), None)


def least_room_c(policy: Policy) -> float:
    """Return below which temperature a room is cold: the policy's limit, else the one every picture draws."""
    limits = (one.at_least for one in policy.acceptance.test if one.code == ROOM_TEMPERATURE)
    return next((float(limit) for limit in limits if limit is not None), COLD_C)
