"""The heat a flat used in a season: measured, divided between two readings, or as comparable flats."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise

from fenhu.money.metering.readings import MeterSeries
from fenhu.money.metering.season import Season, heated_days
from fenhu.policy.programme import Calendar
from fenhu.wording import Text, text

# An estimate is no finer than what a meter shows.
_STEP_KWH = Decimal("0.01")


class How(StrEnum):
    """How the heat of a part of the season is known."""

    MEASURED = "measured"
    BETWEEN = "between"
    COMPARABLE = "comparable"


HOW_NAMES: Mapping[How, Text] = {
    How.MEASURED: text("measured"),
    How.BETWEEN: text("estimated by days between two readings"),
    How.COMPARABLE: text("estimated by comparable flats"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """The heat of one stretch of the season; ``meter`` is empty where none could be read."""

    meter: str
    since: date
    until: date
    energy_kwh: Decimal
    how: How

    @property
    def estimated(self) -> bool:
        """Return whether the heat was not measured as such."""
        return self.how is not How.MEASURED

    @property
    def how_name(self) -> Text:
        """Return how the heat is known as words."""
        return HOW_NAMES[self.how]


@dataclass(frozen=True, slots=True, kw_only=True)
class SeasonUse:
    """A flat's heat of a season by parts; ``missing`` are stretches for which nothing could be said."""

    parts: tuple[Part, ...]
    missing: tuple[tuple[date, date], ...] = ()

    @property
    def energy_kwh(self) -> Decimal | None:
        """Return the heat of the season, None while some of it is unknown."""
        return None if self.missing else sum((part.energy_kwh for part in self.parts), Decimal(0))

    @property
    def estimated(self) -> bool:
        """Return whether any part is an estimate."""
        return any(part.estimated for part in self.parts)


Comparable = tuple[Decimal, Sequence[MeterSeries]]
"""A flat like the one in question: its area in square metres and its meters."""


def season_use(
    meters: Sequence[MeterSeries],
    season: Season,
    calendar: Calendar,
    *,
    area_m2: Decimal,
    comparable: Sequence[Comparable] = (),
) -> SeasonUse:
    """Return the heat a flat used in a season.

    A reading taken in summer holds until heat flows again. Between two readings of which one lies in another
    season, the heat is divided by days of heat. Where readings are missing at the beginning or the end, the
    comparable flats' heat per square metre of the same days is taken.

    Parameters
    ----------
    meters
        The flat's meters; after an exchange the new one follows the old one.
    season, calendar
        The season asked for, and the calendar that knows the others.
    area_m2
        The flat's heated area.
    comparable
        Flats of the same building, or others alike; those without readings for the missing days are left out.
    """
    parts = [part for series in meters for part in _read_parts(series, season, calendar)]
    parts.sort(key=lambda part: (part.since, part.until))
    missing = []
    for since, until in _gaps(parts, season):
        mean = _mean_kwh_per_m2(comparable, since, until, season, calendar)
        if mean is None:
            missing.append((since, until))
            continue
        heat = _rounded(mean * Fraction(area_m2))
        parts.append(Part(meter="", since=since, until=until, energy_kwh=heat, how=How.COMPARABLE))
    parts.sort(key=lambda part: (part.since, part.until))
    return SeasonUse(parts=tuple(parts), missing=tuple(missing))


def _read_parts(series: MeterSeries, season: Season, calendar: Calendar) -> Iterator[Part]:
    """Yield the stretches between readings that lie in the season, those measured through as one."""
    measured: list[tuple[date, date, Decimal]] = []
    divided: list[Part] = []
    for earlier, later in pairwise(series.points()):
        since, until = max(earlier.day, season.first), min(later.day, season.last)
        if since >= until:
            continue
        used = later.energy_kwh - earlier.energy_kwh
        of_season = Fraction((until - since).days, heated_days(calendar, earlier.day, later.day))
        if of_season == 1:
            measured.append((since, until, used))
        else:
            heat = _rounded(Fraction(used) * of_season)
            divided.append(
                Part(meter=series.meter, since=since, until=until, energy_kwh=heat, how=How.BETWEEN)
            )
    if measured:
        yield Part(
            meter=series.meter, since=measured[0][0], until=measured[-1][1], how=How.MEASURED,
            energy_kwh=sum((used for _, _, used in measured), Decimal(0)),
        )  # fmt: skip
    yield from divided


def _gaps(parts: Sequence[Part], season: Season) -> Iterator[tuple[date, date]]:
    """Yield the stretches of the season that no reading covers."""
    reached = season.first
    for part in parts:
        if part.since > reached:
            yield reached, part.since
        reached = max(reached, part.until)
    if reached < season.last:
        yield reached, season.last


def _mean_kwh_per_m2(
    comparable: Sequence[Comparable], since: date, until: date, season: Season, calendar: Calendar
) -> Fraction | None:
    """Return the heat per square metre of the flats whose meters cover the days; None where none does."""
    days = Season(year=season.year, first=since, last=until)
    used, areas = Fraction(0), Fraction(0)
    for area_m2, meters in comparable:
        use = season_use(meters, days, calendar, area_m2=area_m2)
        if use.energy_kwh is not None:
            used += Fraction(use.energy_kwh)
            areas += Fraction(area_m2)
    return used / areas if areas else None


def _rounded(heat: Fraction) -> Decimal:
    exact = Decimal(heat.numerator) / Decimal(heat.denominator)
    return exact.quantize(_STEP_KWH, rounding=ROUND_HALF_UP)
