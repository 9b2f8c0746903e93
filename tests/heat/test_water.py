"""The water's fits against the formulation they were fitted to."""

import pytest
from iapws import IAPWS97

from fenhu.heat.water import IAPWS_97, constant_water, density, enthalpy, heat_capacity, viscosity


@pytest.mark.parametrize("temperature_c", [1.0, 18.0, 37.5, 50.0, 70.0, 95.0, 130.0, 149.0])
def test_properties_match_iapws_97_at_six_bar(temperature_c):
    exact = IAPWS97(T=temperature_c + 273.15, P=0.6)
    assert density(IAPWS_97, temperature_c) == pytest.approx(exact.rho, rel=1e-5)
    assert viscosity(IAPWS_97, temperature_c) == pytest.approx(exact.mu, rel=3e-4)
    assert heat_capacity(IAPWS_97, temperature_c) == pytest.approx(exact.cp * 1000.0, rel=2e-4)


def test_enthalpy_differences_match_iapws_97():
    exact = (IAPWS97(T=368.15, P=0.6).h - IAPWS97(T=343.15, P=0.6).h) * 1000.0
    assert enthalpy(IAPWS_97, 95.0) - enthalpy(IAPWS_97, 70.0) == pytest.approx(exact, rel=2e-5)


def test_constant_water_with_expansion_falls_linearly():
    # 1000·(1 - 5e-4·(70 - 20)) = 975
    water = constant_water(1000.0, 1e-3, 4200.0, 5e-4, 20.0)
    assert density(water, 70.0) == pytest.approx(975.0)
    assert density(water, 300.0) == pytest.approx(860.0)
