"""Temperatures along the flow: nodes in the order the water reaches them, flow cycles solved as a whole.

Loops are long and what they call takes plain numbers: a compiled call pays for every array it is handed.
"""

from __future__ import annotations

import numpy as np

from fenhu.heat.compiled import compiled
from fenhu.heat.elements import HEAT, RADIATOR, through
from fenhu.heat.network import (
    AMBIENT_C,
    CAPACITY_W_K,
    CONSTANT,
    END,
    GIVEN_W,
    HEAT_W,
    KEPT,
    KIND,
    MEAN_C,
    POWER,
    ROOM,
    START,
    UA_W_K,
    WARMING_K,
)
from fenhu.heat.water import enthalpy, heat_capacity

# Slower than this the water carries no heat: 1e-10 kg/s over 50 K are 2e-5 W.
STAGNANT_KG_S = 1.0e-10
# Below this flow (0.4 litres an hour) the mean temperature of an element slides from one direction's value to
# the other's, as in a column that stands: a jump would leave no steady state between the two.
SLIDING_KG_S = 1.0e-4
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
def visit(topology, figures, flow, node_c, out_c, stream, room_c, members, mixes):  # type: ignore[no-untyped-def]
    """Mix at every member in turn, if told to, and carry its temperature through every link that leaves."""
    join, link, water = topology.join, figures.link, figures.water
    touch_start, touch_link, pressure_at = topology.touch_start, topology.touch_link, topology.pressure_at
    inflow_kg_s, supplied_c = figures.inflow_kg_s, figures.entering_c
    for i in range(len(members)):
        n = members[i]
        if mixes:
            weight, warmth, streams, resting, rest_c, balance = 0.0, 0.0, 0, 0, 0.0, 0.0
            for a in range(touch_start[n], touch_start[n + 1]):
                k = touch_link[a]
                into = flow[k] if join[k, END] == n else -flow[k]
                balance += into
                if into > STAGNANT_KG_S:
                    weight += into
                    warmth += into * out_c[k]
                    streams += 1
                elif into >= -STAGNANT_KG_S:
                    resting += 1
                    rest_c += out_c[k]
            outside = inflow_kg_s[n] if pressure_at[n] >= 0 else -balance
            if outside > STAGNANT_KG_S and supplied_c[n] == supplied_c[n]:
                weight += outside
                warmth += outside * supplied_c[n]
                streams += 1
            else:
                outside = 0.0
            if streams > 0:
                node_c[n] = warmth / weight
            elif resting > 0:
                node_c[n] = rest_c / resting
            if streams > 1:
                content = outside * enthalpy(water, supplied_c[n]) if outside > 0.0 else 0.0
                for a in range(touch_start[n], touch_start[n + 1]):
                    k = touch_link[a]
                    into = flow[k] if join[k, END] == n else -flow[k]
                    if into > STAGNANT_KG_S:
                        content += into * enthalpy(water, out_c[k])
                for _ in range(2):
                    node_c[n] += (content / weight - enthalpy(water, node_c[n])) / heat_capacity(
                        water, node_c[n]
                    )
        entering_c, entering_j_kg = node_c[n], np.nan
        for a in range(touch_start[n], touch_start[n + 1]):
            k = touch_link[a]
            size = flow[k] if join[k, START] == n else -flow[k]
            if size <= STAGNANT_KG_S:
                continue
            kind, room, capacity_flow, around_c = join[k, KIND], join[k, ROOM], 0.0, link[k, AMBIENT_C]
            if room >= 0:
                around_c = room_c[room]
            if kind in (RADIATOR, HEAT) or link[k, UA_W_K] > 0.0:
                capacity_flow = size * heat_capacity(water, 0.5 * (entering_c + out_c[k]))
            leaving_c, kept, mean_c, warming_k = through(
                kind, entering_c, around_c, link[k, UA_W_K], link[k, CONSTANT], link[k, POWER],
                link[k, HEAT_W], capacity_flow,
            )  # fmt: skip
            if kind == HEAT and abs(leaving_c - entering_c) < 300.0:
                wanted = enthalpy(water, entering_c) + link[k, HEAT_W] / size
                for _ in range(2):
                    leaving_c += (wanted - enthalpy(water, leaving_c)) / heat_capacity(water, leaving_c)
                mean_c = 0.5 * (entering_c + leaving_c)
            given_w = 0.0
            if room >= 0:
                if entering_j_kg != entering_j_kg:
                    entering_j_kg = enthalpy(water, entering_c)
                given_w = size * (entering_j_kg - enthalpy(water, leaving_c))
            out_c[k] = leaving_c
            stream[k, KEPT], stream[k, MEAN_C], stream[k, WARMING_K] = kept, mean_c, warming_k
            stream[k, CAPACITY_W_K], stream[k, GIVEN_W] = capacity_flow, given_w


