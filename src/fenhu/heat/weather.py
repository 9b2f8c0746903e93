"""Outdoor temperatures through time: an artificial winter from a city's design data, or a weather file."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import numpy as np

from fenhu import tables
from fenhu.errors import InputFault, OutOfRange, UnknownItem, UnreadableFile, reason_of
from fenhu.heat.network import Floats
from fenhu.wording import text

_HOURS_PER_DAY = 24.0
# No place on earth was warmer or colder; weather files write 99.9 for missing.
_COLDEST_C, _WARMEST_C = -90.0, 60.0


@dataclass(frozen=True, slots=True)
class Weather:
    """Mean outdoor temperature of every step, from midnight of the first day.

    Raises
    ------
    OutOfRange
        If the step does not divide a day, or a temperature is no temperature of this earth.
    """

    start: date
    step_h: float
    outdoor_c: Floats

    def __post_init__(self) -> None:
        _check_step(self.step_h)
        values = np.asarray(self.outdoor_c, dtype=np.float64)
        if values.ndim != 1 or not len(values):
            raise InputFault(text("Weather needs a row of temperatures, at least one."))
        outside = ~((values >= _COLDEST_C) & (values <= _WARMEST_C))
        if outside.any():
            raise OutOfRange(
                text(
                    "Outdoor temperature {value} at step {step}: expected {low} to {high} °C.",
                    value=float(values[outside][0]), step=int(np.flatnonzero(outside)[0]) + 1,
                    low=_COLDEST_C, high=_WARMEST_C,
                )
            )  # fmt: skip
        object.__setattr__(self, "outdoor_c", values)

    @property
    def steps_per_day(self) -> int:
        """Return how many steps make a day."""
        return round(_HOURS_PER_DAY / self.step_h)

    def days(self) -> Floats:
        """Return the mean temperature of every whole day."""
        whole = len(self.outdoor_c) // self.steps_per_day
        means: Floats = self.outdoor_c[: whole * self.steps_per_day].reshape(whole, -1).mean(axis=1)
        return means

    def daily(self) -> Weather:
        """Return the same weather in steps of a day."""
        return Weather(self.start, _HOURS_PER_DAY, self.days())

    def repeated(self) -> Weather:
        """Return the same weather twice in a row: a typical year then has a winter in its middle."""
        return Weather(self.start, self.step_h, np.tile(self.outdoor_c, 2))

    def between(self, first: date, last: date) -> Weather:
        """Return the part from the first day to the last, both included.

        Raises
        ------
        OutOfRange
            If a day lies outside the weather.
        """
        begin = (first - self.start).days * self.steps_per_day
        end = ((last - self.start).days + 1) * self.steps_per_day
        if not 0 <= begin < end <= len(self.outdoor_c):
            raise OutOfRange(
                text(
                    "{first} to {last} lies outside the weather: it begins on {start}, has {days} days.",
                    first=first.isoformat(), last=last.isoformat(), start=self.start.isoformat(),
                    days=len(self.outdoor_c) // self.steps_per_day,
                )
            )  # fmt: skip
        return Weather(first, self.step_h, self.outdoor_c[begin:end])

    def trailing_c(self, hours: float) -> Floats:
        """Return the mean temperature of the hours up to the end of every step; fewer at the beginning."""
        width = max(1, round(hours / self.step_h))
        total = np.concatenate(([0.0], np.cumsum(self.outdoor_c)))
        end = np.arange(1, len(self.outdoor_c) + 1)
        begin = np.maximum(end - width, 0)
        means: Floats = (total[end] - total[begin]) / (end - begin)
        return means


def synthetic_weather(station: str, first: date, last: date, step_h: float = 24.0) -> Weather:
    """Return an artificial winter that keeps a station's design data; the same every time.

    A yearly cosine has as many days at or below 5 °C, with the same mean, as the station; cold spells at even
    intervals are as strong as five days a year need to be colder than the design temperature; within a day
    the temperature follows a cosine.

    Parameters
    ----------
    station : a name of ``tables/climate.toml``.
    first, last : first and last day.
    step_h : length of a step; it divides a day.

    Raises
    ------
    UnknownItem
        If there is no such station.
    OutOfRange
        If the step does not divide a day or the last day is before the first.

    References
    ----------
    docs/engineers/heat.md#season
    """
    _check_step(step_h)
    if last < first:
        raise OutOfRange(
            text("The last day {last} lies before the first, {first}.", last=last.isoformat(),
                 first=first.isoformat())
        )  # fmt: skip
    row = _station(station)
    steps = round(((last - first).days + 1) * _HOURS_PER_DAY / step_h)
    middle_h: Floats = (np.arange(steps, dtype=np.float64) + 0.5) * step_h
    smooth_c = _smooth_c(row, _days_from_midwinter(row, first, middle_h / _HOURS_PER_DAY))
    return Weather(first, step_h, smooth_c + _within_day_k(middle_h, step_h))


def read_epw(path: Path | str) -> Weather:
    """Return the outdoor temperatures of an EnergyPlus weather file, hour by hour.

    A typical year is put together from months of different years; it is dated by the year of its first month.

    Raises
    ------
    InputFault
        If the package that reads such files is not installed: ``pip install fenhu[weather]``.
    UnreadableFile
        If the file is no such file, naming it.
    """
    try:
        from pvlib.iotools import read_epw as read_table
    except ImportError as missing:
        raise InputFault(text("Weather files need pvlib: pip install fenhu[weather]")) from missing
    name, content = Path(path).name, _epw_content(Path(path))
    try:
        table, _ = read_table(StringIO(content))
        outdoor_c = table["temp_air"].to_numpy(dtype=np.float64)
        months = table[["month", "day", "hour"]].to_numpy(dtype=np.int64)
        start = date(int(table["year"].iloc[0]), int(months[0, 0]), int(months[0, 1]))
    except (ValueError, TypeError, KeyError, IndexError) as fault:
        raise UnreadableFile(
            text("{file} cannot be read as an EnergyPlus weather file: {fault}", file=name, fault=str(fault))
        ) from fault
    if len(outdoor_c) % _HOURS_PER_DAY or not np.array_equal(months[:, 2], np.arange(len(months)) % 24 + 1):
        raise UnreadableFile(text("{file} does not give every hour of its days, from 1 to 24.", file=name))
    return _named(name, start, outdoor_c)


def _epw_content(path: Path) -> str:
    try:
        content = path.read_text(encoding="utf-8-sig", errors="replace")
    except OSError as fault:
        raise UnreadableFile(
            text("{file} cannot be read: {reason}.", file=path, reason=reason_of(fault))
        ) from fault
    if not content.startswith("LOCATION,"):
        raise UnreadableFile(
            text(
                "{file} is no EnergyPlus weather file: its first line should begin with LOCATION. Give the "
                ".epw file itself.",
                file=path.name,
            )
        )
    return content


def _named(name: str, start: date, outdoor_c: Floats) -> Weather:
    try:
        return Weather(start, 1.0, outdoor_c)
    except OutOfRange as fault:
        raise UnreadableFile(text("{file}: {fault}", file=name, fault=str(fault))) from fault


def _check_step(step_h: float) -> None:
    steps = _HOURS_PER_DAY / step_h if step_h > 0.0 else 0.0
    if not steps >= 1.0 or abs(steps - round(steps)) > 1e-9:
        raise OutOfRange(
            text("A step of {value} h: expected a part of a day, such as 1, 6 or 24.", value=step_h)
        )


def _station(name: str) -> Mapping[str, Any]:
    stations: Mapping[str, Mapping[str, Any]] = tables.load("climate")["station"]
    if name not in stations:
        raise UnknownItem(
            text("No climate station {name}; there are {known}.", name=name, known=", ".join(stations))
        )
    return stations[name]


def _days_from_midwinter(row: Mapping[str, Any], first: date, elapsed_days: Floats) -> Floats:
    """Return how many days moments lie from the nearest midwinter noon, counted from midnight of a day."""
    year = tables.load("climate")["synthetic"]["days_per_year"]
    since = (first - _midwinter(row, first.year)).days - 0.5 + elapsed_days
    wrapped: Floats = (since + 0.5 * year) % year - 0.5 * year
    return wrapped


def _midwinter(row: Mapping[str, Any], year: int) -> date:
    """Return the middle of the days at or below 5 °C, or the assumed one where these are not given."""
    if "first_day" not in row:
        return _day(tables.load("climate")["synthetic"]["midwinter"], year)
    return _day(row["first_day"], year - 1) + timedelta(days=row["days"] // 2)


def _day(month_day: str, year: int) -> date:
    return date.fromisoformat(f"{year}-{month_day}")


def _smooth_c(row: Mapping[str, Any], days: Floats) -> Floats:
    """Return the temperature without its daily swing, by days from midwinter."""
    design = tables.load("climate")["synthetic"]
    whole = np.arange(design["days_per_year"]) - design["days_per_year"] // 2
    yearly_c, spell_k = _yearly_c(row, whole), _spell_k(row, whole)
    coldest = design["colder_days"]
    low, high = 0.0, 100.0
    for _ in range(60):
        middle = 0.5 * (low + high)
        sixth_c = np.partition(yearly_c + middle * spell_k, coldest)[coldest]
        low, high = (middle, high) if sixth_c > row["heating_c"] else (low, middle)
    smooth: Floats = _yearly_c(row, days) + low * _spell_k(row, days)
    return smooth


def _yearly_c(row: Mapping[str, Any], days: Floats) -> Floats:
    """Return the yearly cosine: the limit at both ends of the cold days, their mean between them."""
    design = tables.load("climate")["synthetic"]
    limit_c, year = design["season_limit_c"], design["days_per_year"]
    half = math.pi * row["days"] / year
    swing_k = (limit_c - row["mean_c"]) / (math.sin(half) / half - math.cos(half))
    wave: Floats = limit_c + swing_k * (math.cos(half) - np.cos(2.0 * math.pi * days / year))
    return wave


def _spell_k(row: Mapping[str, Any], days: Floats) -> Floats:
    """Return the cold spells as a wave of unit height; whole waves fill the cold days."""
    spells = round(row["days"] / tables.load("climate")["synthetic"]["days_between_spells"])
    wave: Floats = -np.cos(2.0 * math.pi * days * spells / row["days"])
    return wave


def _within_day_k(middle_h: Floats, step_h: float) -> Floats:
    """Return the mean of the daily cosine over every step."""
    design = tables.load("climate")["synthetic"]
    half = math.pi * step_h / _HOURS_PER_DAY
    angle = 2.0 * math.pi * (middle_h - design["warmest_hour"]) / _HOURS_PER_DAY
    swing: Floats = design["daily_swing_k"] * math.sin(half) / half * np.cos(angle)
    return swing
