"""The estimated bill against the sums of the price book, and its laws."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.diagnosis.helpers import building, flats

from fenhu.design import crew_days, estimate_bill, estimates, price_label
from fenhu.money import share_bill, sharing_facts
from fenhu.policy import load
from fenhu.records import Payer

FUXIN = load("fuxin-2010")


def yuan_of(bill, item):
    return Decimal(sum(line.cost_fen for line in bill if line.item == item)) / 100


def test_a_home_of_90_m2_costs_what_the_price_book_gives():
    # facts E, 2010 mid prices: pipe 45 m × 9 × 1.35 = 546.75, five TRV, lock valve, filter 532.50 → 1,079.25;
    # labour 45 × 10 + 4 × 20 + 75 + 150 = 755 (8.39 yuan/m² → 755.10); riser 8 × (22 × 1.35 + 12.5) = 337.60;
    # riser labour 80
    bill = estimate_bill(building(flats=1, heated_area_m2=90.0), flats(1))
    assert yuan_of(bill, "indoor_material") == Decimal("1079.25")
    assert yuan_of(bill, "indoor_labour") == Decimal("755.10")
    assert yuan_of(bill, "common_labour") == 80
    assert yuan_of(bill, "common_material") == Decimal("337.60") + 2750  # one controller at the inlet


def test_the_price_of_a_square_metre_is_that_of_the_plausibility_check():
    # 26 yuan/m² (facts E) without the inlet controller, which adds 2,750 × 1.045 / 4,500 = 0.64
    bill = estimate_bill(building(flats=50, heated_area_m2=4500.0), flats(50))
    assert Decimal(sum(line.cost_fen for line in bill)) / 100 / 4500 == pytest.approx(
        Decimal("26.79"), abs=Decimal("0.01")
    )


def test_design_and_supervision_are_percent_of_the_works():
    bill = estimate_bill(building(), flats())
    works = sum(line.cost_fen for line in bill if line.item not in ("design", "supervision"))
    assert float(yuan_of(bill, "design")) == pytest.approx(works * 0.025 / 100, abs=0.01)
    assert float(yuan_of(bill, "supervision")) == pytest.approx(works * 0.02 / 100, abs=0.01)


def test_every_flat_has_its_indoor_lines_and_the_building_its_public_ones():
    bill = estimate_bill(building(), flats())
    assert {line.flat for line in bill if line.item.startswith("indoor_")} == {
        flat.flat_id for flat in flats()
    }
    assert {line.flat for line in bill if not line.item.startswith("indoor_")} == {""}
    assert len({line.line for line in bill}) == len(bill)


def test_every_line_is_quantity_times_price():
    for line in estimate_bill(building(), flats()):
        assert abs(line.quantity * line.unit_price_yuan * 100 - line.cost_fen) <= Decimal("0.5")


def test_average_flats_stand_in_where_none_is_listed():
    bill = estimate_bill(building(flats=7, storeys=3, units=2), ())
    assert len({line.flat for line in bill if line.flat}) == 7


def test_every_price_says_where_it_is_from():
    assert all(row.source and row.trust for row in estimates())
    assert price_label().in_language("zh-hans") == "演示价，需按当地造价信息替换"


def test_a_typical_building_takes_fifteen_crew_days():
    # 50 flats × 0.2 + 5 units × 1
    assert crew_days(building(flats=50, units=5)) == 15


def test_c2_5_fuxin_says_who_pays_every_line_of_an_estimate():
    record = building(owner="某厂", repair_fund_fen=10**7)
    bill = estimate_bill(record, flats())
    shared = share_bill(bill, FUXIN, sharing_facts(record, flats(), FUXIN))
    assert shared.total[Payer.USER] == sum(line.cost_fen for line in bill if line.item == "indoor_material")
    assert shared.total[Payer.DISTRICT] == 900 * 3 * 100
    assert sum(shared.total.values()) == sum(line.cost_fen for line in bill)


@given(st.integers(1, 60), st.floats(20, 200), st.floats(1, 100))
def test_a_larger_flat_never_costs_less(count, area_m2, more_m2):
    def cost(area):
        return sum(
            line.cost_fen for line in estimate_bill(building(flats=count, heated_area_m2=area * count), ())
        )

    assert cost(area_m2 + more_m2) >= cost(area_m2)
