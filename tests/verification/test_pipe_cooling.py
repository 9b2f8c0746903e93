"""Exponential cooling of a buried pipe, against published numbers (docs/sources.md#pipe-cooling)."""

import pytest

from fenhu.heat import Draft, constant_water, solve

# d 75 mm, U 5 W/m²K, 1 kg/s, c_p 4182 J/kgK, 330 K in, 293 K around.
PUBLISHED_K = {1000.0: 320.9163141, 2000.0: 314.0627188, 3000.0: 308.8917155, 6000.0: 299.8255844}


@pytest.mark.parametrize(("length_m", "expected_k"), PUBLISHED_K.items())
def test_pipe_cools_exponentially_towards_the_ground(length_m, expected_k):
    draft = Draft(0.0, constant_water(998.0, 1.0e-3, 4182.0))
    hot = draft.add_node("in", pressure_pa=1.0e6, entering_c=330.0 - 273.15)
    cool = draft.add_node("out", inflow_kg_s=-1.0)
    draft.add_pipe("p", hot, cool, length_m, 0.075, 2e-4, u_w_m2k=5.0, ambient_c=293.0 - 273.15)
    solution = solve(draft.network())
    assert solution.temperature_c[1] + 273.15 == pytest.approx(expected_k, abs=1e-6)
