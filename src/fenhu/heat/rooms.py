"""Rooms: what they get, what they lose, and one Newton step of all of them."""

from __future__ import annotations

import numpy as np

from fenhu.heat.compiled import compiled
from fenhu.heat.elements import RADIATOR
from fenhu.heat.elimination import solve_symmetric
from fenhu.heat.hydraulics import LEAK_RATIO, opening
from fenhu.heat.network import (
    BAND_K,
    CAPACITY_W_K,
    GIVEN_W,
    KEPT,
    KIND,
    QUADRATIC,
    ROOM,
    SETPOINT_C,
    TRV_ROOM,
    VALVE_QUADRATIC,
    WARMING_K,
)

# No room warms or cools further in one step.
WIDEST_STEP_K = 25.0


@compiled
def shell_balance(topology, figures, room_c, excess, slope):  # type: ignore[no-untyped-def]
    """Fill each room's heat excess without radiators in W and, in W/K, how fast it falls as it warms."""
    wall, ua_w_k, gains_w, wall_ua_w_k = (
        topology.wall,
        figures.room_ua_w_k,
        figures.room_gains_w,
        figures.wall_ua_w_k,
    )
    for r in range(len(room_c)):
        excess[r] = gains_w[r] - ua_w_k[r] * (room_c[r] - figures.outdoor_c)
        slope[r] = ua_w_k[r]
    for w in range(len(wall)):
        a, b = wall[w, 0], wall[w, 1]
        conducted_w = wall_ua_w_k[w] * (room_c[a] - room_c[b])
        excess[a] -= conducted_w
        excess[b] += conducted_w
        slope[a] += wall_ua_w_k[w]
        slope[b] += wall_ua_w_k[w]


@compiled
def _valve_action(join, link, room_c, action):  # type: ignore[no-untyped-def]
    """Fill, by room, the relative change of flow per kelvin by its thermostats at constant pressure."""
    action[:] = 0.0
    for k in range(len(join)):
        r = join[k, TRV_ROOM]
        if r >= 0:
            open_ratio = opening(room_c[r], link[k, SETPOINT_C], link[k, BAND_K])
            if LEAK_RATIO < open_ratio < 1.0:
                action[r] = max(action[r], 1.0 / (open_ratio * link[k, BAND_K]))


@compiled
def _given_to_rooms(join, stream, action, excess, slope):  # type: ignore[no-untyped-def]
    """Add what radiators and pipes give to the rooms' excess, and how it falls as they warm to the slope."""
    for k in range(len(stream)):
        r = join[k, ROOM]
        if r < 0:
            continue
        excess[r] += stream[k, GIVEN_W]
        slope[r] += stream[k, CAPACITY_W_K] * (1.0 - stream[k, KEPT])
        if action[r] > 0.0 and join[k, KIND] == RADIATOR:
            by_flow = stream[k, GIVEN_W] - 2.0 * stream[k, WARMING_K] * stream[k, CAPACITY_W_K]
            slope[r] += action[r] * max(by_flow, 0.0)


@compiled
def _thermostat_limits(join, link, room_c, up, down):  # type: ignore[no-untyped-def]
    """Fill how far a room may warm or cool in a step without its thermostats opening or shutting threefold.

    A straight line through a thermostat's law misses its kinks: without the limit a shut valve and an open
    one chase each other.
    """
    up[:] = WIDEST_STEP_K
    down[:] = WIDEST_STEP_K
    for k in range(len(join)):
        r = join[k, TRV_ROOM]
        if r < 0:
            continue
        band_k = link[k, BAND_K]
        position = 0.5 + (link[k, SETPOINT_C] - room_c[r]) / band_k
        if position > LEAK_RATIO:
            up[r] = min(up[r], (max(position - 1.0, 0.0) + min(position, 1.0) / 1.5) * band_k)
        if position < 1.0:
            lift = max(-position, 0.0) + 2.0 * max(position, 0.0) + 0.1
            down[r] = min(down[r], min(lift, 1.25 - position) * band_k)


@compiled
def follow_thermostats(join, link, before_c, room_c, flow):  # type: ignore[no-untyped-def]
    """Change the flow through every thermostat as its opening has changed, at constant pressure."""
    for k in range(len(join)):
        r = join[k, TRV_ROOM]
        if r >= 0:
            before = opening(before_c[r], link[k, SETPOINT_C], link[k, BAND_K])
            now = opening(room_c[r], link[k, SETPOINT_C], link[k, BAND_K])
            fixed, valve = link[k, QUADRATIC], link[k, VALVE_QUADRATIC]
            flow[k] *= np.sqrt((fixed + valve / (before * before)) / (fixed + valve / (now * now)))


@compiled
def room_step(  # type: ignore[no-untyped-def]
    topology, figures, stream, flow, room_c, relax, limit, last, action, excess, slope, off, right, diagonal
):
    """Do one Newton step of all rooms; return the largest heat fault found before it."""
    wall, room_at = topology.wall, topology.room_at
    shell_balance(topology, figures, room_c, excess, slope)
    _valve_action(topology.join, figures.link, room_c, action)
    _given_to_rooms(topology.join, stream, action, excess, slope)
    off[:] = 0.0
    for w in range(len(wall)):
        if wall[w, 2] >= 0:
            off[wall[w, 2]] -= figures.wall_ua_w_k[w]
    worst = 0.0
    for r in range(len(room_c)):
        worst = max(worst, abs(excess[r]))
        right[room_at[r]] = excess[r]
        diagonal[room_at[r]] = max(slope[r], 1.0e-9)
    solve_symmetric(topology.rooms, diagonal, off, right)
    up, down, before_c = slope, excess, room_c.copy()
    _thermostat_limits(topology.join, figures.link, room_c, up, down)
    for r in range(len(room_c)):
        step = relax * right[room_at[r]]
        if limit[r] > 0.0:
            limit[r] = limit[r] * 0.5 if step * last[r] < 0.0 else min(limit[r] * 1.3, 10.0)
            step = min(max(step, -limit[r]), limit[r])
            last[r] = step
        room_c[r] += min(max(step, -down[r]), up[r])
    follow_thermostats(topology.join, figures.link, before_c, room_c, flow)
    return worst
