"""Reading the register."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from fenhu.diagnosis import ConsentCount, Voice, count_consent
from fenhu.policy import ConsentRule
from fenhu.programme import Role
from fenhu.records import BuildingRecord, FlatRecord, Register
from fenhu.web.access.scope import ScopedQuerySet
from fenhu.web.hits import LEAST_DIGITS
from fenhu.web.registry import rows
from fenhu.web.registry.finding import building_counts as building_counts
from fenhu.web.registry.finding import find_buildings as find_buildings
from fenhu.web.registry.finding import find_flats as find_flats
from fenhu.web.registry.finding import find_organisations as find_organisations
from fenhu.web.registry.finding import is_called as is_called
from fenhu.web.registry.finding import near_names as near_names
from fenhu.web.registry.finding import with_words as with_words
from fenhu.web.registry.models import Building, Cluster, Flat, Organisation
from fenhu.web.registry.search import full_name as full_name
from fenhu.web.rules import current_policy

_FLAT_NAME = re.compile(r"\d+-(-?\d+)-(?P<room>.+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One value a list can be filtered by, and how many rows have it."""

    value: str
    label: str
    count: int


def register_from_database() -> Register:
    """Return the whole register as the chain takes it."""
    return Register(
        buildings=tuple(rows.building_records()),
        flats=tuple(rows.flat_records()),
        budgets=tuple(rows.budget_records()),
        crews=tuple(rows.crew_records()),
        clusters=tuple(rows.cluster_records()),
        orders=tuple(rows.order_records()),
        synthetic=Building.objects.filter(synthetic=True).exists(),
    )


def records_of(codes: Collection[str]) -> dict[str, BuildingRecord]:
    """Return the register's rows of the buildings ``codes``, by code."""
    return {record.code: record for record in rows.building_records(codes)}


def flat_records_in(codes: Collection[str]) -> list[FlatRecord]:
    """Return the register's rows of the flats of the buildings ``codes``."""
    return rows.flat_records(codes)


def money_register() -> Register:
    """Return the register's money and crews alone, buildings left out."""
    return Register(
        buildings=(), flats=(), budgets=tuple(rows.budget_records()), crews=tuple(rows.crew_records())
    )


def register_of(buildings: ScopedQuerySet) -> Register:
    """Return the rows of ``buildings`` and their flats; money, crews and clusters stay out."""
    codes = list(buildings.values_list("code", flat=True))
    return Register(
        buildings=tuple(rows.building_records(codes)),
        flats=tuple(rows.flat_records(codes)),
        synthetic=buildings.filter(synthetic=True).exists(),
    )


def register_around(codes: Collection[str]) -> Register:
    """Return the rows of the buildings ``codes`` and of everything else that stands on their estates."""
    own = Building.objects.filter(code__in=codes)
    estates = own.exclude(estate="").values("estate", "district")
    beside = Q(code__in=codes)
    for estate in estates.distinct():
        beside |= Q(**estate)
    return register_of(Building.objects.filter(beside))


def codes_answered_for(*, supplier_id: int | None = None, district: str = "") -> frozenset[str]:
    """Return the buildings of a supplier, or those a district government answers for."""
    found = Building.objects.all()
    if supplier_id is not None:
        found = found.filter(supplier=supplier_id)
    if district:
        found = found.filter(authority="district", district=district)
    return frozenset(found.values_list("code", flat=True))


def visible_buildings(user: Any) -> ScopedQuerySet:
    """Return the buildings ``user`` may see."""
    return Building.objects.visible_to(user)


def published_buildings() -> ScopedQuerySet:
    """Return every building, for the public projection alone: it says which of their fields it shows."""
    return Building.objects.all()


def flats_named(user: Any, names: Iterable[tuple[str, str]]) -> dict[tuple[str, str], Flat]:
    """Return flats ``user`` may see by their building's number and their name; unknown ones are left out."""
    asked = {(code, name): parts for code, name in names if (parts := _FLAT_NAME.fullmatch(name))}
    codes, rooms = {code for code, _ in asked}, {parts["room"] for parts in asked.values()}
    seen = Flat.objects.visible_to(user).filter(building__code__in=codes, room__in=rooms)
    found = {(flat.building.code, flat.flat_id): flat for flat in seen.select_related("building__supplier")}
    return {name: flat for name, flat in found.items() if name in asked}


