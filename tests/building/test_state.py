"""A building's state from Python: arrays, table, picture and balance tell the same story."""

import sys

import pytest

from fenhu import building
from fenhu.errors import InputFault

KNOWN = {"storeys": 3, "units": 2, "flats_per_floor": 2, "flat_area_m2": 75.0}


@pytest.fixture
def state():
    return building.solve(building.describe(**KNOWN))


def test_arrays_follow_the_flats_and_agree_with_the_summary(state):
    summary = building.simulate(state.building)
    assert state.summary() == summary
    assert list(state.flat_ids) == [flat.id for flat in state.building.flats]
    assert [one.temperature_c for one in summary.flats.values()] == state.room_c.tolist()
    assert [one.mass_flow_kg_s for one in summary.flats.values()] == pytest.approx(state.mass_flow_kg_s)


def test_the_balance_closes_and_its_parts_add_up(state):
    balance = state.balance()
    assert abs(balance.error_w) < 1.0
    assert balance.to_flats_w == pytest.approx(state.heat_w.sum())
    assert balance.supplied_w == pytest.approx(balance.to_flats_w + balance.to_surroundings_w)
    assert balance.supplied_w == pytest.approx(state.summary().heat_w)
    assert balance.to_surroundings_w > 0.0


def test_what_the_water_gives_is_what_it_cools_by(state):
    # Between supply and return the water gives m·c·(T_supply - T_return), c about 4187 J/kgK at 60 °C.
    solution, made = state.solution, state.made
    out = made.network.node_ids.index("return")
    flow_kg_s = state.summary().mass_flow_kg_s
    cooled_w = flow_kg_s * 4187.0 * (state.building.supply_c - solution.temperature_c[out])
    assert state.balance().supplied_w == pytest.approx(cooled_w, rel=2e-3)


def test_the_table_has_a_row_a_flat_in_the_units_of_its_columns(state):
    table = state.to_frame()
    assert table.index.to_list() == list(state.flat_ids)
    assert table.columns.to_list() == [
        "unit", "storey", "position", "area_m2", "room_c", "mass_flow_kg_s", "heat_w",
    ]  # fmt: skip
    assert table.heat_w.sum() == pytest.approx(state.balance().to_flats_w)


def test_a_table_without_pandas_says_what_to_install(state, monkeypatch):
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(InputFault, match="fenhu\\[frames\\]"):
        state.to_frame()


def test_the_elevation_shows_every_flat_and_can_be_kept(state, tmp_path):
    picture = state.plot_elevation()
    assert picture._repr_svg_().startswith("<svg")
    assert picture.count('class="cell') >= len(state.flat_ids)
    picture.save(tmp_path / "house.svg")
    assert (tmp_path / "house.svg").read_text(encoding="utf-8") == picture


def test_an_unknown_key_is_refused_by_name():
    with pytest.raises(InputFault, match="colour"):
        building.describe(**KNOWN, colour="red")
