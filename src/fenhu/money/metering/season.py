"""Heating seasons, and how many days of heat lie between two days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from fenhu.policy.programme import Calendar
from fenhu.wording import Text, text


@dataclass(frozen=True, slots=True, kw_only=True)
class Season:
    """A heating season by the year in which it starts."""

    year: int
    first: date
    last: date

    @property
    def days(self) -> int:
        """Return its days, the first and the last included."""
        return (self.last - self.first).days + 1

    @property
    def name(self) -> Text:
        """Return the season as words."""
        return text("{first}–{last} season", first=str(self.year), last=str(self.year + 1))


def season_of(calendar: Calendar, year: int) -> Season:
    """Return the heating season that starts in ``year``."""
    first, last = calendar.season_of(year)
    return Season(year=year, first=first, last=last)


def heated_days(calendar: Calendar, since: date, until: date) -> int:
    """Return how many days of heat lie between two readings; summers count nothing.

    Examples
    --------
    With a season from 1 November to 31 March, from 20 October to 11 November there are ten days of heat.
    """
    seasons = (season_of(calendar, year) for year in range(since.year - 1, until.year + 1))
    return sum(_shared(season, since, until) for season in seasons)


def _shared(season: Season, since: date, until: date) -> int:
    return max(0, (min(season.last, until) - max(season.first, since)).days)
