"""Two parts beside the area bill, the limit, refunds by scale: every figure by hand."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fenhu.money.metering import ColdSpell, How, Part, SeasonUse, Step, heat_bill, season_of
from fenhu.policy import load

POLICY = load("fuxin-2010")  # 25 yuan/m², 30 % basic, 0.136 yuan/kWh, limit 1.10; 18/16/14 °C: 20/50/100 %
SEASON = season_of(POLICY.calendar, 2010)


def used(kwh):
    part = Part(
        meter="H1", since=SEASON.first, until=SEASON.last, energy_kwh=Decimal(str(kwh)), how=How.MEASURED
    )
    return SeasonUse(parts=(part,))


def bill(area=80, use=None, cold=()):
    return heat_bill(
        POLICY.tariff, POLICY.low_temperature, SEASON, area_m2=Decimal(str(area)), use=use, cold=cold
    )


def cold(since, until, degrees):
    return ColdSpell(
        since=date.fromisoformat(since), until=date.fromisoformat(until), room_c=Decimal(str(degrees))
    )


def test_two_parts_stand_beside_the_bill_by_area():
    found = bill(use=used(10_000))
    # Area 80 × 25 = 2,000.00; basic 0.3 × 2,000 = 600.00; metered 10,000 × 0.136 = 1,360.00.
    assert (found.area_fen, found.two_part_fen, found.due_fen) == (200_000, 196_000, 196_000)
    assert found.saved_fen == 4_000
    assert [step.fen for step in found.steps] == [200_000, 60_000, 136_000]


def test_half_a_fen_is_rounded_up_where_it_stands():
    found = bill(area="80.01", use=used("1.25"))
    # 80.01 × 25 = 2,000.25; × 0.3 = 600.075 → 600.08; 1.25 × 0.136 = 0.17.
    assert [step.fen for step in found.steps] == [200_025, 60_008, 17]


def test_a_metered_bill_never_exceeds_the_limit_of_the_area_bill():
    found = bill(use=used(15_000))
    # 600 + 2,040 = 2,640 > 1.10 × 2,000 = 2,200.
    assert (found.two_part_fen, found.due_fen, found.limited) == (264_000, 220_000, True)
    assert found.steps[-1].fen == 220_000


def test_a_flat_without_a_meter_or_without_any_evidence_pays_the_area_bill():
    assert bill().due_fen == bill(use=SeasonUse(parts=(), missing=((SEASON.first, SEASON.last),))).due_fen
    assert (bill().due_fen, bill().two_part_fen) == (200_000, None)


@pytest.mark.parametrize(
    ("degrees", "refund"),
    [
        # Ten of 151 days of 2,000.00 yuan are 132.4503 yuan; of these 20, 50 and 100 %.
        (18, 0), ("17.9", 2_649), (16, 2_649), ("15.9", 6_623), (14, 6_623), ("13.9", 13_245),
    ],
)  # fmt: skip
def test_cold_days_are_paid_back_by_the_scale_of_linyi(degrees, refund):
    assert bill(cold=[cold("2010-12-01", "2010-12-10", degrees)]).refund_fen == refund


def test_days_outside_the_season_pay_nothing_back():
    # Of 27 October to 2 November only two days are heated: 2,000 × 2 / 151 = 26.49.
    assert bill(cold=[cold("2010-10-27", "2010-11-02", 10)]).refund_fen == 2_649


def test_every_step_names_its_rule_and_says_when_it_is_assumed():
    found = bill(use=used(15_000), cold=[cold("2010-12-01", "2010-12-10", 15)])
    assert all(step.clause and step.assumed and step.reason for step in found.steps)
    assert [Step.from_json(step.to_json()) for step in found.steps] == list(found.steps)


AREAS = st.decimals(10, 300, places=2)
HEAT = st.decimals(0, 60_000, places=3)
SPELLS = st.lists(st.tuples(st.integers(1, 28), st.decimals(5, 20, places=1)), max_size=5)


@settings(max_examples=80, deadline=None)
@given(AREAS, HEAT, SPELLS)
def test_law_a_bill_lies_between_nothing_and_its_limit(area, heat, spells):
    found = bill(
        area=area,
        use=used(heat),
        cold=[
            ColdSpell(since=date(2010, 12, 1), until=date(2010, 12, day), room_c=degrees)
            for day, degrees in spells
        ],
    )
    assert 0 <= found.due_fen <= found.charged_fen <= found.area_fen * Decimal("1.10")
    refunds = [step.fen for step in found.steps if step.fen < 0]
    assert found.refund_fen == -sum(refunds)


@settings(max_examples=60, deadline=None)
@given(AREAS, HEAT, st.decimals(0, 5_000, places=3))
def test_law_who_uses_more_never_pays_less(area, heat, more):
    assert bill(area=area, use=used(heat)).due_fen <= bill(area=area, use=used(heat + more)).due_fen
