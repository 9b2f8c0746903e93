"""Stored meters as the core's series."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from fenhu.money.metering import MeterSeries, ReadingRecord
from fenhu.web.metering.models import Meter, Reading


def series_of(meters: Iterable[Meter]) -> dict[int, MeterSeries]:
    """Return the meters with the readings that stand, by the meter's id."""
    listed = list(meters)
    shown: Mapping[int, list[ReadingRecord]] = defaultdict(list)
    numbers = {meter.pk: meter.number for meter in listed}
    standing = Reading.objects.filter(meter__in=listed, void=False).order_by("on_date")
    for meter_id, day, energy_kwh in standing.values_list("meter_id", "on_date", "energy_kwh"):
        shown[meter_id].append(ReadingRecord(meter=numbers[meter_id], day=day, energy_kwh=energy_kwh))
    return {
        meter.pk: MeterSeries(
            meter=meter.number, installed_on=meter.installed_on, first_kwh=meter.first_kwh,
            removed_on=meter.removed_on, last_kwh=meter.last_kwh, readings=tuple(shown[meter.pk]),
        )
        for meter in listed
    }  # fmt: skip


def series_by_flat(building: Any) -> dict[int, Sequence[MeterSeries]]:
    """Return the meters of a building by flat, the oldest first."""
    meters = list(Meter.objects.filter(flat__building=building).order_by("installed_on", "pk"))
    series = series_of(meters)
    found: dict[int, list[MeterSeries]] = defaultdict(list)
    for meter in meters:
        found[meter.flat_id].append(series[meter.pk])
    return dict(found)


def area_of(flat: Any) -> Decimal:
    """Return a flat's heated area as an exact number."""
    return Decimal(str(flat.area_m2))
