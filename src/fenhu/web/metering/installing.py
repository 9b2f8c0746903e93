"""Meters come into flats, are exchanged, and keep what they showed."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction

from fenhu.errors import InputFault, WrongState
from fenhu.money.metering import ReadingRecord, doubts
from fenhu.web import clock
from fenhu.web.journal import services as journal
from fenhu.web.metering.allowed import require_supplier
from fenhu.web.metering.models import Meter
from fenhu.web.metering.series import area_of, series_of
from fenhu.web.metering.tariffs import tariff_in_force
from fenhu.wording import text


@transaction.atomic
def install_meter(actor: Any, flat: Any, *, number: str, on: date, first_kwh: Decimal) -> Meter:
    """Return the meter that now hangs in a flat without one.

    Raises
    ------
    NotAllowed
        If the flat is not the supplier's.
    InputFault
        If the number stands for another meter, or the day is still to come.
    WrongState
        If a meter hangs there already, or another one hung there on that day.
    """
    require_supplier(actor, flat.building)
    _check(number, on)
    earlier = list(Meter.objects.select_for_update().filter(flat=flat))
    if any(meter.removed_on is None for meter in earlier):
        raise WrongState(text("The flat has a meter; record an exchange instead"))
    if any(meter.removed_on is not None and meter.removed_on > on for meter in earlier):
        raise WrongState(text("Another meter hung in the flat on {day}", day=on.isoformat()))
    made = Meter.objects.create(flat=flat, number=number, installed_on=on, first_kwh=first_kwh)
    journal.record(actor=actor, subject=flat, kind="metering.installed", data={
        "meter": number, "on": on.isoformat(), "first_kwh": str(first_kwh),
    })  # fmt: skip
    return made


@transaction.atomic
def exchange_meter(
    actor: Any, meter: Meter, *, on: date, last_kwh: Decimal, number: str, first_kwh: Decimal
) -> Meter:
    """Return the meter that replaces another: the old one's last value and the new one's first join.

    Raises
    ------
    NotAllowed
        If the flat is not the supplier's.
    InputFault
        If the old one's last value cannot be believed, or the new one's number is taken.
    WrongState
        If the old one was taken out already.
    """
    require_supplier(actor, meter.flat.building)
    old = Meter.objects.select_for_update().select_related("flat__building").get(pk=meter.pk)
    if old.removed_on is not None:
        raise WrongState(text("This meter was taken out on {day}", day=old.removed_on.isoformat()))
    _check(number, on)
    series = series_of([old])[old.pk]
    if any(point.day > on for point in series.points()):
        raise InputFault(text("The old meter was read after {day}; correct the day", day=on.isoformat()))
    found = doubts(
        series, [ReadingRecord(meter=old.number, day=on, energy_kwh=last_kwh)], today=clock.today(),
        area_m2=area_of(old.flat), max_w_m2=tariff_in_force().meter_max_w_m2.value,
    )  # fmt: skip
    if found:
        raise InputFault(found[0].message)
    old.removed_on, old.last_kwh = on, last_kwh
    old.save(update_fields=["removed_on", "last_kwh"])
    new = Meter.objects.create(flat=old.flat, number=number, installed_on=on, first_kwh=first_kwh)
    journal.record(actor=actor, subject=old.flat, kind="metering.exchanged", data={
        "old": old.number, "last_kwh": str(last_kwh), "meter": number, "first_kwh": str(first_kwh),
        "on": on.isoformat(),
    })  # fmt: skip
    return new


def _check(number: str, on: date) -> None:
    if not number.strip():
        raise InputFault(text("Write the number that stands on the meter"))
    if on > clock.today():
        raise InputFault(text("{day} is still to come; correct the day", day=on.isoformat()))
    if Meter.objects.filter(number=number).exists():
        raise InputFault(
            text("Meter {number} hangs in a flat already, or did; check the number", number=number)
        )
