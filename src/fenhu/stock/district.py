"""One substation with its secondary network: twin pipes in the ground and the buildings they feed.

A building hangs on as a measured load, or as its full model reduced to curves of flow and heat.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from fenhu.building.parts import return_pa
from fenhu.errors import InputFault, NotConverged
from fenhu.heat import PIPE, Draft, Solution, density_kg_m3, kv_from_loss, solve
from fenhu.heat.network import KIND
from fenhu.stock.reduction import ReducedBuilding
from fenhu.wording import text

_ROUNDS = 30
# How much of a building's heat may differ from its curve at the end.
_HEAT_EASE = 1e-6


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasuredLoad:
    """A building by its heat meter: it takes ``heat_w``, and loses ``drop_pa`` at ``flow_kg_s``."""

    heat_w: float
    flow_kg_s: float
    drop_pa: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Trench:
    """Supply and return pipe side by side between two places, with their loss to the ground per surface."""

    start: str
    end: str
    length_m: float
    inner_diameter_m: float
    u_w_m2k: float
    zeta: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class District:
    """A substation at a place: what it sends out, and who hangs where.

    ``head`` are the points (m³/h, Pa) of its circulation pump, one point for a constant head; ``buildings``
    are named by code and stand at a place each.
    """

    substation: str
    supply_c: float
    head: Sequence[tuple[float, float]]
    ground_c: float
    roughness_m: float
    trenches: Sequence[Trench]
    buildings: Mapping[str, tuple[str, MeasuredLoad | ReducedBuilding]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """What one building gets: pressure difference, water and its temperatures, heat."""

    drop_pa: float
    flow_kg_s: float
    supply_c: float
    return_c: float
    heat_w: float


@dataclass(frozen=True, slots=True, kw_only=True)
class DistrictState:
    """A district in steady state: every building's arrival, and the substation's own figures.

    ``unbalanced_w`` is the largest difference between a building's heat and its curve.
    """

    arrivals: Mapping[str, Arrival]
    flow_kg_s: float
    return_c: float
    head_pa: float
    heat_w: float
    lost_w: float
    unbalanced_w: float
    solution: Solution


def solve_district(district: District) -> DistrictState:
    """Return the steady state of a district.

    Heats and curves are taken at the temperatures of the last solution until each building's heat is that of
    its curve at the flow and temperature it really gets.

    Raises
    ------
    InputFault
        If a trench or building hangs on nothing the substation reaches; the place is named.
    OutOfRange
        If water arrives beyond the range a building was reduced for.
    NotConverged
        If the network does not settle, or heats do not meet their curves.
    """
    _refuse_unreached(district)
    arriving = dict.fromkeys(district.buildings, district.supply_c)
    heats = {code: _first_heat(load, district.supply_c) for code, (_, load) in district.buildings.items()}
    solution: Solution | None = None
    worst, error_w = "", np.inf
    for _ in range(_ROUNDS):
        made = _Made(district, arriving, heats)
        solution = solve(made.network, start=solution)
        arrivals = made.arrivals(solution)
        wanted = {code: _heat(load, arrivals[code]) for code, (_, load) in district.buildings.items()}
        arriving = {code: one.supply_c for code, one in arrivals.items()}
        errors = {code: abs(wanted[code] - heats[code]) for code in heats}
        worst = max(errors, key=lambda code: errors[code] / max(1.0, wanted[code]))
        error_w = errors[worst]
        if error_w <= _HEAT_EASE * max(1.0, wanted[worst]):
            return made.state(solution, arrivals, error_w)
        heats = wanted
    raise NotConverged(
        text(
            "The district does not settle: building {code} takes {error} W beside its curve.",
            code=worst,
            error=f"{error_w:.3g}",
        ),
        iterations=_ROUNDS,
        residual=error_w,
        where=worst,
    )


class _Made:
    """The network of a district at given heats, and where everything is in it."""

    def __init__(self, district: District, arriving: Mapping[str, float], heats: Mapping[str, float]) -> None:
        self.district, self.draft = district, Draft(district.ground_c)
        self.supplies: dict[str, int] = {}
        self.returns: dict[str, int] = {}
        self.takers: dict[str, int] = {}
        self.back = self.draft.add_node("return", pressure_pa=return_pa())
        heated = self.draft.add_node("heated", pressure_pa=return_pa(), entering_c=district.supply_c)
        self.returns[district.substation] = self.back
        self.supplies[district.substation] = self.draft.add_node("supply")
        self.pump = self.draft.add_pump("pump", heated, self.supplies[district.substation], district.head)
        for number, trench in enumerate(district.trenches):
            self._lay(number, trench)
        for code, (place, load) in district.buildings.items():
            self._attach(code, place, load, arriving[code], heats[code])
        self.network = self.draft.network()

    def _lay(self, number: int, trench: Trench) -> None:
        for way, nodes in (("supply", self.supplies), ("return", self.returns)):
            start, end = (self._node(way, place, nodes) for place in (trench.start, trench.end))
            self.draft.add_pipe(
                f"{way} {number}", start, end, trench.length_m, trench.inner_diameter_m,
                self.district.roughness_m, zeta=trench.zeta, u_w_m2k=trench.u_w_m2k,
                ambient_c=self.district.ground_c,
            )  # fmt: skip

    def _node(self, way: str, place: str, nodes: dict[str, int]) -> int:
        if place not in nodes:
            nodes[place] = self.draft.add_node(f"{way} at {place}")
        return nodes[place]

    def _attach(
        self, code: str, place: str, load: MeasuredLoad | ReducedBuilding, supply_c: float, heat_w: float
    ) -> None:
        inlet, outlet = self.supplies[place], self.returns[place]
        if isinstance(load, MeasuredLoad):
            self.takers[code] = self.draft.add_heat(
                code, inlet, outlet, -heat_w, kv_m3_h=kv_from_loss(load.flow_kg_s, load.drop_pa)
            )
            return
        inside = self.draft.add_node(f"inside {code}")
        self.draft.add_pump(f"loss of {code}", inlet, inside, _loss_curve(load, supply_c))
        self.takers[code] = self.draft.add_heat(code, inside, outlet, -heat_w)

    def arrivals(self, solution: Solution) -> dict[str, Arrival]:
        """Return what every building gets."""
        found = {}
        for code, (place, _) in self.district.buildings.items():
            inlet, outlet, taker = self.supplies[place], self.returns[place], self.takers[code]
            found[code] = Arrival(
                drop_pa=float(solution.pressure_pa[inlet] - solution.pressure_pa[outlet]),
                flow_kg_s=float(solution.mass_flow_kg_s[taker]),
                supply_c=float(solution.temperature_c[inlet]),
                return_c=float(solution.outlet_c[taker]),
                heat_w=float(-solution.heat_w[taker]),
            )
        return found

    def state(self, solution: Solution, arrivals: Mapping[str, Arrival], error_w: float) -> DistrictState:
        """Return the state of the whole district."""
        pipes = self.network.topology.join[:, KIND] == PIPE
        lost_w = float(-solution.heat_w[pipes].sum())
        return DistrictState(
            arrivals=arrivals,
            flow_kg_s=float(solution.mass_flow_kg_s[self.pump]),
            return_c=float(solution.temperature_c[self.back]),
            head_pa=float(-solution.pressure_drop_pa[self.pump]),
            heat_w=lost_w + sum(one.heat_w for one in arrivals.values()),
            lost_w=lost_w,
            unbalanced_w=error_w,
            solution=solution,
        )


def _first_heat(load: MeasuredLoad | ReducedBuilding, supply_c: float) -> float:
    """Return a building's heat before anything is known of its flow: in the middle of its curve."""
    if isinstance(load, MeasuredLoad):
        return load.heat_w
    return load.heat_at(supply_c, float(np.median(load.flows_at(supply_c))))


