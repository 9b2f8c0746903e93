"""The programme itself: the city, its size and years, its calendar, and who does what."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Literal

from pydantic import Field

from fenhu.policy.entry import Entry, MonthDay, Named, Number, Setting, Strict, Words, day_of_year
from fenhu.records import OwnerKind
from fenhu.wording import Text, text

Authority = Literal["city", "district"]
Party = Literal[
    "government",
    "city_bureau",
    "district_gov",
    "finance",
    "heat_supplier",
    "owner_unit",
    "community",
    "property_company",
    "contractor",
    "public_security",
    "media",
    "household",
    "resident_representatives",
]


class District(Named):
    """A district whose government answers for the buildings of its units."""


class City(Named):
    """``[city]``: whose programme this is."""

    province: Words
    province_en: Words
    district: tuple[District, ...] = Field(min_length=1)


class Basis(Named):
    """``[[basis]]``: a paper the document stands on."""


class Aim(Named):
    """``[[aim]]``: what the conversion is for."""


class Target(Entry):
    """``[[programme.target]]``: what one year is to convert."""

    year: int
    buildings: int = Field(ge=0)
    flats: int = Field(ge=0)

    def said(self) -> Text:
        """Return the target as words."""
        return text(
            "{year}: {buildings} buildings, {flats} flats",
            year=str(self.year),
            buildings=self.buildings,
            flats=self.flats,
        )


class Volunteers(Entry):
    """``[programme.volunteers]``: buildings outside the earlier pilot whose residents ask for conversion."""

    pilot_year: int
    rewarded: bool


class Programme(Entry):
    """``[programme]``: the stock to convert and the years for it."""

    stock_flats: int = Field(gt=0)
    stock_area_m2: int = Field(gt=0)
    first_year: int
    years_min: int = Field(gt=0)
    years_max: int = Field(gt=0, le=50)
    planned_years: Setting[int]
    target: tuple[Target, ...] = Field(min_length=1)
    volunteers: Volunteers

    @property
    def years(self) -> tuple[int, ...]:
        """Return the calendar years that are planned."""
        return tuple(range(self.first_year, self.first_year + self.planned_years.value))

    @property
    def targets(self) -> Mapping[int, Target]:
        """Return the targets by year."""
        return {target.year: target for target in self.target}


class YearlyDay(Entry):
    """``[calendar.filing_deadline]`` and the like: a day of every year, as ``MM-DD``."""

    day: MonthDay


class Season(Entry):
    """``[calendar.heating_season]``: from a day of one year to a day of the next."""

    starts: MonthDay
    ends: MonthDay

    def said(self) -> Text:
        """Return the season as words."""
        return text("{starts} to {ends} of the next year", starts=self.starts, ends=self.ends)


class Exceptional(Entry):
    """``[[calendar.exception]]``: the date that holds in one year instead of the yearly day."""

    deadline: Literal["filing", "completion"]
    year: int
    date: date

    def said(self) -> Text:
        """Return the exception as words."""
        return text("{year}: {date}", year=str(self.year), date=self.date.isoformat())


class Calendar(Strict):
    """``[calendar]``: the deadlines of every year and the heating season."""

    filing: YearlyDay = Field(alias="filing_deadline")
    completion: YearlyDay = Field(alias="completion_deadline")
    heating_season: Season
    exception: tuple[Exceptional, ...] = ()

    def filing_deadline(self, year: int) -> date:
        """Return the last day on which the plan of ``year`` may be filed."""
        return self._deadline("filing", self.filing, year)

    def completion_deadline(self, year: int) -> date:
        """Return the day by which the works of ``year`` are done."""
        return self._deadline("completion", self.completion, year)

    def season_of(self, year: int) -> tuple[date, date]:
        """Return the first and last day of the heating season that starts in ``year``."""
        season = self.heating_season
        return day_of_year(season.starts, year), day_of_year(season.ends, year + 1)

    def _deadline(self, which: str, yearly: YearlyDay, year: int) -> date:
        for exception in self.exception:
            if (exception.deadline, exception.year) == (which, year):
                return exception.date
        return day_of_year(yearly.day, year)


class Responsibility(Entry):
    """``[responsibility]``: which government answers for the buildings of which kind of owner."""

    central: Authority
    provincial: Authority
    municipal: Authority
    developer: Authority
    district: Authority

    def of(self, owner_kind: OwnerKind) -> Authority:
        """Return the government responsible for buildings of ``owner_kind``."""
        authority: Authority = getattr(self, owner_kind.value)
        return authority


class Duty(Named):
    """``[[duty]]``: what a party has to do; ``name`` says it."""

    party: Party


class Climate(Entry):
    """``[climate]``: the city's row in the table of outdoor design data."""

    station: Words


class Planning(Strict):
    """``[planning]``: what the planner has to weigh; money, crews and physics are never weighed."""

    discount_ratio: Setting[Number]
    max_active_years: Setting[int]
    upper_share_max_ratio: Setting[Number]
    equity_ratio: Setting[Number]
    priority_share_ratio: Setting[Number]
    priority_years: Setting[int]
    mobilise_weight: Setting[Number]
    carry: Setting[tuple[Literal["city", "district", "repair_fund", "owner", "upper", "supplier"], ...]]
    volunteer_places: Setting[int]
    owner_conversion_uses_crew: Setting[bool]
    stairwell_by_stairwell: Setting[bool]
    stay_weight: Setting[Number]
