"""Temperatures along the flow: nodes in the order the water reaches them, flow cycles solved as a whole.

The arrays go from function to function one by one: a compiled call that hands over the whole topology pays
for each of its arrays.
"""

from __future__ import annotations

import numpy as np

from fenhu.heat.compiled import compiled
from fenhu.heat.elements import HEAT, RADIATOR, mean_c, outlet
from fenhu.heat.network import AMBIENT_C, CONSTANT, END, HEAT_W, KIND, POWER, ROOM, START, UA_W_K
from fenhu.heat.water import enthalpy, heat_capacity

# Slower than this the water carries no heat: 1e-10 kg/s over 50 K are 2e-5 W.
STAGNANT_KG_S = 1.0e-10
# Below this flow the mean temperature of an element slides from one direction's value to the other's.
SLIDING_KG_S = 1.0e-6
# A cycle that carries less heat per kelvin than this is at rest but for round-off.
NEGLIGIBLE_W_K = 1.0e-3
_LARGEST_DENSE_CYCLE = 400


@compiled
def flow_order(join, touch_start, touch_link, flow, order, waiting):  # type: ignore[no-untyped-def]
    """Fill ``order`` with nodes so that water comes from earlier ones; return how many are free of cycles.

    The nodes on cycles, and those behind them, follow in the order of their numbers.
    """
    nodes = len(waiting)
    waiting[:] = 0
    for k in range(len(flow)):
        if flow[k] > STAGNANT_KG_S:
            waiting[join[k, END]] += 1
        elif flow[k] < -STAGNANT_KG_S:
            waiting[join[k, START]] += 1
    count = 0
    for n in range(nodes):
        if waiting[n] == 0:
            order[count] = n
            count += 1
    i = 0
    while i < count:
        n = order[i]
        i += 1
        for a in range(touch_start[n], touch_start[n + 1]):
            k = touch_link[a]
            head = -1
            if flow[k] > STAGNANT_KG_S and join[k, START] == n:
                head = join[k, END]
            elif flow[k] < -STAGNANT_KG_S and join[k, END] == n:
                head = join[k, START]
            if head >= 0:
                waiting[head] -= 1
                if waiting[head] == 0:
                    order[count] = head
                    count += 1
    tail = count
    if count < nodes:
        for n in range(nodes):
            if waiting[n] > 0:
                order[tail] = n
                tail += 1
    return count


@compiled
def outside_flow(join, touch_start, touch_link, pressure_at, inflow, flow, n):  # type: ignore[no-untyped-def]
    """Return the flow that enters the network at a node (below zero: leaves it)."""
    if pressure_at[n] >= 0:
        return inflow[n]
    total = 0.0
    for a in range(touch_start[n], touch_start[n + 1]):
        k = touch_link[a]
        total += flow[k] if join[k, START] == n else -flow[k]
    return total


@compiled
def around_c(join, link, room_c, k):  # type: ignore[no-untyped-def]
    """Return the temperature around a link: its room's if it has one."""
    r = join[k, ROOM]
    return room_c[r] if r >= 0 else link[k, AMBIENT_C]


@compiled
def gives_heat(join, link, k):  # type: ignore[no-untyped-def]
    """Return whether a link's water takes the temperature around it when it rests."""
    return join[k, KIND] == RADIATOR or link[k, UA_W_K] > 0.0


@compiled
def link_outlet(join, link, water, k, entering_c, guess_c, size_kg_s, room_c):  # type: ignore[no-untyped-def]
    """Return a link's leaving temperature, its slope, and the heat capacity used; ``guess_c`` is the last one."""
    capacity = heat_capacity(water, 0.5 * (entering_c + guess_c))
    leaving, kept = outlet(
        join[k, KIND], entering_c, around_c(join, link, room_c, k), link[k, UA_W_K], link[k, CONSTANT],
        link[k, POWER], link[k, HEAT_W], size_kg_s, capacity,
    )  # fmt: skip
    if join[k, KIND] == HEAT and abs(leaving - entering_c) < 300.0:
        wanted = enthalpy(water, entering_c) + link[k, HEAT_W] / size_kg_s
        for _ in range(2):
            leaving += (wanted - enthalpy(water, leaving)) / heat_capacity(water, leaving)
    return leaving, kept, capacity


