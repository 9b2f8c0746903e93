"""Clause 二（五）: who pays what of a bill, against hand sums."""

from decimal import Decimal

import pytest
from tests.money.helpers import bill_line, facts, fund, policy_with, rule

from fenhu.errors import InputFault, UnknownItem
from fenhu.money import facts_of_bill, share_bill
from fenhu.policy import load
from fenhu.records import OwnerKind, Payer

FUXIN = load("fuxin-2010")


def paid(shared):
    return {payer.value: fen for payer, fen in shared.total.items() if fen}


def test_c2_5_the_user_pays_the_indoor_material_of_his_own_flat():
    shared = share_bill([bill_line("1", "indoor_material", 108_051, "a")], FUXIN, facts())
    assert paid(shared) == {"user": 108_051}
    assert (shared.lines[0].clause, shared.lines[0].assumed) == ("二（五）", False)


def test_c2_5_owner_unit_and_supplier_share_the_public_part():
    # no fund, no reward counted: 1,000.01 yuan in halves, the odd fen to the owner named first
    shared = share_bill([bill_line("1", "common_material", 100_001)], FUXIN, facts(rewarded=False))
    assert paid(shared) == {"owner": 50_001, "supplier": 50_000}
    assert shared.lines[0].assumed


def test_c2_5_the_supplier_pays_the_half_of_an_owner_unit_that_is_gone():
    shared = share_bill(
        [bill_line("1", "common_material", 100_001)], FUXIN, facts(rewarded=False, owner_exists=False)
    )
    assert paid(shared) == {"supplier": 100_001}


def test_c2_5_the_repair_fund_pays_only_where_it_was_paid_in():
    lines = [bill_line("1", "common_labour", 100_000)]
    assert "repair_fund" not in paid(share_bill(lines, FUXIN, facts(repair_fund_fen=None)))
    assert "repair_fund" not in paid(share_bill(lines, FUXIN, facts(repair_fund_fen=0)))
    assert paid(share_bill(lines, FUXIN, facts(repair_fund_fen=10**9)))["repair_fund"] == 30_000


def test_c2_5_the_repair_fund_never_pays_above_its_balance():
    # wanted 0.3 × (200,000 + 100,000) = 90,000; balance 1,000, divided 2 : 1
    lines = [bill_line("1", "common_material", 200_000), bill_line("2", "common_labour", 100_000)]
    shared = share_bill(lines, FUXIN, facts(repair_fund_fen=1_000))
    assert shared.total[Payer.REPAIR_FUND] == 1_000
    assert [line.shares[Payer.REPAIR_FUND] for line in shared.lines] == [667, 333]


def test_c2_5_the_repair_fund_pays_nothing_indoors():
    shared = share_bill(
        [bill_line("1", "indoor_material", 5_000, "a"), bill_line("2", "indoor_labour", 5_000, "a")],
        FUXIN,
        facts(repair_fund_fen=10**9),
    )
    assert shared.total[Payer.REPAIR_FUND] == 0


def test_c2_2_the_reward_comes_from_the_level_that_answers():
    # 150 m² × 3 yuan = 450 yuan of a public part of 1,000
    lines = [bill_line("1", "common_material", 100_000)]
    assert paid(share_bill(lines, FUXIN, facts())) == {"city": 45_000, "owner": 27_500, "supplier": 27_500}
    district = facts(owner_kind=OwnerKind.DISTRICT, level="district", district="海州")
    assert paid(share_bill(lines, FUXIN, district))["district"] == 45_000


def test_c2_5_the_reward_never_exceeds_what_it_relieves():
    shared = share_bill([bill_line("1", "common_material", 10_000)], FUXIN, facts())
    assert paid(shared) == {"city": 10_000}


def test_c2_5_project_money_pays_for_mains_only():
    lines = [bill_line("1", "mains", 100_000), bill_line("2", "common_material", 100_000)]
    shared = share_bill(lines, FUXIN, facts(grant_fen=10**9, rewarded=False))
    assert shared.lines[0].shares == {Payer.UPPER: 70_000, Payer.SUPPLIER: 30_000}
    assert Payer.UPPER not in shared.lines[1].shares


def test_a_fixed_sum_holds_for_the_flat_and_not_for_every_line():
    # 500 yuan a flat (unnamed city: resident price fixed, excess to the supplier); the flat's lines cost 800
    policy = policy_with(rule("pipe", "user", 1, "per_flat", 500), rule("pipe", "supplier", 2, "remainder"))
    lines = [
        bill_line("1", "pipe", 60_000, "a"),
        bill_line("2", "pipe", 20_000, "a"),
        bill_line("3", "pipe", 30_000, "b"),
    ]
    shared = share_bill(lines, policy, facts())
    # flat a: user 50,000 over lines of 3 : 1; flat b: 300 yuan are below the 500
    assert [line.shares.get(Payer.USER) for line in shared.lines] == [37_500, 12_500, 30_000]
    assert shared.total[Payer.SUPPLIER] == 30_000


