"""Friction: the laws it joins, its slope, and the law it must solve."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fenhu.heat import carried_kg_s, friction_factor, specific_loss_pa_m
from fenhu.heat.friction import colebrook, factor_and_slope


@given(reynolds=st.floats(4e3, 1e8), rough=st.floats(0.0, 0.05))
def test_colebrook_solves_the_implicit_law(reynolds, rough):
    factor, _ = colebrook(reynolds, rough)
    x = 1.0 / math.sqrt(factor)
    assert x == pytest.approx(-2.0 * math.log10(rough / 3.71 + 2.51 * x / reynolds), rel=3e-9)


@given(reynolds=st.floats(2.01e3, 1e6), rough=st.floats(0.0, 0.05))
def test_slope_is_the_derivative(reynolds, rough):
    edge = colebrook(4000.0, rough)
    step = reynolds * 1e-5
    _, slope = factor_and_slope(reynolds, rough, *edge)
    above, _ = factor_and_slope(reynolds + step, rough, *edge)
    below, _ = factor_and_slope(reynolds - step, rough, *edge)
    assert slope == pytest.approx((above - below) / (2 * step), rel=1e-3, abs=1e-12)


def test_laws_meet_without_a_jump():
    assert friction_factor(2000.0, 0.01) == pytest.approx(0.032)
    assert friction_factor(2000.001, 0.01) == pytest.approx(0.032, rel=1e-5)
    assert friction_factor(3999.999, 0.01) == pytest.approx(float(friction_factor(4000.0, 0.01)), rel=1e-6)


def test_smooth_pipe_at_a_hundred_thousand_meets_the_moody_chart():
    # Prandtl's smooth law at Re 1e5: λ = 0.0180 (docs/sources.md#colebrook).
    assert friction_factor(1e5, 0.0) == pytest.approx(0.0180, abs=5e-5)


@given(loss_pa_m=st.floats(1.0, 500.0), bore_m=st.floats(0.01, 0.2), rough_m=st.floats(0.0, 1e-3))
def test_carried_flow_loses_what_it_was_allowed(loss_pa_m, bore_m, rough_m):
    flow = carried_kg_s(loss_pa_m, bore_m, rough_m, 983.0, 4.6e-4)
    assert specific_loss_pa_m(flow, bore_m, rough_m, 983.0, 4.6e-4) == pytest.approx(loss_pa_m, rel=1e-6)
