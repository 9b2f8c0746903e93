"""Pipes and valves as they can be bought: sizes with bores and limits, presettings with their Kv."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from typing import Any

from fenhu import tables
from fenhu.errors import UnknownItem
from fenhu.heat import kv_from_loss, specific_loss_pa_m
from fenhu.wording import text

BAR_PA = 1.0e5


@dataclass(frozen=True, slots=True)
class Size:
    """A size of a pipe material; ``steel_dn`` is the steel size it stands for where a rule goes by that."""

    material: str
    dn: int
    inner_diameter_m: float
    roughness_m: float
    steel_dn: int

    @property
    def area_m2(self) -> float:
        """Return the free cross-section."""
        return float(3.141592653589793 * self.inner_diameter_m**2 / 4.0)


@dataclass(frozen=True, slots=True)
class Setting:
    """A position of a valve: its mark and its Kv."""

    mark: str
    kv_m3_h: float


@cache
def sizes_of(material: str) -> tuple[Size, ...]:
    """Return the sizes of a material of ``tables/pipes.toml``, from the smallest.

    Raises
    ------
    UnknownItem
        If the table has no such material.
    """
    rows = tables.load("pipes")["material"]
    if material not in rows:
        raise UnknownItem(
            text("There is no pipe material {name}; there are {known}.",
                 name=repr(material), known=", ".join(rows))
        )  # fmt: skip
    row = rows[material]
    equivalent = tables.load("design")["equivalent_dn"]
    bores = sorted((int(dn), bore) for dn, bore in row["inner_diameter_m"].items() if dn.isdigit())
    return tuple(
        Size(material, dn, bore, row["roughness_m"],
             dn if material == "steel" else int(equivalent.get(str(dn), dn)))
        for dn, bore in bores
    )  # fmt: skip


def size_of(material: str, dn: int) -> Size:
    """Return one size of a material; raises UnknownItem naming the sizes there are."""
    for size in sizes_of(material):
        if size.dn == dn:
            return size
    raise UnknownItem(
        text("{material} is not made in size {dn}; there are {known}.",
             material=material, dn=dn, known=", ".join(str(size.dn) for size in sizes_of(material)))
    )  # fmt: skip


@cache
def smallest_dn(material: str) -> int:
    """Return the smallest size that is used of a material as a pipe."""
    return int(tables.load("pipes")["material"][material]["smallest_dn"])


@lru_cache(maxsize=1024)
def velocity_limit_m_s(size: Size, *, quiet: bool) -> float:
    """Return the largest velocity by size and room kind.

    References
    ----------
    GB 50736-2012 5.9.13 (docs/sources.md#gb50736), tables/design.toml
    """
    return _by_size(tables.load("design")["velocity"]["quiet" if quiet else "general"], size.steel_dn)


@lru_cache(maxsize=65536)
def specific_loss(size: Size, flow_kg_s: float) -> float:
    """Return R in Pa/m of a new pipe at a flow, with water of 60 °C as the sizing tables have it."""
    if flow_kg_s <= 0.0:
        return 0.0
    sizing = tables.load("pipes")["sizing"]
    return specific_loss_pa_m(
        flow_kg_s, size.inner_diameter_m, size.roughness_m,
        sizing["reference_density_kg_m3"], sizing["reference_viscosity_pa_s"],
    )  # fmt: skip


def velocity_m_s(size: Size, flow_kg_s: float) -> float:
    """Return the mean velocity of the water."""
    return float(flow_kg_s / (tables.load("pipes")["sizing"]["reference_density_kg_m3"] * size.area_m2))


def local_loss_pa(fittings: Sequence[tuple[str, int]], size: Size, flow_kg_s: float) -> float:
    """Return Σζ·ρv²/2 of the fittings in a pipe."""
    density = tables.load("pipes")["sizing"]["reference_density_kg_m3"]
    return float(zeta(tuple(fittings), size.steel_dn) * density * velocity_m_s(size, flow_kg_s) ** 2 / 2.0)


@lru_cache(maxsize=4096)
def zeta(fittings: tuple[tuple[str, int], ...], steel_dn: int) -> float:
    """Return the sum of the resistances of fittings in a pipe of a size.

    References
    ----------
    docs/sources.md#heping (appendix 4-2)
    """
    table = tables.load("zeta")
    part = table["part"]
    return sum(
        count * (float(part[name]) if name in part else _by_size(table[name], steel_dn))
        for name, count in fittings
    )


def valve_loss_pa(kv_m3_h: float, flow_kg_s: float) -> float:
    """Return what a valve loses, Kv for water of 1000 kg/m³ and 1 bar."""
    return float((3.6 * flow_kg_s / kv_m3_h) ** 2 * BAR_PA)


@cache
def trv_settings() -> tuple[Setting, ...]:
    """Return the presettings of thermostatic valves with high resistance, in tenths of a mark."""
    row = tables.load("valves")["trv_high"]
    listed = tuple(zip(map(float, row["marks"]), row["kv_m3_h"], strict=True))
    return tuple(Setting(f"{mark:g}", kv) for mark, kv in _between(listed, 10))


@cache
def lock_valve_settings(steel_dn: int) -> tuple[Setting, ...]:
    """Return the presettings of a lock valve of a size, in turns from shut."""
    row = tables.load("valves")["lock_valve"]
    ratio = _by_size(row["size_ratio"], steel_dn)
    pairs = zip(row["turns"], row["kv_m3_h"], strict=True)
    return tuple(Setting(f"{turns:.1f}", ratio * kv) for turns, kv in _between(tuple(pairs), 10))


@cache
def balancing_settings(steel_dn: int) -> tuple[Setting, ...]:
    """Return the presettings of a balancing valve of a size, in turns from shut."""
    row = tables.load("valves")["balancing"]
    kvs = _by_size(row["kvs_m3_h"], steel_dn)
    pairs = zip(row["turns"], (kvs * ratio for ratio in row["open_ratio"]), strict=True)
    return tuple(Setting(f"{turns:.1f}", kv) for turns, kv in _between(tuple(pairs), 10))


def nearest_setting(settings: tuple[Setting, ...], flow_kg_s: float, wanted_pa: float) -> Setting:
    """Return the setting whose loss at a flow comes nearest to the one wanted; open if nothing is wanted.

    ``settings`` stand from the tightest to the open one.
    """
    if wanted_pa <= 0.0 or flow_kg_s <= 0.0:
        return settings[-1]
    at = bisect_left(_kvs(settings), kv_from_loss(flow_kg_s, wanted_pa))
    beside = settings[max(at - 1, 0) : at + 1]
    return min(beside, key=lambda one: abs(valve_loss_pa(one.kv_m3_h, flow_kg_s) - wanted_pa))


def tightest_within(settings: tuple[Setting, ...], flow_kg_s: float, most_pa: float) -> Setting:
    """Return the tightest setting that loses no more than so much at a flow; open if none does."""
    at = bisect_left(_kvs(settings), kv_from_loss(flow_kg_s, most_pa)) if most_pa > 0.0 else len(settings)
    return settings[min(at, len(settings) - 1)]


_KVS: dict[int, tuple[tuple[Setting, ...], tuple[float, ...]]] = {}


def _kvs(settings: tuple[Setting, ...]) -> tuple[float, ...]:
    """Return the Kv of a scale; kept by the scale's identity, for hashing sixty settings takes longer."""
    if id(settings) not in _KVS:
        _KVS[id(settings)] = (settings, tuple(one.kv_m3_h for one in settings))
    return _KVS[id(settings)][1]


def setting_of(settings: Sequence[Setting], mark: str) -> Setting:
    """Return the setting with a mark; raises UnknownItem naming the marks there are."""
    for one in settings:
        if one.mark == mark:
            return one
    raise UnknownItem(
        text("The valve has no setting {mark}; there are {known}.",
             mark=repr(mark), known=", ".join(one.mark for one in settings))
    )  # fmt: skip


def strainer_kv_m3_h(steel_dn: int) -> float:
    """Return the Kv of a clean strainer."""
    return _by_size(tables.load("valves")["strainer"]["kv_m3_h"], steel_dn)


def trv_low_kv_m3_h(steel_dn: int) -> float:
    """Return the Kv of a thermostatic valve with low resistance."""
    return _by_size(tables.load("valves")["trv_low"]["kv_m3_h"], steel_dn)


def largest_trv_low_dn() -> int:
    """Return the largest size thermostatic valves with low resistance are made in."""
    return max(int(dn) for dn in tables.load("valves")["trv_low"]["kv_m3_h"] if dn.isdigit())


@dataclass(frozen=True, slots=True)
class Meter:
    """A heat meter by its nominal flow."""

    nominal_m3_h: float
    dn: int
    kv_m3_h: float


def chosen_meter(kind: str, flow_kg_s: float) -> Meter:
    """Return the smallest meter of at least 80 % of the design flow that loses no more than it may.

    Parameters
    ----------
    kind : ``household_meter`` or ``building_meter``.
    flow_kg_s : the design flow.

    References
    ----------
    GB 50736-2012 5.10.3 (docs/sources.md#gb50736)
    """
    meters, limits = _meters(kind), tables.load("valves")["meter"]
    wanted_m3_h = limits["design_share_ratio"] * 3.6 * flow_kg_s
    for meter in meters:
        if (
            meter.nominal_m3_h >= wanted_m3_h
            and valve_loss_pa(meter.kv_m3_h, flow_kg_s) <= limits["most_loss_pa"]
        ):
            return meter
    return meters[-1]


@cache
def _meters(kind: str) -> tuple[Meter, ...]:
    return tuple(
        Meter(row["nominal_m3_h"], row["dn"], kv_from_loss(row["nominal_m3_h"] / 3.6, row["loss_pa"]))
        for row in tables.load("valves")[kind]
    )


def _between(pairs: Sequence[tuple[float, float]], parts: int) -> list[tuple[float, float]]:
    """Return the marks between listed ones in parts of a whole, their Kv in a straight line."""
    found: list[tuple[float, float]] = []
    for (low, low_kv), (high, high_kv) in pairwise(pairs):
        steps = round((high - low) * parts)
        found += [(low + n / parts, low_kv + (high_kv - low_kv) * n / steps) for n in range(steps)]
    return [*found, pairs[-1]]


def _by_size(row: Mapping[str, Any], steel_dn: int) -> float:
    """Return the value of the largest listed size that is not larger, or of the smallest."""
    known = sorted(int(key) for key in row if key.isdigit())
    fitting = [dn for dn in known if dn <= steel_dn]
    return float(row[str(fitting[-1] if fitting else known[0])])
