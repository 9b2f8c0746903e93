"""Run the heat benchmarks one after the other and write docs/benchmarks.md; ``make bench`` calls it.

Every figure comes from one run; the page says on which machine, how busy it was, and what was to be reached.
"""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path
from textwrap import fill
from typing import Any

from fenhu import __version__

HERE = Path(__file__).parent
PAGE = HERE.parent / "docs" / "benchmarks.md"
# Without thermostats and with: words, most milliseconds of a house, most seconds of a city.
CASES = {"without": ("without thermostats", 0.4, 0.5), "with": ("with thermostats", 1.5, 1.0)}
LEAST_PASS_RATIO, LEAST_LOOP_RATIO, MOST_PLANS_S, QUIET_CORES = 100, 500, 5.0, 0.2
MEASURED = """Measured by `make bench` in one run on {machine}. Meanwhile others kept {before:.1f}
and, later, {later:.1f} cores busy{judged}. Medians of several rounds, code compiled beforehand."""
HOUSE = """The house has 36 flats with four radiators each, after its conversion, per-household pipework,
inlet 20 kPa. pandapipes solves the same pipes with Colebrook friction and gravity
(`mode="bidirectional"`) at its own, looser tolerances. It knows no rooms, no radiators that
answer them and no thermostats, so an outer loop of ours brings these into line, until no room
changes by more than 0.01 K; its time is counted, for that work is part of the question. fenhu
closes every room within 1e-3 W."""

APART = """The largest difference of any room between fenhu and pandapipes with the outer loop, in a worn
house of 36 flats, by the inlet's pressure. Where flows are small the two part ways by friction:
pandapipes keeps to Colebrook's where the flow is laminar; fenhu does not."""


def run(script: str) -> Mapping[str, Any]:
    """Return what a benchmark prints."""
    command = [sys.executable, str(HERE / script), *sys.argv[1:]]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    found: Mapping[str, Any] = json.loads(done.stdout)
    return found


def machine() -> str:
    """Return the machine and the packages, without any name of it."""
    cpu = Path("/proc/cpuinfo")
    lines = cpu.read_text().splitlines() if cpu.exists() else []
    models = [line.split(":")[1].strip() for line in lines if line.startswith("model name")]
    packages = ", ".join(f"{name} {version(name)}" for name in ("numpy", "numba", "pandapipes"))
    return (
        f"{os.cpu_count()} cores ({models[0] if models else platform.machine()}), "
        f"Python {platform.python_version()}, {packages}, fenhu {__version__}"
    )


def row(work: str, measured: str, reach: str = "", met: bool | None = None) -> str:
    """Return a row of a table; a figure to be reached says whether it was."""
    said = reach if met is None else f"{reach}: {'reached' if met else 'not reached'}"
    return f"| {work} | {measured} | {said} |"


def against_peer(found: Mapping[str, Any]) -> list[str]:
    """Return the rows about one house and pandapipes."""
    rows = []
    for name, (words, most_ms, _) in CASES.items():
        one = found[name]
        engine_ms, once, loop = one["engine_ms"], one["pass_ratio"], one["loop_ratio"]
        ours = f"{engine_ms:.2f} ms ({one['iterations']} steps)"
        apart_g_s = f"{1e3 * one['flows_apart_kg_s']:.1f} g/s of {1e3 * one['largest_flow_kg_s']:.0f}"
        rows += [
            row(f"fenhu, all coupled, {words}", ours, f"≤ {most_ms} ms", engine_ms <= most_ms),
            row(f"pandapipes, one pass, {words}", f"{one['pass_ms']:.0f} ms, ratio {once:.0f}",
                f"ratio ≥ {LEAST_PASS_RATIO}", once >= LEAST_PASS_RATIO),
            row(f"pandapipes, {one['passes']} passes and rooms, {words}",
                f"{one['loop_ms']:.0f} ms, ratio {loop:.0f}", f"ratio ≥ {LEAST_LOOP_RATIO}",
                loop >= LEAST_LOOP_RATIO),
            row(f"answers apart, {words}", f"rooms {one['rooms_apart_k']:.3f} K, flows {apart_g_s}"),
        ]  # fmt: skip
    return rows


