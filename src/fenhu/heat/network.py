"""A heat network as values: who joins whom (topology) and how big everything is (figures)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from fenhu.heat.elimination import Elimination, Ints

Floats = NDArray[np.float64]


# Columns of ``Topology.join`` and ``Figures.link``; plain numbers, so that the compiler sees constants.
START, END, KIND, ROOM, TRV_ROOM, CHECK, PRESSURE_SLOT = range(7)
(
    DROP_M, LAMINAR, TURBULENT, REYNOLDS, ROUGHNESS_RATIO, EDGE_FACTOR, EDGE_SLOPE, QUADRATIC,
    VALVE_QUADRATIC, UA_W_K, AMBIENT_C, CONSTANT, POWER, HEAT_W, SETPOINT_C, BAND_K,
) = range(16)  # fmt: skip

# Columns of what a link's stream does on its way: the share of a change of the entering temperature that
# leaves, the mean temperature, its rise by e-fold flow, the capacity flow (0: nothing is exchanged), the heat
# it gives to its room.
KEPT, MEAN_C, WARMING_K, CAPACITY_W_K, GIVEN_W = range(5)


class Topology(NamedTuple):
    """Who joins whom; shared by all networks of one shape. Missing rooms, unknowns and slots are -1."""

    join: Ints
    touch_start: Ints
    touch_link: Ints
    pressure_at: Ints
    pressures: Elimination
    room_at: Ints
    wall: Ints
    rooms: Elimination


class Figures(NamedTuple):
    """How big everything is: a row of ``link`` per link; by node, by room, by wall; the water."""

    link: Floats
    area_m2: Floats
    curve_start: Ints
    curve: Floats
    pressure_pa: Floats
    inflow_kg_s: Floats
    entering_c: Floats
    room_ua_w_k: Floats
    room_gains_w: Floats
    wall_ua_w_k: Floats
    outdoor_c: float
    water: Floats


@dataclass(frozen=True, slots=True)
class Network:
    """A complete heat network, ready to be solved; ids are in the order of the arrays."""

    node_ids: tuple[str, ...]
    link_ids: tuple[str, ...]
    room_ids: tuple[str, ...]
    topology: Topology
    figures: Figures
    knows_temperatures: bool = True
