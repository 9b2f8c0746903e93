"""The heat engine against pandapipes on one house of 36 flats and 144 radiators, in one run.

Run ``make bench``, or this file with pandapipes installed. The engine always answers everything at
once: water, heats, rooms, thermostats. pandapipes solves the same pipes with Colebrook friction in its
bidirectional mode, at its own, looser tolerances: once with the engine's heats prescribed, and as often
as an outer loop of ours needs to bring rooms and radiators into line (peer.py). Both are compiled and
take turns, the engine five times for each turn of the other; what counts is the ratio of medians.
"""

from __future__ import annotations

import argparse
import json
import sys
import warnings
from dataclasses import replace
from statistics import median

import numpy as np
from houses import FORMS, block, old_block
from measuring import Others, seconds
from pandapipes.pf.pipeflow_setup import PipeflowNotConverged
from peer import Peer

from fenhu.building import network_of
from fenhu.heat import Network, solve
from fenhu.records import SystemForm

UNITS, TURNS = 3, 5
INLETS_KPA = (30.0, 12.0, 3.0)


def compare(network: Network, rounds: int) -> dict[str, float]:
    """Return medians of both on a house, their ratios, and how far their answers lie apart."""
    answer, peer = solve(network), Peer(network)
    coupled_c, passes = peer.couple()
    peer.prescribe(answer)
    peer.flow()
    apart_kg_s = float(np.abs(peer.flows_kg_s() - answer.mass_flow_kg_s).max())
    ours, once, whole = [], [], []
    for _ in range(rounds):
        ours += [seconds(lambda: solve(network)) for _ in range(TURNS)]
        once.append(seconds(peer.flow))
        ours += [seconds(lambda: solve(network)) for _ in range(TURNS)]
        whole.append(seconds(peer.couple))
    engine_s, pass_s, loop_s = median(ours), median(once), median(whole)
    return {
        "links": len(network.link_ids), "flats": len(network.room_ids), "iterations": answer.iterations,
        "engine_ms": 1e3 * engine_s, "engine_least_ms": 1e3 * min(ours),
        "pass_ms": 1e3 * pass_s, "loop_ms": 1e3 * loop_s, "passes": passes,
        "pass_ratio": pass_s / engine_s, "loop_ratio": loop_s / engine_s,
        "flows_apart_kg_s": apart_kg_s, "largest_flow_kg_s": float(np.abs(answer.mass_flow_kg_s).max()),
        "rooms_apart_k": float(np.abs(coupled_c - answer.room_c).max()),
    }  # fmt: skip


def engine_alone(form: SystemForm, *, thermostats: bool, rounds: int) -> dict[str, float]:
    """Return the engine's medians on a house: from nothing, and from the answer of a day 1 K colder."""
    network = network_of(block(UNITS, form, thermostats=thermostats)).network
    answer = solve(network)
    warmer = network.figures._replace(outdoor_c=network.figures.outdoor_c + 1.0)
    other = replace(network, figures=warmer)
    cold = [seconds(lambda: solve(network)) for _ in range(rounds)]
    again = [seconds(lambda: solve(other, answer)) for _ in range(rounds)]
    return {"links": len(network.link_ids), "iterations": answer.iterations, "cold_ms": 1e3 * median(cold),
            "again_ms": 1e3 * median(again)}  # fmt: skip


def apart_k(form: SystemForm, inlet_kpa: float) -> float | None:
    """Return how far the rooms of both lie apart in an old house; None where pandapipes finds no answer."""
    network = network_of(old_block(form, inlet_kpa)).network
    try:
        with warnings.catch_warnings(action="ignore"):
            coupled_c, _ = Peer(network).couple()
    except PipeflowNotConverged:
        return None
    return float(np.abs(coupled_c - solve(network).room_c).max())


def main() -> None:
    """Print the comparison as JSON."""
    parser = argparse.ArgumentParser(description="Compare the heat engine with pandapipes.")
    parser.add_argument("--rounds", type=int, default=9, help="how often both solve the house")
    rounds = parser.parse_args().rounds
    others, found = Others(), dict[str, object]()
    for name, thermostats in (("without", False), ("with", True)):
        made = network_of(block(UNITS, SystemForm.HOUSEHOLD_DOUBLE, thermostats=thermostats))
        found[name] = compare(made.network, rounds)
    found["forms"] = {
        form.value: {
            name: engine_alone(form, thermostats=thermostats, rounds=5 * rounds)
            for name, thermostats in (("without", False), ("with", True))
        }
        for form in FORMS
    }
    found["apart_k"] = {form.value: [apart_k(form, inlet) for inlet in INLETS_KPA] for form in SystemForm}
    found["inlets_kpa"] = INLETS_KPA
    found["others_cores"] = others.cores()
    sys.stdout.write(json.dumps(found, indent=1) + "\n")


if __name__ == "__main__":
    main()
