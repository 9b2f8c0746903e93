"""Temperatures other systems measured: all of a call or none; the newest stand in the register."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from fenhu.records import Finding, Severity
from fenhu.web import clock
from fenhu.web.access.scope import grants_of
from fenhu.web.journal import services as journal
from fenhu.web.metering.allowed import reading_office
from fenhu.web.metering.models import ReadingBatch, Temperature
from fenhu.web.registry import queries as registry
from fenhu.web.registry.services import set_measured
from fenhu.wording import text
from fenhu.worksheets.values import FIRST_DAY

# What the register holds of a supply and a room; what lies outside is kept as measured, not taken over.
_SUPPLY_C, _ROOM_C = (20, 150), (-20, 45)
Place = tuple[int, int | None, str, datetime]


@dataclass(frozen=True, slots=True, kw_only=True)
class TemperatureRow:
    """One temperature as it is handed in; ``flat`` is blank for what a whole building has."""

    building: str
    flat: str
    kind: str
    at: datetime
    value_c: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenTemperatures:
    """What became of the rows: with a finding nothing was taken in."""

    findings: tuple[Finding, ...] = ()
    batch: ReadingBatch | None = None
    taken: int = 0
    known: int = 0


@transaction.atomic
def take_temperatures(
    actor: Any, rows: Sequence[TemperatureRow], *, name: str, digest: str
) -> TakenTemperatures:
    """Return what became of temperatures; those known already are passed over.

    Raises
    ------
    NotAllowed
        If the actor is of no heat supplier.
    """
    office = reading_office(actor)
    fitting = [grant for grant in grants_of(actor) if grant.organisation_id == office.pk]
    codes = {row.building for row in rows}
    seen = registry.visible_buildings(actor).covered_by(fitting).filter(code__in=codes)
    buildings = dict(seen.values_list("code", "pk"))
    named = registry.flats_named(actor, ((row.building, row.flat) for row in rows if row.flat))
    flats = {name: flat.pk for name, flat in named.items()}
    findings = [found for index, row in enumerate(rows) for found in _faults(index, row, buildings, flats)]
    if findings:
        return TakenTemperatures(findings=tuple(findings))
    new = _unknown(rows, buildings, flats)
    batch = ReadingBatch.objects.create(
        office=office, name=name[:200], digest=digest, taken_at=timezone.now(), taken_by=actor,
        taken=len(new), known=len(rows) - len(new),
    )  # fmt: skip
    Temperature.objects.bulk_create(
        (Temperature(building_id=building, flat_id=flat, kind=kind, at=at, value_c=value, batch=batch)
         for (building, flat, kind, at), value in new.items()),
        batch_size=500,
    )  # fmt: skip
    set_measured(rooms=_newest_rooms(new), supplies=_newest_supplies(new))
    journal.record(actor=actor, subject=batch, kind="metering.temperatures", data={
        "digest": digest, "taken": batch.taken, "known": batch.known,
    })  # fmt: skip
    return TakenTemperatures(batch=batch, taken=batch.taken, known=batch.known)


def _faults(
    index: int, row: TemperatureRow, buildings: Mapping[str, int], flats: Mapping[tuple[str, str], int]
) -> list[Finding]:
    if row.building not in buildings:
        return [_finding(index, "building", "unknown-building", text(
            "No building of yours has the number {code}", code=row.building
        ))]  # fmt: skip
    if bool(row.flat) != (row.kind == Temperature.ROOM):
        return [_finding(index, "flat", "flat-and-kind", text(
            "A room's temperature names its flat, that of a supply or return names none"
        ))]  # fmt: skip
    if row.flat and (row.building, row.flat) not in flats:
        return [_finding(index, "flat", "unknown-flat", text(
            "Building {code} has no flat {flat}; write unit-storey-room", code=row.building, flat=row.flat
        ))]  # fmt: skip
    if row.at < _midnight(FIRST_DAY):
        return [_finding(index, "at", "too-early", text(
            "{time} is before {first}; correct the year", time=row.at.isoformat(), first=FIRST_DAY.isoformat()
        ))]  # fmt: skip
    if row.at >= _midnight(clock.today() + timedelta(days=1)):
        return [_finding(index, "at", "in-future", text(
            "{time} is still to come; today is {today}",
            time=row.at.isoformat(), today=clock.today().isoformat(),
        ))]  # fmt: skip
    return []


def _midnight(day: date) -> datetime:
    """Return when a day begins here."""
    return timezone.make_aware(datetime.combine(day, time.min))


def _unknown(
    rows: Sequence[TemperatureRow], buildings: Mapping[str, int], flats: Mapping[tuple[str, str], int]
) -> dict[Place, Decimal]:
    """Return what the rows say that is new, each place and time once."""
    said: dict[Place, Decimal] = {}
    for row in rows:
        place = (buildings[row.building], flats.get((row.building, row.flat)), row.kind, row.at)
        said.setdefault(place, row.value_c)
    places = {building for building, *_ in said}
    times = [at for *_, at in said]
    stored = Temperature.objects.filter(building__in=places, at__gte=min(times), at__lte=max(times))
    for known in stored.values_list("building", "flat", "kind", "at"):
        said.pop(known, None)
    return said


def _newest_rooms(new: Mapping[Place, Decimal]) -> dict[int, float]:
    low, high = _ROOM_C
    said = [
        (flat, at, value) for (_, flat, _, at), value in new.items()
        if flat is not None and low <= value <= high
    ]  # fmt: skip
    return _newest(said, "flat", Temperature.objects.filter(kind=Temperature.ROOM, value_c__range=_ROOM_C))


def _newest_supplies(new: Mapping[Place, Decimal]) -> dict[int, float]:
    low, high = _SUPPLY_C
    said = [
        (building, at, value) for (building, _, kind, at), value in new.items()
        if kind == Temperature.SUPPLY and low <= value <= high
    ]  # fmt: skip
    stored = Temperature.objects.filter(kind=Temperature.SUPPLY, value_c__range=_SUPPLY_C)
    return _newest(said, "building", stored)


def _newest(said: Sequence[tuple[int, datetime, Decimal]], of: str, stored: Any) -> dict[int, float]:
    """Return the last thing said of each place, unless something later is stored already."""
    last = {place: (at, value) for place, at, value in sorted(said, key=lambda one: one[1])}
    if not last:
        return {}
    since = min(at for at, _ in last.values())
    later = stored.filter(**{f"{of}__in": list(last)}, at__gt=since).order_by().values(of)
    latest = dict(later.annotate(last=Max("at")).values_list(of, "last"))
    return {place: float(value) for place, (at, value) in last.items() if latest.get(place, at) <= at}


def _finding(index: int, column: str, code: str, message: Any) -> Finding:
    return Finding(
        severity=Severity.ERROR, sheet="rows", row=index, column=column, code=code, message=message
    )
