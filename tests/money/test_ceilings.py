"""What a payer pays at most of several items together, flat by flat, to the fen."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.money.helpers import bill_line, facts, policy_with, rule

from fenhu.errors import UnknownItem
from fenhu.money import share_bill
from fenhu.money.ceilings import Part, within
from fenhu.policy.checks.payments import ceilings_have_their_limits
from fenhu.records import Payer

USER_PAYS = (rule("pipe", "user", 1, "remainder"), rule("riser", "user", 1, "remainder"))


def ceiling(payer="user", **given):
    """Return a ceiling over pipe and riser as it stands in a file."""
    limit = {} if "yuan_per_m2" in given else {"yuan_per_flat": Decimal(10)}
    excess = {"excess": "supplier"} if payer in ("user", "owner") else {}
    return {"payer": payer, "items": ("pipe", "riser"), "name": "限", "name_en": "limit", "clause": "限额",
            **limit, **excess, **given}  # fmt: skip


def bounded(*ceilings, rules=USER_PAYS):
    """Return a policy whose users pay all within the ceilings."""
    return policy_with(*rules, ceiling=ceilings)


def test_what_lies_above_the_ceiling_of_a_flat_goes_to_the_other_payer():
    bill = [bill_line("1", "pipe", 1_500, "a"), bill_line("2", "pipe", 600, "b")]
    shared = share_bill(bill, bounded(ceiling()), facts())
    assert shared.lines[0].shares == {Payer.USER: 1_000, Payer.SUPPLIER: 500}
    assert shared.lines[1].shares == {Payer.USER: 600}
    assert "限额" in shared.lines[0].clause
    assert "限额" not in shared.lines[1].clause


def test_items_of_one_flat_count_together():
    # 1,500 + 500 = 2,000 fen above 1,000: each is halved.
    bill = [bill_line("1", "pipe", 1_500, "a"), bill_line("2", "riser", 500, "a")]
    shared = share_bill(bill, bounded(ceiling()), facts())
    assert [line.shares[Payer.USER] for line in shared.lines] == [750, 250]


def test_the_public_part_takes_what_the_flats_leave_below_their_ceilings():
    # Flat a uses up its 1,000, flat b 600: 400 are left for the riser of 900.
    bill = [
        bill_line("1", "pipe", 1_500, "a"),
        bill_line("2", "pipe", 600, "b"),
        bill_line("3", "riser", 900),
    ]
    shared = share_bill(bill, bounded(ceiling()), facts())
    assert shared.lines[2].shares == {Payer.USER: 400, Payer.SUPPLIER: 500}


def test_a_ceiling_by_square_metre_follows_the_flats_area():
    # 60 and 90 m² at 0.1 yuan: 600 and 900 fen.
    bill = [bill_line("1", "pipe", 2_000, "a"), bill_line("2", "pipe", 2_000, "b")]
    shared = share_bill(bill, bounded(ceiling(yuan_per_m2=Decimal("0.1"))), facts())
    assert [line.shares[Payer.USER] for line in shared.lines] == [600, 900]


def test_a_ceiling_by_square_metre_needs_the_area():
    with pytest.raises(UnknownItem, match="a"):
        share_bill(
            [bill_line("1", "pipe", 100, "a")],
            bounded(ceiling(yuan_per_m2=Decimal(1))),
            facts(flats={"a": None}),
        )


def test_other_items_are_free_of_the_ceiling():
    rules = (*USER_PAYS, rule("valve", "user", 1, "remainder"))
    bill = [bill_line("1", "valve", 9_000, "a"), bill_line("2", "pipe", 900, "a")]
    assert share_bill(bill, bounded(ceiling(), rules=rules), facts()).total[Payer.USER] == 9_900


def test_what_a_purse_does_not_pay_falls_to_the_rules_after_it():
    # The reward holds 10 yuan × 2 flats. Half of 3,000 is 1,500, the ceiling 1,000; flat b takes half of 400.
    rules = (rule("pipe", "reward", 1, "share", "0.5"), rule("pipe", "user", 2, "remainder"),
             rule("riser", "user", 1, "remainder"))  # fmt: skip
    reward = {"level": "city", "name": "奖", "name_en": "reward", "rule": "per_flat", "value": Decimal(10),
              "from": facts_day(), "clause": "x"}  # fmt: skip
    policy = policy_with(*rules, ceiling=(ceiling("reward"),), reward=(reward,))
    bill = [bill_line("1", "pipe", 3_000, "a"), bill_line("2", "pipe", 400, "b")]
    shared = share_bill(bill, policy, facts())
    assert [line.shares[Payer.CITY] for line in shared.lines] == [1_000, 200]
    assert [line.shares[Payer.USER] for line in shared.lines] == [2_000, 200]


def facts_day():
    """Return the first day of Fuxin's policy."""
    from fenhu.policy import load

    return load("fuxin-2010").valid_from


parts = st.lists(
    st.tuples(
        st.sampled_from(["pipe", "riser", "valve"]), st.sampled_from(["", "a", "b"]),
        st.fractions(0, 10**6, max_denominator=97),
    ),
    unique_by=lambda one: one[:2],
).map(lambda rows: [Part(*row) for row in rows])  # fmt: skip
limits = st.one_of(
    st.fixed_dictionaries({"yuan_per_flat": st.decimals(0, 3_000, places=2)}),
    st.fixed_dictionaries({"yuan_per_m2": st.decimals(0, 50, places=2)}),
)


@given(parts, limits)
def test_nobody_pays_above_the_ceiling_and_nothing_else_changes(found, limit):
    one = bounded(ceiling(**limit)).ceilings[0]
    kept = within(one, found, facts())
    areas = facts().flats
    most = {
        flat: (limit.get("yuan_per_flat") or 0) * 100 + (limit.get("yuan_per_m2") or 0) * 100 * areas[flat]
        for flat in ("a", "b")
    }
    inside = [(part, fen) for part, fen in zip(found, kept, strict=True) if part.item in one.items]
    for part, fen in zip(found, kept, strict=True):
        assert 0 <= fen <= part.fen
        assert part.item in one.items or fen == part.fen
    for flat, fen in most.items():
        assert sum((kept for part, kept in inside if part.flat == flat), Fraction(0)) <= fen
    assert sum((kept for _, kept in inside), Fraction(0)) <= sum(most.values())


@pytest.mark.parametrize(
    ("wrong", "key"),
    [
        ({"yuan_per_m2": Decimal(1), "yuan_per_flat": Decimal(1)}, ("ceiling", 0)),
        ({"yuan_per_flat": None}, ("ceiling", 0)),
        ({"items": ("pump",)}, ("ceiling", 0, "items")),
        ({"excess": None}, ("ceiling", 0, "excess")),
        ({"excess": "user"}, ("ceiling", 0, "excess")),
    ],
)
def test_a_ceiling_that_cannot_work_is_a_fault_of_the_file(wrong, key):
    given_yuan = {"yuan_per_flat": Decimal(10)} | {
        name: value for name, value in wrong.items() if value is not None
    }
    entry = ceiling(**given_yuan)
    for name, value in wrong.items():
        if value is None:
            del entry[name]
    policy = bounded(entry)
    assert key in [path for path, _ in ceilings_have_their_limits(policy.ceilings, policy.cost_shares)]


def test_a_payer_has_one_ceiling():
    policy = bounded(ceiling(), ceiling())
    assert [path for path, _ in ceilings_have_their_limits(policy.ceilings, policy.cost_shares)]