def of_forms(found: Mapping[str, Any]) -> list[str]:
    """Return the rows about fenhu alone, by form of the pipework."""
    rows = []
    for form, both in found["forms"].items():
        for name, (words, _, _) in CASES.items():
            one = both[name]
            house = f"{form.replace('_', ' ')}, {one['links']} links, {words}"
            cold = f"{one['cold_ms']:.2f} ms ({one['iterations']} steps)"
            rows.append(row(house, cold, f"{one['again_ms']:.2f} ms"))
    return rows


def answers_apart(found: Mapping[str, Any]) -> str:
    """Return the section that lays the answers of both beside each other, form by form."""
    inlets = [f"{inlet:.0f} kPa" for inlet in found["inlets_kpa"]]
    rows = [
        "| " + " | ".join([form.replace("_", " "), *(_kelvin(value) for value in values)]) + " |"
        for form, values in found["apart_k"].items()
    ]
    head = [f"| old house | {' | '.join(inlets)} |", "|---|" + "---:|" * len(inlets)]
    return "\n".join(["## Rooms of both, form by form\n", f"{APART}\n", *head, *rows, ""])


def _kelvin(value: float | None) -> str:
    return "no answer of pandapipes" if value is None else f"{value:.3f} K"


def of_city(found: Mapping[str, Any]) -> list[str]:
    """Return the rows about a city."""
    rows = []
    for name, (words, _, most_s) in CASES.items():
        one = found[name]
        work = f"{one['houses']:,} houses of one plan, {one['radiators']:,} radiators, {words}"
        closed = f"{one['mass_kg_s']:.0e} kg/s, {one['room_w']:.0e} W"
        measured = f"{one['median_s']:.2f} s; {one['answered']:,} answered; residuals {closed}"
        rows.append(row(work, measured, f"≤ {most_s} s", one["median_s"] <= most_s))
    plans, compiling = found["plans"], found["compiling"]
    built = f"networks and plans of {plans['houses']:,} different houses"
    return [
        *rows,
        row(built, f"{plans['build_s']:.1f} s", f"≤ {MOST_PLANS_S:.0f} s", plans["build_s"] <= MOST_PLANS_S),
        row("solving these", f"{plans['solve_s']:.2f} s"),
        row("first solution with nothing compiled", f"{compiling['compile_s']:.0f} s"),
        row("first solution with the kept code", f"{compiling['load_s']:.2f} s"),
        row("peak resident memory of all this", f"{found['peak_mb']:.0f} MB"),
    ]


def table(heading: str, head: tuple[str, str, str], rows: list[str]) -> str:
    """Return a section with one table."""
    return "\n".join([f"## {heading}\n", f"| {' | '.join(head)} |", "|---|---:|---|", *rows, ""])


def page() -> str:
    """Run everything and return the page."""
    peer, city = run("heat_pandapipes.py"), run("heat_city.py")
    before, later = peer["others_cores"], city["others_cores"]
    judged = "" if max(before, later) < QUIET_CORES else ": not a quiet machine, so read ratios first"
    measured = MEASURED.format(machine=machine(), before=before, later=later, judged=judged)
    reached = ("work", "measured", "to be reached")
    return "\n".join(
        (
            "# Benchmarks of the heat engine\n",
            f"{fill(measured, 110)}\n",
            f"{HOUSE}\n",
            table("One house: fenhu and pandapipes", reached, against_peer(peer)),
            table("One house by form", ("house", "from nothing", "after 1 K of weather"), of_forms(peer)),
            answers_apart(peer),
            table("A city, on all cores", reached, of_city(city)),
        )
    )


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
