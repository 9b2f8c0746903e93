"""What is documented of other cities, on bills beyond the hand sums in their files."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.money.helpers import bill_line, facts

from fenhu.errors import UnknownItem
from fenhu.money import advances, facts_of_bill, share_bill, shares_json
from fenhu.policy import available, load
from fenhu.records import Payer

CITIES = [info.id for info in available()]
ITEMS = ("indoor_material", "indoor_labour", "common_material", "common_labour", "design", "supervision",
         "mains", "network_balance")  # fmt: skip


def paid(name, *lines, **known):
    """Return what everybody pays who pays anything."""
    total = share_bill(lines, load(name), facts(**known)).total
    return {payer.value: fen for payer, fen in total.items() if fen}


def test_c1_mudanjiang_the_supplier_pays_and_fits_the_household_meter():
    assert paid("mudanjiang-2006", bill_line("1", "household_meter", 45_000, "a")) == {"supplier": 45_000}


def test_c1_hengshui_households_pay_150_yuan_of_outdoor_material():
    # Two flats: 2 × 150 yuan = 30,000 fen of 100,000.
    lines = [bill_line("1", "common_material", 100_000)]
    assert paid("hengshui-2006", *lines) == {"user": 30_000, "supplier": 70_000}


def test_c1_hengshui_a_bill_that_names_no_flat_is_refused():
    lines = [bill_line("1", "common_material", 100_000)]
    with pytest.raises(UnknownItem):
        share_bill(lines, load("hengshui-2006"), facts_of_bill(lines))


def test_c1_zhengzhou_the_user_pays_everything_in_the_building():
    lines = [bill_line(str(n), item, 10_000) for n, item in enumerate(ITEMS[:6])]
    assert paid("zhengzhou-2014", *lines) == {"user": 60_000}


def test_c1_hohhot_the_user_pays_ten_yuan_a_square_metre_and_no_more():
    # 60 + 90 = 150 m²: 150,000 fen of 500,000.
    lines = [bill_line("1", "indoor_material", 200_000, "a"), bill_line("2", "common_material", 300_000)]
    assert paid("hohhot-2015", *lines) == {"user": 150_000, "supplier": 350_000}


def test_c1_taian_the_supplier_lays_out_the_riser_for_the_households():
    policy = load("taian-2014")
    shared = share_bill(
        [bill_line("1", "common_material", 220_000), bill_line("2", "mains", 500)], policy, facts()
    )
    assert shared.total[Payer.USER] == 220_000
    assert advances(shared, policy) == {(Payer.SUPPLIER, Payer.USER): 220_000}
    assert shares_json(shared, advances(shared, policy))["advanced"] == [
        {"by": "supplier", "for": "user", "fen": 220_000}
    ]
    assert "advanced" not in shares_json(shared)
    assert "垫付" in str(policy.shares_of("common_material")[0].part())
    assert [rule.event for rule in policy.instalments_of(Payer.USER)] == ["acceptance"]


def test_c1_tianjin_public_money_pays_half_and_at_most_2000_yuan_a_household():
    # Flat a: half of 3,000 yuan = 1,500. Flat b: half of 5,000 is 2,500, the ceiling 2,000.
    lines = [bill_line("1", "indoor_material", 300_000, "a"), bill_line("2", "indoor_labour", 500_000, "b")]
    assert paid("tianjin-2024", *lines) == {"city": 350_000, "user": 450_000}


@pytest.mark.parametrize("name", CITIES)
@pytest.mark.parametrize("item", ITEMS)
def test_every_city_says_who_pays_what_designs_and_estimates_bill(name, item):
    assert load(name).shares_of(item)


@given(
    st.sampled_from(CITIES),
    st.lists(
        st.tuples(st.sampled_from(ITEMS), st.sampled_from(["", "a", "b"]), st.integers(0, 10**9)), max_size=9
    ),
    st.one_of(st.none(), st.integers(0, 10**8)),
)
def test_any_bill_is_split_exactly_in_any_city(name, rows, fund_fen):
    lines = [bill_line(str(n), item, cost, flat) for n, (item, flat, cost) in enumerate(rows)]
    shared = share_bill(lines, load(name), facts(repair_fund_fen=fund_fen))
    assert [sum(line.shares.values()) for line in shared.lines] == [line.cost_fen for line in lines]
    assert all(fen > 0 for line in shared.lines for fen in line.shares.values())
    assert sum(shared.total.values()) == sum(line.cost_fen for line in lines)


def test_areas_of_a_bill_are_known_to_the_shares():
    lines = [bill_line("1", "indoor_material", 200_000, "x")]
    known = facts_of_bill(lines, {"x": Decimal(50)})
    assert share_bill(lines, load("hohhot-2015"), known).total[Payer.USER] == 50_000
