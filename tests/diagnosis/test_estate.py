"""The fee collection of an estate, from its buildings or its flats."""

import pytest
from tests.diagnosis.helpers import building, flats

from fenhu.diagnosis import estate_evidence
from fenhu.records import Register


def evidence(*buildings, listed=()):
    return estate_evidence(Register(buildings=buildings, flats=tuple(listed)))


def test_c3_2_buildings_of_one_estate_share_its_rate_by_flats():
    # (10 × 90 % + 30 × 70 %) / 40
    found = evidence(
        building(code="B1", estate="和平", flats=10, fee_collection_percent=90.0),
        building(code="B2", estate="和平", flats=30, fee_collection_percent=70.0),
        building(code="B3", estate="和平", flats=50),
    )
    assert [found[code].fee_collection_percent for code in ("B1", "B2", "B3")] == pytest.approx([75, 75, 75])
    assert found["B1"].buildings == 3


def test_estates_of_one_name_in_two_districts_are_two():
    found = evidence(
        building(code="B1", estate="和平", fee_collection_percent=90.0),
        building(code="B2", estate="和平", fee_collection_percent=60.0, district="细河"),
    )
    assert (found["B1"].fee_collection_percent, found["B2"].fee_collection_percent) == (90, 60)


def test_a_building_without_an_estate_is_its_own():
    found = evidence(building(code="B1", fee_collection_percent=90.0), building(code="B2"))
    assert (found["B1"].fee_collection_percent, found["B2"].fee_collection_percent) == (90, None)


def test_without_rates_the_flats_payments_are_counted():
    listed = [*flats(3, fee_paid=True), *flats(1, fee_paid=False), *flats(2)]
    found = evidence(building(), listed=listed)["B1"]
    assert (found.fee_collection_percent, found.counted_flats) == (75, True)
