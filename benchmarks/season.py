"""Heating seasons: of one house, and of a city of different houses on all cores, by days and by hours.

Run ``make bench``, or this file by itself; it prints JSON. The whole city goes through its winter once, if a
sample says that takes no more than ten minutes; else the sample's time is scaled, and said to be.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from datetime import date
from itertools import chain, cycle, islice

from houses import BLOCK, block, different, old_block
from measuring import Others, peak_mb, seconds, several

from fenhu.building import Building, SeasonSummary, parse_building, simulate_season, simulate_seasons
from fenhu.heat import HeatingCurve, Weather, synthetic_weather
from fenhu.records import SystemForm

FIRST, LAST = date(2010, 11, 1), date(2011, 3, 31)
CURVE = HeatingCurve(design_supply_c=75.0, design_return_c=50.0, design_outdoor_c=-15.7)
STEPS_H = (24.0, 1.0)
UNITS, INLET_KPA = 3, 20.0
SAMPLES, MOST_S = 40, 600.0


def old(count: int) -> list[Building]:
    """Return worn houses with vertical series risers, of different storeys, units, rust and inlets."""
    sizes = [
        {"storeys": storeys, "units": units, "corrosion": rust, "inlet_kpa": inlet_kpa}
        for storeys in (4, 5, 6, 7) for units in (2, 3, 4, 5, 6) for rust in (0, 1, 2, 3)
        for inlet_kpa in (4.0, 8.0, 16.0)
    ]  # fmt: skip
    return [parse_building({**BLOCK, **size}, "old") for size in islice(cycle(sizes), count)]


def city(count: int) -> list[Building]:
    """Return as many old as converted houses, in turn."""
    return list(chain.from_iterable(zip(old(count // 2), different(count // 2), strict=True)))


def one_house(weather: Weather, rounds: int) -> dict[str, dict[str, float]]:
    """Return how long one core takes for a season of the house, old and converted."""
    houses = {
        "old": old_block(SystemForm.VERTICAL_SINGLE_SERIES, INLET_KPA),
        "converted": block(UNITS, SystemForm.HOUSEHOLD_DOUBLE, thermostats=True),
    }
    return {
        name: {**several(lambda house=house: simulate_season(house, weather, CURVE), rounds),
               "flats": len(house.flats)}
        for name, house in houses.items()
    }  # fmt: skip


def whole_city(houses: list[Building], weather: Weather) -> dict[str, float]:
    """Return how long a city takes on all cores: a sample first, then all of it unless that would be long."""
    sample = houses[:: max(1, len(houses) // SAMPLES) | 1]
    found = _timed(sample, weather)
    if found["taken_s"] * len(houses) / len(sample) <= MOST_S:
        found = _timed(houses, weather)
    share = found["houses"] / len(houses)
    return {**found, "wanted": len(houses), "whole_s": found["taken_s"] / share,
            "whole_processor_s": found["processor_s"] / share}  # fmt: skip


def _timed(houses: list[Building], weather: Weather) -> dict[str, float]:
    found: list[object] = []
    begin_s = time.process_time()
    taken_s = seconds(lambda: found.extend(simulate_seasons(houses, weather, CURVE)))
    processor_s = time.process_time() - begin_s
    answered = sum(isinstance(one, SeasonSummary) for one in found)
    return {"houses": len(houses), "answered": answered, "taken_s": taken_s, "processor_s": processor_s}


def main() -> None:
    """Print the measurements as JSON."""
    parser = argparse.ArgumentParser(description="Simulate heating seasons.")
    parser.add_argument("--houses", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    simulate_seasons(city(4), synthetic_weather("阜新", FIRST, FIRST), CURVE)
    others, found = Others(), dict[str, object](threads=os.cpu_count())
    weathers = {f"{step_h:g}": synthetic_weather("阜新", FIRST, LAST, step_h) for step_h in STEPS_H}
    found["one"] = {step: one_house(weather, options.rounds) for step, weather in weathers.items()}
    houses = city(options.houses)
    found["city"] = {step: whole_city(houses, weather) for step, weather in weathers.items()}
    found["peak_mb"], found["others_cores"] = peak_mb(), others.cores()
    sys.stdout.write(json.dumps(found, indent=1) + "\n")


if __name__ == "__main__":
    main()
