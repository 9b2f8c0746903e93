"""A whole city: 1,000 houses of one plan on all cores, 1,000 different plans, the time to compile, memory.

Run ``make bench``, or this file by itself.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile

from houses import city, different
from measuring import Others, peak_mb, seconds, several

from fenhu.building import network_of
from fenhu.heat import Solution
from fenhu.heat.many import solve_many

FIRST_SOLVE = (
    "import time; from houses import city; from fenhu.heat import solve; "
    "[network] = city(1, thermostats=True); "
    "begin = time.perf_counter(); solve(network); print(time.perf_counter() - begin)"
)


def solved(houses: int, *, thermostats: bool, rounds: int) -> dict[str, float]:
    """Return how long a city takes, whether every house has an answer, and its largest residuals."""
    networks = city(houses, thermostats=thermostats)
    answers = solve_many(networks)
    good = [answer for answer in answers if isinstance(answer, Solution)]
    return {
        **several(lambda: solve_many(networks), rounds),
        "houses": len(networks), "answered": len(good), "radiators": houses * 48 * 4,
        "largest_iterations": max(answer.iterations for answer in good),
        "mass_kg_s": max(answer.residuals.mass_kg_s for answer in good),
        "room_w": max(answer.residuals.room_w for answer in good),
    }  # fmt: skip


def plans(houses: int) -> dict[str, float]:
    """Return how long the networks of so many different houses take to build, and then to solve."""
    buildings = different(houses)
    network_of(buildings[0])
    networks: list[object] = []
    build_s = seconds(lambda: networks.extend(network_of(building).network for building in buildings))
    return {"houses": houses, "build_s": build_s, "solve_s": seconds(lambda: solve_many(networks))}


def compiling() -> dict[str, float]:
    """Return how long the first solution takes with nothing compiled, and with the kept code."""
    with tempfile.TemporaryDirectory() as folder:
        return {"compile_s": _first_solve_s(folder), "load_s": _first_solve_s(folder)}


def _first_solve_s(folder: str) -> float:
    """Return how long a fresh process takes for its first solution, with what is compiled in a folder."""
    environment = {**os.environ, "NUMBA_CACHE_DIR": folder, "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-c", FIRST_SOLVE]
    done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=True)
    return float(done.stdout)


def main() -> None:
    """Print the measurements as JSON."""
    parser = argparse.ArgumentParser(description="Solve a city.")
    parser.add_argument("--houses", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=9)
    options = parser.parse_args()
    others = Others()
    found = {
        "without": solved(options.houses, thermostats=False, rounds=options.rounds),
        "with": solved(options.houses, thermostats=True, rounds=options.rounds),
        "plans": plans(options.houses),
        "peak_mb": peak_mb(),
        "compiling": compiling(),
        "others_cores": others.cores(),
    }
    sys.stdout.write(json.dumps(found, indent=1) + "\n")


if __name__ == "__main__":
    main()
