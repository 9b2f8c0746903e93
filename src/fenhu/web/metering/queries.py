"""What pages show of meters and heat bills, as each reader may see them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, Max, Q, Sum

from fenhu.errors import UnknownItem
from fenhu.money.metering import HOW_NAMES, How, Season, Step, season_of
from fenhu.web import clock
from fenhu.web.access.privacy import masked_name, with_clear_persons
from fenhu.web.access.scope import get_visible
from fenhu.web.metering.allowed import reads_meters_of
from fenhu.web.metering.feeds import heat_bills_after as heat_bills_after
from fenhu.web.metering.feeds import meters_after as meters_after
from fenhu.web.metering.feeds import temperatures_after as temperatures_after
from fenhu.web.metering.models import Meter, Reading, ReadingBatch, SeasonBill
from fenhu.web.registry import queries as registry
from fenhu.web.rules import current_policy, policy_named
from fenhu.wording import Text, text

__all__ = [
    "BuildingMetering", "HeatBillView", "MeteredBuilding", "MeteredFlat", "MeteringDesk", "Season",
    "SeasonBill", "Step", "UsedPart", "building_for", "building_metering", "flat_for",
    "heat_bill_steps", "heat_bill_view", "heat_bills_at", "meter_for", "metering_desk",
    "meters_to_read", "reading_for", "season_asked", "seasons_known", "standing_bills",
]  # fmt: skip
_SHOWN = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class MeteredBuilding:
    """The meters and bills of one building in a season."""

    code: str
    name: str
    flats: int
    metered: int
    last_read_on: date | None
    bills: int
    estimated: int
    area_fen: int
    due_fen: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MeteringDesk:
    """The meters and bills of the buildings a reader may see, in a season."""

    season: Season
    buildings: tuple[MeteredBuilding, ...]
    batches: tuple[ReadingBatch, ...]

    @property
    def metered(self) -> int:
        """Return how many flats have a meter."""
        return sum(one.metered for one in self.buildings)

    @property
    def bills(self) -> int:
        """Return how many bills were issued."""
        return sum(one.bills for one in self.buildings)

    @property
    def estimated(self) -> int:
        """Return how many bills rest on an estimate in part."""
        return sum(one.estimated for one in self.buildings)

    @property
    def area_fen(self) -> int:
        """Return what the flats billed would pay by area."""
        return sum(one.area_fen for one in self.buildings)

    @property
    def due_fen(self) -> int:
        """Return what the flats billed pay."""
        return sum(one.due_fen for one in self.buildings)


@dataclass(frozen=True, slots=True, kw_only=True)
class MeteredFlat:
    """A flat with its meter, what it showed last, and its bill of the season."""

    flat_id: str
    owner_name: str
    area_m2: float
    meter_id: int | None
    meter: str
    read_on: date | None
    shown_kwh: Decimal | None
    reading_id: int | None
    bill: SeasonBill | None


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildingMetering:
    """The meters and heat bills of one building in a season."""

    code: str
    name: str
    season: Season
    flats: tuple[MeteredFlat, ...]
    may_act: bool
    season_over: bool
    synthetic: bool

    @property
    def metered(self) -> int:
        """Return how many flats have a meter."""
        return sum(one.meter_id is not None for one in self.flats)

    @property
    def bills(self) -> tuple[SeasonBill, ...]:
        """Return the bills that stand."""
        return tuple(one.bill for one in self.flats if one.bill is not None)

    @property
    def area_fen(self) -> int:
        """Return what the flats billed would pay by area."""
        return sum(one.area_fen for one in self.bills)

    @property
    def due_fen(self) -> int:
        """Return what the flats billed pay."""
        return sum(one.due_fen for one in self.bills)


@dataclass(frozen=True, slots=True, kw_only=True)
class UsedPart:
    """A stretch of the season and the heat of it; ``kwh`` is None where nobody can tell."""

    meter: str
    since: date
    until: date
    kwh: Decimal | None
    how: Text
    estimated: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class HeatBillView:
    """A flat's heat bill with each step and rule."""

    bill: SeasonBill
    season: Season
    code: str
    building: str
    flat_id: str
    supplier: str
    steps: tuple[Step, ...]
    parts: tuple[UsedPart, ...]
    readings: tuple[Reading, ...]
    may_act: bool

    @property
    def saved_fen(self) -> int:
        """Return by how much the bill lies below the bill by area, negative where above."""
        return self.bill.area_fen - self.bill.due_fen

    @property
    def above_fen(self) -> int:
        """Return by how much the bill lies above the bill by area."""
        return -self.saved_fen


