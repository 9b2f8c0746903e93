"""The formulas of the heat load, one function each."""

from __future__ import annotations

from fenhu import tables
from fenhu.errors import UnknownItem
from fenhu.wording import text


def corrected_loss_w(u_w_m2k: float, area_m2: float, difference_k: float, correction_ratio: float) -> float:
    """Return what a surface loses, K·F·Δt·(1 + Σx).

    Examples
    --------
    A south wall of 11.58 m², K 1.239, 25 K, 20 % less for the sun: 286.95 W.

    >>> round(corrected_loss_w(1.239, 11.58, 25.0, -0.20), 2)
    286.95

    References
    ----------
    docs/sources.md#load-example (facts B4)
    """
    return u_w_m2k * area_m2 * difference_k * (1.0 + correction_ratio)


def orientation_ratio(facing: str) -> float:
    """Return the correction for where a surface faces; 0 for none.

    References
    ----------
    GB 50736-2012 5.2.6, tables/loads.toml
    """
    row = tables.load("loads")["orientation"]
    if facing and not isinstance(row.get(facing), float):
        known = ", ".join(key for key, value in row.items() if isinstance(value, float))
        raise UnknownItem(
            text("No surface faces {facing}; known are {known}.", facing=repr(facing), known=known)
        )
    return float(row[facing]) if facing else 0.0


def height_ratio(height_m: float) -> float:
    """Return the addition for a high room: 2 % for every metre above 4 m, 15 % at most.

    Examples
    --------
    >>> round(height_ratio(6.0), 3), height_ratio(3.0), height_ratio(20.0)
    (0.04, 0.0, 0.15)

    References
    ----------
    GB 50736-2012 5.2.7, tables/loads.toml
    """
    row = tables.load("loads")["height"]
    return float(min(max(height_m - row["from_m"], 0.0) * row["each_m_ratio"], row["most_ratio"]))


def door_ratio(door: str, storeys: int) -> float:
    """Return the addition for an outer door of a building of so many storeys; 0 for none.

    Examples
    --------
    >>> door_ratio("one", 6), door_ratio("public_entrance", 6)
    (3.9, 5.0)

    References
    ----------
    GB 50736-2012 5.2.6, tables/loads.toml
    """
    table = tables.load("loads")
    if not door:
        return 0.0
    fixed = table["door_fixed"].get(door)
    return round(float(table["door"][door]) * storeys, 6) if fixed is None else float(fixed)


def infiltration_w(volume_m3: float, air_changes_1_h: float, room_c: float, outdoor_c: float) -> float:
    """Return what warming the air takes that comes in by itself, 0.278·c·ρ·L·Δt.

    References
    ----------
    docs/sources.md#heping (facts A5), tables/loads.toml
    """
    air = tables.load("loads")["air"]
    density = air["density_constant"] / (air["kelvin_offset"] + outdoor_c)
    flow_m3_h = volume_m3 * air_changes_1_h
    return float(air["watt_hours"] * air["heat_capacity_kj_kgk"] * density * flow_m3_h * (room_c - outdoor_c))
