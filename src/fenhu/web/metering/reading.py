"""Readings come in by file, all of them or none; a wrong one is corrected and stays on record."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from fenhu.errors import InputFault, WrongState
from fenhu.money.metering import MeterSeries, ReadingFile, ReadingRecord, doubts, read_readings
from fenhu.records import Finding, Severity
from fenhu.web import clock
from fenhu.web.journal import services as journal
from fenhu.web.metering.allowed import reading_office, require_supplier
from fenhu.web.metering.models import ColdDays, Meter, Reading, ReadingBatch
from fenhu.web.metering.series import area_of, series_of
from fenhu.web.metering.tariffs import tariff_in_force
from fenhu.wording import text

_COLDEST_C, _WARMEST_C = -40, 40


@dataclass(frozen=True, slots=True, kw_only=True)
class TakenReadings:
    """What became of a file: ``batch`` is None where it has faults, and then nothing was taken in."""

    batch: ReadingBatch | None
    findings: tuple[Finding, ...] = ()
    taken: int = 0
    known: int = 0


@transaction.atomic
def take_readings(actor: Any, path: Path, *, name: str) -> TakenReadings:
    """Return what became of a file of readings: all of it stored, or every fault of it.

    Readings known already are passed over, so that the same file twice changes nothing.

    Raises
    ------
    NotAllowed
        If the actor reads no meters.
    UnreadableFile
        If the file cannot be opened as what it claims to be.
    WrongState
        If the policy has no tariff.
    """
    return take_reading_rows(
        actor, read_readings(path), name=name, digest=hashlib.sha256(path.read_bytes()).hexdigest()
    )


@transaction.atomic
def take_reading_rows(actor: Any, file: ReadingFile, *, name: str, digest: str) -> TakenReadings:
    """Return what became of readings that were read already, from a file or from another system's call.

    Raises
    ------
    NotAllowed
        If the actor reads no meters.
    WrongState
        If the policy has no tariff.
    """
    office = reading_office(actor)
    if file.rows is None:
        return TakenReadings(batch=None, findings=file.findings)
    numbers = {record.meter for _, record in file.rows}
    meters = {
        meter.number: meter
        for meter in Meter.objects.select_for_update(of=("self",))
        .filter(number__in=numbers, flat__building__supplier=office)
        .select_related("flat")
        .order_by("pk")
    }
    series = series_of(meters.values())
    faults = [*_strangers(file, meters), *_doubtful(file, meters, series)]
    if faults:
        return TakenReadings(batch=None, findings=tuple(sorted(faults, key=lambda one: one.row or 0)))
    return _store(actor, office, digest, name, file, meters, series)


@transaction.atomic
def correct_reading(actor: Any, reading: Reading, *, energy_kwh: Decimal, note: str) -> Reading:
    """Return the reading that replaces a wrong one; the wrong one stays on record.

    Raises
    ------
    NotAllowed
        If the meter is not the supplier's.
    InputFault
        If no reason is given, or the new value cannot be believed either.
    WrongState
        If it was corrected already.
    """
    require_supplier(actor, reading.meter.flat.building)
    old = Reading.objects.select_for_update(of=("self",)).select_related("meter__flat").get(pk=reading.pk)
    if old.void:
        raise WrongState(text("This reading was corrected already"))
    if not note.strip():
        raise InputFault(text("Say why the reading is corrected"))
    old.void = True
    old.save(update_fields=["void"])
    record = ReadingRecord(meter=old.meter.number, day=old.on_date, energy_kwh=energy_kwh)
    found = doubts(
        series_of([old.meter])[old.meter_id], [record], today=clock.today(),
        area_m2=area_of(old.meter.flat), max_w_m2=tariff_in_force().meter_max_w_m2.value,
    )  # fmt: skip
    if found:
        raise InputFault(found[0].message)
    new = Reading.objects.create(meter=old.meter, on_date=old.on_date, energy_kwh=energy_kwh, note=note[:300])
    old.replaced_by = new
    old.save(update_fields=["replaced_by"])
    journal.record(actor=actor, subject=old.meter.flat, kind="metering.corrected", data={
        "meter": old.meter.number, "on": old.on_date.isoformat(), "before_kwh": str(old.energy_kwh),
        "energy_kwh": str(energy_kwh),
    })  # fmt: skip
    return new


@transaction.atomic
def record_cold(actor: Any, flat: Any, *, since: date, until: date, room_c: Decimal) -> ColdDays:
    """Return the days on which a flat was measured cold; they lower the bill by the policy's scale.

    Raises
    ------
    NotAllowed
        If the flat is not the supplier's.
    InputFault
        If the days or the temperature cannot be, or some of the days are on record already.
    """
    require_supplier(actor, flat.building)
    if not since <= until <= clock.today():
        raise InputFault(text("The days must follow each other and lie in the past"))
    if not _COLDEST_C <= room_c <= _WARMEST_C:
        raise InputFault(text("{degrees} °C is no room temperature", degrees=str(room_c)))
    if ColdDays.objects.filter(flat=flat, since__lte=until, until__gte=since).exists():
        raise InputFault(text("Some of these days are on record for the flat already"))
    made = ColdDays.objects.create(flat=flat, since=since, until=until, room_c=room_c)
    journal.record(actor=actor, subject=flat, kind="metering.cold", data={
        "since": since.isoformat(), "until": until.isoformat(), "room_c": str(room_c),
    })  # fmt: skip
    return made


def _strangers(file: ReadingFile, meters: dict[str, Meter]) -> list[Finding]:
    return [
        _finding(file, row, "unknown-meter", "meter", text(
            "No meter {number} hangs in a building of yours; check the number, or install it first",
            number=record.meter,
        ))
        for row, record in file.rows or ()
        if record.meter not in meters
    ]  # fmt: skip


def _doubtful(file: ReadingFile, meters: dict[str, Meter], series: dict[int, MeterSeries]) -> list[Finding]:
    limit = tariff_in_force().meter_max_w_m2.value
    rows = {id(record): row for row, record in file.rows or ()}
    by_meter: dict[str, list[ReadingRecord]] = defaultdict(list)
    for _, record in file.rows or ():
        if record.meter in meters:
            by_meter[record.meter].append(record)
    return [
        _finding(file, rows[id(doubt.record)], doubt.code, "kwh", doubt.message)
        for number, records in by_meter.items()
        for doubt in doubts(
            series[meters[number].pk], records, today=clock.today(),
            area_m2=area_of(meters[number].flat), max_w_m2=limit,
        )
    ]  # fmt: skip


def _store(
    actor: Any,
    office: Any,
    digest: str,
    name: str,
    file: ReadingFile,
    meters: dict[str, Meter],
    series: dict[int, MeterSeries],
) -> TakenReadings:
    new = _unknown([record for _, record in file.rows or ()], meters, series)
    known = len(file.rows or ()) - len(new)
    batch = ReadingBatch.objects.create(
        office=office, name=name[:200], digest=digest,
        taken_at=timezone.now(), taken_by=actor, taken=len(new), known=known,
    )  # fmt: skip
    Reading.objects.bulk_create(
        Reading(meter=meters[one.meter], on_date=one.day, energy_kwh=one.energy_kwh, batch=batch)
        for one in new
    )
    journal.record(actor=actor, subject=batch, kind="metering.readings", data={
        "digest": batch.digest, "taken": len(new), "known": known,
    })  # fmt: skip
    return TakenReadings(batch=batch, findings=file.findings, taken=len(new), known=known)


def _unknown(
    records: Sequence[ReadingRecord], meters: dict[str, Meter], series: dict[int, MeterSeries]
) -> list[ReadingRecord]:
    """Return the readings that say something new, each once."""
    met = {(number, point.day) for number, meter in meters.items() for point in series[meter.pk].points()}
    new = []
    for record in records:
        if (record.meter, record.day) not in met:
            met.add((record.meter, record.day))
            new.append(record)
    return new


def _finding(file: ReadingFile, row: int, code: str, column: str, message: Any) -> Finding:
    heads = {"meter": "表号", "kwh": "读数"}
    return Finding(
        severity=Severity.ERROR, sheet=file.sheet, row=row, column=heads[column], code=code, message=message
    )
