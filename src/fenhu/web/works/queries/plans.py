"""Annual plans: the list, one plan with its buildings, and the steps that are open to a person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, F, Q, Sum

from fenhu.programme import ANNUAL_PLAN, Role
from fenhu.records import Payer
from fenhu.web.access.scope import get_visible
from fenhu.web.journal.queries import EntryView, entries_of
from fenhu.web.registry.queries import full_name, visible_buildings
from fenhu.web.rules import current_policy
from fenhu.web.works.acting import acts_on
from fenhu.web.works.facts.plan import plan_facts
from fenhu.web.works.judging import JUDGED
from fenhu.web.works.listing import may_list
from fenhu.web.works.models import AnnualPlan, AnnualPlanItem, BuildingOutcome, LeftOut
from fenhu.web.works.planning import own_supplier, proposed
from fenhu.web.works.queries.buildings import BuildingRow, rows_of, with_outcome
from fenhu.web.works.queries.steps import OpenStep, open_steps
from fenhu.web.works.stored import shares_from, texts_from
from fenhu.wording import Text, text

# What one is offered to put on a plan; any other of the supplier's buildings is put there by its number.
MOST_LISTABLE = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanRow:
    """One annual plan in a list; the figures are those of the buildings the reader may see."""

    id: int
    supplier: str
    year: int
    state: str
    state_label: Text
    late: bool
    filed_at: date | None
    decided_at: date | None
    buildings: int
    flats: int
    heated_area_m2: float


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanItem:
    """One building on a plan, and why it is there."""

    building: BuildingRow
    reasons: tuple[Text, ...]
    objection: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanCheck:
    """One rule of the policy held against a plan; ``kept`` is None where it cannot be said yet."""

    rule: Text
    clause: str
    kept: bool | None
    found: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOutRow:
    """A building of the priority class that the study wants by this year and the plan does not list."""

    code: str
    name: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """What an amendment changes against the plan as it was approved last."""

    added: tuple[str, ...]
    removed: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanView:
    """One annual plan; ``version`` goes back with a step, so that nobody overwrites another's."""

    row: PlanRow
    version: int
    due: date
    note: str
    filed_by: str
    decided_by: str
    cost_fen: int
    shares: Mapping[Payer, int]
    scheme: str
    checks: tuple[PlanCheck, ...]
    items: tuple[PlanItem, ...]
    left_out: tuple[LeftOutRow, ...]
    difference: Difference | None
    may_judge: bool
    may_list: bool
    listable: tuple[BuildingRow, ...]
    steps: tuple[OpenStep, ...]
    history: tuple[EntryView, ...]


def annual_plans(
    user: Any, *, year: int | None = None, states: Collection[str] = ()
) -> tuple[PlanRow, ...]:  # fmt: skip
    """Return the annual plans ``user`` may see, of ``states`` if any are named; newest first, by supplier."""
    plans = AnnualPlan.objects.visible_to(user)
    if year is not None:
        plans = plans.filter(year=year)
    if states:
        plans = plans.filter(state__in=states)
    seen = Q(items__building__in=visible_buildings(user))
    counted = plans.select_related("supplier").annotate(
        buildings=Count("items", filter=seen),
        flats=Sum("items__building__flat_count", filter=seen),
        area=Sum("items__building__heated_area_m2", filter=seen),
    )
    return tuple(
        _row(plan, plan.buildings, plan.flats or 0, plan.area or 0.0)
        for plan in counted.order_by("-year", "supplier__code")
    )


