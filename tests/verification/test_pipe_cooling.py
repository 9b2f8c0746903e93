"""Cooling of pipes and mixing at tees, against published numbers (docs/sources.md#pipe-cooling)."""

import pytest
from tests.verification.cases import Source, verified

from fenhu.heat import Draft, constant_water, solve

SOURCE = Source(
    "Cooling of buried pipes",
    "Analytic cases in the tests of pandapipes (BSD licence; numbers typed, no file copied): d 75 mm, U "
    "5 W/m²K, c_p 4182 J/kgK, 293 K around. [Sources](../sources.md#pipe-cooling).",
)
WATER = constant_water(998.0, 1.0e-3, 4182.0)
KELVIN = 273.15


def buried(draft, start, end, length_m):
    name = f"p{len(draft.link_ids)}"
    draft.add_pipe(name, start, end, length_m, 0.075, 1e-4, u_w_m2k=5.0, ambient_c=293.0 - KELVIN)


# 1 kg/s enters at 330 K.
@pytest.mark.parametrize(
    ("length_m", "expected_k"),
    [(1000.0, 320.9163141), (2000.0, 314.0627188), (3000.0, 308.8917155), (6000.0, 299.8255844)],
)
def test_pipe_cools_exponentially_towards_the_ground(length_m, expected_k):
    draft = Draft(0.0, WATER)
    hot = draft.add_node("in", pressure_pa=1.0e6, entering_c=330.0 - KELVIN)
    cool = draft.add_node("out", inflow_kg_s=-1.0)
    buried(draft, hot, cool, length_m)
    found_k = solve(draft.network()).temperature_c[1] + KELVIN
    verified(SOURCE, f"1 kg/s of 330 K after {length_m:.0f} m", expected_k, found_k, 1e-6, "K")


# Three pipes of 2.5 km: 2 kg/s of 350 K to a tee, 1 kg/s on to each of two ends.
def test_stream_divides_at_a_tee():
    draft = Draft(0.0, WATER)
    source = draft.add_node("source", pressure_pa=1.0e6, entering_c=350.0 - KELVIN)
    tee = draft.add_node("tee")
    ends = [draft.add_node(f"end{k}", inflow_kg_s=-1.0) for k in (1, 2)]
    for start, end in ((source, tee), (tee, ends[0]), (tee, ends[1])):
        buried(draft, start, end, 2500.0)
    found_k = solve(draft.network()).temperature_c + KELVIN
    verified(SOURCE, "2 kg/s of 350 K at a tee after 2,500 m", 333.0816228, found_k[tee], 1e-6, "K")
    for end in ends:
        verified(SOURCE, "half of it 2,500 m on", 312.8192027, found_k[end], 1e-6, "K")


# Two sources of one pressure give half a kilogram per second each; the pipes may be drawn either way.
@pytest.mark.parametrize("turned", [False, True])
def test_streams_join_at_a_tee_whichever_way_pipes_are_drawn(turned):
    draft = Draft(0.0, WATER)
    sources = [draft.add_node(f"s{k}", pressure_pa=1.0e6, entering_c=350.0 - KELVIN) for k in (1, 2)]
    tee, end = draft.add_node("tee"), draft.add_node("end", inflow_kg_s=-1.0)
    buried(draft, sources[0], tee, 2500.0)
    buried(draft, *((tee, sources[1]) if turned else (sources[1], tee)), 2500.0)
    buried(draft, tee, end, 2500.0)
    found_k = solve(draft.network()).temperature_c + KELVIN
    drawn = "drawn against the flow" if turned else "drawn with the flow"
    verified(SOURCE, f"two streams of 0.5 kg/s join, one {drawn}", 306.9365931, found_k[tee], 1e-6, "K")
    verified(SOURCE, f"1 kg/s 2,500 m on, one {drawn}", 299.891242, found_k[end], 1e-6, "K")


# 1 kg/s of 350 K and 1 kg/s of 300 K mix after 2.5 km each and part again.
def test_streams_of_two_temperatures_mix():
    draft = Draft(0.0, WATER)
    hot = draft.add_node("hot", pressure_pa=1.0e6, entering_c=350.0 - KELVIN)
    mild = draft.add_node("mild", pressure_pa=1.0e6, entering_c=300.0 - KELVIN)
    cross = draft.add_node("cross")
    ends = [draft.add_node(f"end{k}", inflow_kg_s=-1.0) for k in (1, 2)]
    for start, end in ((hot, cross), (mild, cross), (cross, ends[0]), (cross, ends[1])):
        buried(draft, start, end, 2500.0)
    solution = solve(draft.network())
    verified(SOURCE, "350 K after 2,500 m", 321.1848506, solution.outlet_c[0] + KELVIN, 1e-6, "K")
    verified(SOURCE, "300 K after 2,500 m", 296.4612974, solution.outlet_c[1] + KELVIN, 1e-6, "K")
    verified(SOURCE, "their mixture", 308.823074, solution.temperature_c[cross] + KELVIN, 1e-6, "K")
    verified(SOURCE, "2,500 m on", 300.8240523, solution.temperature_c[ends[0]] + KELVIN, 1e-6, "K")
