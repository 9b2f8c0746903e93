"""Parts every form is made of: sized pipes, mains with direct or reverse return, risers, inlets."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import NamedTuple

from fenhu import tables
from fenhu.building.fitting import Constants, constants, exponent
from fenhu.building.layout import Layout, spacing_m
from fenhu.building.spec import Building, Mains, Pipework
from fenhu.heat import Draft, carried_kg_s, kv_from_loss, specific_loss_pa_m


def return_pa() -> float:
    """Return the pressure of the return at the inlet; only differences matter."""
    return float(_network()["return_pa"])


def _network() -> Mapping[str, float]:
    """Return what is assumed of networks."""
    found: Mapping[str, float] = tables.load("eras")["network"]
    return found


def _heat_capacity_j_kgk() -> float:
    """Return the water's specific heat at which pipes are sized."""
    return float(tables.load("pipes")["sizing"]["reference_heat_capacity_j_kgk"])


def laid() -> Mapping[str, float]:
    """Return what is assumed of pipes outside flats' loops: losses, heights, lengths, resistances."""
    found: Mapping[str, float] = tables.load("eras")["laid"]
    return found


@cache
def _capacities(
    material: str, specific_loss_pa_m: float
) -> tuple[tuple[int, ...], tuple[float, ...], tuple[float, ...]]:
    """Return nominal sizes, bores, and the flow each carries at the largest specific loss."""
    row, sizing = tables.load("pipes")["material"][material], tables.load("pipes")["sizing"]
    bores = {int(size): bore for size, bore in row["inner_diameter_m"].items() if size.isdigit()}
    density, viscosity = sizing["reference_density_kg_m3"], sizing["reference_viscosity_pa_s"]
    sizes = sorted(bores)
    return (
        tuple(sizes),
        tuple(bores[size] for size in sizes),
        tuple(
            carried_kg_s(specific_loss_pa_m, bores[size], row["roughness_m"], density, viscosity)
            for size in sizes
        ),
    )


@lru_cache(maxsize=4096)
def chosen_bore_m(
    material: str, flow_kg_s: float, specific_loss_pa_m: float, smallest_dn: int, known_dn: int = 0
) -> float:
    """Return the bore of the smallest size that carries a flow economically, or of the known size.

    References
    ----------
    docs/sources.md#heping (economical specific loss)
    """
    sizes, bores, capacities = _capacities(material, specific_loss_pa_m)
    if known_dn:
        return bores[sizes.index(known_dn)]
    at = max(bisect_left(capacities, flow_kg_s), bisect_left(sizes, smallest_dn))
    return bores[min(at, len(bores) - 1)]


@dataclass(frozen=True, slots=True)
class Condition:
    """A material in its condition, and the smallest sizes used of it."""

    material: str
    roughness_m: float
    new_roughness_m: float
    bore_ratio: float
    smallest_dn: int
    smallest_branch_dn: int


def _condition(pipes: Pipework, material: str) -> Condition:
    row = tables.load("pipes")["material"][material]
    old = material == "steel"
    return Condition(
        material, pipes.roughness_m if old else row["roughness_m"], row["roughness_m"],
        pipes.bore_ratio if old else 1.0, row["smallest_dn"], row["smallest_indoor_dn"],
    )  # fmt: skip


class Takeoff(NamedTuple):
    """Where a riser or branch leaves: supply and return node, and what its place has to spare by design."""

    supply: int
    back: int
    surplus_pa: float


class Way(NamedTuple):
    """One of the parallel ways of the water: a link everything in it passes, and the flats it feeds."""

    link: int
    flats: tuple[int, ...]


def surpluses(required_pa: Sequence[float]) -> list[float]:
    """Return how much less each of several parallel places needs than the one that needs most."""
    most_pa = max(required_pa)
    return [most_pa - one for one in required_pa]


@lru_cache(maxsize=4096)
def _design_loss_pa(
    flow_kg_s: float, length_m: float, bore_m: float, roughness_m: float, zeta: float
) -> float:
    """Return what a new pipe loses at its design flow, R·l + Σζ·ρv²/2."""
    if flow_kg_s <= 0.0:
        return 0.0
    sizing = tables.load("pipes")["sizing"]
    density, viscosity = sizing["reference_density_kg_m3"], sizing["reference_viscosity_pa_s"]
    friction_pa_m = specific_loss_pa_m(flow_kg_s, bore_m, roughness_m, density, viscosity)
    velocity_m_s = flow_kg_s / (density * math.pi * bore_m**2 / 4.0)
    return float(friction_pa_m * length_m + zeta * density * velocity_m_s**2 / 2.0)


