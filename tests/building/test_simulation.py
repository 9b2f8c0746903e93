"""Whole buildings: laws every form obeys, and what conversion does."""

from dataclasses import replace

import pytest

from fenhu.building import convert, from_record, network_of, parse_building, simulate
from fenhu.errors import InputFault
from fenhu.heat import solve
from fenhu.records import BuildingRecord, FlatRecord, OwnerKind, SystemForm

TYPICAL = {"storeys": 6, "units": 3, "flats_per_floor": 2, "flat_area_m2": 80.0, "year_built": 1985,
           "inlet_kpa": 12.0, "supply_c": 68.0, "corrosion": 2}  # fmt: skip


def typical(**changes):
    return parse_building({**TYPICAL, **changes}, "typical")


@pytest.mark.parametrize("form", SystemForm)
def test_every_form_closes_its_balances_and_gives_the_rooms_what_they_lose(form):
    building = typical(system_form=form.value)
    made = network_of(building)
    solution = solve(made.network)
    assert solution.residuals.mass_kg_s <= 1e-8
    assert solution.residuals.room_w <= 1e-3
    figures = made.network.figures
    lost = (figures.room_ua_w_k * (solution.room_c - building.outdoor_c)).sum() - figures.room_gains_w.sum()
    assert simulate(building).heat_w == pytest.approx(lost, rel=0.06)
    assert simulate(building).heat_w > lost


def test_old_series_building_is_warm_on_top_and_cold_below_at_its_far_end():
    # facts B6: a series riser at 60 % of its flow spreads 4.9 K; conduction between flats narrows it.
    flats = simulate(typical()).flats
    far = [flats[f"3-{storey}-{storey}02"].temperature_c for storey in range(6, 0, -1)]
    assert far == sorted(far, reverse=True)
    assert 3.0 < far[0] - far[-1] < 9.0


def test_conversion_brings_nearly_every_flat_between_18_and_21_degrees():
    found = simulate(convert(typical(), SystemForm.HOUSEHOLD_DOUBLE))
    within = [18.0 <= flat.temperature_c <= 21.0 for flat in found.flats.values()]
    assert sum(within) >= 0.95 * len(within)
    assert found.min_c > simulate(typical()).min_c + 3.0


def test_conversion_keeps_rooms_and_radiators():
    before = typical()
    after = convert(before, SystemForm.HOUSEHOLD_DOUBLE)
    assert (after.flats, after.shell, after.radiators) == (before.flats, before.shell, before.radiators)
    assert after.system_form is SystemForm.HOUSEHOLD_DOUBLE


def test_mirrored_walls_mirror_the_temperatures():
    # One unit of two equal columns: its two halves differ only by where the mains begin; without friction in
    # the mains they are alike. Household loops hang on one riser, so both flats of a storey must agree.
    found = simulate(convert(typical(units=1), SystemForm.HOUSEHOLD_DOUBLE)).flats
    for storey in range(1, 7):
        left, right = (found[f"1-{storey}-{storey}0{k}"].temperature_c for k in (1, 2))
        assert left == pytest.approx(right, abs=1e-3)


@pytest.mark.parametrize("u_w_m2k", [0.5, 3.0])
def test_conduction_between_flats_never_makes_the_coldest_flat_colder(u_w_m2k):
    building = typical()
    without = replace(building, shell=replace(building.shell, floor_u_w_m2k=0.0, partition_u_w_m2k=0.0))
    with_walls = replace(building, shell=replace(building.shell, floor_u_w_m2k=u_w_m2k))
    assert simulate(with_walls).min_c >= simulate(without).min_c - 1e-6


def test_more_corrosion_is_colder():
    means = [simulate(typical(corrosion=grade)).mean_c for grade in range(4)]
    assert means == sorted(means, reverse=True)


def test_hotter_water_is_warmer():
    means = [simulate(typical(supply_c=value)).mean_c for value in (62.0, 70.0, 80.0)]
    assert means == sorted(means)


def test_more_pressure_does_not_cool_the_coldest_flat_of_a_double_pipe_house():
    coldest = [
        simulate(typical(system_form="vertical_double", inlet_kpa=value)).min_c
        for value in (12.0, 20.0, 40.0)
    ]
    assert coldest == sorted(coldest)


def test_reverse_return_evens_out_the_far_riser():
    direct, reverse = (simulate(typical(mains=mains)) for mains in ("direct", "reverse"))
    assert reverse.min_c > direct.min_c


def record(**changes):
    values = {"code": "B1", "name": "1", "district": "d", "supplier": "s", "owner_kind": OwnerKind.CENTRAL,
              "year_built": 1985, "storeys": 3, "units": 2, "flats": 12, "heated_area_m2": 900.0,
              "system_form": SystemForm.VERTICAL_SINGLE_SERIES, "inlet_kpa": 12.0,
              "supply_c": 70.0}  # fmt: skip
    return BuildingRecord(**{**values, **changes})


def test_register_row_without_flats_gets_even_ones_by_assumption():
    building = from_record(record(), [], -15.7)
    assert len(building.flats) == 12
    assert sum(flat.area_m2 for flat in building.flats) == pytest.approx(900.0)
    assert "flats_per_floor" in {one.key for one in building.assumed}


def test_listed_flats_keep_their_names_even_where_a_storey_has_more():
    flats = [
        FlatRecord(building="B1", unit=unit, storey=storey, room=f"{storey}0{k}", area_m2=75.0)
        for unit in (1, 2) for storey in (1, 2, 3) for k in (1, 2, 3) if k < 3 or storey == 1
    ]  # fmt: skip
    found = simulate(from_record(record(), flats, -15.7))
    assert set(found.flats) == {flat.flat_id for flat in flats}


def test_flat_outside_its_building_is_refused():
    with pytest.raises(InputFault, match="B1"):
        from_record(record(), [FlatRecord(building="B1", unit=5, storey=1, room="101", area_m2=75.0)], -15.7)
