"""The coupled iteration: one pressure step, one heat sweep, one room step, until every balance closes."""

from __future__ import annotations

import numpy as np

from fenhu.heat.compiled import compiled
from fenhu.heat.elements import CLOSED_PA_S_KG, HEAT, PUMP, RADIATOR, SMOOTH_KG_S, pump_head
from fenhu.heat.elimination import solve_symmetric
from fenhu.heat.friction import factor_and_slope
from fenhu.heat.network import (
    BAND_K,
    CHECK,
    CONSTANT,
    DROP_M,
    EDGE_FACTOR,
    EDGE_SLOPE,
    END,
    HEAT_W,
    KIND,
    LAMINAR,
    POWER,
    PRESSURE_SLOT,
    QUADRATIC,
    REYNOLDS,
    ROOM,
    ROUGHNESS_RATIO,
    SETPOINT_C,
    START,
    TRV_ROOM,
    TURBULENT,
    UA_W_K,
    VALVE_QUADRATIC,
)
from fenhu.heat.sweep import (
    STAGNANT_KG_S,
    around_c,
    flow_order,
    gives_heat,
    link_mean,
    link_outlet,
    outside_flow,
    sweep,
)
from fenhu.heat.water import density, enthalpy, heat_capacity, viscosity

GRAVITY_M_S2 = 9.80665
# What a thermostatic valve lets through when shut.
LEAK_RATIO = 0.001
# Without halving the faults for so many steps the iteration slows down, to no less than the slowest pace.
PATIENCE = 12
SLOWEST = 0.08
# Links without length lose this much linearly, so that no slope is zero.
FLOOR_PA_S_KG = 1.0e-3


@compiled
def opening(room_c, setpoint_c, band_k):  # type: ignore[no-untyped-def]
    """Return how far a thermostatic valve stands open: half at its setpoint, along the proportional band."""
    return min(max(0.5 + (setpoint_c - room_c) / band_k, LEAK_RATIO), 1.0)


@compiled
def loss(join, link, water, curve_start, curve, k, flow, mean, rho, room_c):  # type: ignore[no-untyped-def]
    """Return a link's pressure loss less its pump head, and the derivative, at a flow and mean temperature."""
    size = abs(flow)
    if link[k, LAMINAR] > 0.0:
        mu = viscosity(water, mean)
        reynolds = link[k, REYNOLDS] * size / mu
        if reynolds <= 2000.0:
            slope = link[k, LAMINAR] * mu / rho
            lost = slope * flow
        else:
            factor, rate = factor_and_slope(
                reynolds, link[k, ROUGHNESS_RATIO], link[k, EDGE_FACTOR], link[k, EDGE_SLOPE]
            )
            scale = link[k, TURBULENT] / rho * size
            lost = scale * factor * flow
            slope = scale * (2.0 * factor + rate * reynolds)
    else:
        lost, slope = FLOOR_PA_S_KG * flow, FLOOR_PA_S_KG
    quadratic = link[k, QUADRATIC] + link[k, VALVE_QUADRATIC]
    r = join[k, TRV_ROOM]
    if r >= 0:
        open_ratio = opening(room_c[r], link[k, SETPOINT_C], link[k, BAND_K])
        quadratic = link[k, QUADRATIC] + link[k, VALVE_QUADRATIC] / (open_ratio * open_ratio)
    if quadratic > 0.0:
        root = np.sqrt(flow * flow + SMOOTH_KG_S * SMOOTH_KG_S)
        lost += quadratic / rho * flow * root
        slope += quadratic / rho * (root + flow * flow / root)
    if join[k, KIND] == PUMP:
        head, rate = pump_head(curve, curve_start[k], curve_start[k + 1], flow / rho)
        lost -= head
        slope += max(-rate / rho, 0.0)
    if join[k, CHECK] == 1 and flow < 0.0:
        lost, slope = CLOSED_PA_S_KG * flow, CLOSED_PA_S_KG
    return lost, slope


@compiled
def _driven_check_flow(quadratic, drive_pa, flow, rho):  # type: ignore[no-untyped-def]
    """Return the flow a check valve passes under a driving pressure; opens and shuts it at once."""
    if drive_pa <= 0.0:
        return drive_pa / CLOSED_PA_S_KG
    if flow > 0.0:
        return flow
    return np.sqrt(drive_pa * rho / max(quadratic, 1.0))


