"""What was decided and done: acceptances, commendations, the campaign."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Max, Min, Q, QuerySet

from fenhu.policy import Commendation
from fenhu.programme import ACCEPTANCE, PROJECT, ROOM_TEMPERATURE
from fenhu.web.paging import placed
from fenhu.web.portal.queries.plans import PAGE_SIZE, Sieve, sieved
from fenhu.web.registry.queries import full_name
from fenhu.web.rules import current_policy
from fenhu.web.works.queries import (
    ACCEPTED,
    published_activities,
    published_material,
    published_praises,
    published_projects,
)
from fenhu.wording import Text, text

MOST_ACTIVITIES = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptedRow:
    """One accepted building: after how many rounds, and of how many rooms measured how many kept."""

    code: str
    estate: str
    name: str
    called: str
    district: str
    supplier: str
    contractor: str
    year: int
    flats: int
    finished_on: date | None
    rounds: int
    result: str
    result_label: Text
    rooms: int
    rooms_kept: int
    accepted_on: date | None
    in_use_on: date | None
    state: str
    step: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptancePage:
    """One page of the accepted buildings, newest first."""

    rows: tuple[AcceptedRow, ...]
    sieve: Sieve
    districts: tuple[str, ...]
    suppliers: tuple[str, ...]
    total: int
    first_time: int
    page: int
    pages: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PraisedBuilding:
    """How many households of a building were commended for one thing; ``flats`` masked, where published."""

    code: str
    called: str
    district: str
    rule: Text | str
    households: int
    first_on: date
    last_on: date
    flats: tuple[Text, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PraiseView:
    """One page of the commendations as the policy lets them be published; ``households`` counts them all."""

    rules: tuple[Commendation, ...]
    households: int
    buildings: tuple[PraisedBuilding, ...]
    held_back: bool
    total: int
    page: int
    pages: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicMaterial:
    """A piece of the library that an office published."""

    id: int
    kind: str
    title: str
    published_on: date | None
    media_type: str
    size_bytes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicActivity:
    """Something done to inform residents that an office published."""

    kind: str
    title: str
    on_date: date
    place: str
    buildings: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignView:
    """What is published of the campaign, newest first."""

    material: tuple[PublicMaterial, ...]
    activities: tuple[PublicActivity, ...]


def acceptance_page(sieve: Sieve, page: int) -> AcceptancePage:
    """Return one page of the accepted buildings."""
    narrowed = sieved(_accepted(), sieve)
    total = narrowed.order_by().count()
    page, pages = placed(page, total, PAGE_SIZE)
    rows = narrowed[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]
    return AcceptancePage(
        rows=tuple(_row(one) for one in rows), sieve=sieve, districts=_values("building__district"),
        suppliers=_values("building__supplier__name"), total=total,
        first_time=narrowed.order_by().filter(last_round=1).count(), page=page, pages=pages,
    )  # fmt: skip


def accepted_rows() -> Iterator[AcceptedRow]:
    """Yield every accepted building, without holding them all at once."""
    return (_row(one) for one in _accepted().iterator(chunk_size=1000))


def praise_view(page: int) -> PraiseView:
    """Return one page of the commendations, each as far as its rule in the policy lets it be published."""
    rules = {rule.code: rule for rule in current_policy().commendation}
    shown = {code: rule.published_as for code, rule in rules.items() if rule.published_as != "nothing"}
    given = published_praises()
    told = given.filter(code__in=shown)
    total = told.order_by().values("flat__building", "code").distinct().count()
    page, pages = placed(page, total, PAGE_SIZE)
    return PraiseView(
        rules=tuple(rules.values()), households=given.values("flat").distinct().count(),
        buildings=tuple(_praised(told, rules, page)), held_back=given.exclude(code__in=shown).exists(),
        total=total, page=page, pages=pages,
    )  # fmt: skip


def campaign_view() -> CampaignView:
    """Return the published material and activities."""
    told = published_activities().annotate(houses=Count("buildings")).order_by("-on_date", "-pk")
    return CampaignView(
        material=tuple(
            PublicMaterial(
                id=one.pk, kind=one.kind, title=one.title, published_on=one.published_on,
                media_type=one.media_type, size_bytes=one.size_bytes,
            )
            for one in published_material().order_by("-published_on", "-pk")
        ),
        activities=tuple(
            PublicActivity(kind=one.kind, title=one.title, on_date=one.on_date, place=one.place,
                           buildings=one.houses)
            for one in told[:MOST_ACTIVITIES]
        ),
    )  # fmt: skip


def _accepted() -> QuerySet:
    decided = ~Q(rounds__state=ACCEPTANCE.initial)
    rooms = Q(rounds__values__test=ROOM_TEMPERATURE) & Q(rounds__state__in=("passed", "partly"))
    found = published_projects().filter(state__in=ACCEPTED).annotate(
        last_round=Max("rounds__number", filter=decided),
        rooms=Count("rounds__values", filter=rooms, distinct=True),
        rooms_kept=Count("rounds__values", filter=rooms & Q(rounds__values__kept=True), distinct=True),
        partly=Count("rounds", filter=Q(rounds__state="partly"), distinct=True),
    )  # fmt: skip
    return found.select_related("building__supplier", "contractor").order_by("-accepted_on", "building__code")


def _row(project: Any) -> AcceptedRow:
    building = project.building
    result = "partly" if project.partly else "passed"
    return AcceptedRow(
        code=building.code, estate=building.estate, name=building.name,
        called=full_name(building.estate, building.name), district=building.district,
        supplier=building.supplier.name, contractor=project.contractor.name if project.contractor else "",
        year=project.year, flats=building.flat_count, finished_on=project.finished_on,
        rounds=project.last_round or 0, result=result, result_label=ACCEPTANCE.states[result],
        rooms=project.rooms, rooms_kept=project.rooms_kept, accepted_on=project.accepted_on,
        in_use_on=project.in_use_on, state=project.state, step=PROJECT.states[project.state],
    )  # fmt: skip


def _values(column: str) -> tuple[str, ...]:
    found = published_projects().filter(state__in=ACCEPTED).order_by(column).values_list(column, flat=True)
    return tuple(found.distinct())


def _praised(given: QuerySet, rules: dict[str, Commendation], page: int) -> Iterator[PraisedBuilding]:
    grouped = given.order_by("flat__building__code", "code").values(
        "code", "flat__building__code", "flat__building__estate", "flat__building__name",
        "flat__building__district",
    ).annotate(count=Count("flat", distinct=True), first=Min("on_date"), last=Max("on_date"))  # fmt: skip
    units = _units(given, rules)
    for row in grouped[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]:
        yield PraisedBuilding(
            code=row["flat__building__code"],
            called=full_name(row["flat__building__estate"], row["flat__building__name"]),
            district=row["flat__building__district"], rule=rules[row["code"]].name, households=row["count"],
            first_on=row["first"], last_on=row["last"],
            flats=tuple(units[row["flat__building__code"], row["code"]]),
        )  # fmt: skip


def _units(given: QuerySet, rules: dict[str, Commendation]) -> dict[tuple[str, str], list[Text]]:
    """Return the masked flats by building and rule, of those rules whose flats may be published masked."""
    masked = [code for code, rule in rules.items() if rule.published_as == "masked_flat"]
    rows = given.filter(code__in=masked).values_list("flat__building__code", "code", "flat__unit")
    found: dict[tuple[str, str], list[Text]] = defaultdict(list)
    for building, code, unit in rows.order_by("flat__building__code", "flat__unit"):
        found[building, code].append(text("unit {unit}, flat **", unit=unit))
    return found
