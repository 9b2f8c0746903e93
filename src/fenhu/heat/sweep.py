"""Temperatures along the flow: nodes in the order the water reaches them, flow cycles solved as a whole."""

from __future__ import annotations

import numpy as np

from fenhu.heat.compiled import compiled
from fenhu.heat.elements import mean_c, outlet
from fenhu.heat.water import enthalpy, heat_capacity

# Slower than this the water carries no heat: 1e-10 kg/s over 50 K are 2e-5 W.
STAGNANT_KG_S = 1.0e-10
# Below this flow the mean temperature of an element slides from one direction's value to the other's.
SLIDING_KG_S = 1.0e-6
_DENSE_CYCLE = 400


@compiled
def flow_order(topology, flow, order, waiting):  # type: ignore[no-untyped-def]
    """Fill ``order`` with nodes so that water comes from earlier ones; return how many are free of cycles.

    The nodes on cycles, and those behind them, follow in the order of their numbers.
    """
    start, end = topology.start, topology.end
    nodes = len(waiting)
    waiting[:] = 0
    for k in range(len(start)):
        if flow[k] > 1.0e-10:
            waiting[end[k]] += 1
        elif flow[k] < -1.0e-10:
            waiting[start[k]] += 1
    count = 0
    for n in range(nodes):
        if waiting[n] == 0:
            order[count] = n
            count += 1
    i = 0
    while i < count:
        n = order[i]
        i += 1
        for a in range(topology.touch_start[n], topology.touch_start[n + 1]):
            k = topology.touch_link[a]
            head = -1
            if flow[k] > 1.0e-10 and start[k] == n:
                head = end[k]
            elif flow[k] < -1.0e-10 and end[k] == n:
                head = start[k]
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
def entering_from_outside(topology, figures, flow, n):  # type: ignore[no-untyped-def]
    """Return the flow that enters the network at a node (below zero: leaves it)."""
    if topology.pressure_at[n] >= 0:
        return figures.inflow_kg_s[n]
    total = 0.0
    for a in range(topology.touch_start[n], topology.touch_start[n + 1]):
        k = topology.touch_link[a]
        if topology.start[k] == n:
            total += flow[k]
        else:
            total -= flow[k]
    return total


@compiled
def around_c(topology, figures, room_c, k):  # type: ignore[no-untyped-def]
    """Return the temperature around a link: its room's if it has one."""
    r = topology.room[k]
    return room_c[r] if r >= 0 else figures.ambient_c[k]


@compiled
def link_outlet(topology, figures, k, entering_c, guess_c, size_kg_s, room_c):  # type: ignore[no-untyped-def]
    """Return a link's leaving temperature, its slope, and the heat capacity used; ``guess_c`` is the last one."""
    capacity = heat_capacity(figures.water, 0.5 * (entering_c + guess_c))
    leaving, kept = outlet(
        topology.kind[k], entering_c, around_c(topology, figures, room_c, k), figures.ua_w_k[k],
        figures.constant[k], figures.power[k], figures.heat_w[k], size_kg_s, capacity,
    )  # fmt: skip
    if topology.kind[k] == 3 and abs(leaving - entering_c) < 300.0:
        wanted = enthalpy(figures.water, entering_c) + figures.heat_w[k] / size_kg_s
        for _ in range(2):
            leaving += (wanted - enthalpy(figures.water, leaving)) / heat_capacity(figures.water, leaving)
    return leaving, kept, capacity


@compiled
def _mix(topology, figures, flow, node_c, out_c, n):  # type: ignore[no-untyped-def]
    """Return the temperature at a node from what flows in; a node at rest takes that of its neighbours."""
    weight, heat, content, streams = 0.0, 0.0, 0.0, 0
    outside = entering_from_outside(topology, figures, flow, n)
    if outside > 1.0e-10:
        entering = figures.entering_c[n]
        if entering == entering:
            weight, heat, streams = outside, outside * entering, 1
            content = outside * enthalpy(figures.water, entering)
    resting, rest_c = 0, 0.0
    for a in range(topology.touch_start[n], topology.touch_start[n + 1]):
        k = topology.touch_link[a]
        into = flow[k] if topology.end[k] == n else -flow[k]
        if into > 1.0e-10:
            weight += into
            heat += into * out_c[k]
            content += into * enthalpy(figures.water, out_c[k])
            streams += 1
        elif into > -1.0e-10:
            resting += 1
            rest_c += out_c[k]
    if weight == 0.0:
        return rest_c / resting if resting > 0 else node_c[n]
    mixed = heat / weight
    if streams > 1:
        for _ in range(2):
            excess = content / weight - enthalpy(figures.water, mixed)
            mixed += excess / heat_capacity(figures.water, mixed)
    return mixed


