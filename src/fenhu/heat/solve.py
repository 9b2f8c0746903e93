"""Solve a network: several ways to start, one way to be believed — every balance closes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from fenhu.errors import InputFault, NotConverged, SolverFault
from fenhu.heat.elements import RADIATOR
from fenhu.heat.kernel import gained_and_density, iterate
from fenhu.heat.network import END, KIND, SETPOINT_C, START, TRV_ROOM, Floats, Network
from fenhu.heat.sweep import STAGNANT_KG_S, outside_flow
from fenhu.heat.water import known_range_c
from fenhu.wording import text

# Steps, pace to begin with, and where to start from; an attempt that makes no headway slows down by itself.
_ATTEMPTS = ((300, 1.0, "given"), (300, 0.3, "cold"), (400, 0.1, "hot"))
_ROOM_START_C = 18.0
_VELOCITY_START_M_S = 0.2


@dataclass(frozen=True, slots=True)
class Residuals:
    """The largest fault left in any balance of the answer."""

    mass_kg_s: float
    momentum_pa: float
    energy_w: float
    room_w: float


@dataclass(frozen=True, slots=True)
class Solution:
    """A state in which every balance closes; arrays in the order of the network's ids.

    ``mass_flow_kg_s`` is positive from start to end; a radiator's ``heat_w`` goes to its room, any other
    link's to the water. ``velocity_m_s`` is NaN where a link has no diameter.
    """

    status: str
    iterations: int
    pressure_pa: Floats
    temperature_c: Floats
    mass_flow_kg_s: Floats
    velocity_m_s: Floats
    pressure_drop_pa: Floats
    inlet_c: Floats
    outlet_c: Floats
    heat_w: Floats
    room_c: Floats
    residuals: Residuals


@dataclass(slots=True)
class _State:
    pressure: Floats
    flow: Floats
    node_c: Floats
    out_c: Floats
    room_c: Floats


def solve(network: Network, start: Solution | None = None) -> Solution:
    """Return the steady state of a network.

    Parameters
    ----------
    network : the network.
    start : a state to start from, such as the answer for slightly different figures; it saves iterations.

    Returns
    -------
    The state, with its residuals; mass within 1e-8 kg/s, momentum within 1e-3 Pa, nodes and rooms within
    1e-3 W, or as much more as the largest flow exceeds 1 kg/s and the largest pressure 10 kPa.

    Raises
    ------
    NotConverged
        If no attempt closes every balance; the worst place is named.
    InputFault
        If water enters where nobody told its temperature.
    SolverFault
        If a temperature is left open, or lies where the water's properties are not known.

    References
    ----------
    docs/engineers/heat.md#algorithm
    """
    reference_pa = float(np.nanmin(network.figures.pressure_pa))
    found, where = np.zeros(4), np.zeros(4, dtype=np.int64)
    taken = 0
    for steps, relax, kind in _ATTEMPTS:
        state = _start(network, kind, reference_pa, start)
        tolerance = _tolerance(network, reference_pa)
        with np.errstate(all="ignore"):
            used, closed, settled = iterate(
                network.topology, network.figures, state.pressure, state.flow, state.node_c, state.out_c,
                state.room_c, steps, relax, tolerance, found, where,
            )  # fmt: skip
        taken += used
        if closed:
            _refuse_open_questions(network, state, settled)
            return _solution(network, state, reference_pa, taken, found)
    raise _not_converged(network, taken, found, where, _tolerance(network, reference_pa))


def _start(network: Network, kind: str, reference_pa: float, given: Solution | None) -> _State:
    figures = network.figures
    if given is not None and kind == "given":
        fixed_pa = figures.pressure_pa
        return _State(
            np.where(np.isnan(fixed_pa), given.pressure_pa, fixed_pa) - reference_pa,
            given.mass_flow_kg_s.copy(), given.temperature_c.copy(),
            given.outlet_c.copy(), given.room_c.copy(),
        )  # fmt: skip
    entering = figures.entering_c[~np.isnan(figures.entering_c)]
    warmth_c = float(entering.mean()) if len(entering) else 50.0
    if kind == "cold":
        warmth_c = float(min(warmth_c, _ROOM_START_C))
    pressure = np.where(np.isnan(figures.pressure_pa), np.nanmean(figures.pressure_pa), figures.pressure_pa)
    flow = np.where(np.isnan(figures.area_m2), 0.05, figures.area_m2 * 1000.0 * _VELOCITY_START_M_S)
    links = len(flow)
    room_c = np.full(len(figures.room_ua_w_k), _ROOM_START_C)
    join = network.topology.join
    regulated = join[:, TRV_ROOM] >= 0
    room_c[join[regulated, TRV_ROOM]] = figures.link[regulated, SETPOINT_C]
    return _State(
        pressure - reference_pa, flow, np.full(len(pressure), warmth_c), np.full(links, warmth_c),
        room_c,
    )  # fmt: skip


def _tolerance(network: Network, reference_pa: float) -> Floats:
    figures = network.figures
    span_pa = float(np.nanmax(figures.pressure_pa)) - reference_pa
    inflow_kg_s = float(np.abs(figures.inflow_kg_s).sum())
    size = max(1.0, inflow_kg_s)
    ua_w_k = float(figures.room_ua_w_k.sum() + figures.wall_ua_w_k.sum())
    return np.array([1e-8 * size, 1e-3 * max(1.0, span_pa / 1e4), 1e-3 * size, 1e-3 * max(1.0, ua_w_k / 1e9)])


def _refuse_open_questions(network: Network, state: _State, settled: bool) -> None:
    if not network.knows_temperatures:
        return
    if not settled:
        raise SolverFault(
            text(
                "Part of the water circles without any source or sink of heat: its temperature is left open."
            )
        )
    figures, topology = network.figures, network.topology
    for n in np.flatnonzero(np.isnan(figures.entering_c) & ~np.isnan(figures.pressure_pa)):
        entering = outside_flow(
            topology.join, topology.touch_start, topology.touch_link, topology.pressure_at,
            figures.inflow_kg_s, state.flow, n,
        )  # fmt: skip
        if entering > 1e-7:
            raise InputFault(
                text("Water enters at node {node}: give its temperature_c.", node=network.node_ids[n]),
                code="missing-temperature",
            )
    moving = np.abs(state.flow) > STAGNANT_KG_S * 1e4
    coldest_c, hottest_c = known_range_c(figures.water)
    outside = moving & ((state.out_c < coldest_c) | (state.out_c > hottest_c))
    if outside.any():
        k = int(np.flatnonzero(outside)[0])
        raise SolverFault(
            text(
                "Water leaves link {link} at {value} °C; its properties are known from {low} to {high} °C.",
                link=network.link_ids[k],
                value=round(float(state.out_c[k]), 1),
                low=coldest_c,
                high=hottest_c,
            ),
            code="water-out-of-range",
        )


def _solution(network: Network, state: _State, reference_pa: float, taken: int, found: Floats) -> Solution:
    topology, figures = network.topology, network.figures
    pressure = state.pressure + reference_pa
    start, end = topology.join[:, START], topology.join[:, END]
    inlet = np.where(state.flow >= 0.0, state.node_c[start], state.node_c[end])
    gained, rho = gained_and_density(figures.water, state.flow, inlet, state.out_c)
    return Solution(
        "converged",
        taken,
        pressure,
        state.node_c,
        state.flow,
        state.flow / (rho * figures.area_m2),
        pressure[start] - pressure[end],
        inlet,
        state.out_c,
        np.where(topology.join[:, KIND] == RADIATOR, -gained, gained),
        state.room_c,
        Residuals(*(float(value) for value in found)),
    )


def _not_converged(
    network: Network, taken: int, found: Floats, where: np.ndarray, tolerance: Floats
) -> NotConverged:
    worst = int(np.argmax(np.where(np.isnan(found), np.inf, found / tolerance)))
    names = (network.node_ids, network.link_ids, network.node_ids, network.room_ids)[worst]
    place = names[int(where[worst])] if where[worst] >= 0 else "-"
    unit = ("kg/s", "Pa", "W", "W")[worst]
    return NotConverged(
        text(
            "The network does not settle after {steps} steps: {residual} {unit} are missing at {place}. "
            "It may have no steady state; check heat without flow, pumps and heights there.",
            steps=taken,
            residual=f"{found[worst]:.3g}",
            unit=unit,
            place=place,
        ),
        iterations=taken,
        residual=float(found[worst]),
        where=place,
    )
