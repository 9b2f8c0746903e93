"""What single elements do: constants from their data sheets, and the laws the kernel calls."""

from __future__ import annotations

import math
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from fenhu.heat.compiled import compiled

_Number = TypeVar("_Number", float, NDArray[np.float64])

BAR_PA = 1.0e5
PIPE, RADIATOR, VALVE, HEAT, PUMP = range(5)

# A quadratic loss is smoothed below this flow, so that its slope stays positive at rest; the error of the
# loss at 1 g/s is five parts in ten million.
SMOOTH_KG_S = 1.0e-6
# A closed check valve passes a gram per second at a hundred million bar.
CLOSED_PA_S_KG = 1.0e12


def quadratic_from_zeta(zeta: _Number, inner_diameter_m: _Number) -> _Number:
    """Return c in Δp = c·ṁ·|ṁ|/ρ for a local loss Σζ·ρv²/2.

    Examples
    --------
    >>> round(quadratic_from_zeta(2.0, 1.0) * (math.pi / 4) ** 2, 9)
    1.0
    """
    area_m2 = math.pi * inner_diameter_m**2 / 4.0
    return zeta / (2.0 * area_m2**2)


def quadratic_from_kv(kv_m3_h: _Number) -> _Number:
    """Return c in Δp = c·ṁ·|ṁ|/ρ for a valve: Kv m³/h of water of 1000 kg/m³ lose 1 bar.

    Examples
    --------
    >>> kv_m3_h, mass_flow_kg_s, density_kg_m3 = 3.6, 1.0, 1000.0
    >>> round(quadratic_from_kv(kv_m3_h) * mass_flow_kg_s**2 / density_kg_m3)
    100000
    """
    return BAR_PA * 3600.0**2 / (1000.0 * kv_m3_h**2)


def kv_from_loss(flow_kg_s: float, lost_pa: float) -> float:
    """Return the Kv in m³/h that loses so many Pa at a flow of water of 1000 kg/m³.

    Examples
    --------
    >>> kv_from_loss(1.0, 100_000.0)
    3.6
    """
    return 3.6 * flow_kg_s / math.sqrt(lost_pa / BAR_PA)


def radiator_constant(
    nominal_w: float, nominal_supply_c: float, nominal_return_c: float, nominal_room_c: float, exponent: float
) -> float:
    """Return K in W/K^n of the radiator law q' = K·θ^n integrated along the body at nominal flow.

    Parameters
    ----------
    nominal_w : heat to the room at nominal temperatures.
    nominal_supply_c, nominal_return_c, nominal_room_c : nominal temperatures, falling in this order.
    exponent : n of EN 442, above 1.

    References
    ----------
    docs/sources.md#en442
    """
    entering_k = nominal_supply_c - nominal_room_c
    leaving_k = nominal_return_c - nominal_room_c
    power = exponent - 1.0
    capacity_flow_w_k = nominal_w / (entering_k - leaving_k)
    return float(capacity_flow_w_k / power * (leaving_k**-power - entering_k**-power))


@compiled
def along_pipe(entering_c, around_c, ua_w_k, capacity_flow_w_k):  # type: ignore[no-untyped-def]
    """Return what ``through`` returns, for a pipe: exponential approach to its surroundings."""
    excess_k = entering_c - around_c
    units = ua_w_k / capacity_flow_w_k
    kept = np.exp(-units)
    leaving_c = around_c + excess_k * kept
    if units > 1.0e-3:
        mean_c = around_c + excess_k * (1.0 - kept) / units
        return leaving_c, kept, mean_c, excess_k * (1.0 - kept * (1.0 + units)) / units
    return leaving_c, kept, 0.5 * (entering_c + leaving_c), 0.5 * excess_k * units


@compiled
def along_radiator(entering_c, around_c, constant, power, capacity_flow_w_k):  # type: ignore[no-untyped-def]
    """Return what ``through`` returns, for a radiator: θ_out^-(n-1) = θ_in^-(n-1) + (n-1)·K/(ṁ·c_p).

    References
    ----------
    docs/sources.md#en442
    """
    excess_k = entering_c - around_c
    if excess_k == 0.0 or constant == 0.0:
        return entering_c, 1.0, entering_c, 0.0
    units = constant * abs(excess_k) ** power / capacity_flow_w_k
    weight = 1.0 + power * units
    ratio = weight ** (-1.0 / power)
    leaving_c = around_c + excess_k * ratio
    kept = ratio / weight
    return leaving_c, kept, 0.5 * (entering_c + leaving_c), 0.5 * excess_k * units * kept


@compiled
def through(kind, entering_c, around_c, ua_w_k, constant, power, heat_w, capacity_flow_w_k):  # type: ignore[no-untyped-def]
    """Return how water passes an element.

    Returns
    -------
    The leaving temperature; its derivative with respect to the entering one; the mean temperature; and by how
    many kelvins that mean rises when the flow grows e-fold.
    """
    if kind == PIPE and ua_w_k > 0.0:
        return along_pipe(entering_c, around_c, ua_w_k, capacity_flow_w_k)
    if kind == RADIATOR:
        return along_radiator(entering_c, around_c, constant, power, capacity_flow_w_k)
    if kind == HEAT:
        leaving_c = entering_c + min(max(heat_w / capacity_flow_w_k, -300.0), 300.0)
        return leaving_c, 1.0, 0.5 * (entering_c + leaving_c), 0.0
    return entering_c, 1.0, entering_c, 0.0


@compiled
def pump_head(curve, begin, end, volume_m3_s):  # type: ignore[no-untyped-def]
    """Return a pump's head in Pa and its slope in Pa/(m³/s), straight between and beyond its points."""
    if end - begin == 1 or volume_m3_s < curve[begin, 0]:
        return curve[begin, 1], 0.0
    k = begin
    while k < end - 2 and volume_m3_s > curve[k + 1, 0]:
        k += 1
    slope = (curve[k + 1, 1] - curve[k, 1]) / (curve[k + 1, 0] - curve[k, 0])
    return curve[k, 1] + slope * (volume_m3_s - curve[k, 0]), slope
