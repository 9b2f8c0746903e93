"""Radiators by the catalogue: corrections, rounding, refusals. Published sizes are in tests/verification."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fenhu.design import chosen_radiator, leaving_temperatures_c, whole_sections
from fenhu.errors import UnknownItem


@pytest.mark.parametrize(("needed", "sections"), [(21.21, 21), (14.59, 15), (14.5, 14), (7.0, 7), (0.2, 1)])
def test_remainder_of_at_most_a_tenth_of_a_square_metre_is_dropped(needed, sections):
    # A section of 0.2 m²: half a section is 0.1 m².
    assert whole_sections(needed, 0.2) == sections


def test_pipes_joined_at_the_bottom_need_more_sections():
    # β2 1.426 against 1: 10 sections of 1 kW become 14.3 and, with β1 1.05, 15.
    good = chosen_radiator("TZ4-813", 1400.0, 82.5, 18.0)
    poor = chosen_radiator("TZ4-813", 1400.0, 82.5, 18.0, connection="same_side_bottom_in")
    assert poor.area_m2 == pytest.approx(1.426 * good.area_m2)
    assert (good.sections, poor.sections) == (10, 15)


@given(load_w=st.floats(100.0, 4000.0), more_w=st.floats(0.0, 1000.0))
def test_more_load_never_needs_fewer_sections(load_w, more_w):
    less, more = (chosen_radiator("TZ4-6-5", value, 82.5, 18.0) for value in (load_w, load_w + more_w))
    assert more.sections >= less.sections


@given(loads=st.lists(st.floats(100.0, 3000.0), min_size=1, max_size=8))
def test_last_radiator_of_a_riser_leaves_the_return_temperature(loads):
    leaving = leaving_temperatures_c(loads, 95.0, 70.0)
    assert leaving[-1] == pytest.approx(70.0)
    assert list(leaving) == sorted(leaving, reverse=True)


@pytest.mark.parametrize("change", [{"kind": "gold"}, {"connection": "none"}, {"enclosure": "behind a sofa"}])
def test_unknown_words_are_refused_by_name(change):
    with pytest.raises(UnknownItem, match=next(iter(change.values()))):
        chosen_radiator(
            **{"kind": "TZ4-813", "load_w": 900.0, "mean_water_c": 80.0, "room_c": 18.0, **change}
        )
