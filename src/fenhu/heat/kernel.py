"""The coupled iteration: one pressure step, one heat sweep, one room step, until every balance closes."""

from __future__ import annotations

import numpy as np

from fenhu.heat.compiled import compiled
from fenhu.heat.elements import pump_head
from fenhu.heat.elimination import solve_symmetric
from fenhu.heat.friction import factor_and_slope
from fenhu.heat.sweep import (
    around_c,
    entering_from_outside,
    flow_order,
    link_mean,
    link_outlet,
    sweep,
)
from fenhu.heat.water import density, enthalpy, heat_capacity, viscosity

# What a thermostatic valve lets through when shut.
LEAK_RATIO = 0.001


@compiled
def opening(room_c, setpoint_c, band_k):  # type: ignore[no-untyped-def]
    """Return how far a thermostatic valve stands open: half at its setpoint, along the proportional band."""
    return min(max(0.5 + (setpoint_c - room_c) / band_k, 0.001), 1.0)


@compiled
def loss(topology, figures, k, flow, mean, room_c):  # type: ignore[no-untyped-def]
    """Return a link's pressure loss less its pump head, and the derivative, at a flow and mean temperature."""
    rho = density(figures.water, mean)
    size = abs(flow)
    lost, slope = 0.0, 0.0
    if figures.laminar[k] > 0.0:
        mu = viscosity(figures.water, mean)
        reynolds = figures.reynolds[k] * size / mu
        if reynolds <= 2000.0:
            slope = figures.laminar[k] * mu / rho
            lost = slope * flow
        else:
            factor, rate = factor_and_slope(
                reynolds, figures.roughness_ratio[k], figures.edge_factor[k], figures.edge_slope[k]
            )
            scale = figures.turbulent[k] / rho * size
            lost = scale * factor * flow
            slope = scale * (2.0 * factor + rate * reynolds)
    else:
        lost, slope = 1.0e-3 * flow, 1.0e-3
    quadratic = figures.quadratic[k]
    r = topology.trv_room[k]
    if r >= 0:
        open_ratio = opening(room_c[r], figures.setpoint_c[k], figures.band_k[k])
        quadratic += figures.valve_quadratic[k] / (open_ratio * open_ratio)
    else:
        quadratic += figures.valve_quadratic[k]
    if quadratic > 0.0:
        root = np.sqrt(flow * flow + 1.0e-12)
        lost += quadratic / rho * flow * root
        slope += quadratic / rho * (root + flow * flow / root)
    if topology.kind[k] == 4:
        head, rate = pump_head(
            figures.curve_m3_s, figures.curve_pa, figures.curve_start[k], figures.curve_start[k + 1], flow / rho
        )
        lost -= head
        slope += max(-rate / rho, 0.0)
    if topology.check[k] == 1 and flow < 0.0:
        lost, slope = 1.0e12 * flow, 1.0e12
    return lost, slope, rho


@compiled
def _driven_check_flow(topology, figures, k, drive_pa, flow, mean, room_c):  # type: ignore[no-untyped-def]
    """Return the flow a check valve passes under a driving pressure; opens and shuts it at once."""
    if drive_pa <= 0.0:
        return drive_pa / 1.0e12
    if flow > 0.0:
        return flow
    quadratic = figures.quadratic[k] + figures.valve_quadratic[k]
    return np.sqrt(drive_pa * density(figures.water, mean) / max(quadratic, 1.0))


@compiled
def _pressure_step(topology, figures, pressure, flow, mean, room_c, relax, gain, level, diagonal, off, right):  # type: ignore[no-untyped-def]
    """Do one Newton step of all pressures and flows; return the largest momentum fault found before it."""
    start, end = topology.start, topology.end
    diagonal[:] = 0.0
    off[:] = 0.0
    right[:] = 0.0
    worst = 0.0
    for n in range(len(pressure)):
        if topology.pressure_at[n] >= 0:
            right[topology.pressure_at[n]] = figures.inflow_kg_s[n]
    for k in range(len(start)):
        i, j = start[k], end[k]
        rho = density(figures.water, mean[k])
        drive = pressure[i] - pressure[j] + 9.80665 * rho * figures.drop_m[k]
        if topology.check[k] == 1:
            flow[k] = _driven_check_flow(topology, figures, k, drive, flow[k], mean[k], room_c)
        lost, slope, rho = loss(topology, figures, k, flow[k], mean[k], room_c)
        fault = drive - lost
        worst = max(worst, abs(fault))
        g = 1.0 / slope
        gain[k] = g
        level[k] = flow[k] + g * fault
        a, b = topology.pressure_at[i], topology.pressure_at[j]
        if a >= 0:
            diagonal[a] += g
            right[a] -= level[k]
        if b >= 0:
            diagonal[b] += g
            right[b] += level[k]
        if topology.pressure_slot[k] >= 0:
            off[topology.pressure_slot[k]] -= g
    solve_symmetric(topology.pressures, diagonal, off, right)
    for k in range(len(start)):
        a, b = topology.pressure_at[start[k]], topology.pressure_at[end[k]]
        change = (right[a] if a >= 0 else 0.0) - (right[b] if b >= 0 else 0.0)
        flow[k] += relax * (level[k] + gain[k] * change - flow[k])
    for n in range(len(pressure)):
        if topology.pressure_at[n] >= 0:
            pressure[n] += relax * right[topology.pressure_at[n]]
    return worst


