"""A network over days and months: rooms that store heat, windows that open when it is too warm."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from fenhu.errors import NotConverged, SolverFault
from fenhu.heat.network import BAND_K, SETPOINT_C, TRV_ROOM, Floats, Network
from fenhu.heat.season_kernel import Record, Rooms, State, march
from fenhu.heat.solve import Solution, solve
from fenhu.heat.water import known_range_c
from fenhu.wording import text

_SECONDS_PER_H = 3600.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Drive:
    """What acts on a network through time, an entry a step: outdoor and supply temperature.

    ``capacity_j_k`` and ``open_above_c`` are by room: stored heat, and above what temperature people open
    windows. ``supply`` and ``back`` are the nodes water comes in and goes out at.
    """

    step_h: float
    outdoor_c: Floats
    supply_c: Floats
    capacity_j_k: Floats
    open_above_c: Floats
    supply: int
    back: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Transient:
    """A network through time, the mean of every step: steps × rooms, or by step.

    ``start_c`` are the rooms before the first step. ``flow_steps`` counts the flow steps taken, and is -1
    where the step had to be settled slowly.
    """

    start_c: Floats
    room_c: Floats
    outdoors_w: Floats
    ventilated_w: Floats
    to_rooms_w: Floats
    to_surroundings_w: Floats
    mass_flow_kg_s: Floats
    drive_pa: Floats
    volume_m3_s: Floats
    flow_steps: Floats


def simulate_transient(network: Network, drive: Drive) -> Transient:
    """Return a network through time, from the steady state of the first step's weather.

    Stored heat follows by the implicit Euler rule, with everything at the end of the step.

    Raises
    ------
    NotConverged
        If a step does not settle, with its worst place.
    InputFault, SolverFault
        As ``solve``.

    References
    ----------
    docs/engineers/heat.md#season
    """
    figures, steps = network.figures, len(drive.outdoor_c)
    moving = replace(
        network,
        figures=figures._replace(
            entering_c=np.where(np.isnan(figures.entering_c), np.nan, drive.supply_c[0]),
            room_ua_w_k=figures.room_ua_w_k.copy(),
            room_gains_w=figures.room_gains_w
            + figures.room_ua_w_k * (drive.outdoor_c[0] - figures.outdoor_c),
        ),
    )
    rooms = Rooms(
        figures.room_ua_w_k, figures.room_gains_w, drive.capacity_j_k / (drive.step_h * _SECONDS_PER_H),
        windows_open_above_c(network, drive.open_above_c),
    )  # fmt: skip
    state = _state(moving, solve(moving))
    np.minimum(state.room_c, rooms.limit_c, out=state.room_c)
    start_c = state.room_c.copy()
    record = _blank(steps, len(start_c))
    _march(moving, rooms, state, start_c.copy(), drive, record)
    _refuse_frozen(network, record.coldest_water_c)
    outdoors_w = (record.room_c - drive.outdoor_c[:, None]) @ figures.room_ua_w_k
    return Transient(
        start_c=start_c, room_c=record.room_c, outdoors_w=outdoors_w, ventilated_w=record.ventilated_w,
        to_rooms_w=record.to_rooms_w, to_surroundings_w=record.to_surroundings_w,
        mass_flow_kg_s=record.flow_kg_s, drive_pa=record.drive_pa, volume_m3_s=record.volume_m3_s,
        flow_steps=record.flow_steps,
    )  # fmt: skip


def windows_open_above_c(network: Network, open_above_c: Floats) -> Floats:
    """Return above what temperature each room's windows open: with a thermostat, not before it is shut."""
    limit_c = open_above_c.copy()
    join, link = network.topology.join, network.figures.link
    for k in np.flatnonzero(join[:, TRV_ROOM] >= 0):
        r = join[k, TRV_ROOM]
        limit_c[r] = max(limit_c[r], link[k, SETPOINT_C] + 0.5 * link[k, BAND_K])
    return limit_c


def _march(
    network: Network, rooms: Rooms, state: State, before_c: Floats, drive: Drive, record: Record
) -> None:
    """Carry a state through all steps; a step that fails is solved from other starts once."""
    step, failed = 0, -1
    while True:
        with np.errstate(all="ignore"):
            step = march(
                network.topology, network.figures, rooms, state, before_c, drive.supply_c, drive.outdoor_c,
                drive.supply, drive.back, step, record,
            )  # fmt: skip
        if step == len(drive.supply_c):
            return
        found = solve(network)
        if step == failed:
            raise _unsettled(step, found)
        failed = step
        for target, value in zip(state, _state(network, found), strict=True):
            target[:] = value


def _state(network: Network, solution: Solution) -> State:
    reference_pa = float(np.nanmin(network.figures.pressure_pa))
    return State(
        solution.pressure_pa - reference_pa, solution.mass_flow_kg_s.copy(), solution.temperature_c.copy(),
        solution.outlet_c.copy(), solution.room_c.copy(),
    )  # fmt: skip


def _unsettled(step: int, found: Solution) -> NotConverged:
    return NotConverged(
        text(
            "Step {step} of the season does not settle: thermostats and windows find no state together.",
            step=step + 1,
        ),
        iterations=found.iterations,
        residual=found.residuals.room_w,
        where=str(step + 1),
    )


def _refuse_frozen(network: Network, coldest_water_c: Floats) -> None:
    lowest_c, _ = known_range_c(network.figures.water)
    frozen = np.flatnonzero(coldest_water_c < lowest_c)
    if len(frozen):
        raise SolverFault(
            text(
                "Water cools to {value} °C in step {step} of the season; it is known from {low} °C.",
                value=round(float(coldest_water_c[frozen[0]]), 1), step=int(frozen[0]) + 1, low=lowest_c,
            ),
            code="water-out-of-range",
        )  # fmt: skip


def _blank(steps: int, rooms: int) -> Record:
    by_room = (np.empty((steps, rooms)), np.empty((steps, rooms)))
    return Record(*by_room, *(np.empty(steps) for _ in range(7)))