@compiled
def _leave(topology, figures, flow, node_c, out_c, room_c, n):  # type: ignore[no-untyped-def]
    """Carry a node's temperature through every link that leaves it."""
    for a in range(topology.touch_start[n], topology.touch_start[n + 1]):
        k = topology.touch_link[a]
        out = flow[k] if topology.start[k] == n else -flow[k]
        if out > 1.0e-10:
            out_c[k], _, _ = link_outlet(topology, figures, k, node_c[n], out_c[k], out, room_c)


@compiled
def _cycle_matrix(topology, figures, flow, node_c, out_c, room_c, members, index):  # type: ignore[no-untyped-def]
    """Return the energy balances of the nodes on cycles, linear in the change of their temperatures."""
    size = len(members)
    matrix = np.zeros((size, size))
    right = np.zeros(size)
    for i in range(size):
        n = members[i]
        outside = entering_from_outside(topology, figures, flow, n)
        own_h = enthalpy(figures.water, node_c[n])
        own_cp = heat_capacity(figures.water, node_c[n])
        if outside > 1.0e-10 and figures.entering_c[n] == figures.entering_c[n]:
            right[i] += outside * (enthalpy(figures.water, figures.entering_c[n]) - own_h)
            matrix[i, i] += outside * own_cp
        for a in range(topology.touch_start[n], topology.touch_start[n + 1]):
            k = topology.touch_link[a]
            forward = topology.end[k] == n
            into = flow[k] if forward else -flow[k]
            if into > 1.0e-10:
                tail = topology.start[k] if forward else topology.end[k]
                leaving, kept, capacity = link_outlet(
                    topology, figures, k, node_c[tail], out_c[k], into, room_c
                )
                right[i] += into * (enthalpy(figures.water, leaving) - own_h)
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
            settled = False
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
def _solve_cycles(topology, figures, flow, node_c, out_c, room_c, members, index):  # type: ignore[no-untyped-def]
    """Settle the nodes on cycles; False if some cycle has no source and no sink to fix its temperature."""
    settled = True
    if len(members) <= 400:
        index[:] = -1
        for i in range(len(members)):
            index[members[i]] = i
        matrix, right = _cycle_matrix(topology, figures, flow, node_c, out_c, room_c, members, index)
        settled = _eliminate_dense(matrix, right)
        for i in range(len(members)):
            node_c[members[i]] += min(max(right[i], -100.0), 100.0)
        for n in members:
            _leave(topology, figures, flow, node_c, out_c, room_c, n)
        return settled
    for _ in range(100):
        for n in members:
            node_c[n] = _mix(topology, figures, flow, node_c, out_c, n)
            _leave(topology, figures, flow, node_c, out_c, room_c, n)
    return settled


@compiled
def sweep(topology, figures, flow, node_c, out_c, room_c, order, free, index):  # type: ignore[no-untyped-def]
    """Carry temperatures through the whole network in the order of its flow."""
    for k in range(len(flow)):
        if abs(flow[k]) <= 1.0e-10:
            warms = topology.kind[k] == 1 or figures.ua_w_k[k] > 0.0
            middle = 0.5 * (node_c[topology.start[k]] + node_c[topology.end[k]])
            out_c[k] = around_c(topology, figures, room_c, k) if warms else middle
    for i in range(free):
        n = order[i]
        node_c[n] = _mix(topology, figures, flow, node_c, out_c, n)
        _leave(topology, figures, flow, node_c, out_c, room_c, n)
    if free < len(order):
        return _solve_cycles(topology, figures, flow, node_c, out_c, room_c, order[free:], index)
    return True


@compiled
def link_mean(topology, figures, flow, node_c, out_c, room_c, k):  # type: ignore[no-untyped-def]
    """Return the mean water temperature of a link, sliding between directions near rest."""
    size = abs(flow[k])
    if size <= 1.0e-10 and (topology.kind[k] == 1 or figures.ua_w_k[k] > 0.0):
        return out_c[k]
    forward = flow[k] >= 0.0
    entering = node_c[topology.start[k]] if forward else node_c[topology.end[k]]
    around = around_c(topology, figures, room_c, k)
    capacity = heat_capacity(figures.water, 0.5 * (entering + out_c[k]))
    mean = mean_c(topology.kind[k], entering, out_c[k], around, figures.ua_w_k[k], max(size, 1e-12), capacity)
    if size < 1.0e-6 and figures.ua_w_k[k] == 0.0 and topology.kind[k] != 1:
        other = node_c[topology.end[k]] if forward else node_c[topology.start[k]]
        share = 0.5 + 0.5 * size / 1.0e-6
        return share * mean + (1.0 - share) * other
    return mean
