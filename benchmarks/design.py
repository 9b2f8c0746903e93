"""Designing buildings: seconds for one, and for a stock of different ones on all cores.

PYTHONPATH=src python benchmarks/design.py [COUNT]
The ratio is that of a design to one simulation of the same building, in one run.
"""

from __future__ import annotations

import sys
from concurrent.futures import ProcessPoolExecutor
from itertools import product
from os import cpu_count
from statistics import median
from time import perf_counter

ROUNDS = 7


def main() -> None:
    """Print a table of designs."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    house = _houses(1)[0]
    _design(house)
    one = median(_timed(_design, house) for _ in range(ROUNDS))
    simulated = median(_timed(_simulate, house) for _ in range(ROUNDS))
    with ProcessPoolExecutor(cpu_count()) as pool:
        list(pool.map(_design, _houses(cpu_count() or 1)))
        began = perf_counter()
        list(pool.map(_priced, _houses(count), chunksize=4))
        stock = perf_counter() - began
    sys.stdout.write("\n".join((
        "| work | seconds | beside one simulation | to be reached |", "|---|---:|---:|---|",
        f"| 36 flats, 4 radiators each, with proof | {one:.2f} | {one / simulated:.0f} | 0.3 s |",
        f"| {count} different buildings on {cpu_count()} cores, without proof | {stock:.1f} | | "
        f"{0.18 * count:.0f} s |", "",
    )))  # fmt: skip


def _houses(count: int) -> list[dict[str, object]]:
    """Return so many different buildings of a city's usual sizes."""
    kinds = product((4, 5, 6, 7), (2, 3, 4, 5), (2, 3), (60.0, 75.0, 90.0), (8.0, 12.0, 20.0, 35.0))
    usual = [(6, 3, 2, 90.0, 12.0), *kinds]
    return [
        {"storeys": storeys, "units": units, "flats_per_floor": flats, "flat_area_m2": area + n * 0.01,
         "inlet_kpa": inlet}
        for n in range(count)
        for storeys, units, flats, area, inlet in (usual[n * 37 % len(usual)],)
    ]  # fmt: skip


def _design(known: dict[str, object]) -> int:
    from fenhu.building import describe
    from fenhu.design import design_building

    return len(design_building(describe("house", **known)).segments)


def _priced(known: dict[str, object]) -> int:
    """Design a building as a stock is priced, without the proof."""
    from fenhu.building import describe
    from fenhu.design import design_building

    return len(design_building(describe("house", **known), proved=False).segments)


def _simulate(known: dict[str, object]) -> float:
    from fenhu.building import describe, simulate

    return simulate(describe("house", **known)).mean_c


def _timed(work: object, known: dict[str, object]) -> float:
    assert callable(work)
    began = perf_counter()
    work(known)
    return perf_counter() - began


if __name__ == "__main__":
    main()