def test_a_price_by_square_metre_follows_the_flat():
    # 10 yuan/m² (Hohhot): 60 m² → 600 yuan, 90 m² → 900 yuan
    policy = policy_with(rule("pipe", "user", 1, "per_m2", 10), rule("pipe", "supplier", 2, "remainder"))
    shared = share_bill(
        [bill_line("1", "pipe", 100_000, "a"), bill_line("2", "pipe", 100_000, "b")], policy, facts()
    )
    assert [line.shares[Payer.USER] for line in shared.lines] == [60_000, 90_000]


def test_a_cap_bounds_a_share():
    # half of the cost, at most 2,000 yuan a flat (Tianjin): of 6,000 yuan 2,000, of 3,000 yuan 1,500
    policy = policy_with(
        rule("pipe", "owner", 1, "share", "0.5", cap_yuan_per_flat=2000), rule("pipe", "user", 2, "remainder")
    )
    shared = share_bill(
        [bill_line("1", "pipe", 600_000, "a"), bill_line("2", "pipe", 300_000, "b")], policy, facts()
    )
    assert [line.shares[Payer.OWNER] for line in shared.lines] == [200_000, 150_000]


def test_shares_of_the_rest_come_after_shares_of_the_cost():
    # 1,000: fund 0.2 → 200; owner a quarter of the rest → 200; supplier 600
    policy = policy_with(
        rule("pipe", "repair_fund", 1, "share", "0.2"),
        rule("pipe", "owner", 2, "share", "0.25", of="rest"),
        rule("pipe", "supplier", 3, "remainder"),
        repair_fund=fund("0.3", "pipe"),
    )
    shared = share_bill([bill_line("1", "pipe", 100_000)], policy, facts(repair_fund_fen=10**7))
    assert paid(shared) == {"repair_fund": 20_000, "owner": 20_000, "supplier": 60_000}


def test_three_equal_shares_differ_by_a_fen_at_most():
    third = "0.333333333333"
    policy = policy_with(
        rule("pipe", "user", 1, "share", third), rule("pipe", "owner", 2, "share", third),
        rule("pipe", "supplier", 3, "remainder"),
    )  # fmt: skip
    shared = share_bill([bill_line("1", "pipe", 100)], policy, facts())
    assert sorted(paid(shared).values()) == [33, 33, 34]


def test_an_item_nobody_pays_for_is_refused_with_the_known_ones():
    with pytest.raises(UnknownItem, match="indoor_material"):
        share_bill([bill_line("1", "swimming_pool", 1)], FUXIN, facts())


def test_a_line_name_given_twice_is_refused():
    with pytest.raises(InputFault):
        share_bill([bill_line("1", "mains", 1), bill_line("1", "mains", 2)], FUXIN, facts())


def test_a_negative_cost_is_refused():
    with pytest.raises(InputFault):
        share_bill([bill_line("1", "mains", -1)], FUXIN, facts())


def test_a_missing_area_is_refused_only_where_it_counts():
    unknown = facts(flats={"a": None}, rewarded=False)
    assert share_bill(
        [bill_line("1", "pipe", 100, "a")], policy_with(rule("pipe", "user", 1, "remainder")), unknown
    )
    by_area = policy_with(rule("pipe", "user", 1, "per_m2", 10), rule("pipe", "supplier", 2, "remainder"))
    with pytest.raises(UnknownItem):
        share_bill([bill_line("1", "pipe", 100, "a")], by_area, unknown)


def test_a_bill_alone_is_shared_without_fund_grant_and_reward():
    lines = [bill_line("1", "indoor_material", 5_000, "x"), bill_line("2", "common_labour", 1_000)]
    assert paid(share_bill(lines, FUXIN, facts_of_bill(lines))) == {
        "user": 5_000,
        "owner": 500,
        "supplier": 500,
    }


def test_an_empty_bill_costs_nobody_anything():
    assert set(share_bill([], FUXIN, facts()).total.values()) == {0}


def test_a_line_that_costs_nothing_has_no_shares():
    shared = share_bill([bill_line("1", "mains", 0)], FUXIN, facts(flats={"a": Decimal(1)}))
    assert shared.lines[0].shares == {}