def _heat(load: MeasuredLoad | ReducedBuilding, arrival: Arrival) -> float:
    if isinstance(load, MeasuredLoad):
        return load.heat_w
    return load.heat_at(arrival.supply_c, arrival.flow_kg_s)


def _loss_curve(load: ReducedBuilding, supply_c: float) -> list[tuple[float, float]]:
    """Return what a building loses as points of a pump that works against the flow (m³/h, Pa)."""
    flows = load.flows_at(supply_c)
    rising = np.append(True, np.diff(np.maximum.accumulate(flows)) > 0.0)
    flows, drops = flows[rising], load.drop_pa[rising]
    at_rest_pa = drops[0] - flows[0] * (drops[1] - drops[0]) / (flows[1] - flows[0])
    volumes = 3600.0 * np.append(0.0, flows) / density_kg_m3(supply_c)
    return list(zip(volumes.tolist(), (-np.append(at_rest_pa, drops)).tolist(), strict=True))


def _reached(district: District) -> set[str]:
    """Return the places that trenches join to the substation."""
    reached: set[str] = set()
    found = {district.substation}
    while found - reached:
        reached |= found
        joined = [{one.start, one.end} for one in district.trenches]
        found = reached.union(*(pair for pair in joined if pair & reached))
    return reached


def _refuse_unreached(district: District) -> None:
    if not district.buildings:
        raise InputFault(text("Substation {name} feeds no building.", name=district.substation))
    reached = _reached(district)
    places = [(one.start, text("The trench to {place}", place=one.end)) for one in district.trenches]
    places += [(place, text("Building {code}", code=code)) for code, (place, _) in district.buildings.items()]
    for place, what in places:
        if place not in reached:
            raise InputFault(
                text(
                    "{what} hangs on {place}, which no trench joins to substation {name}.",
                    what=what,
                    place=repr(place),
                    name=district.substation,
                ),
                code="dangling-id",
            )
