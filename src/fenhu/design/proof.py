"""The proof of a design: its network simulated on the design day, in mild weather, and with flats shut."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np

from fenhu import heat, tables
from fenhu.building.fitting import exponent, section_w
from fenhu.building.parts import laid, return_pa
from fenhu.design.basis import Basis, has_coils
from fenhu.design.catalogue import Size, trv_low_kv_m3_h, zeta
from fenhu.design.flat_devices import fixed_kv_m3_h, in_series, zone_kv_m3_h, zone_node
from fenhu.design.inlet import Inlet
from fenhu.design.presetting import Presettings
from fenhu.design.tree import Hung, Joint, Pipe, Scheme
from fenhu.design.values import Proof, RadiatorDesign, Role, ShutAlone, Side, Weather, WeatherProof
from fenhu.heat import Draft, Floats, Network, Solution, radiator_constant
from fenhu.heat.elements import quadratic_from_kv
from fenhu.heat.hydraulics import opening
from fenhu.heat.network import BAND_K, CONSTANT, ROOM, SETPOINT_C, TRV_ROOM, UA_W_K, VALVE_QUADRATIC
from fenhu.records import SystemForm

_SHUT_KV_M3_H, _NO_RADIATOR = 1.0e-4, 1.0e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """A designed system as it stands: everything its network is made of."""

    basis: Basis
    scheme: Scheme
    pipes: Mapping[str, Pipe]
    sizes: Mapping[str, Size]
    presettings: Presettings
    radiators: Mapping[str, RadiatorDesign]
    inlet: Inlet
    offered_pa: float


@dataclass(frozen=True, slots=True)
class Modelled:
    """A designed system's network, and by flat the links whose flow is the flat's."""

    network: Network
    flow_links: tuple[tuple[int, ...], ...]
    first: int


def prove(built: Built) -> Proof:
    """Return what the simulation of a designed system shows, in every weather and with each flat shut alone.

    Raises
    ------
    fenhu.errors.NotConverged
        If the designed network does not settle.
    """
    states = []
    for weather in built.basis.weathers:
        model = model_of(built, weather)
        states.append((weather, model, heat.solve(model.network)))
    weathers = tuple(_weather_proof(built, *state) for state in states)
    _, model, open_state = states[0]
    shut = tuple(_shut_alone(built, model, open_state)) if _lockable(built) else ()
    return Proof(weathers=weathers, shut=shut)


def _lockable(built: Built) -> bool:
    """Return whether one flat can be shut without another: only where each has a loop of its own."""
    return built.basis.form is SystemForm.HOUSEHOLD_DOUBLE


def model_of(built: Built, weather: Weather) -> Modelled:
    """Return the network of a designed system in a weather."""
    return _Modeller(built, weather).model()


class _Modeller:
    def __init__(self, built: Built, weather: Weather) -> None:
        self.built, self.weather = built, weather
        self.draft = Draft(weather.outdoor_c)
        self.nodes: dict[str, int] = {}
        self.flow_links: list[list[int]] = [[] for _ in built.basis.building.flats]
        self.number = {flat.id: n for n, flat in enumerate(built.basis.building.flats)}
        self.riser_first = {
            riser.root.pipes[0].id: riser.id for riser in built.scheme.risers if isinstance(riser.root, Joint)
        }

    def model(self) -> Modelled:
        basis, draft = self.built.basis, self.draft
        driven_pa = return_pa() + (
            self.built.offered_pa if self.built.inlet.held_pa is None
            else self.built.inlet.held_pa
        )  # fmt: skip
        self.nodes["inlet.s"] = draft.add_node(
            "inlet.s", laid()["trench_m"], pressure_pa=driven_pa, entering_c=self.weather.supply_c
        )
        self.nodes["inlet.r"] = draft.add_node("inlet.r", laid()["trench_m"], pressure_pa=return_pa())
        gains_w_m2 = basis.building.shell.gains_w_m2
        for flat, ua in zip(basis.building.flats, basis.plan.ua_w_k, strict=True):
            draft.add_room(flat.id, ua, gains_w_m2 * flat.area_m2)
        for a, b, ua in basis.plan.walls:
            draft.add_wall(a, b, ua)
        first = 0
        for pipe in self.built.pipes.values():
            link = self._pipe(pipe)
            first = link if pipe.id == "main.1s" else first
        for hung in self.built.scheme.hung:
            self._radiator(hung)
        if has_coils(basis):
            for number, flat in enumerate(basis.building.flats):
                self._zone(number, flat.id)
        return Modelled(draft.network(), tuple(map(tuple, self.flow_links)), first)

    def _node(self, name: str) -> int:
        if name not in self.nodes:
            self.nodes[name] = self.draft.add_node(name, self.built.scheme.heights_m[name])
        return self.nodes[name]

    def _pipe(self, pipe: Pipe) -> int:
        size = self.built.sizes[pipe.id]
        room = self.number.get(pipe.flat, -1)
        u_w_m2k = laid()["insulated_u_w_m2k"] if pipe.insulated else tables.load("eras")["loop"]["u_w_m2k"]
        if pipe.role is Role.COIL:
            floor = tables.load("eras")["floor_coil"]
            u_w_m2k = floor["spacing_m"] / (floor["resistance_m2k_w"] * math.pi * size.inner_diameter_m)
        elif room < 0 and not pipe.insulated:
            u_w_m2k = 0.0
        link = self.draft.add_pipe(
            pipe.id, self._node(pipe.start), self._node(pipe.end), pipe.length_m, size.inner_diameter_m,
            size.roughness_m, zeta=zeta(pipe.fittings, size.steel_dn), u_w_m2k=u_w_m2k,
            ambient_c=laid()["trench_c"], room=room, kv_m3_h=self._valves_kv(pipe),
        )  # fmt: skip
        if pipe.role is Role.CONNECTION and pipe.side is Side.SUPPLY:
            self.flow_links[room].append(link)
        return link

    def _valves_kv(self, pipe: Pipe) -> float:
        """Return the Kv of what sits on a pipe."""
        built = self.built
        if pipe.role is Role.CONNECTION and pipe.side is Side.SUPPLY:
            lock = built.presettings.lock[pipe.flat]
            return in_series(fixed_kv_m3_h(pipe.flow_kg_s), lock.kv_m3_h)
        setting = built.presettings.riser.get(self.riser_first.get(pipe.id, ""))
        if setting is not None:
            return setting.kv_m3_h
        if pipe.id == "main.1s":
            fixed = in_series(built.inlet.meter.kv_m3_h, built.inlet.strainer_kv_m3_h)
            return in_series(fixed, built.inlet.setting.kv_m3_h) if built.inlet.setting else fixed
        return math.inf

    def _zone(self, number: int, flat: str) -> None:
        self.draft.add_valve(
            zone_node(flat), self._node(f"{flat}.s"), self._node(zone_node(flat)), zone_kv_m3_h(),
            trv=(number, *_thermostat()),
        )  # fmt: skip

    def _radiator(self, hung: Hung) -> None:
        basis, chosen = self.built.basis, self.built.radiators[hung.place.id]
        size = self.built.sizes[hung.pipes[0]]
        trv = self.built.presettings.trv.get(hung.place.id)
        link = self.draft.add_radiator(
            hung.place.id, self._node(hung.start), self._node(hung.end), hung.place.number,
            _constant(chosen), exponent(chosen.kind),
            kv_m3_h=trv.kv_m3_h if trv else trv_low_kv_m3_h(size.steel_dn),
            zeta=float(tables.load("zeta")["part"]["radiator"]), diameter_m=size.inner_diameter_m,
            trv=(hung.place.number, *_thermostat()),
        )  # fmt: skip
        if basis.form is not SystemForm.HOUSEHOLD_DOUBLE:
            self.flow_links[hung.place.number].append(link)


def _thermostat() -> tuple[float, float]:
    water = tables.load("design")["water"]
    return water["setpoint_c"], water["band_k"]


def _constant(chosen: RadiatorDesign) -> float:
    """Return K of the integrated law for a radiator of the design, from its catalogue output at 95/70/18."""
    design = tables.load("radiators")["design"]
    supply_c, return_c, room_c = design["supply_c"], design["return_c"], design["room_c"]
    excess_k = 0.5 * (chosen.supply_c + chosen.return_c) - tables.load("design")["water"]["room_c"]
    worn = chosen.output_w / section_w(chosen.kind, chosen.sections, excess_k)
    nominal_w = worn * section_w(chosen.kind, chosen.sections, 0.5 * (supply_c + return_c) - room_c)
    return radiator_constant(nominal_w, supply_c, return_c, room_c, exponent(chosen.kind))


def _flows(model: Modelled, solution: Solution) -> Floats:
    flow = solution.mass_flow_kg_s
    return np.array([abs(flow[list(links)].sum()) for links in model.flow_links])


def _design_flows(built: Built) -> Floats:
    basis = built.basis
    flows = np.zeros(len(basis.building.flats))
    for hung in built.scheme.hung:
        flows[hung.place.number] += built.radiators[hung.place.id].flow_kg_s
    if basis.form is SystemForm.HOUSEHOLD_DOUBLE:
        return np.array([basis.flow_kg_s(basis.flat_load_w(n)) for n in range(len(flows))])
    return flows


def _weather_proof(built: Built, weather: Weather, model: Modelled, solution: Solution) -> WeatherProof:
    ids = [flat.id for flat in built.basis.building.flats]
    ratios = _flows(model, solution) / _design_flows(built)
    inlet_kg_s = float(abs(solution.mass_flow_kg_s[model.first]))
    given_w = float(solution.heat_w[solution_is(model, heat.RADIATOR)].sum()) - float(
        solution.heat_w[solution_is(model, heat.PIPE)].sum()
    )
    capacity = tables.load("pipes")["sizing"]["reference_heat_capacity_j_kgk"]
    return WeatherProof(
        weather=weather,
        temperature_c=dict(zip(ids, map(float, solution.room_c), strict=True)),
        flow_ratio=dict(zip(ids, map(float, ratios), strict=True)),
        heat_w=given_w, flow_kg_s=inlet_kg_s, return_c=weather.supply_c - given_w / (capacity * inlet_kg_s),
    )  # fmt: skip


def solution_is(model: Modelled, kind: int) -> np.ndarray:
    """Return which links are of a kind."""
    return np.asarray(model.network.topology.join[:, heat.KIND] == kind)


def _shut_alone(built: Built, model: Modelled, state: Solution) -> Iterator[ShutAlone]:
    ids = [flat.id for flat in built.basis.building.flats]
    held = _with_thermostats_held(model, state)
    before = _flows(model, heat.solve(held, state))
    for number, flat in enumerate(ids):
        others = np.arange(len(ids)) != number
        flows = _flows(model, heat.solve(_with_shut(held, model, number), state))
        change = np.where(others, flows / before - 1.0, 0.0)
        settled = heat.solve(_with_shut(model.network, model, number), state)
        worst = int(np.abs(change).argmax())
        yield ShutAlone(
            flat=flat, own_c=float(settled.room_c[number]), most_disturbed=ids[worst],
            flow_change_ratio=float(change[worst]),
            coldest_other_c=float(settled.room_c[others].min(initial=state.room_c.max())),
        )  # fmt: skip


def _with_shut(network: Network, model: Modelled, number: int) -> Network:
    """Return a network with the lock valve of one flat shut; the water standing there has no effect."""
    link = network.figures.link.copy()
    link[list(model.flow_links[number]), VALVE_QUADRATIC] = quadratic_from_kv(_SHUT_KV_M3_H)
    inside = network.topology.join[:, ROOM] == number
    link[inside, UA_W_K], link[inside, CONSTANT] = 0.0, _NO_RADIATOR
    return replace(network, figures=network.figures._replace(link=link))


def _with_thermostats_held(model: Modelled, state: Solution) -> Network:
    """Return the network with every thermostatic valve held where it stands in a state."""
    network = model.network
    join, link = network.topology.join.copy(), network.figures.link.copy()
    for n in np.flatnonzero(join[:, TRV_ROOM] >= 0):
        room_c = state.room_c[join[n, TRV_ROOM]]
        open_ratio = opening(room_c, link[n, SETPOINT_C], link[n, BAND_K])  # type: ignore[no-untyped-call]
        link[n, VALVE_QUADRATIC] /= open_ratio**2
    join[:, TRV_ROOM] = -1
    return replace(
        network, topology=network.topology._replace(join=join), figures=network.figures._replace(link=link)
    )