def works_of(building: Building, plan: Layout, draft: Draft, supply: int, back: int) -> Works:
    """Return the works of a building, ready for its form to lead the water through."""
    pipes, network = building.pipework, tables.load("eras")["network"]
    indoor = _condition(pipes, pipes.indoor_material)
    branch_bore_m = indoor.bore_ratio * chosen_bore_m(
        indoor.material, 0.0, pipes.specific_loss_pa_m, indoor.smallest_branch_dn, pipes.branch_dn
    )
    return Works(
        building, plan, constants(building, plan), exponent(building.radiators.kind), draft, supply, back,
        [[] for _ in building.flats], _condition(pipes, "steel"), indoor, branch_bore_m,
        network["setpoint_c"], network["band_k"],
        min(network["mains_specific_loss_pa_m"], pipes.specific_loss_pa_m), {}, [],
    )  # fmt: skip


@dataclass(slots=True)
class Works:
    """A building's network while it is being put together."""

    building: Building
    plan: Layout
    constants: Constants
    exponent: float
    draft: Draft
    supply: int
    back: int
    flow_links: list[list[int]]
    common: Condition
    indoor: Condition
    branch_bore_m: float
    setpoint_c: float
    band_k: float
    mains_specific_loss_pa_m: float
    designed: dict[int, tuple[float, float, float, float, float]]
    ways: list[Way]

    def design_flow_kg_s(self, load_w: float) -> float:
        """Return the flow that brings a load at the design temperature fall."""
        return load_w / (_heat_capacity_j_kgk() * self.building.pipework.design_fall_k)

    def taken_pa(self, surplus_pa: float) -> float:
        """Return what valves take of the pressure a place has to spare by design."""
        age = "new" if self.building.pipework.thermostats else "old"
        return float(tables.load("eras")["balance"][f"{age}_surplus_taken_ratio"]) * surplus_pa

    def balancing_kv_m3_h(self, flow_kg_s: float, surplus_pa: float) -> float:
        """Return the Kv of a take-off's valve as it was set: open where nothing was to spare."""
        taken_pa = self.taken_pa(surplus_pa)
        return kv_from_loss(flow_kg_s, taken_pa) if taken_pa > _network()["worth_setting_pa"] else math.inf

    def radiator_kv_m3_h(self, flat: int, surplus_pa: float) -> float:
        """Return the Kv of a radiator's valve between two pipes: preset with a thermostat, or set by hand."""
        network, balance = tables.load("eras")["network"], tables.load("eras")["balance"]
        flow_kg_s = self.design_flow_kg_s(self.plan.load_w[flat] / len(self.constants[flat]))
        if not self.building.pipework.thermostats:
            return kv_from_loss(flow_kg_s, balance["old_radiator_valve_pa"] + self.taken_pa(surplus_pa))
        lost_pa = max(network["valve_share_ratio"] * self.building.inlet_pa, network["valve_least_pa"])
        preset_m3_h = kv_from_loss(flow_kg_s, lost_pa + self.taken_pa(surplus_pa))
        return min(preset_m3_h, float(network["trv_double_kv_m3_h"]))

    def pipe(
        self,
        start: int,
        end: int,
        length_m: float,
        flow_kg_s: float,
        *,
        known_dn: int = 0,
        zeta: float = 0.0,
        u_w_m2k: float = 0.0,
        room: int = -1,
        kv_m3_h: float = float("inf"),
        specific_loss_pa_m: float = 0.0,
        indoor: bool = False,
    ) -> int:
        """Add a pipe sized for its design flow; an indoor one is of the material used inside flats."""
        condition = self.indoor if indoor else self.common
        allowed = specific_loss_pa_m or self.building.pipework.specific_loss_pa_m
        bore_m = chosen_bore_m(condition.material, flow_kg_s, allowed, condition.smallest_dn, known_dn)
        draft = self.draft
        link = draft.add_pipe(
            f"p{len(draft.link_ids)}", start, end, length_m, bore_m * condition.bore_ratio,
            condition.roughness_m, zeta=zeta, u_w_m2k=u_w_m2k, ambient_c=laid()["trench_c"], room=room,
            kv_m3_h=kv_m3_h,
        )  # fmt: skip
        self.designed[link] = (flow_kg_s, length_m, bore_m, condition.new_roughness_m, zeta)
        return link

    def lost_pa(self, link: int) -> float:
        """Return what a pipe lost at its design flow when it was new."""
        return _design_loss_pa(*self.designed[link])

    def node(self, z_m: float) -> int:
        """Add a free node."""
        return self.draft.add_node(f"n{len(self.draft.node_ids)}", z_m)

    def radiator(
        self, start: int, end: int, flat: int, place: int, *, zeta: float, kv_m3_h: float = math.inf
    ) -> int:
        """Add a flat's radiator, with a thermostat at its valve if the pipework has them."""
        return self.draft.add_radiator(
            f"r{len(self.draft.link_ids)}", start, end, flat, self.constants[flat][place], self.exponent,
            kv_m3_h=kv_m3_h, zeta=zeta, diameter_m=self.branch_bore_m,
            trv=self.thermostat(flat) if kv_m3_h < math.inf else None,
        )  # fmt: skip

    def flat_valve(
        self, start: int, end: int, flow_kg_s: float, trv: tuple[int, float, float] | None = None
    ) -> int:
        """Add the valve of a whole flat, preset for its design flow; ``trv`` as in ``Draft``."""
        network = tables.load("eras")["network"]
        lost_pa = max(network["valve_share_ratio"] * self.building.inlet_pa, network["valve_least_pa"])
        name = f"v{len(self.draft.link_ids)}"
        return self.draft.add_valve(name, start, end, kv_from_loss(flow_kg_s, lost_pa), trv=trv)

    def thermostat(self, flat: int) -> tuple[int, float, float] | None:
        """Return the thermostat of a flat's valves, None if the pipework has none."""
        return (flat, self.setpoint_c, self.band_k) if self.building.pipework.thermostats else None

    def floor_pipe(self, start: int, end: int, flat: int, length_m: float, *, zeta: float) -> int:
        """Add a coil in the floor: a plastic pipe that warms the flat through the screed.

        References
        ----------
        tables/eras.toml, floor_coil: heat per area is the water's excess over the room by ``resistance``.
        """
        floor = tables.load("eras")["floor_coil"]
        pipe = tables.load("pipes")["material"][floor["material"]]
        bore_m = pipe["inner_diameter_m"][str(floor["dn"])]
        return self.draft.add_pipe(
            f"p{len(self.draft.link_ids)}", start, end, length_m, bore_m, pipe["roughness_m"], zeta=zeta,
            u_w_m2k=floor["spacing_m"] / (floor["resistance_m2k_w"] * math.pi * bore_m), room=flat,
        )  # fmt: skip

    def height_m(self, storey: int) -> float:
        """Return the height of a storey's radiators above the ground."""
        return (storey - 1) * self.building.storey_height_m + laid()["radiator_m"]

    def mains(
        self, flows_kg_s: Sequence[float], spacing_m: float, *, supply_z_m: float | None = None
    ) -> list[Takeoff]:
        """Add mains along the building and return every take-off.

        Parameters
        ----------
        flows_kg_s : design flow of each take-off, in order from the inlet.
        spacing_m : length of main between take-offs.
        supply_z_m : height of the supply main (at the top, for risers fed from above); in the trench
            if not given.
        """
        count, trench_m = len(flows_kg_s), laid()["trench_m"]
        supply_m = trench_m if supply_z_m is None else supply_z_m
        supplies = [self.node(supply_m) for _ in range(count)]
        returns = [self.node(trench_m) for _ in range(count)]
        beyond = [sum(flows_kg_s[k:]) for k in range(count)]
        out_pa = [self._main(self.supply, supplies[0], max(supply_m, 0.0) + spacing_m, beyond[0])]
        for k in range(1, count):
            out_pa.append(out_pa[-1] + self._main(supplies[k - 1], supplies[k], spacing_m, beyond[k]))
        if self.building.pipework.mains is Mains.DIRECT:
            home_pa = [self._main(returns[0], self.back, spacing_m, beyond[0])]
            for k in range(1, count):
                home_pa.append(home_pa[-1] + self._main(returns[k], returns[k - 1], spacing_m, beyond[k]))
        else:
            home_pa = [self._main(returns[-1], self.back, spacing_m * count, beyond[0])]
            for k in range(count - 1, 0, -1):
                home_pa.insert(
                    0, home_pa[0] + self._main(returns[k - 1], returns[k], spacing_m, beyond[0] - beyond[k])
                )
        surplus_pa = surpluses([out + home for out, home in zip(out_pa, home_pa, strict=True)])
        return [Takeoff(*place) for place in zip(supplies, returns, surplus_pa, strict=True)]

    def _main(self, start: int, end: int, length_m: float, flow_kg_s: float) -> float:
        """Add a piece of main and return what it loses at its design flow."""
        known = self.building.pipework.main_dn
        link = self.pipe(
            start, end, length_m, flow_kg_s, known_dn=known, zeta=laid()["main_zeta"],
            u_w_m2k=laid()["insulated_u_w_m2k"], specific_loss_pa_m=self.mains_specific_loss_pa_m,
        )  # fmt: skip
        return self.lost_pa(link)

    def gravity_pa_m(self) -> float:
        """Return the head per metre that the design counts on between hot and cooled water."""
        balance = tables.load("eras")["balance"]
        return float(
            balance["gravity_share_ratio"] * balance["gravity_pa_m_k"] * self.building.pipework.design_fall_k
        )

    def branch_specific_loss_pa_m(self, length_m: float) -> float:
        """Return what a long branch may lose per metre, there and back, of the pressure the design had."""
        balance, pipes = tables.load("eras")["balance"], self.building.pipework
        inlet_pa = self.building.inlet_pa if pipes.thermostats else 1000.0 * balance["old_design_inlet_kpa"]
        return float(
            min(balance["branch_share_ratio"] * inlet_pa / (2.0 * length_m), self.mains_specific_loss_pa_m)
        )

    def spacing_m(self, takeoffs: int) -> float:
        """Return the length of main between take-offs spread evenly along the building."""
        return spacing_m(self.building, takeoffs)