@compiled
def rest(topology, figures, flow, node_c, out_c, stream, room_c):  # type: ignore[no-untyped-def]
    """Let water at rest take the temperature around it; near rest a mean slides between both directions'."""
    join, link = topology.join, figures.link
    for k in range(len(flow)):
        size = abs(flow[k])
        if size >= SLIDING_KG_S:
            continue
        i, j = join[k, START], join[k, END]
        around_c = room_c[join[k, ROOM]] if join[k, ROOM] >= 0 else link[k, AMBIENT_C]
        radiates, loses = join[k, KIND] == RADIATOR, link[k, UA_W_K] > 0.0
        if size <= STAGNANT_KG_S:
            out_c[k] = around_c if radiates or loses else 0.5 * (node_c[i] + node_c[j])
            stream[k] = 0.0
            stream[k, MEAN_C] = 0.25 * (node_c[i] + node_c[j]) + 0.5 * around_c if radiates else out_c[k]
        elif not loses:
            beyond_c = node_c[j] if flow[k] > 0.0 else node_c[i]
            turned_c = 0.5 * (beyond_c + around_c) if radiates else beyond_c
            between_k = stream[k, MEAN_C] - turned_c
            stream[k, MEAN_C] = turned_c + (0.5 + 0.5 * size / SLIDING_KG_S) * between_k
            stream[k, WARMING_K] += 0.5 * size / SLIDING_KG_S * between_k


@compiled
def _cycle_matrix(topology, figures, flow, node_c, out_c, stream, members, index):  # type: ignore[no-untyped-def]
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
                right[i] += into * (enthalpy(water, out_c[k]) - own_h)
                matrix[i, i] += into * own_cp
                if index[tail] >= 0:
                    matrix[i, index[tail]] -= into * heat_capacity(water, out_c[k]) * stream[k, KEPT]
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
def _solve_cycles(topology, figures, flow, node_c, out_c, stream, room_c, members, index):  # type: ignore[no-untyped-def]
    """Settle the nodes on cycles; False if some cycle has no source and no sink to fix its temperature."""
    if len(members) > _LARGEST_DENSE_CYCLE:
        for _ in range(100):
            visit(topology, figures, flow, node_c, out_c, stream, room_c, members, True)
        return True
    index[:] = -1
    for i in range(len(members)):
        index[members[i]] = i
    visit(topology, figures, flow, node_c, out_c, stream, room_c, members, False)
    matrix, right = _cycle_matrix(topology, figures, flow, node_c, out_c, stream, members, index)
    settled = _eliminate_dense(matrix, right)
    for i in range(len(members)):
        node_c[members[i]] += min(max(right[i], -100.0), 100.0)
    visit(topology, figures, flow, node_c, out_c, stream, room_c, members, False)
    return settled


@compiled
def sweep(topology, figures, flow, node_c, out_c, stream, room_c, order, free, index):  # type: ignore[no-untyped-def]
    """Carry temperatures through the whole network in the order of its flow."""
    rest(topology, figures, flow, node_c, out_c, stream, room_c)
    visit(topology, figures, flow, node_c, out_c, stream, room_c, order[:free], True)
    settled = True
    if free < len(order):
        settled = _solve_cycles(topology, figures, flow, node_c, out_c, stream, room_c, order[free:], index)
    rest(topology, figures, flow, node_c, out_c, stream, room_c)
    return settled
