"""building: from what is known of a building to its heat network, and back to its flats' temperatures.

In comes a building file (``read_building``), a register row (``from_record``) or what one knows
(``describe``); what is missing is assumed by name. Out come the network (``network_of``), the flats'
temperatures (``simulate``; ``solve`` with arrays, table and picture), its heating season
(``simulate_season`` through a ``Winter``), and the same building with another form of pipework (``convert``).
"""

from fenhu.building.calibration import Calibration, Measured, calibrate, flats_to_measure, what_explains
from fenhu.building.from_register import from_record
from fenhu.building.reading import parse_building, read_building
from fenhu.building.season import Season, SeasonSummary, simulate_season, simulate_seasons
from fenhu.building.season_answer import season_days, season_json, season_totals
from fenhu.building.simulate import (
    BuildingNetwork,
    convert,
    network_of,
    simulate,
    simulate_json,
    summary,
)
from fenhu.building.spec import (
    Building,
    Flat,
    Loop,
    Mains,
    Pipework,
    Radiators,
    Room,
    Shell,
    Surface,
)
from fenhu.building.state import Balance, State, describe, solve
from fenhu.building.winter import Winter, WinterWeather, winter_for, winter_in, winter_weather

__all__ = [
    "Balance", "Building", "BuildingNetwork", "Calibration", "Flat", "Loop", "Mains", "Measured",
    "Pipework", "Radiators", "Room", "Season", "SeasonSummary", "Shell", "State", "Surface", "Winter",
    "WinterWeather", "calibrate", "convert", "describe", "flats_to_measure", "from_record", "network_of",
    "parse_building", "read_building", "season_days", "season_json", "season_totals", "simulate",
    "simulate_json", "simulate_season", "simulate_seasons", "solve", "summary", "what_explains",
    "winter_for", "winter_in", "winter_weather",
]  # fmt: skip
