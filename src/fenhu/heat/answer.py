"""The network file's answer: a solution as the fixed JSON object."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict

import numpy as np

from fenhu.heat.network import Floats, Network
from fenhu.heat.solve import Solution


def answer(network: Network, solution: Solution) -> dict[str, object]:
    """Return a solution in the words of the network file (docs/engineers/heat.md#network-file).

    A velocity is null where the link has no diameter, temperatures and heats where no temperature was given.
    """
    knows = network.knows_temperatures
    unknown: Floats = np.full(max(len(network.link_ids), len(network.node_ids)), np.nan)
    link_columns = {
        "mass_flow_kg_s": solution.mass_flow_kg_s,
        "velocity_m_s": solution.velocity_m_s,
        "pressure_drop_pa": solution.pressure_drop_pa,
        "inlet_c": solution.inlet_c if knows else unknown,
        "outlet_c": solution.outlet_c if knows else unknown,
        "heat_w": solution.heat_w if knows else unknown,
    }
    node_columns = {
        "pressure_pa": solution.pressure_pa,
        "temperature_c": solution.temperature_c if knows else unknown,
    }
    return {
        "status": solution.status,
        "iterations": solution.iterations,
        "nodes": _rows(network.node_ids, node_columns),
        "links": _rows(network.link_ids, link_columns),
        "rooms": _rows(network.room_ids, {"temperature_c": solution.room_c}),
        "residuals": asdict(solution.residuals),
    }


def _rows(ids: Sequence[str], columns: Mapping[str, Floats]) -> dict[str, dict[str, float | None]]:
    return {name: {key: _number(values[n]) for key, values in columns.items()} for n, name in enumerate(ids)}


def _number(value: float) -> float | None:
    return None if math.isnan(value) else float(value)
