"""Findings as they are kept: nothing changes class on the way into the database."""

from fenhu.records import FlatHeat, HeatSummary
from fenhu.web.works.stored import heat_json


def test_a_flat_just_below_18_degrees_is_kept_below_18():
    flats = {"1-1-101": FlatHeat(temperature_c=17.998, mass_flow_kg_s=0.0251234567)}
    summary = HeatSummary(
        flats=flats, mean_c=17.998, min_c=17.998, max_c=17.998, below_18=1, heat_w=2000.0,
        mass_flow_kg_s=0.0251234567,
    )  # fmt: skip
    assert heat_json(summary) == {"1-1-101": [17.99, 0.025123]}


def test_a_state_that_was_not_simulated_is_kept_as_none():
    assert heat_json(None) is None