@compiled
def _room_balance(topology, figures, flow, node_c, out_c, room_c, excess, slope):  # type: ignore[no-untyped-def]
    """Fill each room's heat excess in W and, in W/K, how fast it falls as the room warms (thermostats too)."""
    for r in range(len(room_c)):
        excess[r] = figures.room_gains_w[r] - figures.room_ua_w_k[r] * (room_c[r] - figures.outdoor_c)
        slope[r] = figures.room_ua_w_k[r]
    for w in range(len(topology.wall_a)):
        a, b = topology.wall_a[w], topology.wall_b[w]
        through = figures.wall_ua_w_k[w] * (room_c[a] - room_c[b])
        excess[a] -= through
        excess[b] += through
        slope[a] += figures.wall_ua_w_k[w]
        slope[b] += figures.wall_ua_w_k[w]


@compiled
def _valve_action(topology, figures, room_c, action):  # type: ignore[no-untyped-def]
    """Fill, by room, the relative change of flow per kelvin by its thermostats at constant pressure difference."""
    action[:] = 0.0
    for k in range(len(topology.trv_room)):
        r = topology.trv_room[k]
        if r >= 0:
            open_ratio = opening(room_c[r], figures.setpoint_c[k], figures.band_k[k])
            if 0.001 < open_ratio < 1.0:
                action[r] = max(action[r], 1.0 / (open_ratio * figures.band_k[k]))


@compiled
def _room_step(  # type: ignore[no-untyped-def]
    topology, figures, flow, node_c, out_c, room_c, relax, limit, last, action, excess, slope, off
):
    """Do one Newton step of all rooms; return the largest heat fault found before it."""
    _room_balance(topology, figures, flow, node_c, out_c, room_c, excess, slope)
    _valve_action(topology, figures, room_c, action)
    off[:] = 0.0
    for w in range(len(topology.wall_slot)):
        if topology.wall_slot[w] >= 0:
            off[topology.wall_slot[w]] -= figures.wall_ua_w_k[w]
    for k in range(len(flow)):
        r = topology.room[k]
        size = abs(flow[k])
        if r >= 0 and size > 1.0e-10:
            entering = node_c[topology.start[k]] if flow[k] > 0.0 else node_c[topology.end[k]]
            given = size * (enthalpy(figures.water, entering) - enthalpy(figures.water, out_c[k]))
            capacity_flow = size * heat_capacity(figures.water, 0.5 * (entering + out_c[k]))
            left = 1.0
            if topology.kind[k] == 1:
                entering_k, leaving_k = entering - room_c[r], out_c[k] - room_c[r]
                if entering_k * leaving_k > 0.0:
                    n = figures.power[k] + 1.0
                    left = (leaving_k / entering_k) ** n
                    per_log_flow = given - figures.constant[k] * abs(leaving_k) ** n
                    slope[r] += action[r] * max(per_log_flow, 0.0)
            else:
                left = np.exp(-figures.ua_w_k[k] / capacity_flow)
            excess[r] += given
            slope[r] += capacity_flow * (1.0 - left)
    worst = 0.0
    rooms = len(room_c)
    right = np.empty(rooms)
    diagonal = np.empty(rooms)
    for r in range(rooms):
        worst = max(worst, abs(excess[r]))
        right[topology.room_at[r]] = excess[r]
        diagonal[topology.room_at[r]] = max(slope[r], 1.0e-9)
    solve_symmetric(topology.rooms, diagonal, off, right)
    for r in range(rooms):
        step = relax * right[topology.room_at[r]]
        if limit[r] > 0.0:
            limit[r] = limit[r] * 0.5 if step * last[r] < 0.0 else min(limit[r] * 1.3, 10.0)
            step = min(max(step, -limit[r]), limit[r])
            last[r] = step
        room_c[r] += min(max(step, -25.0), 25.0)
    return worst


