"""Heating seasons of many different houses on all cores, by days and by hours, old and converted.

Run it by itself; ``--houses 1000`` measures a whole city, hour by hour some ten minutes a row.
"""

from __future__ import annotations

import argparse
import os
import sys
from datetime import date
from itertools import cycle, islice

from houses import BLOCK, different
from measuring import Others, seconds

from fenhu.building import Building, SeasonSummary, parse_building, simulate_seasons
from fenhu.heat import HeatingCurve, synthetic_weather

FIRST, LAST = date(2010, 11, 1), date(2011, 3, 31)
CURVE = HeatingCurve(design_supply_c=75.0, design_return_c=50.0, design_outdoor_c=-15.7)
STEPS_H, MOST_MINUTES = (24.0, 1.0), (5.0, 15.0)


def old(count: int) -> list[Building]:
    """Return worn houses with vertical series risers, of different storeys, units, rust and inlets."""
    sizes = [
        {"storeys": storeys, "units": units, "corrosion": rust, "inlet_kpa": inlet_kpa}
        for storeys in (4, 5, 6, 7) for units in (2, 3, 4, 5, 6) for rust in (0, 1, 2, 3)
        for inlet_kpa in (4.0, 8.0, 16.0)
    ]  # fmt: skip
    return [parse_building({**BLOCK, **size}, "old") for size in islice(cycle(sizes), count)]


def season_row(name: str, houses: list[Building], step_h: float, most_minutes: float) -> str:
    """Return a row of the table: seconds, answers, and minutes for a thousand houses."""
    weather = synthetic_weather("阜新", FIRST, LAST, step_h)
    found: list[object] = []
    taken_s = seconds(lambda: found.extend(simulate_seasons(houses, weather, CURVE)))
    answered = sum(isinstance(one, SeasonSummary) for one in found)
    thousand_minutes = taken_s / len(houses) * 1000.0 / 60.0
    said = "reached" if thousand_minutes <= most_minutes else "not reached"
    return (
        f"| {len(houses):,} {name} houses, steps of {step_h:g} h | {taken_s:.1f} s, {answered:,} answered | "
        f"{thousand_minutes:.1f} min | ≤ {most_minutes:g} min: {said} |"
    )


def main() -> None:
    """Print a table of seasons."""
    parser = argparse.ArgumentParser(description="Simulate heating seasons.")
    parser.add_argument("--houses", type=int, default=100)
    count = parser.parse_args().houses
    simulate_seasons(old(2), synthetic_weather("阜新", FIRST, FIRST), CURVE)
    others = Others()
    rows = [
        season_row(name, houses, step_h, most_minutes)
        for name, houses in (("old", old(count)), ("converted", different(count)))
        for step_h, most_minutes in zip(STEPS_H, MOST_MINUTES, strict=True)
    ]
    head = "| work | measured | 1,000 houses | to be reached |\n|---|---:|---:|---|"
    busy = f"\n{os.cpu_count()} cores, of which others kept {others.cores():.1f} busy."
    sys.stdout.write("\n".join((head, *rows, busy, "")))


if __name__ == "__main__":
    main()