@compiled
def _mix(join, water, touch_start, touch_link, outside, entering_c, flow, node_c, out_c, n):  # type: ignore[no-untyped-def]
    """Return the temperature at a node from what flows in; a node at rest takes that of its neighbours."""
    weight, heat, streams = 0.0, 0.0, 0
    if outside > STAGNANT_KG_S and entering_c == entering_c:
        weight, heat, streams = outside, outside * entering_c, 1
    resting, rest_c = 0, 0.0
    for a in range(touch_start[n], touch_start[n + 1]):
        k = touch_link[a]
        into = flow[k] if join[k, END] == n else -flow[k]
        if into > STAGNANT_KG_S:
            weight += into
            heat += into * out_c[k]
            streams += 1
        elif into >= -STAGNANT_KG_S:
            resting += 1
            rest_c += out_c[k]
    if weight == 0.0:
        return rest_c / resting if resting > 0 else node_c[n]
    mixed = heat / weight
    if streams > 1:
        content = 0.0
        if outside > STAGNANT_KG_S and entering_c == entering_c:
            content = outside * enthalpy(water, entering_c)
        for a in range(touch_start[n], touch_start[n + 1]):
            k = touch_link[a]
            into = flow[k] if join[k, END] == n else -flow[k]
            if into > STAGNANT_KG_S:
                content += into * enthalpy(water, out_c[k])
        for _ in range(2):
            mixed += (content / weight - enthalpy(water, mixed)) / heat_capacity(water, mixed)
    return mixed


@compiled
def _leave(join, link, water, touch_start, touch_link, flow, node_c, out_c, room_c, n):  # type: ignore[no-untyped-def]
    """Carry a node's temperature through every link that leaves it."""
    for a in range(touch_start[n], touch_start[n + 1]):
        k = touch_link[a]
        out = flow[k] if join[k, START] == n else -flow[k]
        if out > STAGNANT_KG_S:
            out_c[k], _, _ = link_outlet(join, link, water, k, node_c[n], out_c[k], out, room_c)


@compiled
def _cycle_matrix(topology, figures, flow, node_c, out_c, room_c, members, index):  # type: ignore[no-untyped-def]
    """Return the energy balances of the nodes on cycles, linear in the change of their temperatures."""
    join, water, touch_start = topology.join, figures.water, topology.touch_start
    size = len(members)
    matrix = np.zeros((size, size))
    right = np.zeros(size)
    for i in range(size):
        n = members[i]
        outside = outside_flow(
            join, touch_start, topology.touch_link, topology.pressure_at, figures.inflow_kg_s, flow, n
        )
        own_h = enthalpy(water, node_c[n])
        own_cp = heat_capacity(water, node_c[n])
        if outside > STAGNANT_KG_S and figures.entering_c[n] == figures.entering_c[n]:
            right[i] += outside * (enthalpy(water, figures.entering_c[n]) - own_h)
            matrix[i, i] += outside * own_cp
        for a in range(touch_start[n], touch_start[n + 1]):
            k = topology.touch_link[a]
            forward = join[k, END] == n
            into = flow[k] if forward else -flow[k]
            if into > STAGNANT_KG_S:
                tail = join[k, START] if forward else join[k, END]
                leaving, kept, capacity = link_outlet(
                    join, figures.link, water, k, node_c[tail], out_c[k], into, room_c
                )
                right[i] += into * (enthalpy(water, leaving) - own_h)
                matrix[i, i] += into * own_cp
                if index[tail] >= 0:
                    matrix[i, index[tail]] -= into * capacity * kept
    return matrix, right