def visible_flats(user: Any) -> ScopedQuerySet:
    """Return the flats ``user`` may see."""
    return Flat.objects.visible_to(user)


def record_of(building: Building) -> BuildingRecord:
    """Return one building as a record."""
    found = rows.building_records(codes=(building.code,))
    return found[0]


def flat_records_of(building: Building) -> tuple[FlatRecord, ...]:
    """Return one building's flats as records."""
    return tuple(rows.flat_records(codes=(building.code,)))


def flats_of(building_id: int) -> ScopedQuerySet:
    """Return the flats of a building, for work on all of them; who may see which is the caller's to ask."""
    return Flat.objects.filter(building=building_id).order_by("unit", "storey", "room")


def consent_counts(buildings: Sequence[int], day: date) -> dict[int, ConsentCount]:
    """Return, by building, how many agree to the conversion under the rule in force on ``day``.

    Where the rule counts stairwells, a building's count is that of the stairwell that lacks most.
    """
    rule = current_policy().consent_on(day)
    groups: dict[int, dict[int, list[Voice]]] = defaultdict(lambda: defaultdict(list))
    found = Flat.objects.filter(building__in=buildings)
    for flat in found.values_list("building_id", "unit", "area_m2", "consent", named=True):
        groups[flat.building_id][flat.unit if rule.scope == "unit" else 0].append(flat)
    return {building: _least(groups[building].values(), rule) for building in groups}


def _least(groups: Iterable[Sequence[Voice]], rule: ConsentRule) -> ConsentCount:
    counts = [count_consent(group, rule) for group in groups]
    return min(counts, key=lambda one: (one.reached, one.agreed / one.flats))


def building_ids() -> dict[str, int]:
    """Return every building's id by its code."""
    return dict(Building.objects.values_list("code", "pk"))


def branches_without_mains(buildings: Iterable[Building]) -> list[tuple[Cluster, Building]]:
    """Return the buildings' branches whose mains are still to be laid, each with its first building."""
    first: dict[str, Building] = {}
    for building in sorted(buildings, key=lambda one: one.code):
        if building.cluster and not building.main_ready:
            first.setdefault(building.cluster, building)
    branches = Cluster.objects.filter(cluster__in=list(first), mains_fen__gt=0).order_by("cluster")
    return [(one, first[one.cluster]) for one in branches]


def organisation_named(kind: Role, name: str) -> Organisation | None:
    """Return the organisation of a kind by its name, None where there is none."""
    return Organisation.objects.filter(kind=kind, name=name).first()


def organisations_of(kind: Role) -> QuerySet[Organisation]:
    """Return the organisations of a kind; which of them somebody may see is the caller's to ask."""
    return Organisation.objects.filter(kind=kind)


def heat_suppliers() -> tuple[Organisation, ...]:
    """Return every heat supplier, by code."""
    return tuple(Organisation.objects.filter(kind=Role.HEAT_SUPPLIER).order_by("code"))


def districts(user: Any) -> tuple[Choice, ...]:
    """Return the districts of the buildings ``user`` may see."""
    return choices(visible_buildings(user), "district", "district")


def choices(buildings: ScopedQuerySet, value: str, label: str) -> tuple[Choice, ...]:
    """Return the values of column ``value`` among ``buildings``, each with its label and count."""
    named = buildings.order_by().annotate(chosen=F(value), named=F(label)).values("chosen", "named")
    counted = named.annotate(count=Count("pk")).order_by("named")
    return tuple(
        Choice(value=str(row["chosen"]), label=str(row["named"]), count=row["count"])
        for row in counted
        if row["chosen"] not in (None, "")
    )


def flats_of_person(flats: ScopedQuerySet, words: str) -> ScopedQuerySet:
    """Return those of ``flats`` whose owner's name begins with ``words``, or whose telephone ends so."""
    digits = "".join(sign for sign in words if sign.isdecimal())
    if len(digits) >= LEAST_DIGITS:
        return flats.filter(phone_end=digits[-LEAST_DIGITS:]).order_by("pk")
    return flats.filter(owner_name__startswith=words.strip()).order_by("pk")
