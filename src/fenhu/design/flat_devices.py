"""What sits at a flat's entrance: lock valve, strainer, heat meter or the place kept for one."""

from __future__ import annotations

from functools import lru_cache
from math import sqrt

from fenhu import tables
from fenhu.design.catalogue import Meter, chosen_meter, lock_valve_settings, strainer_kv_m3_h


def entrance_dn() -> int:
    """Return the nominal size of a flat's lock valve and strainer."""
    return int(tables.load("design")["entrance"]["dn"])


def household_meter(flow_kg_s: float) -> Meter:
    """Return the heat meter a flat has, or shall have later."""
    return chosen_meter("household_meter", flow_kg_s)


@lru_cache(maxsize=4096)
def fixed_kv_m3_h(flow_kg_s: float) -> float:
    """Return the Kv of all a flat's entrance has but the lock valve."""
    return in_series(strainer_kv_m3_h(entrance_dn()), household_meter(flow_kg_s).kv_m3_h)


def open_lock_kv_m3_h() -> float:
    """Return the Kv of a lock valve wide open."""
    return lock_valve_settings(entrance_dn())[-1].kv_m3_h


def zone_kv_m3_h() -> float:
    """Return the Kv of the thermostatic valve before a flat's floor coils."""
    return float(tables.load("eras")["network"]["household_kv_m3_h"])


def zone_node(flat: str) -> str:
    """Return the name of the manifold behind a flat's thermostatic valve."""
    return f"{flat}.z"


def in_series(*kvs_m3_h: float) -> float:
    """Return the Kv of valves one after the other, 1/√Σ(1/Kv²)."""
    return 1.0 / sqrt(sum(kv**-2 for kv in kvs_m3_h))
