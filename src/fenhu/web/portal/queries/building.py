"""One building for anybody: its way with days, who leads and answers, its acceptance, its reward."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Avg, Count, Q
from django.shortcuts import get_object_or_404

from fenhu.policy import Measurement, Policy
from fenhu.policy.entry import Entry
from fenhu.programme import ACCEPTANCE, ROOM_TEMPERATURE
from fenhu.web.ledger.queries import PublishedPayment, published_payments
from fenhu.web.portal.queries.buildings import BuildingRow, projects_at, row_of
from fenhu.web.registry.queries import flats_of, published_buildings
from fenhu.web.rules import current_policy, policy_named
from fenhu.web.works.queries import ACCEPTED, Lead, WayStep, dated_way, leads_of, published_rounds
from fenhu.wording import Text

# A mean of fewer flats than this could tell a neighbour one flat's temperature.
FEWEST_FLATS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasuredTest:
    """A test of the whole system with what was measured; ``kept`` whether within its limits."""

    test: Measurement
    value: Decimal
    kept: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundView:
    """A decided round of acceptance; of rooms only how many were measured, how many kept, and their mean.

    The mean, ℃, is None where fewer than ``FEWEST_FLATS`` rooms were measured.
    """

    number: int
    result: Text
    passed: bool
    decided_on: date | None
    tests: tuple[MeasuredTest, ...]
    rooms: int
    rooms_kept: int
    rooms_mean_c: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildingView:
    """A building as its public page shows it; ``before_c`` is its measured mean before the conversion."""

    row: BuildingRow
    year_built: int
    storeys: int
    units: int
    heated_area_m2: float
    before_c: float | None
    way: tuple[WayStep, ...]
    suspended: bool
    owner_converts: bool
    deadline: date | None
    extended: bool
    leads: tuple[Lead, ...]
    rounds: tuple[RoundView, ...]
    payments: tuple[PublishedPayment, ...]
    responsibility: Entry
    supplier_duty: Entry | None


def building_view(code: str) -> BuildingView:
    """Return what is published of one building.

    Raises
    ------
    django.http.Http404
        If there is none with this number.
    """
    building = get_object_or_404(published_buildings().select_related("supplier"), code=code)
    project = projects_at([building.pk]).get(building.pk)
    policy = policy_named(project.policy) if project else current_policy()
    return BuildingView(
        row=row_of(building, project), year_built=building.year_built, storeys=building.storeys,
        units=building.units, heated_area_m2=building.heated_area_m2,
        before_c=building.mean_room_c if building.flat_count >= FEWEST_FLATS else None,
        way=dated_way(project) if project else (), suspended=bool(project and project.state == "suspended"),
        owner_converts=bool(project and project.owner_converts),
        deadline=_deadline(project, policy), extended=bool(project and project.extended_to),
        leads=leads_of(project, building.supplier.name) if project else (),
        rounds=_rounds(project, policy) if project and project.state in ACCEPTED else (),
        payments=published_payments(building.pk), responsibility=policy.responsibility,
        supplier_duty=next((one for one in policy.duties if one.party == "heat_supplier"), None),
    )  # fmt: skip


def shape_of(code: str) -> tuple[BuildingRow, Counter[tuple[int, int]]]:
    """Return a building and how many flats it has in each stairwell unit on each storey; no room number.

    Raises
    ------
    django.http.Http404
        If there is none with this number.
    """
    building = get_object_or_404(published_buildings().select_related("supplier"), code=code)
    places = Counter(flats_of(building.pk).values_list("unit", "storey"))
    return row_of(building, projects_at([building.pk]).get(building.pk)), places


def _deadline(project: Any | None, policy: Policy) -> date | None:
    if project is None:
        return None
    return project.extended_to or policy.calendar.completion_deadline(project.year)


def _rounds(project: Any, policy: Policy) -> tuple[RoundView, ...]:
    in_rooms = Q(values__test=ROOM_TEMPERATURE)
    held = published_rounds().filter(project=project).order_by("number").prefetch_related("values").annotate(
        rooms=Count("values", filter=in_rooms),
        rooms_kept=Count("values", filter=in_rooms & Q(values__kept=True)),
        rooms_mean=Avg("values__value", filter=in_rooms),
    )  # fmt: skip
    return tuple(_round(one, policy) for one in held)


def _round(held: Any, policy: Policy) -> RoundView:
    of_system = {one.test: one for one in held.values.all() if one.test != ROOM_TEMPERATURE}
    tests = [test for test in policy.acceptance.test if test.code in of_system]
    return RoundView(
        number=held.number, result=ACCEPTANCE.states[held.state], passed=held.state != "failed",
        decided_on=held.decided_on,
        tests=tuple(
            MeasuredTest(test=test, value=of_system[test.code].value,
                         kept=of_system[test.code].kept)
            for test in tests
        ),
        rooms=held.rooms, rooms_kept=held.rooms_kept,
        rooms_mean_c=float(held.rooms_mean) if held.rooms >= FEWEST_FLATS else None,
    )  # fmt: skip