@compiled
def _settling_slope(join, link, water, flow, node_c, out_c, room_c, k, mean):  # type: ignore[no-untyped-def]
    """Return by how many Pa per kg/s a link's own warming by more flow works against that flow (0 if it helps).

    Without this term a slow vertical stream over- and undershoots the flow at which its weight balances.
    """
    size = abs(flow[k])
    forward = flow[k] > 0.0
    entering = node_c[join[k, START]] if forward else node_c[join[k, END]]
    around = around_c(join, link, room_c, k)
    capacity_flow = size * heat_capacity(water, mean)
    if join[k, KIND] == RADIATOR:
        n = link[k, POWER] + 1.0
        warming = 0.5 * abs(out_c[k] - around) ** n * link[k, CONSTANT] / (capacity_flow * size)
        warming = warming if entering > around else -warming
    else:
        units = link[k, UA_W_K] / capacity_flow
        warming = (entering - around) * (1.0 - np.exp(-units) * (1.0 + units)) / (units * size)
    lightening = density(water, mean + 0.5) - density(water, mean - 0.5)
    helping = GRAVITY_M_S2 * link[k, DROP_M] * lightening * warming
    return max(-helping if forward else helping, 0.0)


@compiled
def _pressure_step(  # type: ignore[no-untyped-def]
    topology, figures, pressure, flow, mean, node_c, out_c, room_c, relax, gain, level, diagonal, off, right
):
    """Do one Newton step of all pressures and flows; return the largest momentum fault found before it."""
    join, link, water = topology.join, figures.link, figures.water
    pressure_at, curve_start, curve = topology.pressure_at, figures.curve_start, figures.curve
    diagonal[:] = 0.0
    off[:] = 0.0
    right[:] = 0.0
    worst = 0.0
    for n in range(len(pressure)):
        if pressure_at[n] >= 0:
            right[pressure_at[n]] = figures.inflow_kg_s[n]
    for k in range(len(flow)):
        i, j = join[k, START], join[k, END]
        rho = density(water, mean[k])
        drive = pressure[i] - pressure[j] + GRAVITY_M_S2 * rho * link[k, DROP_M]
        if join[k, CHECK] == 1:
            flow[k] = _driven_check_flow(link[k, QUADRATIC] + link[k, VALVE_QUADRATIC], drive, flow[k], rho)
        lost, slope = loss(join, link, water, curve_start, curve, k, flow[k], mean[k], rho, room_c)
        fault = drive - lost
        worst = max(worst, abs(fault))
        if link[k, DROP_M] != 0.0 and abs(flow[k]) > STAGNANT_KG_S and gives_heat(join, link, k):
            slope += _settling_slope(join, link, water, flow, node_c, out_c, room_c, k, mean[k])
        g = 1.0 / slope
        gain[k] = g
        level[k] = flow[k] + g * fault
        a, b = pressure_at[i], pressure_at[j]
        if a >= 0:
            diagonal[a] += g
            right[a] -= level[k]
        if b >= 0:
            diagonal[b] += g
            right[b] += level[k]
        if join[k, PRESSURE_SLOT] >= 0:
            off[join[k, PRESSURE_SLOT]] -= g
    solve_symmetric(topology.pressures, diagonal, off, right)
    for k in range(len(flow)):
        a, b = pressure_at[join[k, START]], pressure_at[join[k, END]]
        change = (right[a] if a >= 0 else 0.0) - (right[b] if b >= 0 else 0.0)
        flow[k] += relax * (level[k] + gain[k] * change - flow[k])
    for n in range(len(pressure)):
        if pressure_at[n] >= 0:
            pressure[n] += relax * right[pressure_at[n]]
    return worst


@compiled
def _shell_balance(topology, figures, room_c, excess, slope):  # type: ignore[no-untyped-def]
    """Fill each room's heat excess in W before radiators and pipes and, in W/K, how fast it falls as it warms."""
    wall = topology.wall
    for r in range(len(room_c)):
        excess[r] = figures.room_gains_w[r] - figures.room_ua_w_k[r] * (room_c[r] - figures.outdoor_c)
        slope[r] = figures.room_ua_w_k[r]
    for w in range(len(wall)):
        a, b = wall[w, 0], wall[w, 1]
        through = figures.wall_ua_w_k[w] * (room_c[a] - room_c[b])
        excess[a] -= through
        excess[b] += through
        slope[a] += figures.wall_ua_w_k[w]
        slope[b] += figures.wall_ua_w_k[w]


