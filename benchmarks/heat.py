"""How much the heat engine saves against a general root finder on the very same equations of one building.

Run ``python benchmarks/heat.py``. Both solve the same house in the same process, one after the other, several
times; what counts is the ratio of the medians, for it hardly depends on the machine. scipy's ``root`` gets
every help: compiled residuals and a start one per cent from the answer; the engine starts cold.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable
from statistics import median

import numpy as np
from scipy.optimize import OptimizeResult, root

from fenhu.building import Building, convert, network_of, parse_building
from fenhu.heat import Network, Solution, solve
from fenhu.heat.hydraulics import momentum
from fenhu.heat.kernel import node_balances
from fenhu.heat.network import GIVEN_W, ROOM
from fenhu.heat.rooms import shell_balance
from fenhu.heat.sweep import rest, visit
from fenhu.records import SystemForm

HOUSE = {"storeys": 6, "units": 1, "flats_per_floor": 2, "flat_area_m2": 60.0, "supply_c": 70.0}
# Sizes that bring pressures, flows, temperatures and heats to about one.
PRESSURE_PA, FLOW_KG_S, TEMPERATURE_K, HEAT_W = 1.0e3, 0.1, 10.0, 1.0e3


class Equations:
    """The balances of a network as one function of pressures, flows and temperatures, scaled to about one."""

    def __init__(self, network: Network, solution: Solution) -> None:
        self.network, self.out_c = network, solution.outlet_c.copy()
        self.free = network.topology.pressure_at >= 0
        self.lowest_pa = float(np.nanmin(network.figures.pressure_pa))
        self.answer = np.concatenate(
            (
                (solution.pressure_pa[self.free] - self.lowest_pa) / PRESSURE_PA,
                solution.mass_flow_kg_s / FLOW_KG_S,
                solution.temperature_c / TEMPERATURE_K,
                solution.room_c / TEMPERATURE_K,
            )
        )

    def __call__(self, state: np.ndarray) -> np.ndarray:
        topology, figures = self.network.topology, self.network.figures
        links, nodes = len(topology.join), len(self.free)
        pressure = figures.pressure_pa - self.lowest_pa
        pressure[self.free] = state[: self.free.sum()] * PRESSURE_PA
        flow, node_c, room_c = np.split(state[self.free.sum() :].copy(), [links, links + nodes])
        flow, node_c, room_c = flow * FLOW_KG_S, node_c * TEMPERATURE_K, room_c * TEMPERATURE_K
        stream, mass, energy = np.zeros((links, 5)), np.empty(nodes), np.empty(nodes)
        fault, slope, excess = np.empty(links), np.empty(links), np.empty(len(room_c))
        visit(topology, figures, flow, node_c, self.out_c, stream, room_c, np.arange(nodes), False)
        rest(topology, figures, flow, node_c, self.out_c, stream, room_c)
        node_balances(topology, figures, flow, node_c, self.out_c, mass, energy)
        momentum(topology, figures, pressure, flow, stream, room_c, False, fault, slope)
        shell_balance(topology, figures, room_c, excess, np.empty(len(room_c)))
        inside = topology.join[:, ROOM] >= 0
        np.add.at(excess, topology.join[inside, ROOM], stream[inside, GIVEN_W])
        balances = (mass[self.free] / FLOW_KG_S, fault / PRESSURE_PA, energy / HEAT_W, excess / HEAT_W)
        return np.concatenate(balances)


def seconds(work: Callable[[], object]) -> float:
    """Return how long a piece of work takes."""
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def compare(building: Building, rounds: int) -> dict[str, float]:
    """Return the median seconds of both on a building, their ratio, and how far their answers lie apart."""
    network = network_of(building).network
    equations = Equations(network, solve(network))
    start = equations.answer * 1.01

    def general() -> OptimizeResult:
        return root(equations, start, method="hybr", tol=1e-10)

    found = general()
    apart = np.abs(found.x - equations.answer)[-len(network.room_ids) :].max() * TEMPERATURE_K
    pairs = [(seconds(lambda: solve(network)), seconds(general)) for _ in range(rounds)]
    engine_s, root_s = median(pair[0] for pair in pairs), median(pair[1] for pair in pairs)
    return {
        "unknowns": len(start), "engine_s": engine_s, "root_s": root_s, "ratio": root_s / engine_s,
        "root_succeeded": bool(found.success), "largest_difference_k": float(apart),
    }  # fmt: skip


def main() -> None:
    """Print the comparison as JSON."""
    parser = argparse.ArgumentParser(description="Compare the heat engine with scipy.optimize.root.")
    parser.add_argument("--rounds", type=int, default=5, help="how often both solve the house")
    rounds = parser.parse_args().rounds
    before = parse_building(dict(HOUSE), "house")
    states = {"before": before, "after": convert(before, SystemForm.HOUSEHOLD_DOUBLE)}
    found = {name: compare(building, rounds) for name, building in states.items()}
    sys.stdout.write(json.dumps(found, indent=1) + "\n")


if __name__ == "__main__":
    main()
