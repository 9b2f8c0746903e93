"""The coupled iteration: one pressure step, one heat sweep, one room step, until every balance closes."""

from __future__ import annotations

import numpy as np

from fenhu.heat.compiled import compiled
from fenhu.heat.elements import HEAT
from fenhu.heat.hydraulics import momentum, pressure_step
from fenhu.heat.network import END, GIVEN_W, HEAT_W, KIND, MEAN_C, ROOM, START, TRV_ROOM
from fenhu.heat.rooms import room_step, shell_balance
from fenhu.heat.sweep import STAGNANT_KG_S, flow_order, outside_flow, rest, sweep, visit
from fenhu.heat.water import density, enthalpy

# Without halving the faults for so many steps the iteration slows down, to no less than the slowest pace.
PATIENCE = 12
SLOWEST = 0.08
# Balances are evaluated once the faults of pressures and rooms, falling as they did, should be so small.
LIKELY_CLOSED = 1.0
# Closed balances with water that circles on its own are given so many steps more: round-off comes to rest.
SETTLING = 20


@compiled
def node_balances(topology, figures, flow, node_c, out_c, mass, energy):  # type: ignore[no-untyped-def]
    """Fill each node's missing mass flow (0 where the pressure is fixed) and missing heat."""
    join, link, water, pressure_at = topology.join, figures.link, figures.water, topology.pressure_at
    touch_start, touch_link = topology.touch_start, topology.touch_link
    inflow, entering_c = figures.inflow_kg_s, figures.entering_c
    content = np.empty(len(node_c))
    for n in range(len(node_c)):
        outside = outside_flow(join, touch_start, touch_link, pressure_at, inflow, flow, n)
        mass[n] = outside if pressure_at[n] >= 0 else 0.0
        content[n] = enthalpy(water, node_c[n])
        known = outside > STAGNANT_KG_S and entering_c[n] == entering_c[n]
        energy[n] = outside * (enthalpy(water, entering_c[n]) if known else content[n])
    for k in range(len(flow)):
        i, j = join[k, START], join[k, END]
        mass[i] -= flow[k] if pressure_at[i] >= 0 else 0.0
        mass[j] += flow[k] if pressure_at[j] >= 0 else 0.0
        size = abs(flow[k])
        tail, head = (i, j) if flow[k] >= 0.0 else (j, i)
        taken, brought = 0.0, 0.0
        if size > STAGNANT_KG_S:
            taken = size * content[tail]
            brought = taken if out_c[k] == node_c[tail] else size * enthalpy(water, out_c[k])
        energy[tail] -= taken
        energy[head] += brought
        if join[k, KIND] == HEAT:
            energy[head] += abs(link[k, HEAT_W] - (brought - taken))


@compiled
def residuals(topology, figures, pressure, flow, node_c, out_c, stream, room_c, found, where):  # type: ignore[no-untyped-def]
    """Evaluate every balance of a state: ``found`` mass, momentum, energy, room; ``where`` the worst of each.

    Leaving temperatures are computed afresh from the nodes', so that nothing stale can hide.
    """
    nodes, links, rooms = len(pressure), len(flow), len(room_c)
    visit(topology, figures, flow, node_c, out_c, stream, room_c, np.arange(nodes), False)
    rest(topology, figures, flow, node_c, out_c, stream, room_c)
    mass, energy, fault, slope = np.empty(nodes), np.empty(nodes), np.empty(links), np.empty(links)
    excess, room_slope = np.empty(rooms), np.empty(rooms)
    node_balances(topology, figures, flow, node_c, out_c, mass, energy)
    momentum(topology, figures, pressure, flow, stream, room_c, False, fault, slope)
    shell_balance(topology, figures, room_c, excess, room_slope)
    for k in range(links):
        if topology.join[k, ROOM] >= 0:
            excess[topology.join[k, ROOM]] += stream[k, GIVEN_W]
    _worst(mass, found, where, 0)
    _worst(fault, found, where, 1)
    _worst(energy, found, where, 2)
    _worst(excess, found, where, 3)


@compiled
def _worst(faults, found, where, at):  # type: ignore[no-untyped-def]
    """Note the largest fault and its place; a NaN is the worst of all."""
    found[at], where[at] = 0.0, -1
    for i in range(len(faults)):
        if not abs(faults[i]) <= found[at]:
            found[at], where[at] = abs(faults[i]), i


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
def iterate(  # type: ignore[no-untyped-def]
    topology, figures, pressure, flow, node_c, out_c, room_c, steps, relax, tolerance, found, where
):
    """Iterate a state in place; return the steps taken, whether it closed, whether cycles were settled."""
    join = topology.join
    nodes, links, rooms = len(pressure), len(flow), len(room_c)
    gain, level, stream = np.empty(links), np.empty(links), np.zeros((links, 5))
    diagonal, right = np.empty(topology.pressures.size), np.empty(topology.pressures.size)
    off = np.empty(len(topology.pressures.row))
    order, waiting, index = np.empty(nodes, np.int64), np.empty(nodes, np.int64), np.empty(nodes, np.int64)
    limit, last, action = np.zeros(rooms), np.zeros(rooms), np.empty(rooms)
    excess, slope, room_off = np.empty(rooms), np.empty(rooms), np.empty(len(topology.rooms.row))
    room_right, room_diagonal = np.empty(rooms), np.empty(rooms)
    forward = np.full(links, 2, np.int64)
    for k in range(links):
        if join[k, TRV_ROOM] >= 0:
            limit[join[k, TRV_ROOM]] = 3.0
    visit(topology, figures, flow, node_c, out_c, stream, room_c, np.arange(nodes), False)
    rest(topology, figures, flow, node_c, out_c, stream, room_c)
    free = 0
    settled = True
    best, waited, unsettled = np.inf, 0, 0
    last_fault = 0.0
    for step in range(steps):
        missing_pa = pressure_step(
            topology, figures, pressure, flow, stream, room_c, relax, gain, level, diagonal, off, right
        )
        if _directions_changed(flow, forward):
            free = flow_order(join, topology.touch_start, topology.touch_link, flow, order, waiting)
        old_mean = stream[:, MEAN_C].copy()
        settled = sweep(topology, figures, flow, node_c, out_c, stream, room_c, order, free, index)
        if relax < 1.0:
            stream[:, MEAN_C] = old_mean + relax * (stream[:, MEAN_C] - old_mean)
        missing_w = room_step(
            topology, figures, stream, flow, room_c, relax, limit, last, action, excess, slope, room_off,
            room_right, room_diagonal,
        )  # fmt: skip
        fault = missing_pa / tolerance[1] + missing_w / tolerance[3]
        waited += 1
        if fault < 0.5 * best:
            best, waited = fault, 0
        elif waited >= PATIENCE:
            relax, waited = max(0.6 * relax, SLOWEST), 0
        falling = fault / last_fault if fault < last_fault else 1.0
        last_fault = fault
        if fault * falling <= LIKELY_CLOSED:
            mean_c = stream[:, MEAN_C].copy()
            residuals(topology, figures, pressure, flow, node_c, out_c, stream, room_c, found, where)
            if np.all(found <= tolerance):
                if settled or unsettled >= SETTLING:
                    return step + 1, True, settled
                unsettled += 1
            stream[:, MEAN_C] = mean_c
    residuals(topology, figures, pressure, flow, node_c, out_c, stream, room_c, found, where)
    return steps, False, settled