@compiled
def _eliminate_dense(matrix, right):  # type: ignore[no-untyped-def]
    """Solve a diagonally dominant system in place; False if a balance leaves its temperature open."""
    size = len(right)
    settled = True
    for j in range(size):
        pivot = matrix[j, j]
        scale = 0.0
        for i in range(size):
            scale = max(scale, abs(matrix[i, j]))
        if abs(pivot) <= 1.0e-11 * scale or pivot == 0.0:
            settled = settled and scale < NEGLIGIBLE_W_K
            matrix[j, j] = pivot = 1.0 + scale
            right[j] = 0.0
        for i in range(j + 1, size):
            if matrix[i, j] != 0.0:
                factor = matrix[i, j] / pivot
                for c in range(j + 1, size):
                    matrix[i, c] -= factor * matrix[j, c]
                right[i] -= factor * right[j]
    for j in range(size - 1, -1, -1):
        value = right[j]
        for c in range(j + 1, size):
            value -= matrix[j, c] * right[c]
        right[j] = value / matrix[j, j]
    return settled


@compiled
def _visit(topology, figures, flow, node_c, out_c, room_c, members):  # type: ignore[no-untyped-def]
    """Mix at every member in turn and carry its temperature on."""
    join, touch_start, touch_link = topology.join, topology.touch_start, topology.touch_link
    link, water, entering = figures.link, figures.water, figures.entering_c
    for i in range(len(members)):
        n = members[i]
        outside = outside_flow(
            join, touch_start, touch_link, topology.pressure_at, figures.inflow_kg_s, flow, n
        )
        node_c[n] = _mix(
            join, water, touch_start, touch_link, outside, entering[n], flow, node_c, out_c, n
        )
        _leave(join, link, water, touch_start, touch_link, flow, node_c, out_c, room_c, n)


@compiled
def _solve_cycles(topology, figures, flow, node_c, out_c, room_c, members, index):  # type: ignore[no-untyped-def]
    """Settle the nodes on cycles; False if some cycle has no source and no sink to fix its temperature."""
    if len(members) > _LARGEST_DENSE_CYCLE:
        for _ in range(100):
            _visit(topology, figures, flow, node_c, out_c, room_c, members)
        return True
    index[:] = -1
    for i in range(len(members)):
        index[members[i]] = i
    matrix, right = _cycle_matrix(topology, figures, flow, node_c, out_c, room_c, members, index)
    settled = _eliminate_dense(matrix, right)
    for i in range(len(members)):
        n = members[i]
        node_c[n] += min(max(right[i], -100.0), 100.0)
        _leave(
            topology.join, figures.link, figures.water, topology.touch_start, topology.touch_link, flow, node_c,
            out_c, room_c, n,
        )  # fmt: skip
    return settled


@compiled
def sweep(topology, figures, flow, node_c, out_c, room_c, order, free, index):  # type: ignore[no-untyped-def]
    """Carry temperatures through the whole network in the order of its flow."""
    join, link = topology.join, figures.link
    for k in range(len(flow)):
        if abs(flow[k]) <= STAGNANT_KG_S:
            middle = 0.5 * (node_c[join[k, START]] + node_c[join[k, END]])
            out_c[k] = around_c(join, link, room_c, k) if gives_heat(join, link, k) else middle
    _visit(topology, figures, flow, node_c, out_c, room_c, order[:free])
    if free < len(order):
        return _solve_cycles(topology, figures, flow, node_c, out_c, room_c, order[free:], index)
    return True


@compiled
def link_mean(join, link, water, flow, node_c, out_c, room_c, k):  # type: ignore[no-untyped-def]
    """Return the mean water temperature of a link, sliding between directions near rest."""
    size = abs(flow[k])
    gives = gives_heat(join, link, k)
    if size <= STAGNANT_KG_S:
        return out_c[k] if gives else 0.5 * (node_c[join[k, START]] + node_c[join[k, END]])
    forward = flow[k] >= 0.0
    entering = node_c[join[k, START]] if forward else node_c[join[k, END]]
    around = around_c(join, link, room_c, k)
    capacity = 0.0
    if link[k, UA_W_K] > 0.0:
        capacity = heat_capacity(water, 0.5 * (entering + out_c[k]))
    mean = mean_c(join[k, KIND], entering, out_c[k], around, link[k, UA_W_K], max(size, 1e-12), capacity)
    if size < SLIDING_KG_S and not gives:
        other = node_c[join[k, END]] if forward else node_c[join[k, START]]
        share = 0.5 + 0.5 * size / SLIDING_KG_S
        return share * mean + (1.0 - share) * other
    return mean
