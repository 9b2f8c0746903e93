"""Water: density, viscosity, heat capacity and enthalpy as polynomials in temperature."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from fenhu.heat.compiled import compiled

COLDEST_C, HOTTEST_C = 0.0, 150.0
_MIDDLE_C, _HALF_RANGE_K = 75.0, 75.0


# Rows of the table that stands for a water; powers of x = (T - 75 °C) / 75 K, lowest first.
_DENSITY, _LOG_VISCOSITY, _HEAT_CAPACITY, _ENTHALPY, _RANGE = range(5)
_POWERS = 9

Water = NDArray[np.float64]


def _water(
    density: list[float],
    log_viscosity: list[float],
    heat_capacity: list[float],
    coldest: float,
    hottest: float,
) -> Water:
    table = np.zeros((5, _POWERS))
    enthalpy = np.polynomial.polynomial.polyint(np.array(heat_capacity) * _HALF_RANGE_K)
    rows = (density, log_viscosity, heat_capacity, list(enthalpy), [coldest, hottest])
    for row, values in enumerate(rows):
        table[row, : len(values)] = values
    return table


def known_range_c(water: Water) -> tuple[float, float]:
    """Return the temperatures between which a water's properties are known."""
    return float(water[_RANGE, 0]), float(water[_RANGE, 1])


# Least-squares fits to IAPWS-IF97 at 0.6 MPa, 0.01-150 °C, 601 points: density within 7e-6, viscosity within
# 2.3e-4, heat capacity within 1.3e-4 of the formulation (tests/heat/test_water.py compares them afresh).
IAPWS_97 = _water(
    [975.0787022, -44.81164479, -14.74540942, 2.633973024, -1.184641595, 0.3185689656, -0.5565741965,
     0.3472294654],
    [-7.881835028, -0.9803465002, 0.3430918142, -0.122581537, 0.04400554913, -0.02276685004, 0.02797981873,
     -0.01565500564],
    [4190.368094, 55.93685806, 60.94819703, -4.245794346, -10.99216465, 16.58939099, 22.70056628,
     -21.6796932],
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
def _polynomial(water, row, x):  # type: ignore[no-untyped-def]
    square = x * x
    fourth = square * square
    low = (water[row, 0] + water[row, 1] * x) + (water[row, 2] + water[row, 3] * x) * square
    high = (water[row, 4] + water[row, 5] * x) + (water[row, 6] + water[row, 7] * x) * square
    return low + (high + water[row, 8] * fourth) * fourth


@compiled
def _scaled(water, temperature_c):  # type: ignore[no-untyped-def]
    return (min(max(temperature_c, water[4, 0]), water[4, 1]) - 75.0) / 75.0


@compiled
def density(water, temperature_c):  # type: ignore[no-untyped-def]
    """Return the density in kg/m³; beyond the known range that of its edge."""
    return _polynomial(water, 0, _scaled(water, temperature_c))


def density_kg_m3(temperature_c: float, water: Water = IAPWS_97) -> float:
    """Return the density of water; beyond the known range that of its edge."""
    return float(density(water, temperature_c))


@compiled
def viscosity(water, temperature_c):  # type: ignore[no-untyped-def]
    """Return the dynamic viscosity in Pa·s; beyond the known range that of its edge."""
    return np.exp(_polynomial(water, 1, _scaled(water, temperature_c)))


@compiled
def heat_capacity(water, temperature_c):  # type: ignore[no-untyped-def]
    """Return the specific heat capacity in J/(kg·K); beyond the known range that of its edge."""
    return _polynomial(water, 2, _scaled(water, temperature_c))


@compiled
def enthalpy(water, temperature_c):  # type: ignore[no-untyped-def]
    """Return the specific enthalpy in J/kg above 75 °C, continued linearly beyond the known range."""
    x = _scaled(water, temperature_c)
    inside = _polynomial(water, 3, x)
    if water[4, 0] <= temperature_c <= water[4, 1]:
        return inside
    return inside + _polynomial(water, 2, x) * ((temperature_c - 75.0) - 75.0 * x)
