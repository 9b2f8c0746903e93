"""A network through time: implicit Euler for the rooms' stored heat, flows renewed as they change.

A time step is the steady state of rooms that lose ``capacity/step`` more per kelvin and gain what that keeps
of the step before. So everything of the steady kernel serves here too.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from fenhu.heat.compiled import compiled
from fenhu.heat.hydraulics import pressure_step
from fenhu.heat.kernel import iterate
from fenhu.heat.network import END, GIVEN_W, ROOM, START, TRV_ROOM, Floats
from fenhu.heat.rooms import room_step
from fenhu.heat.sweep import STAGNANT_KG_S, flow_order, rest, sweep, visit
from fenhu.heat.water import density, enthalpy

# Flows stand once a Newton step of the pressures moves none of them by more than this share of itself.
STEADY_FLOW_RATIO = 1.0e-2
# Smaller flows are compared with this one: a hundredth of it carries about a watt.
SMALLEST_FLOW_KG_S = 1.0e-3
# Water that moves faster than this has a temperature of its own.
MOVING_KG_S = STAGNANT_KG_S * 1.0e4
# A room's balance is closed to this before its last step.
ROOM_W = 0.5
# What an open window takes per kelvin above the room's limit: 1 kW by a hundredth of a kelvin.
WINDOW_W_K = 1.0e5
# Passes over pressures, streams and rooms in a time step before the slow iteration takes over; its rounds.
_PASSES = 25
_ROUNDS = 6


class Rooms(NamedTuple):
    """By room: loss to outdoors and gains, stored heat per kelvin and time step, where windows open."""

    ua_w_k: Floats
    gains_w: Floats
    capacity_w_k: Floats
    limit_c: Floats


class State(NamedTuple):
    """The state that is carried from one time step to the next, changed in place."""

    pressure: Floats
    flow: Floats
    node_c: Floats
    out_c: Floats
    room_c: Floats


class Record(NamedTuple):
    """What is kept of every time step (first axis): rooms, heat, water."""

    room_c: Floats
    ventilated_w: Floats
    to_rooms_w: Floats
    to_surroundings_w: Floats
    flow_kg_s: Floats
    drive_pa: Floats
    volume_m3_s: Floats
    coldest_water_c: Floats
    flow_steps: Floats


@compiled
def set_rooms(figures, rooms, outdoor_c, before_c, room_c):  # type: ignore[no-untyped-def]
    """Write a time step's balance into the rooms' figures: stored heat and, above the limit, open windows."""
    base_c = figures.outdoor_c
    for r in range(len(room_c)):
        ua, gains = rooms.ua_w_k[r], rooms.gains_w[r] + rooms.ua_w_k[r] * (outdoor_c - base_c)
        ua += rooms.capacity_w_k[r]
        gains += rooms.capacity_w_k[r] * (before_c[r] - base_c)
        if room_c[r] > rooms.limit_c[r]:
            ua += WINDOW_W_K
            gains += WINDOW_W_K * (rooms.limit_c[r] - base_c)
        figures.room_ua_w_k[r], figures.room_gains_w[r] = ua, gains


@compiled
def _largest_change(before, after):  # type: ignore[no-untyped-def]
    """Return by what share of itself any flow changed at most."""
    largest = 0.0
    for k in range(len(after)):
        share = abs(after[k] - before[k]) / max(abs(after[k]), SMALLEST_FLOW_KG_S)
        if not share <= np.inf:
            return np.inf
        largest = max(largest, share)
    return largest


@compiled
def _turned(flow, forward):  # type: ignore[no-untyped-def]
    """Note every link's direction in ``forward``; return whether any differs from the last time."""
    turned = False
    for k in range(len(flow)):
        sign = 1 if flow[k] > STAGNANT_KG_S else (-1 if flow[k] < -STAGNANT_KG_S else 0)
        if sign != forward[k]:
            forward[k], turned = sign, True
    return turned


@compiled
def _settle_slowly(topology, figures, rooms, outdoor_c, before_c, state):  # type: ignore[no-untyped-def]
    """Settle a time step by the steady iteration, for every new set of open windows anew."""
    tolerance = np.array([1.0e-6, 1.0, 1.0, ROOM_W])
    found, where = np.zeros(4), np.zeros(4, np.int64)
    open_before = np.zeros(len(before_c), np.bool_)
    for _ in range(_ROUNDS):
        set_rooms(figures, rooms, outdoor_c, before_c, state.room_c)
        open_before[:] = state.room_c > rooms.limit_c
        _, closed, _ = iterate(
            topology, figures, state.pressure, state.flow, state.node_c, state.out_c, state.room_c,
            300, 0.5, tolerance, found, where,
        )  # fmt: skip
        if not closed:
            return False
        if np.all(open_before == (state.room_c > rooms.limit_c)):
            return True
    return False


@compiled
def _ventilated_w(figures, rooms, room_c, r):  # type: ignore[no-untyped-def]
    """Return what a room's window takes, if it stood open in the balance that was solved."""
    shut_w_k = rooms.ua_w_k[r] + rooms.capacity_w_k[r]
    if figures.room_ua_w_k[r] < shut_w_k + 0.5 * WINDOW_W_K:
        return 0.0
    return WINDOW_W_K * max(room_c[r] - rooms.limit_c[r], 0.0)


