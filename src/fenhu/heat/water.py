"""Water: density, viscosity, heat capacity and enthalpy as polynomials in temperature."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from fenhu.heat.compiled import compiled

COLDEST_C, HOTTEST_C = 0.0, 150.0
_MIDDLE_C, _HALF_RANGE_K = 75.0, 75.0


class Water(NamedTuple):
    """Coefficients in x = (T - 75 °C) / 75 K, lowest power first; ``log_viscosity`` of the viscosity in Pa·s."""

    density: NDArray[np.float64]
    log_viscosity: NDArray[np.float64]
    heat_capacity: NDArray[np.float64]
    enthalpy: NDArray[np.float64]
    coldest_c: float
    hottest_c: float


def _water(
    density: list[float], log_viscosity: list[float], heat_capacity: list[float], coldest: float, hottest: float
) -> Water:
    capacity = np.array(heat_capacity)
    enthalpy = np.polynomial.polynomial.polyint(capacity * _HALF_RANGE_K)
    return Water(np.array(density), np.array(log_viscosity), capacity, enthalpy, coldest, hottest)


# Least-squares fits to IAPWS-IF97 at 0.6 MPa, 0.01-150 °C, 601 points: density within 7e-6, viscosity within
# 2.3e-4, heat capacity within 1.3e-4 of the formulation (tests/heat/test_water.py compares them afresh).
IAPWS_97 = _water(
    [975.0787022, -44.81164479, -14.74540942, 2.633973024, -1.184641595, 0.3185689656, -0.5565741965, 0.3472294654],
    [-7.881835028, -0.9803465002, 0.3430918142, -0.122581537, 0.04400554913, -0.02276685004, 0.02797981873,
     -0.01565500564],
    [4190.368094, 55.93685806, 60.94819703, -4.245794346, -10.99216465, 16.58939099, 22.70056628, -21.6796932],
    COLDEST_C, HOTTEST_C,
)  # fmt: skip


def constant_water(
    density_kg_m3: float,
    viscosity_pa_s: float,
    heat_capacity_j_kgk: float,
    expansion_1_k: float = 0.0,
    reference_c: float = 0.0,
) -> Water:
    """Return water of constant properties; with an expansion its density falls linearly with temperature.

    Parameters
    ----------
    density_kg_m3 : density, at ``reference_c`` if there is an expansion.
    viscosity_pa_s, heat_capacity_j_kgk : dynamic viscosity and specific heat capacity.
    expansion_1_k : ρ = ρ_ref·(1 - β·(T - T_ref)); zero means no buoyancy at all.
    reference_c : the temperature of ``density_kg_m3``.
    """
    at_middle = density_kg_m3 * (1.0 - expansion_1_k * (_MIDDLE_C - reference_c))
    return _water(
        [at_middle, -density_kg_m3 * expansion_1_k * _HALF_RANGE_K] if expansion_1_k else [density_kg_m3],
        [float(np.log(viscosity_pa_s))],
        [heat_capacity_j_kgk],
        -np.inf,
        np.inf,
    )


@compiled
def _polynomial(coefficients, x):  # type: ignore[no-untyped-def]
    value = coefficients[-1]
    for k in range(len(coefficients) - 2, -1, -1):
        value = value * x + coefficients[k]
    return value


@compiled
def _scaled(water, temperature_c):  # type: ignore[no-untyped-def]
    inside = min(max(temperature_c, water.coldest_c), water.hottest_c)
    return (inside - 75.0) / 75.0


@compiled
def density(water, temperature_c):  # type: ignore[no-untyped-def]
    """Return the density in kg/m³; beyond the fitted range that of its edge."""
    return _polynomial(water.density, _scaled(water, temperature_c))


@compiled
def viscosity(water, temperature_c):  # type: ignore[no-untyped-def]
    """Return the dynamic viscosity in Pa·s; beyond the fitted range that of its edge."""
    return np.exp(_polynomial(water.log_viscosity, _scaled(water, temperature_c)))


@compiled
def heat_capacity(water, temperature_c):  # type: ignore[no-untyped-def]
    """Return the specific heat capacity in J/(kg·K); beyond the fitted range that of its edge."""
    return _polynomial(water.heat_capacity, _scaled(water, temperature_c))


@compiled
def enthalpy(water, temperature_c):  # type: ignore[no-untyped-def]
    """Return the specific enthalpy in J/kg above 75 °C, continued linearly beyond the fitted range."""
    x = _scaled(water, temperature_c)
    beyond_k = (temperature_c - 75.0) - 75.0 * x
    return _polynomial(water.enthalpy, x) + _polynomial(water.heat_capacity, x) * beyond_k
