"""Where gravity and the inlet hold each other in check, water may stand: that, too, is a steady state."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fenhu import building
from fenhu.errors import SolverFault
from fenhu.records import SystemForm

# Houses at weak inlets in which a radiator's flow comes to rest between its two directions.
STANDING = [
    {"storeys": 4, "units": 6, "flats_per_floor": 3, "flat_area_m2": 77, "year_built": 1995, "inlet_kpa": 2,
     "supply_c": 69, "corrosion": 2, "outdoor_c": -13, "system_form": "vertical_double"},
    {"storeys": 1, "units": 3, "flats_per_floor": 4, "flat_area_m2": 93, "year_built": 1995, "inlet_kpa": 5,
     "supply_c": 78, "corrosion": 2, "outdoor_c": 1, "system_form": "vertical_single_bypass"},
    {"storeys": 7, "units": 3, "flats_per_floor": 3, "flat_area_m2": 106, "year_built": 1975, "inlet_kpa": 3,
     "supply_c": 67, "corrosion": 2, "outdoor_c": 3, "system_form": "vertical_double"},
]  # fmt: skip


@pytest.mark.parametrize("known", STANDING)
def test_a_house_in_which_water_stands_somewhere_has_an_answer(known):
    state = building.solve(building.describe(**known))
    assert state.solution.residuals.momentum_pa < 1e-2
    assert state.solution.residuals.room_w < 1e-3
    assert np.abs(state.solution.mass_flow_kg_s).min() < 1e-3
    assert abs(state.balance().error_w) < 1.0


def settled(house):
    """Return the state of a house, None if its water would freeze; no other fault is expected."""
    try:
        return building.solve(house)
    except SolverFault as fault:
        if fault.code == "water-out-of-range":
            return None
        raise


@settings(max_examples=25)
@given(
    form=st.sampled_from(list(SystemForm)), storeys=st.integers(1, 9), units=st.integers(1, 4),
    inlet_kpa=st.sampled_from([2.0, 3.0, 5.0, 12.0]), supply_c=st.integers(55, 85),
    corrosion=st.integers(0, 3),
)  # fmt: skip
def test_any_house_from_two_kilopascals_up_settles_or_would_freeze(form, storeys, units, **known):
    state = settled(
        building.describe(
            storeys=storeys, units=units, flats_per_floor=2, flat_area_m2=75, system_form=form.value, **known
        )
    )
    assert state is None or state.solution.residuals.room_w < 1e-3
