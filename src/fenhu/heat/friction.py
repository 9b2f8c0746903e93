"""Pipe friction: laminar, Colebrook, and a smooth cubic between the two."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from fenhu.heat.compiled import compiled

LAMINAR_UNTIL, TURBULENT_FROM = 2000.0, 4000.0


@compiled
def colebrook(reynolds, relative_roughness):  # type: ignore[no-untyped-def]
    """Return Colebrook's friction factor and its derivative with respect to the Reynolds number.

    Two steps of Halley's method on x = 1/sqrt(λ) from x = 8: the law is so nearly straight in x that they
    settle it within 3e-9 for any pipe (tests/heat/test_friction.py).
    """
    rough = relative_roughness / 3.71
    x = 8.0
    per_e = 2.0 / np.log(10.0)
    per_x = 2.51 / reynolds
    for _ in range(2):
        inside = rough + per_x * x
        bend = per_x / inside
        missing, rate = x + per_e * np.log(inside), 1.0 + per_e * bend
        x -= 2.0 * missing * rate / (2.0 * rate * rate + missing * per_e * bend * bend)
    inside = rough + per_x * x
    slope_x = per_e * 2.51 * x / (reynolds * reynolds * inside) / (1.0 + per_e * 2.51 / (reynolds * inside))
    return 1.0 / (x * x), -2.0 * slope_x / (x * x * x)


@compiled
def factor_and_slope(reynolds, relative_roughness, turbulent_factor, turbulent_slope):  # type: ignore[no-untyped-def]
    """Return λ and dλ/dRe above the laminar range; the last two are Colebrook's values at Re = 4000."""
    if reynolds >= 4000.0:
        return colebrook(reynolds, relative_roughness)
    span = 2000.0
    left, left_slope = 64.0 / 2000.0, -64.0 / (2000.0 * 2000.0) * span
    right, right_slope = turbulent_factor, turbulent_slope * span
    s = (reynolds - 2000.0) / span
    square = 3.0 * (right - left) - 2.0 * left_slope - right_slope
    cube = left_slope + right_slope - 2.0 * (right - left)
    factor = left + s * (left_slope + s * (square + s * cube))
    return factor, (left_slope + s * (2.0 * square + 3.0 * s * cube)) / span


def friction_factor(reynolds: ArrayLike, relative_roughness: ArrayLike) -> NDArray[np.float64]:
    """Return the Darcy friction factor λ of round pipes.

    Parameters
    ----------
    reynolds : Reynolds number, > 0.
    relative_roughness : roughness over inner diameter, k/d.

    Returns
    -------
    64/Re up to 2000, Colebrook from 4000, between them the cubic that joins both smoothly.

    Examples
    --------
    >>> float(friction_factor(1000, 0.01))
    0.064

    References
    ----------
    docs/sources.md#colebrook; the laminar law docs/sources.md#hagen-poiseuille
    """
    shape = np.broadcast(np.asarray(reynolds), np.asarray(relative_roughness)).shape
    pairs = zip(
        np.broadcast_to(reynolds, shape).ravel(),
        np.broadcast_to(relative_roughness, shape).ravel(),
        strict=True,
    )
    return np.array([_factor(float(re), float(rough)) for re, rough in pairs]).reshape(shape)


@compiled
def _factor(reynolds, relative_roughness):  # type: ignore[no-untyped-def]
    if reynolds <= LAMINAR_UNTIL:
        return 64.0 / reynolds
    if reynolds >= TURBULENT_FROM:
        return colebrook(reynolds, relative_roughness)[0]
    edge_factor, edge_slope = colebrook(TURBULENT_FROM, relative_roughness)
    return factor_and_slope(reynolds, relative_roughness, edge_factor, edge_slope)[0]


@compiled
def _specific_loss_pa_m(mass_flow_kg_s, bore_m, roughness_m, density_kg_m3, viscosity_pa_s):  # type: ignore[no-untyped-def]
    area_m2 = np.pi * bore_m * bore_m / 4.0
    reynolds = mass_flow_kg_s * bore_m / (area_m2 * viscosity_pa_s)
    velocity_m_s = mass_flow_kg_s / (density_kg_m3 * area_m2)
    return _factor(reynolds, roughness_m / bore_m) / bore_m * density_kg_m3 * velocity_m_s**2 / 2.0


@compiled
def _carried_kg_s(allowed_pa_m, bore_m, roughness_m, density_kg_m3, viscosity_pa_s):  # type: ignore[no-untyped-def]
    low, high = 0.0, 1000.0
    while high - low > 1.0e-12 * high:
        middle = 0.5 * (low + high)
        if _specific_loss_pa_m(middle, bore_m, roughness_m, density_kg_m3, viscosity_pa_s) < allowed_pa_m:
            low = middle
        else:
            high = middle
    return low


def specific_loss_pa_m(
    mass_flow_kg_s: float,
    inner_diameter_m: float,
    roughness_m: float,
    density_kg_m3: float,
    viscosity_pa_s: float,
) -> float:
    """Return the friction loss per metre of pipe, R = λ/d·ρv²/2, in Pa/m.

    References
    ----------
    docs/sources.md#heping (R of a segment)
    """
    return float(
        _specific_loss_pa_m(mass_flow_kg_s, inner_diameter_m, roughness_m, density_kg_m3, viscosity_pa_s)
    )


def carried_kg_s(
    allowed_pa_m: float,
    inner_diameter_m: float,
    roughness_m: float,
    density_kg_m3: float,
    viscosity_pa_s: float,
) -> float:
    """Return the flow at which a pipe loses so much per metre: ``specific_loss_pa_m`` read backwards."""
    return float(_carried_kg_s(allowed_pa_m, inner_diameter_m, roughness_m, density_kg_m3, viscosity_pa_s))
