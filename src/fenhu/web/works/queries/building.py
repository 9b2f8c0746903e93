"""One building: what it is, why it is cold, what the conversion would bring, who pays, and when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Q

from fenhu.money import bill_from
from fenhu.programme import Role
from fenhu.records import Assumption, BillLine, BuildingRecord, CriterionResult, FlatUse, Payer
from fenhu.web.access.gates import has_role
from fenhu.web.access.privacy import masked_name, masked_phone, with_clear_persons
from fenhu.web.access.scope import get_visible
from fenhu.web.registry.queries import record_of, visible_buildings, visible_flats
from fenhu.web.works.models import AnnualPlan, AnnualPlanItem, BuildingOutcome, Project
from fenhu.web.works.stored import assumptions_from, criteria_from, shares_from, texts_from
from fenhu.wording import Text

if TYPE_CHECKING:
    from fenhu.web.registry.models import Building, Flat

DECIDED = ("approved", "closed")


@dataclass(frozen=True, slots=True, kw_only=True)
class FlatView:
    """One flat on the building's page; ``position`` counts along its storey within the stairwell, from 1."""

    flat_id: str
    unit: int
    storey: int
    position: int
    room: str
    area_m2: float
    use: FlatUse
    owner_name: str
    phone: str
    measured_c: float | None
    consent: bool | None
    fee_paid: bool | None
    before_c: float | None
    before_kg_s: float | None
    after_c: float | None
    after_kg_s: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanPlace:
    """An annual plan the building stands on."""

    plan: int
    year: int
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildingView:
    """Everything a building's page shows; ``studied`` is False where no study has judged it.

    ``in_use_since`` is the year of its conversion once it is accepted and in use; ``conversion`` the state of
    the project an office may open, empty where there is none.
    """

    record: BuildingRecord
    authority: str
    flats: tuple[FlatView, ...]
    studied: bool
    status: str
    before_mean_c: float | None
    before_min_c: float | None
    before_below_18: int | None
    after_mean_c: float | None
    after_min_c: float | None
    after_below_18: int | None
    criteria: tuple[CriterionResult, ...]
    priority: float | None
    priority_class: bool
    planned_year: int | None
    reasons: tuple[Text, ...]
    assumed: tuple[Assumption, ...]
    bill: tuple[BillLine, ...]
    cost_fen: int
    shares: Mapping[Payer, int]
    line_shares: Mapping[str, Mapping[Payer, int]]
    synthetic: bool
    plans: tuple[PlanPlace, ...]
    in_use_since: int | None
    conversion: str

    @property
    def measured(self) -> int:
        """Return in how many of the flats shown somebody measured."""
        return sum(flat.measured_c is not None for flat in self.flats)


def building_view(user: Any, code: str) -> BuildingView:
    """Return a building with the flats ``user`` may see.

    Raises
    ------
    django.http.Http404
        If there is no such building, or it is not the user's to see.
    """
    building = get_visible(visible_buildings(user), user, code=code)
    outcome = BuildingOutcome.objects.filter(building=building, study__current=True).first()
    flats = _flats(user, building, outcome)
    found = outcome or BuildingOutcome(priority=0.0, priority_class=False)
    return BuildingView(
        record=record_of(building),
        authority=building.authority,
        flats=flats,
        studied=outcome is not None,
        status=found.status,
        before_mean_c=found.before_mean_c,
        before_min_c=found.before_min_c,
        before_below_18=found.before_below_18,
        after_mean_c=found.after_mean_c,
        after_min_c=found.after_min_c,
        after_below_18=found.after_below_18,
        criteria=criteria_from(found.criteria),
        priority=found.priority if outcome else None,
        priority_class=found.priority_class,
        planned_year=found.planned_year,
        reasons=texts_from(found.reasons),
        assumed=assumptions_from(found.assumed),
        bill=_bill(found, flats),
        cost_fen=found.cost_fen,
        shares=shares_from(found.shares),
        line_shares={line: shares_from(shares) for line, shares in found.line_shares.items()},
        synthetic=building.synthetic,
        plans=_plans(user, building),
        in_use_since=_in_use_since(building),
        conversion=_conversion(user, building),
    )


def _flats(user: Any, building: Building, outcome: BuildingOutcome | None) -> tuple[FlatView, ...]:
    seen = visible_flats(user).filter(building=building).order_by("unit", "storey", "room")
    clear = set(with_clear_persons(seen, user).values_list("pk", flat=True))
    before, after = (outcome.before or {}, outcome.after or {}) if outcome else ({}, {})
    places: dict[tuple[int, int], int] = {}
    views = []
    for flat in seen:
        place = places[flat.unit, flat.storey] = places.get((flat.unit, flat.storey), 0) + 1
        heat = [*before.get(flat.flat_id, (None, None)), *after.get(flat.flat_id, (None, None))]
        views.append(_flat_view(flat, place, heat, clear=flat.pk in clear))
    return tuple(views)


def _flat_view(flat: Flat, position: int, heat: list[float | None], *, clear: bool) -> FlatView:
    before_c, before_kg_s, after_c, after_kg_s = heat
    return FlatView(
        flat_id=flat.flat_id, unit=flat.unit, storey=flat.storey, position=position, room=flat.room,
        area_m2=flat.area_m2, use=FlatUse(flat.use),
        owner_name=flat.owner_name if clear else masked_name(flat.owner_name),
        phone=flat.phone if clear else masked_phone(flat.phone),
        measured_c=flat.measured_c, consent=flat.consent, fee_paid=flat.fee_paid,
        before_c=before_c, before_kg_s=before_kg_s, after_c=after_c, after_kg_s=after_kg_s,
    )  # fmt: skip


def _bill(outcome: BuildingOutcome, flats: tuple[FlatView, ...]) -> tuple[BillLine, ...]:
    """Return the public lines and those of the flats that are shown."""
    shown = {flat.flat_id for flat in flats}
    return tuple(line for line in bill_from(outcome.bill) if not line.flat or line.flat in shown)


def _plans(user: Any, building: Building) -> tuple[PlanPlace, ...]:
    """Return the plans ``user`` may see, and those that are decided, which everybody may know."""
    known = Q(plan__in=AnnualPlan.objects.visible_to(user)) | Q(plan__state__in=DECIDED)
    items = (
        AnnualPlanItem.objects.filter(known, building=building).select_related("plan").order_by("plan__year")
    )
    return tuple(PlanPlace(plan=i.plan.pk, year=i.plan.year, state=i.plan.state) for i in items)


def _conversion(user: Any, building: Building) -> str:
    """Return the state of the building's living project, for people of an office who may see it."""
    if not has_role(user, *(role for role in Role if role is not Role.HOUSEHOLD)):
        return ""
    living = Project.objects.visible_to(user).filter(building=building).exclude(state="withdrawn")
    return living.values_list("state", flat=True).first() or ""


def _in_use_since(building: Building) -> int | None:
    used = Project.objects.filter(building=building, state__in=("in_use", "rewarded"))
    return used.order_by("year").values_list("year", flat=True).first()
