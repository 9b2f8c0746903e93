"""How work on a stock and on scenarios scales over workers, and what that means for a nation.

Strong: the same work on one worker and on all. Weak: so much more work as there are workers. Every run gives
the rows of the serial one; that is checked. ``make scale`` writes docs/scale.md in some six minutes on two
quiet cores; ``python benchmarks/scale.py --houses 64 --seasons 32 --city 300 --page FILE`` tries it in two.
"""

from __future__ import annotations

import argparse
import pickle
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from textwrap import fill
from time import perf_counter, process_time
from typing import Any

import numpy as np
from distributed import LocalCluster
from houses import pairs
from measuring import Others
from planning_city import planning_city
from tools.reliability import machine, table

from fenhu import policy
from fenhu.building import winter_for
from fenhu.engines import SERIAL, Engine, worked
from fenhu.planning import (
    LEXICOGRAPHIC,
    Changes,
    PurseChange,
    Scenario,
    Trial,
    solve,
    trials_of,
    work_out,
    years_array,
)
from fenhu.stock import season_stock, simulate_stock

PAGE = Path(__file__).parent.parent / "docs" / "scale.md"
WORKERS = 2
NATION, CITIES, SCENARIOS_A_CITY = 3_300_000, 700, 10
MACHINES, CORES, LOST_RATIO, NETWORK_B_S, LARGEST = 20, 64, 0.3, 100e6, 10
YEARS, EFFORT, EMPTY = 5, 2, 1000
WIDTH = 120
QUIET_CORES = 0.2
EFFORT_MOST_S = 3600.0  # only the effort ends a search, or two runs could not be the same


@dataclass(frozen=True, slots=True)
class Work:
    """One kind of work: what it is done on, how many go to a worker at a time, how often it is measured."""

    name: str
    thing: str
    items: Sequence[Any]
    run: Callable[..., list[Any]]
    chunk: int
    rounds: int


@dataclass(frozen=True, slots=True)
class Measured:
    """Seconds of all of it in one process, on one worker and on all; of a worker's part on one.

    ``cores`` are those one process kept busy; bytes are of one thing.
    """

    work: Work
    serial_s: float
    cores: float
    one_s: float
    part_s: float
    all_s: float
    sent_b: float
    home_b: float

    @property
    def core_s(self) -> float:
        """Return a core's seconds for one thing while all cores are busy."""
        return self.all_s * WORKERS / len(self.work.items)

    @property
    def strong(self) -> float:
        """Return how many times as fast all workers are as one."""
        return self.one_s / self.all_s

    @property
    def weak(self) -> float:
        """Return how many times as long all workers take for as much more work."""
        return self.all_s / self.part_s


