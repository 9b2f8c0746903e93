"""A heat network as values: who joins whom (topology) and how big everything is (figures)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from fenhu.heat.elimination import Elimination, Ints
from fenhu.heat.water import Water

Floats = NDArray[np.float64]


class Topology(NamedTuple):
    """Who joins whom; shared by all networks of one shape. Missing rooms, unknowns and slots are -1."""

    start: Ints
    end: Ints
    kind: Ints
    room: Ints
    trv_room: Ints
    check: Ints
    touch_start: Ints
    touch_link: Ints
    pressure_at: Ints
    pressure_slot: Ints
    pressures: Elimination
    room_at: Ints
    wall_a: Ints
    wall_b: Ints
    wall_slot: Ints
    rooms: Elimination


class Figures(NamedTuple):
    """How big everything is, by link, by node, by room, by wall; the water."""

    drop_m: Floats
    laminar: Floats
    turbulent: Floats
    reynolds: Floats
    roughness_ratio: Floats
    edge_factor: Floats
    edge_slope: Floats
    quadratic: Floats
    valve_quadratic: Floats
    ua_w_k: Floats
    ambient_c: Floats
    constant: Floats
    power: Floats
    heat_w: Floats
    area_m2: Floats
    setpoint_c: Floats
    band_k: Floats
    curve_start: Ints
    curve_m3_s: Floats
    curve_pa: Floats
    pressure_pa: Floats
    inflow_kg_s: Floats
    entering_c: Floats
    room_ua_w_k: Floats
    room_gains_w: Floats
    wall_ua_w_k: Floats
    outdoor_c: float
    water: Water


@dataclass(frozen=True, slots=True)
class Network:
    """A complete heat network, ready to be solved; ids are in the order of the arrays."""

    node_ids: tuple[str, ...]
    link_ids: tuple[str, ...]
    room_ids: tuple[str, ...]
    topology: Topology
    figures: Figures
    knows_temperatures: bool = True
