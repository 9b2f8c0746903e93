"""What a bulletin is made of: plain counts of a month or a year, with the period before beside them."""

from __future__ import annotations

import calendar
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from fenhu.errors import OutOfRange
from fenhu.wording import Text, bilingual, text

_DECEMBER = 12


@dataclass(frozen=True, slots=True)
class Period:
    """A calendar year, or one month of it; ``month`` runs from 1.

    Raises
    ------
    OutOfRange
        If there is no such month.
    """

    year: int
    month: int | None = None

    def __post_init__(self) -> None:
        if self.month is not None and not 1 <= self.month <= _DECEMBER:
            raise OutOfRange(text("A bulletin is of a month 1 to 12, not {month}", month=self.month))

    @property
    def first_day(self) -> date:
        """Return the period's first day."""
        return date(self.year, self.month or 1, 1)

    @property
    def last_day(self) -> date:
        """Return the period's last day."""
        month = self.month or _DECEMBER
        return date(self.year, month, calendar.monthrange(self.year, month)[1])

    @property
    def before(self) -> Period:
        """Return the period before: the month before, or the year before."""
        if self.month is None:
            return Period(self.year - 1)
        return _month_of(self.first_day - timedelta(days=1))

    @property
    def coming(self) -> Period:
        """Return the month that follows the period."""
        return _month_of(self.last_day + timedelta(days=1))

    @property
    def iso(self) -> str:
        """Return how the days of the period begin by ISO 8601: ``2011`` or ``2011-07``."""
        return f"{self.year}" if self.month is None else f"{self.year}-{self.month:02}"

    @property
    def said(self) -> Text:
        """Return the period in words."""
        if self.month is None:
            return bilingual(f"{self.year}年", f"{self.year}")
        return bilingual(f"{self.year}年{self.month}月", f"{calendar.month_name[self.month]} {self.year}")


def _month_of(day: date) -> Period:
    return Period(day.year, day.month)


@dataclass(frozen=True, slots=True)
class Amount:
    """So many buildings with so many flats."""

    buildings: int = 0
    flats: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Steps:
    """What came through each step of the programme within some days."""

    approved: Amount = Amount()
    begun: Amount = Amount()
    accepted: Amount = Amount()
    in_use: Amount = Amount()


@dataclass(frozen=True, slots=True, kw_only=True)
class YearGoal:
    """One year of the programme in buildings; ``target`` is None where none is set or a part is seen."""

    year: int
    target: int | None
    listed: int
    accepted: int

    @property
    def goal(self) -> int:
        """Return what the year is measured by: its target, else what stands on approved plans."""
        return self.listed if self.target is None else self.target


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How far a district or a supplier is with the year's buildings; ``key`` narrows a list to them."""

    name: str
    key: str
    listed: int
    accepted: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadlines:
    """What was missed by the bulletin's day; names are those of heat suppliers."""

    filing_day: date
    not_filed: tuple[str, ...] = ()
    filed_late: tuple[str, ...] = ()
    completion_day: date
    unfinished: Amount = Amount()
    unfinished_since: date | None = None
    finished_late: Amount = Amount()


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceMoney:
    """What one source has for the year, and where it stands, in fen."""

    name: Text
    spent_fen: int
    contracted_fen: int
    committed_fen: int
    free_fen: int

    @property
    def held_fen(self) -> int:
        """Return all the source has."""
        return self.spent_fen + self.contracted_fen + self.committed_fen + self.free_fen


@dataclass(frozen=True, slots=True, kw_only=True)
class BulletinMoney:
    """The year's purses, and what was paid as reward and released by the repair fund in the period, in fen.

    ``billed_fen`` is what the year's contracts charge, for ``billed_flats`` flats.
    """

    sources: tuple[SourceMoney, ...] = ()
    rewarded_fen: int = 0
    released_fen: int = 0
    billed_fen: int = 0
    billed_flats: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Warmth:
    """The flats in use: simulated, counted by whole degree; and the temperatures measured, ℃."""

    before: Mapping[int, int] = field(default_factory=dict)
    after: Mapping[int, int] = field(default_factory=dict)
    measured_before_c: Sequence[float] = ()
    measured_after_c: Sequence[float] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseCounts:
    """Cases of the period; ``open`` and ``overdue`` on the bulletin's day, ``median_days`` of the settled."""

    opened: int = 0
    complaints: int = 0
    settled: int = 0
    open: int = 0
    overdue: int = 0
    median_days: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Coming:
    """What falls due in the month after: plans to file, works to finish, cases to settle."""

    filing_day: date | None = None
    to_file: int = 0
    completion_day: date | None = None
    to_finish: int = 0
    cases: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammeNews:
    """The programme's part of a bulletin.

    ``years`` are those of the programme, ``year`` the one the bulletin is about; ``months`` are its buildings
    accepted by each month's end.
    """

    steps: Steps
    before: Steps
    this_year: Steps
    ever: Steps
    year: int
    years: tuple[YearGoal, ...]
    months: tuple[int, ...]
    districts: tuple[Standing, ...]
    suppliers: tuple[Standing, ...]
    deadlines: Deadlines
    warmth: Warmth
    cases: CaseCounts
    coming: Coming
    synthetic: bool = False

    @property
    def now(self) -> YearGoal:
        """Return the programme's year the bulletin is about."""
        return next(one for one in self.years if one.year == self.year)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bulletin:
    """One bulletin of an office; ``as_of`` is the last day counted."""

    city: Text
    office: Text
    scope: str
    period: Period
    as_of: date
    news: ProgrammeNews
    money: BulletinMoney