@compiled
def residuals(topology, figures, pressure, flow, node_c, out_c, room_c, found, where):  # type: ignore[no-untyped-def]
    """Evaluate every balance of a state: ``found`` mass, momentum, energy, room; ``where`` the worst of each.

    Leaving temperatures are computed afresh from the nodes', so that nothing stale can hide.
    """
    nodes = len(pressure)
    found[:] = 0.0
    where[:] = -1
    mass = np.zeros(nodes)
    energy = np.zeros(nodes)
    excess = np.empty(len(room_c))
    slope = np.empty(len(room_c))
    _room_balance(topology, figures, flow, node_c, out_c, room_c, excess, slope)
    for n in range(nodes):
        outside = entering_from_outside(topology, figures, flow, n)
        if topology.pressure_at[n] >= 0:
            mass[n] = outside
        if outside > 1.0e-10 and figures.entering_c[n] == figures.entering_c[n]:
            energy[n] = outside * enthalpy(figures.water, figures.entering_c[n])
        else:
            energy[n] = outside * enthalpy(figures.water, node_c[n])
    for k in range(len(flow)):
        i, j = topology.start[k], topology.end[k]
        size = abs(flow[k])
        tail, head = (i, j) if flow[k] >= 0.0 else (j, i)
        if topology.pressure_at[i] >= 0:
            mass[i] -= flow[k]
        if topology.pressure_at[j] >= 0:
            mass[j] += flow[k]
        if size > 1.0e-10:
            leaving, _, _ = link_outlet(topology, figures, k, node_c[tail], out_c[k], size, room_c)
            out_c[k] = leaving
            taken = size * enthalpy(figures.water, node_c[tail])
            brought = size * enthalpy(figures.water, leaving)
            energy[tail] -= taken
            energy[head] += brought
            if topology.room[k] >= 0:
                excess[topology.room[k]] += taken - brought
            elif topology.kind[k] == 3:
                energy[head] += abs(figures.heat_w[k] - (brought - taken))
        elif topology.kind[k] == 3:
            energy[head] += abs(figures.heat_w[k])
        mean = link_mean(topology, figures, flow, node_c, out_c, room_c, k)
        lost, _, rho = loss(topology, figures, k, flow[k], mean, room_c)
        fault = abs(pressure[i] - pressure[j] + 9.80665 * rho * figures.drop_m[k] - lost)
        if not fault <= found[1]:
            found[1], where[1] = fault, k
    for n in range(nodes):
        if topology.pressure_at[n] >= 0 and not abs(mass[n]) <= found[0]:
            found[0], where[0] = abs(mass[n]), n
        if not abs(energy[n]) <= found[2]:
            found[2], where[2] = abs(energy[n]), n
    for r in range(len(room_c)):
        if not abs(excess[r]) <= found[3]:
            found[3], where[3] = abs(excess[r]), r


@compiled
def iterate(  # type: ignore[no-untyped-def]
    topology, figures, pressure, flow, node_c, out_c, room_c, steps, relax, tolerance, found, where
):
    """Iterate a state in place; return the steps taken, whether it closed, and whether cycles were settled."""
    nodes, links, rooms = len(pressure), len(flow), len(room_c)
    gain, level, mean = np.empty(links), np.empty(links), np.empty(links)
    diagonal, right = np.empty(topology.pressures.size), np.empty(topology.pressures.size)
    off = np.empty(len(topology.pressures.row))
    order, waiting, index = np.empty(nodes, np.int64), np.empty(nodes, np.int64), np.empty(nodes, np.int64)
    limit, last, action = np.zeros(rooms), np.zeros(rooms), np.empty(rooms)
    excess, slope, room_off = np.empty(rooms), np.empty(rooms), np.empty(len(topology.rooms.row))
    forward = np.zeros(links, np.int8)
    old_node, old_out = np.empty(nodes), np.empty(links)
    for k in range(links):
        if topology.trv_room[k] >= 0:
            limit[topology.trv_room[k]] = 1.5
        mean[k] = link_mean(topology, figures, flow, node_c, out_c, room_c, k)
    free = 0
    settled = True
    for step in range(steps):
        momentum = _pressure_step(
            topology, figures, pressure, flow, mean, room_c, relax, gain, level, diagonal, off, right
        )
        turned = step == 0
        for k in range(links):
            sign = 1 if flow[k] > 1.0e-10 else (-1 if flow[k] < -1.0e-10 else 0)
            if sign != forward[k]:
                forward[k] = sign
                turned = True
        if turned:
            free = flow_order(topology, flow, order, waiting)
        if relax < 1.0:
            old_node[:] = node_c
            old_out[:] = out_c
        settled = sweep(topology, figures, flow, node_c, out_c, room_c, order, free, index)
        if relax < 1.0:
            for n in range(nodes):
                node_c[n] = old_node[n] + relax * (node_c[n] - old_node[n])
            for k in range(links):
                out_c[k] = old_out[k] + relax * (out_c[k] - old_out[k])
        heat = _room_step(
            topology, figures, flow, node_c, out_c, room_c, relax, limit, last, action, excess, slope, room_off
        )
        for k in range(links):
            mean[k] = link_mean(topology, figures, flow, node_c, out_c, room_c, k)
        if momentum < 1.0e4 * tolerance[1] and heat < 1.0e4 * tolerance[3]:
            residuals(topology, figures, pressure, flow, node_c, out_c, room_c, found, where)
            if (
                found[0] <= tolerance[0]
                and found[1] <= tolerance[1]
                and found[2] <= tolerance[2]
                and found[3] <= tolerance[3]
            ):
                return step + 1, True, settled
    residuals(topology, figures, pressure, flow, node_c, out_c, room_c, found, where)
    return steps, False, settled


__all__ = ["LEAK_RATIO", "around_c", "iterate", "opening", "residuals"]
