"""Run the heat benchmarks one after the other and write docs/benchmarks.md; ``make bench`` calls it.

Every figure comes from one run; the page says on which machine, how busy it was, and what was to be reached.
``--only seasons`` or ``--only planning`` measures one part again and leaves the rest of the page.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import re
import subprocess
import sys
from collections.abc import Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from textwrap import fill
from typing import Any

import planning_page

from fenhu import __version__

HERE = Path(__file__).parent
PAGE = HERE.parent / "docs" / "benchmarks.md"
# Without thermostats and with: words, most milliseconds of a house, most seconds of a city.
CASES = {"without": ("without thermostats", 0.4, 0.5), "with": ("with thermostats", 1.5, 1.0)}
LEAST_PASS_RATIO, LEAST_LOOP_RATIO, MOST_PLANS_S, QUIET_CORES = 100, 500, 5.0, 0.2
# Most minutes of a thousand houses' seasons, by hours a step.
MOST_MINUTES = {"24": 5.0, "1": 15.0}
STEPS = {"24": "by days", "1": "by hours"}
SEASONS = "Heating seasons"
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


SEASON = """151 days of the artificial winter of Fuxin, the water by its heating curve, every flat
storing heat. The one house has 36 flats; the city is as many old as converted houses of different
storeys, units, rust, inlets and forms. Measured on {machine}.
Meanwhile others kept {busy:.1f} cores busy{judged}."""


def run(script: str, words: Sequence[str]) -> Mapping[str, Any]:
    """Return what a benchmark prints."""
    command = [sys.executable, str(HERE / script), *words]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    found: Mapping[str, Any] = json.loads(done.stdout)
    return found


def machine(names: Sequence[str] = ("numpy", "numba", "pandapipes")) -> str:
    """Return the machine and the packages, without any name of it."""
    cpu = Path("/proc/cpuinfo")
    lines = cpu.read_text().splitlines() if cpu.exists() else []
    models = [line.split(":")[1].strip() for line in lines if line.startswith("model name")]
    packages = ", ".join(f"{name} {version(name)}" for name in names)
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


def seasons(words: Sequence[str]) -> str:
    """Run the seasons and return their section."""
    found = run("season.py", words)
    busy = found["others_cores"]
    said = SEASON.format(machine=machine(), busy=busy, judged=_judged(busy))
    rows = [*_of_one_house(found), *_of_seasons(found)]
    rows.append(row("peak resident memory of all this", f"{found['peak_mb']:.0f} MB"))
    head, *rest = table(SEASONS, ("work", "measured", "to be reached"), rows).split("\n\n", 1)
    return "\n\n".join((head, fill(said, 110), *rest))


def planning(words: Sequence[str]) -> str:
    """Run the planner's cases and its peers, and return their section."""
    found = {case: run("planning.py", [case, *words]) for case in planning_page.CASES}
    busy = max(one["others_cores"] for one in found.values())
    packages = machine(("numpy", "numba", "highspy", "ortools"))
    said = planning_page.ABOUT.format(machine=packages, busy=busy, judged=_judged(busy))
    rows = planning_page.rows(found, row)
    head, *rest = table(planning_page.HEADING, ("work", "measured", "to be reached"), rows).split("\n\n", 1)
    peers, library = planning_page.peer_rows(found["peers"]), planning_page.library_rows(found["library"])
    return "\n\n".join((head, fill(said, 110), *rest)) + "\n".join(["", *peers, "", *library, ""])


def _of_one_house(found: Mapping[str, Any]) -> list[str]:
    return [
        row(f"one {name} house, {STEPS[step]}, on one core",
            f"{1e3 * one['median_s']:.0f} ms, {1.0 / one['median_s']:.1f} seasons a second")
        for step, both in found["one"].items() for name, one in both.items()
    ]  # fmt: skip


def _of_seasons(found: Mapping[str, Any]) -> list[str]:
    rows = []
    for step, one in found["city"].items():
        minutes, spent = one["whole_s"] / 60.0, one["whole_processor_s"] / 60.0
        most = MOST_MINUTES[step]
        really = one["houses"] == one["wanted"]
        how = "really run" if really else f"scaled from {one['houses']} in {one['taken_s']:.0f} s"
        answered = f"{one['answered']:,} of {one['houses']:,} answered"
        measured = f"{minutes:.1f} min, {how}, {spent:.1f} min of processors; {answered}"
        work = f"{one['wanted']:,} houses, {STEPS[step]}, {found['threads']} threads"
        rows.append(row(work, measured, f"≤ {most:g} min", minutes <= most))
    return rows


def renewed(page_before: str, section: str) -> str:
    """Return a page with one section in the place of the one with its heading, or at the end."""
    heading = section.split("\n", 1)[0]
    place = re.compile(rf"^{re.escape(heading)}\n.*?(?=^## |\Z)", re.DOTALL | re.MULTILINE)
    if not place.search(page_before):
        return f"{page_before.rstrip()}\n\n{section}"
    return place.sub(lambda _: f"{section}\n", page_before).rstrip() + "\n"


def _judged(busiest_cores: float) -> str:
    return "" if busiest_cores < QUIET_CORES else ": not a quiet machine, so read ratios first"


def page(words: Sequence[str]) -> str:
    """Run everything and return the page."""
    peer, city = run("heat_pandapipes.py", words), run("heat_city.py", words)
    before, later = peer["others_cores"], city["others_cores"]
    judged = _judged(max(before, later))
    measured = MEASURED.format(machine=machine(), before=before, later=later, judged=judged)
    reached = ("work", "measured", "to be reached")
    return "\n".join(
        (
            "# Benchmarks\n",
            f"{fill(measured, 110)}\n",
            f"{HOUSE}\n",
            table("One house: fenhu and pandapipes", reached, against_peer(peer)),
            table("One house by form", ("house", "from nothing", "after 1 K of weather"), of_forms(peer)),
            answers_apart(peer),
            table("A city, on all cores", reached, of_city(city)),
            seasons(words),
            planning(words),
        )
    )


def main() -> None:
    """Write the page, or one section of it anew; other words go to the benchmarks."""
    parser = argparse.ArgumentParser(description="Measure, and write docs/benchmarks.md.")
    parts = {"seasons": seasons, "planning": planning}
    parser.add_argument("--only", choices=parts)
    options, words = parser.parse_known_args()
    if options.only:
        measured = renewed(PAGE.read_text(encoding="utf-8"), parts[options.only](words))
    else:
        measured = page(words)
    PAGE.write_text(measured, encoding="utf-8")


if __name__ == "__main__":
    main()
