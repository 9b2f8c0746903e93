"""What a meter showed on which day, and whether that can be believed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from fenhu.wording import Text, text

_HOURS_A_DAY = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingRecord:
    """What one meter showed on one day; ``energy_kwh`` counts from the meter's beginning."""

    meter: str
    day: date
    energy_kwh: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class MeterSeries:
    """A meter in a flat: what it showed when it came and when it went, and between."""

    meter: str
    installed_on: date
    first_kwh: Decimal
    removed_on: date | None = None
    last_kwh: Decimal | None = None
    readings: tuple[ReadingRecord, ...] = ()

    def points(self) -> tuple[ReadingRecord, ...]:
        """Return everything the meter ever showed, by day."""
        ends = [ReadingRecord(meter=self.meter, day=self.installed_on, energy_kwh=self.first_kwh)]
        if self.removed_on is not None and self.last_kwh is not None:
            ends.append(ReadingRecord(meter=self.meter, day=self.removed_on, energy_kwh=self.last_kwh))
        return tuple(sorted((*ends, *self.readings), key=lambda one: (one.day, one.energy_kwh)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """Why a reading cannot be taken as it is."""

    record: ReadingRecord
    code: str
    message: Text


def doubts(
    series: MeterSeries,
    new: Sequence[ReadingRecord],
    *,
    today: date,
    area_m2: Decimal,
    max_w_m2: Decimal,
) -> tuple[Doubt, ...]:
    """Return what cannot be believed of new readings of a meter, in the order of their days.

    A reading that repeats a known one of the same day is no doubt; it changes nothing.

    Parameters
    ----------
    series
        The meter with the readings known so far.
    new
        Readings to be taken.
    today
        The day on which they are handed in; later ones cannot have been read.
    area_m2, max_w_m2
        The flat's area and the mean output above which a reading is not believed.
    """
    found: list[Doubt] = []
    trusted = list(series.points())
    for record in sorted(new, key=lambda one: one.day):
        doubt = _of_the_day(series, record, trusted, today) or _of_the_course(
            record, trusted, area_m2 * max_w_m2
        )
        if doubt is not None:
            found.append(doubt)
        else:
            trusted.append(record)
    return tuple(found)


def _of_the_day(
    series: MeterSeries, record: ReadingRecord, trusted: Sequence[ReadingRecord], today: date
) -> Doubt | None:
    day = record.day.isoformat()
    if record.day > today:
        return Doubt(
            record=record, code="future", message=text("{day} is still to come; correct the day", day=day)
        )
    if record.day < series.installed_on:
        message = text(
            "On {day} the meter was not there yet; it was installed on {installed}",
            day=day, installed=series.installed_on.isoformat(),
        )  # fmt: skip
        return Doubt(record=record, code="before-installation", message=message)
    if series.removed_on is not None and record.day > series.removed_on:
        message = text(
            "On {day} the meter was gone; it was taken out on {removed}",
            day=day, removed=series.removed_on.isoformat(),
        )  # fmt: skip
        return Doubt(record=record, code="after-removal", message=message)
    same_day = [one.energy_kwh for one in trusted if one.day == record.day]
    if same_day and record.energy_kwh not in same_day:
        message = text(
            "On {day} the meter showed {known} kWh already, now {value} kWh; keep one or correct it",
            day=day, known=str(same_day[0]), value=str(record.energy_kwh),
        )  # fmt: skip
        return Doubt(record=record, code="duplicate", message=message)
    return None


def _of_the_course(record: ReadingRecord, trusted: Sequence[ReadingRecord], limit_w: Decimal) -> Doubt | None:
    """Compare a reading with its neighbours: a counter never falls and a flat takes only so much."""
    before = max((one for one in trusted if one.day < record.day), key=_position, default=None)
    after = min((one for one in trusted if one.day > record.day), key=_position, default=None)
    for earlier, later in ((before, record), (record, after)):
        if earlier is None or later is None:
            continue
        values = {
            "earlier": str(earlier.energy_kwh), "earlier_day": earlier.day.isoformat(),
            "later": str(later.energy_kwh), "later_day": later.day.isoformat(),
        }  # fmt: skip
        used_kwh = later.energy_kwh - earlier.energy_kwh
        if used_kwh < 0:
            message = text(
                "The meter falls back from {earlier} kWh on {earlier_day} to {later} kWh on {later_day}; "
                "read it again, or record an exchange of the meter",
                **values,
            )
            return Doubt(record=record, code="falls-back", message=message)
        most_kwh = limit_w * _HOURS_A_DAY * (later.day - earlier.day).days / 1000
        if used_kwh > most_kwh:
            message = text(
                "From {earlier} kWh on {earlier_day} to {later} kWh on {later_day} is more than the flat can "
                "take, at most {most} kWh; read the meter again",
                most=f"{most_kwh:.0f}",
                **values,
            )
            return Doubt(record=record, code="too-much", message=message)
    return None


def _position(record: ReadingRecord) -> tuple[date, Decimal]:
    return record.day, record.energy_kwh