def seasons_known() -> tuple[Season, ...]:
    """Return the seasons of the programme that have begun, the newest first."""
    calendar = current_policy().calendar
    first, today = current_policy().programme.years[0], clock.today()
    known = (season_of(calendar, year) for year in range(today.year, first - 2, -1))
    return tuple(season for season in known if season.first <= today)


def season_asked(asked: str) -> Season:
    """Return the season of that year; the latest one that has begun where none is named."""
    known = seasons_known() or (season_of(current_policy().calendar, clock.today().year),)
    return next((one for one in known if str(one.year) == asked), known[0])


def metering_desk(user: Any, season: Season) -> MeteringDesk:
    """Return the meters and bills ``user`` may see, building by building."""
    meters = Meter.objects.visible_to(user).filter(removed_on=None)
    metered = dict(_grouped(meters, "flat__building", count=Count("pk")))
    read = _read_on(user)
    bills = SeasonBill.objects.visible_to(user).filter(year=season.year, superseded_on=None)
    sums = bills.values("flat__building").annotate(
        count=Count("pk"), guessed=Count("pk", filter=Q(estimated=True)), area=Sum("area_fen"),
        due=Sum("due_fen"),
    )  # fmt: skip
    billed: dict[int, Mapping[str, Any]] = {row["flat__building"]: row for row in sums}
    buildings = registry.visible_buildings(user).filter(pk__in={*metered, *billed}).order_by("code")
    return MeteringDesk(
        season=season,
        buildings=tuple(
            _building(one, metered.get(one.pk, 0), read.get(one.pk), billed.get(one.pk, {}))
            for one in buildings
        ),
        batches=tuple(ReadingBatch.objects.visible_to(user).select_related("office").order_by("-pk")[:20]),
    )


def building_metering(user: Any, code: str, season: Season) -> BuildingMetering:
    """Return a building's meters and heat bills as ``user`` may see them."""
    building = get_visible(registry.visible_buildings(user), user, code=code)
    meters = {
        one.flat_id: one
        for one in Meter.objects.visible_to(user).filter(flat__building=building, removed_on=None)
    }
    bills = {
        one.flat_id: one
        for one in SeasonBill.objects.visible_to(user).filter(
            flat__building=building, year=season.year, superseded_on=None
        )
    }
    last = _last_readings(list(meters.values()))
    clear = set(
        with_clear_persons(registry.visible_flats(user), user)
        .filter(building=building)
        .values_list("pk", flat=True)
    )
    return BuildingMetering(
        code=building.code,
        name=registry.full_name(building.estate, building.name),
        season=season,
        flats=tuple(
            _flat(flat, meters.get(flat.pk), last, bills.get(flat.pk), flat.pk in clear)
            for flat in registry.flats_of(building.pk)
        ),
        may_act=reads_meters_of(user, building),
        season_over=clock.today() >= season.last,
        synthetic=building.synthetic,
    )


def heat_bill_view(user: Any, bill_id: int) -> HeatBillView:
    """Return a heat bill ``user`` may see, with each step and rule."""
    rows = SeasonBill.objects.select_related("flat__building__supplier")
    bill = get_visible(rows, user, pk=bill_id)
    building = bill.flat.building
    readings = Reading.objects.visible_to(user).filter(meter__flat=bill.flat, void=False)
    return HeatBillView(
        bill=bill,
        season=season_of(policy_named(bill.policy).calendar, bill.year),
        code=building.code,
        building=registry.full_name(building.estate, building.name),
        flat_id=bill.flat.flat_id,
        supplier=building.supplier.name,
        steps=heat_bill_steps(bill),
        parts=tuple(_part(one) for one in bill.parts),
        readings=tuple(readings.select_related("meter").order_by("-on_date")[:_SHOWN]),
        may_act=reads_meters_of(user, building),
    )


def standing_bills(user: Any, season: Season) -> Sequence[SeasonBill]:
    """Return the heat bills of a season that stand, in the order of buildings and flats."""
    bills = SeasonBill.objects.visible_to(user).filter(year=season.year, superseded_on=None)
    order = ("flat__building__code", "flat__unit", "flat__storey", "flat__room")
    return list(bills.select_related("flat__building").order_by(*order))


def heat_bills_at(flat: Any) -> Sequence[tuple[Season, SeasonBill]]:
    """Return a flat's standing heat bills, the newest first; who asks is the caller's to know."""
    bills = SeasonBill.objects.filter(flat=flat, superseded_on=None).order_by("-year")
    return [(season_of(policy_named(one.policy).calendar, one.year), one) for one in bills]


