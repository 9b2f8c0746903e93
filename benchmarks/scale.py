"""How a stock's simulation scales over workers, and what that means for a nation; writes docs/scale.md.

Strong: one stock on one worker and on all. Weak: a stock as much larger as there are workers. Every run gives
the same rows; that is checked. ``python benchmarks/scale.py``
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from time import perf_counter
from typing import Any

from distributed import LocalCluster
from houses import pairs
from tools.reliability import machine, table

from fenhu.stock import SERIAL, Engine, simulate_stock

PAGE = Path(__file__).parent.parent / "docs" / "scale.md"
WORKERS, HOUSES, ROUNDS = 2, 800, 3
NATION, MACHINES, CORES, LOST_RATIO = 3_300_000, 20, 64, 0.3
HEAD = """# From a city to a nation

Written by `make scale`, on {machine}. A stock is cut into chunks of 16 houses; a chunk depends on
nothing but its houses, so any worker may do it, and one that is lost is done again
(`fenhu diagnose --engine dask`). Every run below gave the rows of the serial run, to the last digit.
"""
MODEL = """## A nation, by a model

Modelled, not measured. A nation's {nation:,} buildings are {ratio:,.0f} stocks of this size. Assumed is:

- the time of a house is the one measured above with all workers busy, {house_ms:.2f} ms of one core before
  and after its conversion, and does not depend on how many machines there are: chunks share nothing;
- the scheduler hands out a chunk in {chunk_ms:.1f} ms (measured: what a run on the cluster took beyond its
  houses, by chunk); above {most:,.0f} cores it, not the houses, sets the time. Larger chunks then help;
- {lost:.0%} of the cores' time is lost to slower machines, stragglers and restarts;
- rows come home at {row_kb:.1f} kB a building over a network that carries 100 MB/s.

{table}

The planner is not in this model: a nation is planned city by city, each under its own money.
"""


def main() -> None:
    """Measure, model, and write the page."""
    stock = pairs(HOUSES)
    simulate_stock(stock[:16])  # compiled beforehand
    serial_s, rows = _best(lambda: simulate_stock(stock, engine=SERIAL))
    measured = [("in one process", 1, HOUSES, serial_s)]
    for workers in range(1, WORKERS + 1):
        with LocalCluster(n_workers=workers, threads_per_worker=1, dashboard_address=":0") as cluster:
            engine = Engine("dask", cluster.scheduler_address)
            simulate_stock(stock, engine=engine)
            for count in {HOUSES, HOUSES // WORKERS * workers}:
                part = stock[:count]
                taken_s, found = _best(lambda part=part, engine=engine: simulate_stock(part, engine=engine))
                assert found == rows[:count], "a cluster gave other rows"
                measured.append(("on the cluster", workers, count, taken_s))
    PAGE.write_text("\n".join(_page(measured, rows)), encoding="utf-8")


def _best(run: Callable[[], Any]) -> tuple[float, Any]:
    taken = []
    for _ in range(ROUNDS):
        began = perf_counter()
        found = run()
        taken.append(perf_counter() - began)
    return min(taken), found


def _page(measured: list[tuple[str, int, int, float]], rows: list[Any]) -> list[str]:
    by = {(where, workers, count): taken for where, workers, count, taken in measured}
    one, two = by["on the cluster", 1, HOUSES], by["on the cluster", WORKERS, HOUSES]
    half = by["on the cluster", 1, HOUSES // WORKERS]
    strong = [
        [f"{where}, workers: {workers}", f"{count:,}", f"{taken:.2f}", f"{count / taken:.0f}",
         f"{one / taken:.2f}" if count == HOUSES else "—"]
        for where, workers, count, taken in sorted(measured)
    ]  # fmt: skip
    return [
        HEAD.format(machine=machine()),
        "## Measured",
        "",
        *table(["run", "houses", "s", "houses a second", "times as fast as one worker"], strong),
        "",
        f"Strong scaling: {WORKERS} workers are {one / two:.2f} times as fast as one, an efficiency of "
        f"{one / two / WORKERS:.0%}. Weak scaling: {HOUSES:,} houses on {WORKERS} workers take "
        f"{two / half:.2f} times as long as {HOUSES // WORKERS:,} on one, an efficiency of {half / two:.0%}.",
        "",
        _model(two, one, by["in one process", 1, HOUSES], rows),
    ]


def _model(two_s: float, one_s: float, serial_s: float, rows: list[Any]) -> str:
    import pickle

    house_s = two_s * WORKERS / HOUSES
    chunk_s = max(one_s - serial_s, 1e-3) / (HOUSES / 16)
    row_kb = len(pickle.dumps(rows)) / len(rows) / 1000
    lines = []
    for cores in (2, CORES, CORES * MACHINES // 4, CORES * MACHINES):
        compute_s = NATION * house_s / cores / (1 - LOST_RATIO)
        handed_s, home_s = NATION / 16 * chunk_s, NATION * row_kb * 1000 / 100e6
        whole_s = max(compute_s, handed_s, home_s)
        lines.append([f"{cores:,} cores", f"{compute_s / 60:,.1f}", f"{handed_s / 60:,.1f}",
                      f"{home_s / 60:,.1f}", f"{whole_s / 60:,.1f}"])  # fmt: skip
    told = table(["machines", "houses, min", "handing out, min", "rows home, min", "whole, min"], lines)
    return MODEL.format(
        nation=NATION, ratio=NATION / HOUSES, house_ms=house_s * 1000, chunk_ms=chunk_s * 1000,
        most=16 * house_s / chunk_s, lost=LOST_RATIO, row_kb=row_kb, table="\n".join(told),
    )  # fmt: skip


if __name__ == "__main__":
    main()