@compiled
def _note(topology, figures, rooms, state, stream, supply, back, step, record):  # type: ignore[no-untyped-def]
    """Write what a settled time step gives into the record."""
    join, water, flow = topology.join, figures.water, state.flow
    to_rooms, beside, through, coldest_c = 0.0, 0.0, 0.0, np.inf
    for k in range(len(flow)):
        if join[k, START] == supply:
            through += flow[k]
        if abs(flow[k]) > MOVING_KG_S:
            coldest_c = min(coldest_c, state.out_c[k])
        if join[k, ROOM] >= 0:
            to_rooms += stream[k, GIVEN_W]
        elif abs(flow[k]) > STAGNANT_KG_S:
            tail = join[k, START] if flow[k] > 0.0 else join[k, END]
            beside += abs(flow[k]) * (enthalpy(water, state.node_c[tail]) - enthalpy(water, state.out_c[k]))
    for r in range(len(state.room_c)):
        record.room_c[step, r] = state.room_c[r]
        record.ventilated_w[step, r] = _ventilated_w(figures, rooms, state.room_c, r)
    record.to_rooms_w[step], record.to_surroundings_w[step] = to_rooms, beside
    record.flow_kg_s[step] = through
    record.drive_pa[step] = state.pressure[supply] - state.pressure[back]
    record.volume_m3_s[step] = through / density(water, state.node_c[supply])
    record.coldest_water_c[step] = coldest_c


@compiled
def march(  # type: ignore[no-untyped-def]
    topology, figures, rooms, state, before_c, supply_c, outdoor_c, supply, back, first, record
):
    """Carry a state through time from step ``first``; return the first step that did not settle.

    ``figures`` are changed: what enters is at ``supply_c``, rooms store heat. Without a fault the answer is
    the number of steps; else the figures are those of the step that failed.
    """
    join = topology.join
    pressure, flow, room_c = state.pressure, state.flow, state.room_c
    node_c, out_c = state.node_c, state.out_c
    nodes, links, count = len(pressure), len(flow), len(room_c)
    gain, level, stream, was = np.empty(links), np.empty(links), np.zeros((links, 5)), np.empty(links)
    diagonal, right = np.empty(topology.pressures.size), np.empty(topology.pressures.size)
    off = np.empty(len(topology.pressures.row))
    order, waiting, index = np.empty(nodes, np.int64), np.empty(nodes, np.int64), np.empty(nodes, np.int64)
    limit, last, action = np.zeros(count), np.zeros(count), np.empty(count)
    excess, slope, room_off = np.empty(count), np.empty(count), np.empty(len(topology.rooms.row))
    room_right, room_diagonal = np.empty(count), np.empty(count)
    forward = np.full(links, 2, np.int64)
    regulated = False
    free = 0
    visit(topology, figures, flow, node_c, out_c, stream, room_c, np.arange(nodes), False)
    rest(topology, figures, flow, node_c, out_c, stream, room_c)
    for step in range(first, len(supply_c)):
        for n in range(nodes):
            if figures.entering_c[n] == figures.entering_c[n]:
                figures.entering_c[n] = supply_c[step]
        for k in range(links):
            if join[k, TRV_ROOM] >= 0:
                limit[join[k, TRV_ROOM]], regulated = 3.0, True
        last[:] = 0.0
        flows_stand, settled, taken = False, False, 0
        was[:] = flow
        for _ in range(_PASSES):
            if _turned(flow, forward):
                free = flow_order(join, topology.touch_start, topology.touch_link, flow, order, waiting)
            sweep(topology, figures, flow, node_c, out_c, stream, room_c, order, free, index)
            set_rooms(figures, rooms, outdoor_c[step], before_c, room_c)
            missing_w = room_step(
                topology, figures, stream, flow, room_c, 1.0, limit, last, action, excess, slope, room_off,
                room_right, room_diagonal,
            )  # fmt: skip
            if regulated and flows_stand:
                flows_stand = _largest_change(was, flow) <= STEADY_FLOW_RATIO
            if flows_stand and missing_w <= ROOM_W and np.isfinite(room_c.sum()):
                # The streams were carried by the flows before the thermostats' last touch.
                flow[:] = was
                settled = True
                break
            if not flows_stand:
                pressure_step(
                    topology, figures, pressure, flow, stream, room_c, 1.0, gain, level, diagonal, off, right
                )
                flows_stand = _largest_change(was, flow) <= STEADY_FLOW_RATIO
                was[:] = flow
                taken += 1
        if not settled:
            if not _settle_slowly(topology, figures, rooms, outdoor_c[step], before_c, state):
                return step
            forward[:] = 2
            visit(topology, figures, flow, node_c, out_c, stream, room_c, np.arange(nodes), False)
            rest(topology, figures, flow, node_c, out_c, stream, room_c)
        _note(topology, figures, rooms, state, stream, supply, back, step, record)
        record.flow_steps[step] = taken if settled else -1
        before_c[:] = room_c
    return len(supply_c)
