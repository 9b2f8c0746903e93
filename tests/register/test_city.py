"""The synthetic city has Fuxin's size, a realistic spread, and nobody real in it."""

from __future__ import annotations

from collections import Counter
from statistics import correlation, fmean

import pytest

from fenhu.errors import OutOfRange
from fenhu.records import OwnerKind, Register, Source, SystemForm
from fenhu.register import synthetic_city


@pytest.fixture(scope="module")
def city() -> Register:
    return synthetic_city()


def test_it_has_the_size_of_the_programme_in_clause_2_6(city: Register) -> None:
    assert len(city.buildings) == 1000
    assert len(city.flats) == 50_000
    assert sum(round(flat.area_m2 * 100) for flat in city.flats) == 450_000_000  # hundredths of m²
    assert sum(round(building.heated_area_m2 * 100) for building in city.buildings) == 450_000_000


@pytest.mark.parametrize("buildings", [1, 2, 3, 7, 25, 100])
@pytest.mark.parametrize("seed", [1, 2])
def test_a_smaller_city_keeps_fifty_flats_to_a_building(buildings: int, seed: int) -> None:
    small = synthetic_city(buildings, seed)
    assert len(small.buildings) == buildings
    assert len(small.flats) == 50 * buildings
    assert sum(round(flat.area_m2 * 100) for flat in small.flats) == 450_000 * buildings


def test_a_city_of_sixty_buildings_has_the_same_variety() -> None:
    small = synthetic_city(60)
    assert {building.district for building in small.buildings} == {"海州", "太平", "新邱", "细河", "清河门"}
    assert len({building.system_form for building in small.buildings}) == 6
    assert {building.owner_kind for building in small.buildings} == set(OwnerKind)


def test_the_same_seed_gives_the_same_city_and_another_seed_another() -> None:
    assert synthetic_city(20, 7) == synthetic_city(20, 7)
    assert synthetic_city(20, 7) != synthetic_city(20, 8)


def test_no_city_without_buildings() -> None:
    with pytest.raises(OutOfRange):
        synthetic_city(0)


def test_it_has_thirty_suppliers_and_every_existing_form(city: Register) -> None:
    assert len({building.supplier for building in city.buildings}) == 30
    forms = Counter(building.system_form for building in city.buildings)
    assert set(forms) == set(SystemForm) - {SystemForm.HOUSEHOLD_DOUBLE}
    assert 550 <= forms[SystemForm.VERTICAL_SINGLE_SERIES] <= 650


def test_years_lie_between_1970_and_2004_and_pipes_are_no_older(city: Register) -> None:
    years = [building.year_built for building in city.buildings]
    assert (min(years), max(years)) == (1970, 2004)
    assert all(building.pipe_year is not None and building.pipe_year >= building.year_built
               for building in city.buildings)  # fmt: skip


def _measured(city: Register, lowest: bool) -> float:
    tops = {building.code: building.storeys for building in city.buildings}
    series = {b.code for b in city.buildings if b.system_form is SystemForm.VERTICAL_SINGLE_SERIES}
    return fmean(
        flat.measured_c for flat in city.flats
        if flat.measured_c is not None and flat.building in series
        and flat.storey == (1 if lowest else tops[flat.building] - 1)
    )  # fmt: skip


def test_on_a_series_riser_the_bottom_is_colder_than_the_storey_below_the_roof(city: Register) -> None:
    assert _measured(city, lowest=True) < _measured(city, lowest=False) - 2


def test_old_pipes_corrode_leak_and_keep_people_from_paying(city: Register) -> None:
    ages = [2010 - (building.pipe_year or 0) for building in city.buildings]
    assert correlation(ages, [building.corrosion or 0 for building in city.buildings]) > 0.6
    assert correlation(ages, [building.water_loss_percent or 0 for building in city.buildings]) > 0.6
    assert correlation(ages, [building.fee_collection_percent or 0 for building in city.buildings]) < -0.5


def test_the_fee_collection_rate_is_the_estates(city: Register) -> None:
    rates = {(building.estate, building.fee_collection_percent) for building in city.buildings}
    assert len(rates) == len({building.estate for building in city.buildings})


def test_a_building_states_the_mean_and_minimum_of_its_measured_flats(city: Register) -> None:
    for building in city.buildings[:50]:
        measured = [
            f.measured_c for f in city.flats if f.building == building.code and f.measured_c is not None
        ]
        assert building.min_room_c == (min(measured) if measured else None)
        assert building.mean_room_c == (round(fmean(measured), 1) if measured else None)


def test_nobody_in_it_can_be_called_and_every_organisation_is_marked(city: Register) -> None:
    assert all(flat.phone.startswith("000") and len(flat.phone) == 11 for flat in city.flats)
    assert all(flat.owner_name.endswith("某某") for flat in city.flats)
    assert all("示范" in building.supplier and "示范" in building.estate for building in city.buildings)
    assert all("示范" in building.owner for building in city.buildings if building.owner)
    assert city.synthetic


def test_a_cluster_is_six_to_twelve_buildings_of_one_supplier(city: Register) -> None:
    sizes = Counter(building.cluster for building in city.buildings)
    assert fmean(sizes.values()) == pytest.approx(9, abs=1)
    assert all(5 <= size <= 13 for size in sizes.values())
    assert len({(building.cluster, building.supplier) for building in city.buildings}) == len(sizes)
    assert {cluster.cluster for cluster in city.clusters} == set(sizes)


def test_money_and_crews_are_given_for_five_years_by_every_source(city: Register) -> None:
    assert {budget.source for budget in city.budgets} == set(Source)
    assert {budget.year for budget in city.budgets} == {2010, 2011, 2012, 2013, 2014}
    assert {crew.supplier for crew in city.crews} == {building.supplier for building in city.buildings}


def test_buildings_lie_around_fuxin(city: Register) -> None:
    assert all(abs((building.latitude or 0) - 42.0) < 0.35 for building in city.buildings)
    assert all(abs((building.longitude or 0) - 121.65) < 0.35 for building in city.buildings)
    places = {(building.latitude, building.longitude) for building in city.buildings}
    assert len(places) > 990


def _yuan(city: Register, source: Source, year: int | None = None) -> float:
    return sum(b.amount_fen for b in city.budgets if b.source is source and year in (None, b.year)) / 100


def test_rewards_suffice_for_the_first_goal_but_not_for_everything(city: Register) -> None:
    # Fuxin's file assumes 3 yuan/m²: 4.5 million m² take 13.5 million, 2010's tenth of the stock 1.35.
    rewards = [Source.CITY, Source.DISTRICT]
    assert sum(_yuan(city, source, 2010) for source in rewards) > 1_350_000
    assert 0.65 * 13_500_000 < sum(_yuan(city, source) for source in rewards) < 0.85 * 13_500_000