def heat_bill_steps(bill: SeasonBill) -> tuple[Step, ...]:
    """Return how a bill was reckoned, step by step with its rules."""
    return tuple(Step.from_json(one) for one in bill.steps)


def meters_to_read(user: Any) -> tuple[str, ...]:
    """Return the numbers of the meters that hang in flats, in the order in which they are passed."""
    meters = Meter.objects.visible_to(user).filter(removed_on=None)
    order = ("flat__building__code", "flat__unit", "flat__storey", "flat__room")
    return tuple(meters.order_by(*order).values_list("number", flat=True))


def building_for(user: Any, code: str) -> Any:
    """Return the building ``user`` may see."""
    return get_visible(registry.visible_buildings(user).select_related("supplier"), user, code=code)


def flat_for(user: Any, code: str, flat_id: str) -> Any:
    """Return the flat of a building ``user`` may see.

    Raises
    ------
    UnknownItem
        If the building has no such flat.
    """
    building = building_for(user, code)
    found = next((flat for flat in registry.flats_of(building.pk) if flat.flat_id == flat_id), None)
    if found is None:
        raise UnknownItem(text("The building has no flat {flats}", flats=flat_id or "—"))
    return found


def meter_for(user: Any, code: str, number: str) -> Meter:
    """Return the meter of that number that hangs in a building ``user`` may see.

    Raises
    ------
    UnknownItem
        If no such meter hangs there.
    """
    meters = Meter.objects.visible_to(user).select_related("flat__building")
    found = meters.filter(number=number, flat__building__code=code).first()
    if found is None:
        raise UnknownItem(text("No meter {number} hangs in the building", number=number or "—"))
    return found


def reading_for(user: Any, code: str, number: str, on: date) -> Reading:
    """Return what a meter of the building showed on a day.

    Raises
    ------
    UnknownItem
        If there is no such meter, or it was not read on that day.
    """
    meter = meter_for(user, code, number)
    found = meter.readings.filter(on_date=on, void=False).select_related("meter__flat__building").first()
    if found is None:
        raise UnknownItem(text("Meter {number} was not read on {day}", number=number, day=on.isoformat()))
    return found


def _grouped(rows: Any, key: str, **value: Any) -> Any:
    return rows.order_by().values(key).annotate(**value).values_list(key, *value)


def _read_on(user: Any) -> Mapping[int, date]:
    readings = Reading.objects.visible_to(user).filter(void=False)
    return dict(_grouped(readings, "meter__flat__building", last=Max("on_date")))


def _building(
    building: Any, metered: int, read_on: date | None, billed: Mapping[str, Any]
) -> MeteredBuilding:
    return MeteredBuilding(
        code=building.code, name=registry.full_name(building.estate, building.name),
        flats=building.flat_count, metered=metered, last_read_on=read_on, bills=billed.get("count", 0),
        estimated=billed.get("guessed", 0), area_fen=billed.get("area", 0), due_fen=billed.get("due", 0),
    )  # fmt: skip


def _last_readings(meters: Sequence[Meter]) -> Mapping[int, Reading]:
    last: dict[int, Reading] = {}
    for reading in Reading.objects.filter(meter__in=meters, void=False).order_by("on_date"):
        last[reading.meter_id] = reading
    return last


def _flat(
    flat: Any, meter: Meter | None, last: Mapping[int, Reading], bill: SeasonBill | None, clear: bool
) -> MeteredFlat:
    reading = last.get(meter.pk) if meter is not None else None
    installed = (meter.installed_on, meter.first_kwh) if meter is not None else (None, None)
    return MeteredFlat(
        flat_id=flat.flat_id, owner_name=flat.owner_name if clear else masked_name(flat.owner_name),
        area_m2=flat.area_m2, meter_id=meter.pk if meter else None, meter=meter.number if meter else "",
        read_on=reading.on_date if reading else installed[0],
        shown_kwh=reading.energy_kwh if reading else installed[1],
        reading_id=reading.pk if reading else None, bill=bill,
    )  # fmt: skip


def _part(kept: Mapping[str, str]) -> UsedPart:
    how = How(kept["how"]) if kept["how"] else None
    return UsedPart(
        meter=kept["meter"], since=date.fromisoformat(kept["since"]),
        until=date.fromisoformat(kept["until"]), kwh=Decimal(kept["kwh"]) if kept["kwh"] else None,
        how=HOW_NAMES[how] if how else text("no reading and no comparable flat"),
        estimated=how is not How.MEASURED,
    )  # fmt: skip
