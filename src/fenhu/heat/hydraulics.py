"""Pressures and flows: what every link loses, and one Newton step of the whole network."""

from __future__ import annotations

import numpy as np

from fenhu.heat.compiled import compiled
from fenhu.heat.elements import CLOSED_PA_S_KG, PUMP, SMOOTH_KG_S, pump_head
from fenhu.heat.elimination import solve_symmetric
from fenhu.heat.friction import factor_and_slope
from fenhu.heat.network import (
    BAND_K,
    CHECK,
    DROP_M,
    EDGE_FACTOR,
    EDGE_SLOPE,
    END,
    KIND,
    LAMINAR,
    MEAN_C,
    PRESSURE_SLOT,
    QUADRATIC,
    REYNOLDS,
    ROUGHNESS_RATIO,
    SETPOINT_C,
    START,
    TRV_ROOM,
    TURBULENT,
    VALVE_QUADRATIC,
    WARMING_K,
)
from fenhu.heat.sweep import STAGNANT_KG_S
from fenhu.heat.water import density, viscosity

GRAVITY_M_S2 = 9.80665
# What a thermostatic valve lets through when shut.
LEAK_RATIO = 0.001
# Links without length lose this much linearly, so that no slope is zero.
FLOOR_PA_S_KG = 1.0e-3


@compiled
def opening(room_c, setpoint_c, band_k):  # type: ignore[no-untyped-def]
    """Return how far a thermostatic valve stands open: half at its setpoint, along the proportional band."""
    return min(max(0.5 + (setpoint_c - room_c) / band_k, LEAK_RATIO), 1.0)


@compiled
def _driven_check_flow(quadratic, drive_pa, flow, rho):  # type: ignore[no-untyped-def]
    """Return the flow a check valve passes under a driving pressure; opens and shuts it at once."""
    if drive_pa <= 0.0:
        return drive_pa / CLOSED_PA_S_KG
    if flow > 0.0:
        return flow
    return np.sqrt(drive_pa * rho / max(quadratic, 1.0))


@compiled
def friction(laminar, turbulent, reynolds, mu, rho, roughness_ratio, edge_factor, edge_slope, flow):  # type: ignore[no-untyped-def]
    """Return a pipe's friction loss and its derivative; ``reynolds`` is Re at this flow."""
    if reynolds <= 2000.0:
        slope = laminar * mu / rho
        return slope * flow, slope
    factor, rate = factor_and_slope(reynolds, roughness_ratio, edge_factor, edge_slope)
    scale = turbulent / rho * abs(flow)
    return scale * factor * flow, scale * (2.0 * factor + rate * reynolds)


@compiled
def momentum(topology, figures, pressure, flow, stream, room_c, opens, fault, slope):  # type: ignore[no-untyped-def]
    """Fill each link's missing pressure in Pa (drive less loss) and the derivative of its loss.

    If ``opens``, a check valve shut or opened by its drive takes its new flow at once.
    """
    join, link, water = topology.join, figures.link, figures.water
    curve_start, curve = figures.curve_start, figures.curve
    for k in range(len(flow)):
        mean_c = stream[k, MEAN_C]
        rho = density(water, mean_c)
        drive = pressure[join[k, START]] - pressure[join[k, END]] + GRAVITY_M_S2 * rho * link[k, DROP_M]
        quadratic = link[k, QUADRATIC] + link[k, VALVE_QUADRATIC]
        if join[k, CHECK] == 1 and opens:
            flow[k] = _driven_check_flow(quadratic, drive, flow[k], rho)
        lost, rate = FLOOR_PA_S_KG * flow[k], FLOOR_PA_S_KG
        if link[k, LAMINAR] > 0.0:
            mu = viscosity(water, mean_c)
            lost, rate = friction(
                link[k, LAMINAR], link[k, TURBULENT], link[k, REYNOLDS] * abs(flow[k]) / mu, mu, rho,
                link[k, ROUGHNESS_RATIO], link[k, EDGE_FACTOR], link[k, EDGE_SLOPE], flow[k],
            )  # fmt: skip
        if join[k, TRV_ROOM] >= 0:
            open_ratio = opening(room_c[join[k, TRV_ROOM]], link[k, SETPOINT_C], link[k, BAND_K])
            quadratic = link[k, QUADRATIC] + link[k, VALVE_QUADRATIC] / (open_ratio * open_ratio)
        if quadratic > 0.0:
            root = np.sqrt(flow[k] * flow[k] + SMOOTH_KG_S * SMOOTH_KG_S)
            lost += quadratic / rho * flow[k] * root
            rate += quadratic / rho * (root + flow[k] * flow[k] / root)
        if join[k, KIND] == PUMP:
            head, steepness = pump_head(curve, curve_start[k], curve_start[k + 1], flow[k] / rho)
            lost -= head
            rate += max(-steepness / rho, 0.0)
        if join[k, CHECK] == 1 and flow[k] < 0.0:
            lost, rate = CLOSED_PA_S_KG * flow[k], CLOSED_PA_S_KG
        fault[k], slope[k] = drive - lost, rate


@compiled
def _add_settling(topology, figures, flow, stream, slope):  # type: ignore[no-untyped-def]
    """Add by how many Pa per kg/s a link's own warming by more flow works against that flow, where it does.

    Without this term a slow vertical stream over- and undershoots the flow at which its weight balances.
    """
    link, water = figures.link, figures.water
    for k in range(len(flow)):
        if stream[k, WARMING_K] != 0.0 and link[k, DROP_M] != 0.0 and abs(flow[k]) > STAGNANT_KG_S:
            mean_c = stream[k, MEAN_C]
            lightening = density(water, mean_c + 0.5) - density(water, mean_c - 0.5)
            slope[k] += max(
                -GRAVITY_M_S2 * link[k, DROP_M] * lightening * stream[k, WARMING_K] / flow[k], 0.0
            )


@compiled
def pressure_step(  # type: ignore[no-untyped-def]
    topology, figures, pressure, flow, stream, room_c, relax, gain, level, diagonal, off, right
):
    """Do one Newton step of all pressures and flows; return the largest momentum fault found before it."""
    join, pressure_at = topology.join, topology.pressure_at
    momentum(topology, figures, pressure, flow, stream, room_c, True, level, gain)
    worst = np.max(np.abs(level)) if len(level) else 0.0
    _add_settling(topology, figures, flow, stream, gain)
    diagonal[:] = 0.0
    off[:] = 0.0
    for n in range(len(pressure)):
        if pressure_at[n] >= 0:
            right[pressure_at[n]] = figures.inflow_kg_s[n]
    for k in range(len(flow)):
        gain[k] = 1.0 / gain[k]
        level[k] = flow[k] + gain[k] * level[k]
        a, b = pressure_at[join[k, START]], pressure_at[join[k, END]]
        if a >= 0:
            diagonal[a] += gain[k]
            right[a] -= level[k]
        if b >= 0:
            diagonal[b] += gain[k]
            right[b] += level[k]
        if join[k, PRESSURE_SLOT] >= 0:
            off[join[k, PRESSURE_SLOT]] -= gain[k]
    solve_symmetric(topology.pressures, diagonal, off, right)
    for k in range(len(flow)):
        a, b = pressure_at[join[k, START]], pressure_at[join[k, END]]
        change = (right[a] if a >= 0 else 0.0) - (right[b] if b >= 0 else 0.0)
        flow[k] += relax * (level[k] + gain[k] * change - flow[k])
    for n in range(len(pressure)):
        if pressure_at[n] >= 0:
            pressure[n] += relax * right[pressure_at[n]]
    return worst