def annual_plan(user: Any, plan_id: int) -> PlanView:
    """Return one annual plan with the buildings ``user`` may see.

    Raises
    ------
    django.http.Http404
        If there is no such plan, or it is not the user's to see.
    """
    plan = get_visible(
        AnnualPlan.objects.select_related("supplier", "filed_by", "decided_by"), user, pk=plan_id
    )
    items = _items(user, plan)
    flats = sum(item.building.flats for item in items)
    heated_area_m2 = sum(item.building.heated_area_m2 for item in items)
    return PlanView(
        row=_row(plan, len(items), flats, heated_area_m2),
        version=plan.version,
        due=current_policy().calendar.filing_deadline(plan.year),
        note=plan.note,
        filed_by=str(plan.filed_by or ""),
        decided_by=str(plan.decided_by or ""),
        cost_fen=sum(item.building.cost_fen or 0 for item in items),
        shares=_shares(user, plan),
        scheme=plan.scheme,
        checks=tuple(_checks(user, plan)),
        items=items,
        left_out=left_out(user, plan),
        difference=_difference(plan),
        may_judge=plan.state in JUDGED and acts_on(user, plan, Role.CITY_BUREAU),
        may_list=may_list(user, plan),
        listable=_listable(user, plan) if may_list(user, plan) else (),
        steps=open_steps(user, plan),
        history=entries_of(plan),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """What the plan in force has for a supplier's year."""

    year: int
    buildings: int
    flats: int
    cost_fen: int


def proposal(user: Any, year: int) -> Proposal | None:
    """Return what a supplier may take over as its plan of ``year``; None where that is there, or nothing is.

    Somebody who is no supplier is proposed nothing.
    """
    supplier = own_supplier(user)
    if supplier is None or AnnualPlan.objects.filter(supplier=supplier, year=year).exists():
        return None
    outcomes = proposed(supplier.pk, year)
    if not outcomes:
        return None
    return Proposal(
        year=year, buildings=len(outcomes), flats=sum(one.building.flat_count for one in outcomes),
        cost_fen=sum(one.cost_fen for one in outcomes),
    )  # fmt: skip


def _listable(user: Any, plan: AnnualPlan) -> tuple[BuildingRow, ...]:
    """Return the supplier's buildings that stand on no plan yet, most urgent first."""
    own = visible_buildings(user).filter(supplier=plan.supplier_id, plan_items=None)
    urgent_first = F("outcome__priority").desc(nulls_last=True)
    return tuple(rows_of(with_outcome(own).order_by(urgent_first, "code")[:MOST_LISTABLE]))


def plan_cost_fen(user: Any, plan: AnnualPlan) -> int:
    """Return what the buildings on a plan cost together, of those ``user`` may see."""
    return sum(_shares(user, plan).values())


def annual_plan_for(user: Any, plan_id: int) -> AnnualPlan:
    """Return the plan itself, for whoever is about to take a step on it.

    Raises
    ------
    django.http.Http404
        If there is no such plan, or it is not the user's to see.
    """
    return get_visible(AnnualPlan, user, pk=plan_id)


def left_out(user: Any, plan: AnnualPlan) -> tuple[LeftOutRow, ...]:
    """Return the priority class's buildings that the study wants by this year and no plan lists."""
    wanted = BuildingOutcome.objects.visible_to(user).filter(
        study__current=True, priority_class=True, planned_year__lte=plan.year,
        building__supplier=plan.supplier_id,
    )  # fmt: skip
    listed = AnnualPlanItem.objects.filter(plan__supplier=plan.supplier_id, plan__year__lte=plan.year)
    reasons = dict(LeftOut.objects.filter(plan=plan).values_list("building", "reason"))
    missing = wanted.exclude(building__in=listed.values("building")).select_related("building")
    return tuple(
        LeftOutRow(
            code=one.building.code, name=full_name(one.building.estate, one.building.name),
            reason=reasons.get(one.building_id, ""),
        )
        for one in missing.order_by("-priority", "building__code")
    )  # fmt: skip


def _difference(plan: AnnualPlan) -> Difference | None:
    """Return what the journal says was added and removed since the last approval; None before any."""
    entries = entries_of(plan)
    approvals = [place for place, entry in enumerate(entries) if entry.kind == "annual_plan.approve"]
    if not approvals or plan.state not in ("amending", "amended"):
        return None
    now: Counter[str] = Counter()
    for entry in entries[approvals[-1] :]:
        if entry.kind == "annual_plan.added":
            now[entry.data["building"]] += 1
        if entry.kind == "annual_plan.removed":
            now[entry.data["building"]] -= 1
    return Difference(
        added=tuple(sorted(code for code, count in now.items() if count > 0)),
        removed=tuple(sorted(code for code, count in now.items() if count < 0)),
    )


def _shares(user: Any, plan: AnnualPlan) -> dict[Payer, int]:
    total: Counter[str] = Counter()
    outcomes = BuildingOutcome.objects.visible_to(user).filter(study__current=True)
    for shares in outcomes.filter(building__plan_items__plan=plan).values_list("shares", flat=True):
        total.update(shares)
    return shares_from(total)


def _checks(user: Any, plan: AnnualPlan) -> Iterator[PlanCheck]:
    facts, policy = plan_facts(plan), current_policy()
    due, filed = policy.calendar.filing_deadline(plan.year), plan.filed_at
    yield PlanCheck(
        rule=text("Filed by {due}", due=due.isoformat()), clause=policy.calendar.filing.clause,
        kept=None if filed is None else not plan.late,
        found=text("not filed yet") if filed is None else text("filed {day}", day=filed.isoformat()),
    )  # fmt: skip
    yield PlanCheck(
        rule=text("Only buildings the supplier heats"),
        clause="二（三）",
        kept=not facts.foreign_buildings,
        found=text("{count} heated by others", count=len(facts.foreign_buildings)),
    )
    yield PlanCheck(
        rule=text("After the conversion every flat can be shut off, regulated and metered alone"),
        clause=policy.form.clause, kept=not facts.unfileable,
        found=facts.unfileable[0] if facts.unfileable else text("all buildings"),
    )  # fmt: skip
    silent = [row for row in left_out(user, plan) if not row.reason]
    yield PlanCheck(
        rule=text("Buildings of the priority class come first, or are left out with a reason"),
        clause="三（二）", kept=not silent,
        found=text("{count} left out without a reason", count=len(silent)),
    )  # fmt: skip
    yield from _targets(plan)


def _targets(plan: AnnualPlan) -> Iterator[PlanCheck]:
    """Yield the year's target against all suppliers' plans together."""
    target = current_policy().programme.targets.get(plan.year)
    if target is None:
        return
    listed = AnnualPlanItem.objects.filter(plan__year=plan.year)
    flats = listed.aggregate(flats=Sum("building__flat_count"))["flats"] or 0
    yield PlanCheck(
        rule=text("The city's target of {year}: {buildings} buildings, {flats} flats",
                  year=str(plan.year), buildings=target.buildings, flats=target.flats),
        clause=target.clause, kept=listed.count() >= target.buildings and flats >= target.flats,
        found=text("all plans together: {buildings} buildings, {flats} flats",
                   buildings=listed.count(), flats=flats),
    )  # fmt: skip


def _row(plan: AnnualPlan, buildings: int, flats: int, heated_area_m2: float) -> PlanRow:
    return PlanRow(
        id=plan.pk, supplier=plan.supplier.name, year=plan.year, state=plan.state,
        state_label=ANNUAL_PLAN.states[plan.state], late=plan.late, filed_at=plan.filed_at,
        decided_at=plan.decided_at, buildings=buildings, flats=flats, heated_area_m2=heated_area_m2,
    )  # fmt: skip


def _items(user: Any, plan: AnnualPlan) -> tuple[PlanItem, ...]:
    items = {
        code: (texts_from(reason), objection)
        for code, reason, objection in AnnualPlanItem.objects.filter(plan=plan).values_list(
            "building__code", "reason", "objection"
        )
    }
    seen = with_outcome(visible_buildings(user)).filter(plan_items__plan=plan).order_by("district", "code")
    return tuple(
        PlanItem(building=row, reasons=items[row.code][0], objection=items[row.code][1])
        for row in rows_of(seen)
    )
