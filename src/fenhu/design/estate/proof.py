"""The proof of an estate's network: simulated at design, in mild weather, and with half the flats shut.

Every building is its resistance and two halves of flats with thermostats, joined with the network's pipes,
its pump and its inlet valves in one ``heat.Draft``. So the proof stands here, beside that of a building's
design, and needs nothing of ``stock``; a test holds it against ``stock.solve_district``, made independently.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from fenhu import heat, tables
from fenhu.building.parts import return_pa
from fenhu.design.catalogue import valve_loss_pa, zeta
from fenhu.design.estate.designing import EstateDesign, raised_ratio
from fenhu.design.estate.inlets import InletValve
from fenhu.design.estate.pump import season_days
from fenhu.design.estate.sizing import density_kg_m3, fittings_of
from fenhu.design.estate.values import PipeDesign, Taker
from fenhu.errors import NotConverged
from fenhu.heat import Draft, HeatingCurve, Solution, kv_from_loss, radiator_constant
from fenhu.wording import Text, bilingual, text

_ROUNDS, _EASE_RATIO, _EASE_K, _OPEN_PA = 100, 1.0e-3, 0.01, 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """A state the network must bear: the weather, the water, and how much of every building is shut."""

    name: str
    title: Text
    outdoor_c: float
    supply_c: float
    half_shut: bool = False
    valves: bool = True
    thermostats: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class InletState:
    """A building in one state: what it is offered, what stands behind its valve, its flow and its rooms.

    ``noise_pa`` is the difference its flats see, beyond the valve and what all flats share.
    """

    offered_pa: float
    behind_pa: float
    noise_pa: float
    flow_kg_s: float
    arriving_c: float
    room_c: float


@dataclass(frozen=True, slots=True, kw_only=True)
class EstateState:
    """The whole estate in one state: ``sent_c`` leaves the station, pipes lose ``lost_w`` to the ground."""

    condition: Condition
    sent_c: float
    inlets: Mapping[str, InletState]
    flow_kg_s: float
    head_pa: float
    heat_w: float
    lost_w: float
    power_w: float


@dataclass(frozen=True, slots=True, kw_only=True)
class EstateProof:
    """What the simulation shows: how water was shared without valves and with them, and every state."""

    before: EstateState
    after: EstateState
    states: tuple[EstateState, ...]


def prove_estate(design: EstateDesign) -> EstateProof:
    """Return what simulating a designed network shows.

    Raises
    ------
    fenhu.errors.NotConverged
        If the network does not settle, or a controller does not.
    """
    day, *_ = conditions(design)
    before, after = (
        _simulated(design, replace(day, name=name, valves=valves, thermostats=False))
        for name, valves in (("before", False), ("after", True))
    )  # fmt: skip
    return EstateProof(
        before=before, after=after, states=tuple(_simulated(design, one) for one in conditions(design))
    )


def conditions(design: EstateDesign) -> tuple[Condition, ...]:
    """Return the states the network is proved in."""
    estate = design.network.estate
    station = estate.substation
    mild_c = tables.load("design")["mild"]["outdoor_c"]
    curve = HeatingCurve(
        design_supply_c=station.supply_c, design_return_c=station.return_c,
        design_outdoor_c=estate.outdoor_c, room_c=_room_c(),
        exponent=tables.load("estate")["proof"]["exponent"],
    )  # fmt: skip
    mild_supply_c = float(curve.supply_c(mild_c))
    return (
        Condition(name="design", title=bilingual("设计工况", "design weather"), outdoor_c=estate.outdoor_c,
                  supply_c=station.supply_c),
        Condition(name="mild", title=bilingual("初末寒期", "mild weather"), outdoor_c=mild_c,
                  supply_c=mild_supply_c),
        Condition(name="half_shut",
                  title=bilingual("设计工况，半数住户关断", "design weather, half the flats shut"),
                  outdoor_c=estate.outdoor_c, supply_c=station.supply_c, half_shut=True),
        Condition(name="mild_half_shut",
                  title=bilingual("初末寒期，半数住户关断", "mild weather, half the flats shut"),
                  outdoor_c=mild_c, supply_c=mild_supply_c, half_shut=True),
    )  # fmt: skip


def _room_c() -> float:
    return float(tables.load("estate")["usual"]["room_c"])


@dataclass(frozen=True, slots=True)
class _Drawn:
    """What a building behind a controller draws, and how warm its water arrives and leaves."""

    flow_kg_s: float
    arriving_c: float
    leaving_c: float


def _simulated(design: EstateDesign, condition: Condition) -> EstateState:
    """Return a state once what controlled buildings draw and where the water is coolest settle.

    A building behind a controller has its difference whatever the network does, so it is solved by itself and
    the network with what it draws; where the network offers less than that, the controller stands open. The
    station sends the water as much warmer, within reason, as it cools on the way to the coolest inlet.
    """
    station, sent_c = design.network.estate.substation, condition.supply_c
    share = 0.5 if condition.half_shut else 1.0
    drawn = {
        inlet.taker.id: _Drawn(share * inlet.taker.flow_kg_s, sent_c, station.return_c)
        for inlet in design.inlets if inlet.valve is InletValve.CONTROLLER and condition.valves
    }  # fmt: skip
    solution: Solution | None = None
    for _ in range(_ROUNDS):
        made = _Made(design, condition, drawn, sent_c)
        solution = heat.solve(made.draft.network(), start=solution)
        state, found = made.state(solution), made.drawn_now(solution)
        off = max((abs(found[name].flow_kg_s / drawn[name].flow_kg_s - 1.0) for name in found), default=0.0)
        stale_k = max((abs(found[name].arriving_c - drawn[name].arriving_c) for name in found), default=0.0)
        cooled_k = condition.supply_c - min(one.arriving_c for one in state.inlets.values())
        warmest_c = condition.supply_c + tables.load("estate")["proof"]["most_warmer_k"]
        warmer_c = min(sent_c + cooled_k, warmest_c)
        if off < _EASE_RATIO and max(stale_k, abs(warmer_c - sent_c)) < _EASE_K:
            open_now = {name for name in found if _stands_open(design, state, name)}
            if not open_now:
                return state
            found, solution = {name: found[name] for name in found if name not in open_now}, None
        drawn, sent_c = found, warmer_c
    raise NotConverged(
        text("The pressure controllers of the estate do not settle ({state}).", state=condition.title),
        iterations=_ROUNDS, residual=off, where=condition.name,
    )  # fmt: skip


def _stands_open(design: EstateDesign, state: EstateState, name: str) -> bool:
    """Return whether a controller is offered too little to hold its difference."""
    inlet, one = design.inlet_by_id[name], state.inlets[name]
    open_pa = valve_loss_pa(inlet.kv_m3_h, one.flow_kg_s)
    return one.offered_pa < inlet.held_pa + open_pa - _OPEN_PA


def _kv(flow_kg_s: float, lost_pa: float) -> float:
    """Return the Kv that loses so much at a flow of the warm water of sizing."""
    return kv_from_loss(flow_kg_s, lost_pa) * math.sqrt(1000.0 / density_kg_m3())


class _Made:
    """The network of a design in one state, and where everything is in it."""

    def __init__(
        self, design: EstateDesign, condition: Condition, drawn: Mapping[str, _Drawn], sent_c: float
    ) -> None:
        self.design, self.condition, self.drawn, self.sent_c = design, condition, drawn, sent_c
        self.draft = Draft(condition.outdoor_c)
        estate = design.network.estate
        self.supplies: dict[str, int] = {}
        self.returns: dict[str, int] = {}
        self.inside: dict[str, tuple[int, int, int, int]] = {}
        self.rooms: dict[str, int] = {}
        self.laid: list[int] = []
        self.bodies: list[int] = []
        self.boosters = {(one.at, one.building): one.head_pa for one in design.pump.action.boosters}
        self._station(estate.substation.node)
        for pipe in design.pipes:
            self._lay(pipe)
        for taker in design.network.takers:
            self._attach(taker)

    def _station(self, node: str) -> None:
        """Add pump and station: a regulated one holds its outlet, another runs along its curve."""
        pump, station = self.design.pump, self.design.network.estate.substation
        self.returns[node] = self.draft.add_node("return", pressure_pa=return_pa())
        heated = self.draft.add_node("heated", pressure_pa=return_pa(), entering_c=self.sent_c)
        self.supplies[node] = outlet = self.draft.add_node("outlet", inflow_kg_s=-self._taken(node)[0])
        if station.regulated or not station.head:
            self.pump = self.draft.add_pump("pump", heated, outlet, [(0.0, pump.station_pa)])
            return
        pumped, raised = self.draft.add_node("pumped"), raised_ratio(pump)
        points = [(volume, raised * head_pa) for volume, head_pa in station.head]
        self.pump = self.draft.add_pump("pump", heated, pumped, points)
        lost_pa = max(pump.head_pa - pump.station_pa, 1.0)
        self.draft.add_valve("station", pumped, outlet, _kv(pump.flow_kg_s, lost_pa))

    def _lay(self, pipe: PipeDesign) -> None:
        trench, ground_c = pipe.trench, self.design.network.estate.ground_c
        for way, nodes in (("supply", self.supplies), ("return", self.returns)):
            nodes[trench.end] = self._joint(way, trench.end)
            start = nodes[trench.start]
            boost_pa = self.boosters.get((trench.id, False)) if way == "supply" else None
            if boost_pa is not None:
                start = self._boosted(f"booster in {trench.id}", start, boost_pa)
            ends = (start, nodes[trench.end]) if way == "supply" else (nodes[trench.end], start)
            self.laid.append(
                self.draft.add_pipe(
                    f"{way} {trench.id}", *ends, trench.length_m, pipe.size.inner_diameter_m,
                    pipe.size.roughness_m, zeta=zeta(fittings_of(trench), pipe.size.steel_dn),
                    u_w_m2k=trench.u_w_m2k, ambient_c=ground_c,
                )
            )  # fmt: skip

    def _joint(self, way: str, node: str) -> int:
        """Add a node, with what controlled buildings draw there from the supply or give back."""
        flow_kg_s, leaving_c = self._taken(node)
        if flow_kg_s == 0.0:
            return self.draft.add_node(f"{way} at {node}")
        if way == "supply":
            return self.draft.add_node(f"{way} at {node}", inflow_kg_s=-flow_kg_s)
        return self.draft.add_node(f"{way} at {node}", inflow_kg_s=flow_kg_s, entering_c=leaving_c)

    def _taken(self, node: str) -> tuple[float, float]:
        """Return what controlled buildings at a node draw, and the mean temperature it comes back with."""
        here = [
            self.drawn[taker.id] for taker in self.design.network.takers
            if taker.node == node and taker.id in self.drawn
        ]  # fmt: skip
        flow_kg_s = sum(one.flow_kg_s for one in here)
        mixed_c = sum(one.flow_kg_s * one.leaving_c for one in here) / flow_kg_s if here else 0.0
        return flow_kg_s, mixed_c

    def _boosted(self, name: str, start: int, head_pa: float) -> int:
        after = self.draft.add_node(name)
        self.draft.add_pump(name, start, after, [(0.0, head_pa)])
        return after

    def _attach(self, taker: Taker) -> None:
        """Add a building: its inlet valve, what its flats share, and two halves with a thermostat each."""
        row, draft = tables.load("estate")["proof"], self.draft
        node, behind, outlet = self._inlet(taker)
        shared = draft.add_node(f"flats of {taker.id}")
        common_pa = row["common_share_ratio"] * taker.needed_pa
        link = draft.add_valve(f"common {taker.id}", behind, shared, _kv(taker.flow_kg_s, common_pa))
        self.inside[taker.id] = (node, behind, outlet, link)
        for half in (1, 2):
            if half == 1 or not self.condition.half_shut:
                self._half(taker, half, shared, outlet, taker.needed_pa - common_pa)

    def _inlet(self, taker: Taker) -> tuple[int, int, int]:
        """Return the nodes before and behind a building's valve and where its water leaves.

        Behind a controller the building begins at a difference of its own, apart from the network.
        """
        inlet, draft = self.design.inlet_by_id[taker.id], self.draft
        node, outlet = self.supplies[taker.node], self.returns[taker.node]
        if taker.id in self.drawn:
            arriving_c = self.drawn[taker.id].arriving_c
            held_pa = return_pa() + inlet.held_pa
            behind = draft.add_node(f"behind {taker.id}", pressure_pa=held_pa, entering_c=arriving_c)
            return node, behind, draft.add_node(f"out of {taker.id}", pressure_pa=return_pa())
        boost_pa = self.boosters.get((taker.id, True))
        if boost_pa is not None:
            node = self._boosted(f"booster at {taker.id}", node, boost_pa)
        if inlet.valve is InletValve.NONE or not self.condition.valves:
            return node, node, outlet
        behind = draft.add_node(f"behind {taker.id}")
        draft.add_valve(f"valve {taker.id}", node, behind, inlet.kv_m3_h)
        return node, behind, outlet

    def drawn_now(self, solution: Solution) -> dict[str, _Drawn]:
        """Return what controlled buildings draw in a solution."""
        found = {}
        for name in self.drawn:
            node, _, outlet, link = self.inside[name]
            found[name] = _Drawn(
                flow_kg_s=float(solution.mass_flow_kg_s[link]),
                arriving_c=float(solution.temperature_c[node]),
                leaving_c=float(solution.temperature_c[outlet]),
            )
        return found

    def _half(self, taker: Taker, half: int, shared: int, outlet: int, lost_pa: float) -> None:
        station, row, draft = (
            self.design.network.estate.substation,
            tables.load("estate")["proof"],
            self.draft,
        )
        outdoor_c, room_c = self.design.network.estate.outdoor_c, _room_c()
        room = draft.add_room(f"{taker.id}.{half}", 0.5 * taker.load_w / (room_c - outdoor_c))
        kv = _kv(0.5 * taker.flow_kg_s, lost_pa)
        fall_k = station.supply_c - station.return_c
        capacity = tables.load("pipes")["sizing"]["reference_heat_capacity_j_kgk"]
        given_w = min(0.5 * taker.load_w, 0.5 * taker.flow_kg_s * capacity * fall_k)
        constant = radiator_constant(given_w, station.supply_c, station.return_c, room_c, row["exponent"])
        water = tables.load("design")["water"]
        self.bodies.append(
            draft.add_radiator(
                f"{taker.id}.{half}", shared, outlet, room, constant, row["exponent"], kv_m3_h=kv,
                trv=(room, water["setpoint_c"], water["band_k"]) if self.condition.thermostats else None,
            )
        )  # fmt: skip
        if half == 1:
            self.rooms[taker.id] = room

    def state(self, solution: Solution) -> EstateState:
        """Return the solution in terms of inlets and station."""
        inlets = {taker.id: self._inlet_state(taker, solution) for taker in self.design.network.takers}
        lost_w = float(-solution.heat_w[self.laid].sum())
        given_w = float(solution.heat_w[self.bodies].sum())
        flow_kg_s = float(solution.mass_flow_kg_s[self.pump])
        head_pa = float(-solution.pressure_drop_pa[self.pump])
        if self.design.network.estate.substation.regulated or not self.design.network.estate.substation.head:
            ratio = flow_kg_s / self.design.pump.flow_kg_s
            head_pa += ratio**2 * (self.design.pump.head_pa - self.design.pump.station_pa)
        return EstateState(
            condition=self.condition, sent_c=self.sent_c, inlets=inlets, flow_kg_s=flow_kg_s, head_pa=head_pa,
            heat_w=given_w + lost_w, lost_w=lost_w, power_w=self._power_w(flow_kg_s, head_pa, inlets),
        )  # fmt: skip

    def _power_w(self, flow_kg_s: float, head_pa: float, inlets: Mapping[str, InletState]) -> float:
        hydraulic = flow_kg_s * head_pa
        for one in self.design.pump.action.boosters:
            names = [one.at] if one.building else [
                taker.id for taker in self.design.network.behind[one.at]
            ]  # fmt: skip
            hydraulic += one.head_pa * sum(inlets[name].flow_kg_s for name in names)
        return hydraulic / density_kg_m3() / float(tables.load("eras")["circulation"]["efficiency_ratio"])

    def _inlet_state(self, taker: Taker, solution: Solution) -> InletState:
        node, behind, outlet, link = self.inside[taker.id]
        pressure_pa = solution.pressure_pa
        boost_pa = self.boosters.get((taker.id, True), 0.0) if taker.id in self.drawn else 0.0
        behind_pa = float(pressure_pa[behind] - pressure_pa[outlet])
        return InletState(
            offered_pa=float(pressure_pa[node] - pressure_pa[self.returns[taker.node]]) + boost_pa,
            behind_pa=behind_pa, noise_pa=behind_pa - float(solution.pressure_drop_pa[link]),
            flow_kg_s=float(solution.mass_flow_kg_s[link]),
            arriving_c=float(solution.temperature_c[node]),
            room_c=float(solution.room_c[self.rooms[taker.id]]),
        )  # fmt: skip


def season_kwh(proof: EstateProof) -> float:
    """Return what pumping takes in a season: the mean of design and mild weather, for all its hours."""
    by_name = {state.condition.name: state for state in proof.states}
    mean_w = 0.5 * (by_name["design"].power_w + by_name["mild"].power_w)
    return mean_w * season_days() * 24.0 / 1000.0


def worst_room(state: EstateState) -> tuple[str, float]:
    """Return the coldest building's rooms."""
    name = min(state.inlets, key=lambda one: state.inlets[one].room_c)
    return name, state.inlets[name].room_c


def loudest(state: EstateState) -> Iterator[tuple[str, float]]:
    """Yield every building with the difference its flats see, the loudest first."""
    yield from sorted(((name, one.noise_pa) for name, one in state.inlets.items()), key=lambda pair: -pair[1])
