"""The winter a building is carried through: weather, supply temperature, and what of both is assumed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from fenhu import tables
from fenhu.building.assume import Assumptions
from fenhu.building.season import WARM_C
from fenhu.building.spec import Building
from fenhu.errors import InputFault, OutOfRange
from fenhu.heat import HeatingCurve, Weather, read_epw, synthetic_weather
from fenhu.records import Assumption
from fenhu.wording import text

SeasonOf = Callable[[int], tuple[date, date]]

# Neither this year nor the next has a 29 February, as typical years have none.
TYPICAL_YEAR = 2010
_DAYS_PER_YEAR = 365
_WARMEST_SUPPLY_C = 130.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Winter:
    """A season's weather and the supply temperature that follows it; ``assumed`` is what nobody gave."""

    weather: Weather
    curve: HeatingCurve
    assumed: tuple[Assumption, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WinterWeather:
    """A city's heating season, the same for all its buildings; ``assumed`` is what nobody gave."""

    station: str
    weather: Weather
    assumed: tuple[Assumption, ...]


def winter_for(
    building: Building, station: str, season_of: SeasonOf, *, epw: Path | None = None, hourly: bool = False
) -> Winter:
    """Return the winter of a building's city.

    Parameters
    ----------
    building : its supply temperature, and the outdoor temperature that belongs to it, fix the heating curve.
    station : a name of ``tables/climate.toml``; gives the design temperature and, without a file, weather.
    season_of : first and last day of the heating season that starts in a year.
    epw : an EnergyPlus weather file that holds such a season, or a whole year.
    hourly : in steps of an hour; else of a day.

    Raises
    ------
    InputFault
        If the weather file cannot be used, or the building's supply temperature fixes no curve.

    References
    ----------
    docs/engineers/heat.md#season
    """
    return winter_in(building, winter_weather(station, season_of, epw=epw, hourly=hourly))


def winter_weather(
    station: str, season_of: SeasonOf, *, epw: Path | None = None, hourly: bool = False
) -> WinterWeather:
    """Return the weather of a city's heating season; ``station`` and the rest as ``winter_for`` takes them.

    Raises
    ------
    InputFault
        If the weather file cannot be used.
    """
    assumptions = Assumptions()
    if epw is None:
        reason = text("no weather file given: an artificial winter from the station's design data")
        assumptions.note("weather", station, reason)
        weather = synthetic_weather(station, *season_of(TYPICAL_YEAR), 1.0 if hourly else 24.0)
    else:
        from_file = _season_in_file(assumptions, epw, season_of)
        weather = from_file if hourly else from_file.daily()
    return WinterWeather(station=station, weather=weather, assumed=assumptions.made())


def winter_in(building: Building, outside: WinterWeather) -> Winter:
    """Return the winter of a building in its city's weather.

    Raises
    ------
    InputFault
        If the building's supply temperature fixes no curve.
    """
    assumptions = Assumptions()
    curve = _curve(assumptions, building, tables.load("climate")["station"][outside.station]["heating_c"])
    assumptions.note("ventilate_above_c", WARM_C, text("in warmer rooms people open windows"))
    assumptions.note(
        "pump_efficiency_ratio", tables.load("eras")["circulation"]["efficiency_ratio"],
        text("pump, motor and drive together, usual of circulation pumps"),
    )  # fmt: skip
    return Winter(weather=outside.weather, curve=curve, assumed=(*outside.assumed, *assumptions.made()))


def _season_in_file(assumptions: Assumptions, path: Path, season_of: SeasonOf) -> Weather:
    """Return the first heating season in a weather file; a year without one is taken as every year's."""
    weather = read_epw(path)
    found, days = _first_season(weather, season_of), len(weather.days())
    if found is None and days >= _DAYS_PER_YEAR:
        reason = text(
            "one year's weather taken as every year's; dated from {year} on", year=str(TYPICAL_YEAR)
        )
        assumptions.note("weather", path.name, reason)
        found = _first_season(_as_every_year(weather), season_of)
    if found is None:
        first, last = season_of(weather.start.year)
        raise OutOfRange(
            text(
                "{file} has {days} days from {start} on: expected the heating season, {first} to {last}, or "
                "a whole year.",
                file=path.name, days=days, start=weather.start.isoformat(), first=first.isoformat(),
                last=last.isoformat(),
            )
        )  # fmt: skip
    return found


def _as_every_year(weather: Weather) -> Weather:
    start = date(TYPICAL_YEAR, 1, 1) + timedelta(days=weather.start.timetuple().tm_yday - 1)
    return Weather(start, weather.step_h, weather.outdoor_c).repeated()


def _first_season(weather: Weather, season_of: SeasonOf) -> Weather | None:
    end = weather.start + timedelta(days=len(weather.days()))
    for year in range(weather.start.year, end.year + 1):
        first, last = season_of(year)
        if weather.start <= first and last < end:
            return weather.between(first, last)
    return None


def _curve(assumptions: Assumptions, building: Building, design_outdoor_c: float) -> HeatingCurve:
    """Return the curve through the building's supply: that of the design day, unless the day is given."""
    table = tables.load("eras")["heating_curve"]
    unknown = {"supply_c", "outdoor_c"} & {one.key for one in building.assumed}
    outdoor_c = design_outdoor_c if unknown else building.outdoor_c
    if outdoor_c > table["warmest_outdoor_c"]:
        raise InputFault(
            text(
                "outdoor_c = {outdoor}: the supply of a day this warm tells nothing of a cold one. Give "
                "supply_c with an outdoor_c of at most {warmest} °C.",
                outdoor=outdoor_c, warmest=table["warmest_outdoor_c"],
            )
        )  # fmt: skip
    curve = HeatingCurve.through(
        building.supply_c, outdoor_c, design_outdoor_c=design_outdoor_c, fall_ratio=table["fall_ratio"]
    )
    if curve.design_supply_c > _WARMEST_SUPPLY_C:
        raise InputFault(
            text(
                "supply_c = {supply} at outdoor_c = {outdoor} would be {design} °C on the design day: "
                "expected at most {warmest} °C. Give supply_c with the outdoor_c it was measured at.",
                supply=building.supply_c, outdoor=outdoor_c, design=round(curve.design_supply_c, 1),
                warmest=_WARMEST_SUPPLY_C,
            )
        )  # fmt: skip
    _note_curve(assumptions, building, curve, outdoor_c)
    return curve


def _note_curve(assumptions: Assumptions, building: Building, curve: HeatingCurve, outdoor_c: float) -> None:
    assumptions.note(
        "design_outdoor_c", curve.design_outdoor_c,
        text("heating design temperature of the station (GB 50736-2012); the supply gets no warmer below it"),
    )  # fmt: skip
    if outdoor_c > curve.design_outdoor_c:
        assumptions.note(
            "design_supply_c", round(curve.design_supply_c, 1),
            text("from {supply} °C at {outdoor} °C outdoors by the heating curve",
                 supply=building.supply_c, outdoor=outdoor_c),
        )  # fmt: skip
    assumptions.note(
        "design_return_c", round(curve.design_return_c, 1),
        text("not given; in the proportion of 70/50 °C"),
    )  # fmt: skip