def main() -> None:
    """Measure, model, and write the page."""
    asked = _asked()
    others = Others()
    works = _works(asked.houses, asked.seasons, asked.city, asked.scenarios)
    serial = {work.name: _serial(work) for work in works}
    rows = {name: found for name, (_, _, found) in serial.items()}
    one = _on_cluster(1, works, rows)
    every = _on_cluster(WORKERS, works, rows)
    measured = [
        Measured(
            work, *serial[work.name][:2], one[work.name, len(work.items)], one[work.name, _part(work)],
            every[work.name, len(work.items)], _bytes(work.items[: work.chunk]), _bytes(rows[work.name]),
        )
        for work in works
    ]  # fmt: skip
    page = _page(measured, every["empty", EMPTY] / EMPTY, others.cores(), asked.city)
    asked.page.write_text("\n".join(page) + "\n", encoding="utf-8")


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Measure how work scales over workers; write a page.")
    parser.add_argument("--houses", type=int, default=800)
    parser.add_argument("--seasons", type=int, default=400)
    parser.add_argument("--city", type=int, default=NATION // CITIES, help="buildings of the planned city")
    parser.add_argument("--scenarios", type=int, default=6)
    parser.add_argument("--page", type=Path, default=PAGE)
    return parser.parse_args()


def _works(houses: int, seasons: int, city: int, scenarios: int) -> tuple[Work, ...]:
    stock = pairs(max(houses, seasons))
    winter = winter_for(stock[0][0], "阜新", policy.load("fuxin-2010").calendar.season_of)
    wintered = [(before, winter) for before, _ in stock[:seasons]]
    return (
        Work("Simulation", "houses", stock[:houses], simulate_stock, 16, 3),
        Work("Season", "houses", wintered, season_stock, 16, 3),
        Work("Scenarios", "scenarios", _trials(city, scenarios), work_out, 1, 1),
    )


def _trials(city: int, scenarios: int) -> tuple[Trial, ...]:
    """Return the trials of a made-up city: more or less of the city's money, from its plan as it is."""
    task = planning_city(city, YEARS, 1)
    plan = solve(task, goal=LEXICOGRAPHIC, effort=EFFORT, seconds=EFFORT_MOST_S)
    asked = [
        Scenario(
            name=f"city × {factor:.2f}", changes=Changes(purses=(PurseChange(source="CITY", factor=factor),))
        )
        for factor in np.linspace(0.7, 1.3, scenarios).tolist()
    ]
    return trials_of(task, years_array(plan), asked, goal=LEXICOGRAPHIC, effort=EFFORT, seconds=EFFORT_MOST_S)


def _serial(work: Work) -> tuple[float, float, list[Any]]:
    """Return the seconds in one process, the cores it kept busy, and the rows."""
    work.run(work.items[: work.chunk])  # compiled beforehand
    began, busy = perf_counter(), process_time()
    taken_s, rows = _best(lambda: work.run(work.items, engine=SERIAL), work.rounds)
    return taken_s, (process_time() - busy) / (perf_counter() - began), rows


def _on_cluster(
    workers: int, works: Iterable[Work], rows: dict[str, list[Any]]
) -> dict[tuple[str, int], float]:
    """Return the seconds of each work, whole and one worker's part of it, and of as many empty chunks."""
    found = {}
    with LocalCluster(n_workers=workers, threads_per_worker=1, dashboard_address=":0") as cluster:
        engine = Engine("dask", cluster.scheduler_address)
        for work in works:
            work.run(work.items[: workers * work.chunk], engine=engine)  # loaded and compiled
            for count in {len(work.items), len(work.items) // WORKERS * workers}:
                part = work.items[:count]
                taken_s, got = _best(partial(work.run, part, engine=engine), work.rounds)
                _same(got, rows[work.name][:count])
                found[work.name, count] = taken_s
        nothing = partial(worked, bool, engine=engine, worth_processes=0, chunk=1)
        began_s, _ = _best(lambda: nothing([0]), 3)
        found["empty", EMPTY] = _best(lambda: nothing([0] * EMPTY), 3)[0] - began_s
    return found


def _part(work: Work) -> int:
    return len(work.items) // WORKERS


def _same(found: Sequence[Any], expected: Sequence[Any]) -> None:
    np.testing.assert_equal([asdict(one) for one in found], [asdict(one) for one in expected])


def _best(run: Callable[[], Any], rounds: int) -> tuple[float, Any]:
    taken = []
    for _ in range(rounds):
        began = perf_counter()
        found = run()
        taken.append(perf_counter() - began)
    return min(taken), found


def _bytes(things: Sequence[Any]) -> float:
    return len(pickle.dumps(things)) / len(things)


HEAD = """Written by `make scale`, on {machine}; other programs kept {busy:.1f} of the cores busy
meanwhile. Measured are a stock's simulation before and after its conversion, a stock's heating season
by days, and what-if scenarios of a city of {city:,} buildings over {years} years, searched for by an
effort of {effort}. Work is cut into pieces that share nothing: 16 houses, or one scenario. Any worker
may do a piece, and one that is lost is done again by another ([how to start a
cluster](operators/running.md#a-stock-on-many-machines)). Every run below gave the rows of the serial
run, to the last digit."""
NOISY = (
    """The machine was not quiet: no ratio and no model below can be trusted until it is measured again."""
)
SAID = """**{name}.** Strong scaling: {workers} workers are {strong:.2f} times as fast as one, an
efficiency of {strong_ratio:.0%}. Weak scaling: {count:,} {thing} on {workers} workers take {weak:.2f}
times as long as {part:,} on one, an efficiency of {weak_ratio:.0%}. In one process it kept {cores:.1f}
cores busy."""
SEARCH = """A search that looks for its bound beside it keeps more than one core busy. As far as it
does, {workers} workers on {workers} cores cannot be {workers} times as fast as one."""
MODEL = (
    """a nation has {nation:,} buildings in {cities} cities. Every city is planned by itself, under its
    own money: its plan first, then the plan searched for again without any change, and {scenarios}
    scenarios; {searches:,} searches in all, each of the effort measured;""",
    """a piece takes a core as long as measured above with all cores busy ({each}), however many
    machines there are, for pieces share nothing; a search takes what it took in the city measured,
    which is of the mean size or so;""",
    """{lost:.0%} of the cores' time is lost to slower machines, stragglers and restarts;""",
    """the scheduler hands out one piece after the other, {piece_ms:.1f} ms each (measured by {empty:,}
    empty ones);""",
    """what goes out and comes home ({bytes_said}) passes through one port of {network:.0f} MB/s;""",
    """working, handing out and sending go on side by side, so the slowest of them sets the time;""",
    """the largest city is {largest} times the one measured, its searches take {largest} times as long,
    and its scenarios wait for its plan: no number of cores makes it shorter.""",
)
TAIL = """Where handing out sets the time, larger pieces help; where the largest city does, only a
faster search. Reading registers and writing papers are not in the model: every city does that by
itself."""


def _page(measured: Sequence[Measured], piece_s: float, busy: float, city: int) -> list[str]:
    lines = [
        "# From a city to a nation",
        "",
        *_filled(HEAD.format(machine=machine(), busy=busy, city=city, years=YEARS, effort=EFFORT)),
        *(_filled(NOISY) if busy > QUIET_CORES else []),
        "## Measured",
        "",
        *table(
            ["work", "run", "how many", "s", "a minute", "times as fast as one worker"],
            [row for one in measured for row in _rows(one)],
        ),
        "",
        *(line for one in measured for line in _said(one)),
        *_filled(SEARCH.format(workers=WORKERS)),
        "## A nation, by a model",
        "",
        "Modelled, not measured. Assumed is:",
        "",
        *_assumed(measured, piece_s),
        "",
    ]
    for one in measured:
        lines += [f"### {one.work.name}: {_nation(one):,} {_what(one)}", "", *_model(one, piece_s), ""]
    return [*lines, *_filled(TAIL)[:-1]]


def _filled(words: str, mark: str = "") -> list[str]:
    """Return a paragraph's lines, an empty one last; with a mark, those of a point in a list, without it."""
    lines = fill(" ".join(words.split()), WIDTH, initial_indent=mark, subsequent_indent=" " * len(mark))
    return [*lines.splitlines(), *([] if mark else [""])]


def _assumed(measured: Sequence[Measured], piece_s: float) -> Iterator[str]:
    values = {
        "nation": NATION, "cities": CITIES, "scenarios": SCENARIOS_A_CITY, "searches": _nation(measured[-1]),
        "each": ", ".join(f"{one.work.name.lower()} {_time_said(one.core_s)}" for one in measured),
        "lost": LOST_RATIO, "piece_ms": piece_s * 1000, "empty": EMPTY, "network": NETWORK_B_S / 1e6,
        "largest": LARGEST, "bytes_said": ", ".join(_bytes_said(one) for one in measured),
    }  # fmt: skip
    for one in MODEL:
        yield from _filled(one.format(**values), "- ")


def _rows(one: Measured) -> list[list[str]]:
    count, part = len(one.work.items), _part(one.work)
    runs = [
        ("in one process", count, one.serial_s, None),
        ("on the cluster, 1 worker", count, one.one_s, 1.0),
        ("on the cluster, 1 worker", part, one.part_s, None),
        (f"on the cluster, {WORKERS} workers", count, one.all_s, one.strong),
    ]
    return [
        [one.work.name, where, f"{many:,}", f"{taken:.2f}", _rate_said(60 * many / taken),
         "—" if times is None else f"{times:.2f}"]
        for where, many, taken, times in runs
    ]  # fmt: skip


def _said(one: Measured) -> list[str]:
    return _filled(
        SAID.format(
            name=one.work.name, thing=one.work.thing, workers=WORKERS, strong=one.strong,
            strong_ratio=one.strong / WORKERS, count=len(one.work.items), part=_part(one.work),
            weak=one.weak, weak_ratio=1 / one.weak, cores=one.cores,
        )
    )  # fmt: skip


def _rate_said(a_minute: float) -> str:
    return f"{a_minute:,.0f}" if a_minute >= 100 else f"{a_minute:.1f}"


def _time_said(seconds: float) -> str:
    return f"{seconds:.1f} s" if seconds >= 1 else f"{1000 * seconds:.1f} ms"


def _bytes_said(one: Measured) -> str:
    return f"{one.work.name.lower()} {one.sent_b / 1000:.1f} and {one.home_b / 1000:.1f} kB each"


def _what(one: Measured) -> str:
    return "searches" if one.work.thing == "scenarios" else one.work.thing


def _nation(one: Measured) -> int:
    searches = CITIES * (SCENARIOS_A_CITY + 2)
    return searches if one.work.thing == "scenarios" else NATION


def _model(one: Measured, piece_s: float) -> list[str]:
    many = _nation(one)
    rows = []
    for cores in (WORKERS, CORES, CORES * MACHINES // 4, CORES * MACHINES):
        parts_s = [
            many * one.core_s / cores / (1 - LOST_RATIO),
            many / one.work.chunk * piece_s,
            many * (one.sent_b + one.home_b) / NETWORK_B_S,
        ]
        if one.work.thing == "scenarios":
            parts_s.append(2 * LARGEST * one.serial_s / len(one.work.items))
        rows.append([f"{cores:,}", *(f"{part_s / 60:,.1f}" for part_s in (*parts_s, max(parts_s)))])
    largest = ["largest city, min"] if one.work.thing == "scenarios" else []
    return table(["cores", "work, min", "handing out, min", "network, min", *largest, "whole, min"], rows)


if __name__ == "__main__":
    main()