@compiled
def _valve_action(join, link, room_c, action):  # type: ignore[no-untyped-def]
    """Fill, by room, the relative change of flow per kelvin by its thermostats at constant pressure difference."""
    action[:] = 0.0
    for k in range(len(join)):
        r = join[k, TRV_ROOM]
        if r >= 0:
            open_ratio = opening(room_c[r], link[k, SETPOINT_C], link[k, BAND_K])
            if LEAK_RATIO < open_ratio < 1.0:
                action[r] = max(action[r], 1.0 / (open_ratio * link[k, BAND_K]))


@compiled
def _given_to_rooms(join, link, water, flow, node_c, out_c, room_c, action, excess, slope):  # type: ignore[no-untyped-def]
    """Add what radiators and pipes give to the rooms' excess, and how it falls as they warm to the slope."""
    for k in range(len(flow)):
        r = join[k, ROOM]
        size = abs(flow[k])
        if r < 0 or size <= STAGNANT_KG_S:
            continue
        entering = node_c[join[k, START]] if flow[k] > 0.0 else node_c[join[k, END]]
        given = size * (enthalpy(water, entering) - enthalpy(water, out_c[k]))
        capacity_flow = size * heat_capacity(water, 0.5 * (entering + out_c[k]))
        kept = 1.0
        if join[k, KIND] == RADIATOR:
            entering_k, leaving_k = entering - room_c[r], out_c[k] - room_c[r]
            if entering_k * leaving_k > 0.0:
                n = link[k, POWER] + 1.0
                kept = (leaving_k / entering_k) ** n
                if action[r] > 0.0:
                    per_log_flow = given - link[k, CONSTANT] * abs(leaving_k) ** n
                    slope[r] += action[r] * max(per_log_flow, 0.0)
        else:
            kept = np.exp(-link[k, UA_W_K] / capacity_flow)
        excess[r] += given
        slope[r] += capacity_flow * (1.0 - kept)


@compiled
def _room_step(  # type: ignore[no-untyped-def]
    topology, figures, flow, node_c, out_c, room_c, relax, limit, last, action, excess, slope, off, right, diagonal
):
    """Do one Newton step of all rooms; return the largest heat fault found before it."""
    join, link, wall, room_at = topology.join, figures.link, topology.wall, topology.room_at
    _shell_balance(topology, figures, room_c, excess, slope)
    _valve_action(join, link, room_c, action)
    _given_to_rooms(join, link, figures.water, flow, node_c, out_c, room_c, action, excess, slope)
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
    for r in range(len(room_c)):
        step = relax * right[room_at[r]]
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
    join, link, water, pressure_at = topology.join, figures.link, figures.water, topology.pressure_at
    nodes = len(pressure)
    found[:] = 0.0
    where[:] = -1
    mass = np.zeros(nodes)
    energy = np.zeros(nodes)
    excess = np.empty(len(room_c))
    slope = np.empty(len(room_c))
    _shell_balance(topology, figures, room_c, excess, slope)
    for n in range(nodes):
        outside = outside_flow(
            join, topology.touch_start, topology.touch_link, pressure_at, figures.inflow_kg_s, flow, n
        )
        if pressure_at[n] >= 0:
            mass[n] = outside
        entering = figures.entering_c[n]
        known = outside > STAGNANT_KG_S and entering == entering
        energy[n] = outside * enthalpy(water, entering if known else node_c[n])
    for k in range(len(flow)):
        i, j = join[k, START], join[k, END]
        size = abs(flow[k])
        tail, head = (i, j) if flow[k] >= 0.0 else (j, i)
        if pressure_at[i] >= 0:
            mass[i] -= flow[k]
        if pressure_at[j] >= 0:
            mass[j] += flow[k]
        if size > STAGNANT_KG_S:
            out_c[k], _, _ = link_outlet(join, link, water, k, node_c[tail], out_c[k], size, room_c)
            taken = size * enthalpy(water, node_c[tail])
            brought = size * enthalpy(water, out_c[k])
            energy[tail] -= taken
            energy[head] += brought
            if join[k, ROOM] >= 0:
                excess[join[k, ROOM]] += taken - brought
            if join[k, KIND] == HEAT:
                energy[head] += abs(link[k, HEAT_W] - (brought - taken))
        elif join[k, KIND] == HEAT:
            energy[head] += abs(link[k, HEAT_W])
        mean = link_mean(join, link, water, flow, node_c, out_c, room_c, k)
        rho = density(water, mean)
        lost, _ = loss(join, link, water, figures.curve_start, figures.curve, k, flow[k], mean, rho, room_c)
        fault = abs(pressure[i] - pressure[j] + GRAVITY_M_S2 * rho * link[k, DROP_M] - lost)
        if not fault <= found[1]:
            found[1], where[1] = fault, k
    for n in range(nodes):
        if pressure_at[n] >= 0 and not abs(mass[n]) <= found[0]:
            found[0], where[0] = abs(mass[n]), n
        if not abs(energy[n]) <= found[2]:
            found[2], where[2] = abs(energy[n]), n
    for r in range(len(room_c)):
        if not abs(excess[r]) <= found[3]:
            found[3], where[3] = abs(excess[r]), r


@compiled
def gained_and_density(water, flow, inlet_c, outlet_c):  # type: ignore[no-untyped-def]
    """Return by link the heat its water gains in W and the water's density in kg/m³."""
    gained, rho = np.empty(len(flow)), np.empty(len(flow))
    for k in range(len(flow)):
        gained[k] = abs(flow[k]) * (enthalpy(water, outlet_c[k]) - enthalpy(water, inlet_c[k]))
        rho[k] = density(water, 0.5 * (inlet_c[k] + outlet_c[k]))
    return gained, rho


@compiled
def _directions_changed(flow, forward):  # type: ignore[no-untyped-def]
    """Note every link's direction in ``forward``; return whether any differs from the last time."""
    changed = False
    for k in range(len(flow)):
        sign = 1 if flow[k] > STAGNANT_KG_S else (-1 if flow[k] < -STAGNANT_KG_S else 0)
        if sign != forward[k]:
            forward[k] = sign
            changed = True
    return changed


@compiled
def _toward(old, new, relax):  # type: ignore[no-untyped-def]
    """Move ``new`` back towards ``old``: only ``relax`` of the change is kept."""
    for i in range(len(new)):
        new[i] = old[i] + relax * (new[i] - old[i])


@compiled
def iterate(  # type: ignore[no-untyped-def]
    topology, figures, pressure, flow, node_c, out_c, room_c, steps, relax, tolerance, found, where
):
    """Iterate a state in place; return the steps taken, whether it closed, and whether cycles were settled."""
    join, link, water = topology.join, figures.link, figures.water
    nodes, links, rooms = len(pressure), len(flow), len(room_c)
    gain, level, mean = np.empty(links), np.empty(links), np.empty(links)
    diagonal, right = np.empty(topology.pressures.size), np.empty(topology.pressures.size)
    off = np.empty(len(topology.pressures.row))
    order, waiting, index = np.empty(nodes, np.int64), np.empty(nodes, np.int64), np.empty(nodes, np.int64)
    limit, last, action = np.zeros(rooms), np.zeros(rooms), np.empty(rooms)
    excess, slope, room_off = np.empty(rooms), np.empty(rooms), np.empty(len(topology.rooms.row))
    room_right, room_diagonal = np.empty(rooms), np.empty(rooms)
    forward = np.full(links, 2, np.int64)
    for k in range(links):
        if join[k, TRV_ROOM] >= 0:
            limit[join[k, TRV_ROOM]] = 1.5
        mean[k] = link_mean(join, link, water, flow, node_c, out_c, room_c, k)
    free = 0
    settled = True
    best, waited = np.inf, 0
    for step in range(steps):
        momentum = _pressure_step(
            topology, figures, pressure, flow, mean, node_c, out_c, room_c, relax, gain, level, diagonal, off, right
        )
        if _directions_changed(flow, forward):
            free = flow_order(join, topology.touch_start, topology.touch_link, flow, order, waiting)
        old_node, old_out = node_c.copy(), out_c.copy()
        settled = sweep(topology, figures, flow, node_c, out_c, room_c, order, free, index)
        if relax < 1.0:
            _toward(old_node, node_c, relax)
            _toward(old_out, out_c, relax)
        heat = _room_step(
            topology, figures, flow, node_c, out_c, room_c, relax, limit, last, action, excess, slope, room_off,
            room_right, room_diagonal,
        )  # fmt: skip
        for k in range(links):
            mean[k] = link_mean(join, link, water, flow, node_c, out_c, room_c, k)
        fault = momentum / tolerance[1] + heat / tolerance[3]
        waited += 1
        if fault < 0.5 * best:
            best, waited = fault, 0
        elif waited >= PATIENCE:
            relax, waited = max(0.6 * relax, SLOWEST), 0
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
