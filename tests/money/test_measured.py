"""Settlement by measured quantities, and what households pay of a whole bill."""

from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.money.test_charging import a_line

from fenhu.money import SharingFacts, measured_bill, user_shares_by_flat
from fenhu.records import BillLine, LineShares, OwnerKind, Payer, SharedBill

PIPE = BillLine(
    line="p",
    item="x",
    flat="",
    quantity=Decimal("12.5"),
    unit="m",
    unit_price_yuan=Decimal("9.99"),
    cost_fen=124_87,
)


def test_less_built_costs_less_at_the_contracts_price():
    # 10 m × 9.99 yuan = 99.90 yuan.
    assert measured_bill([PIPE], {"p": Decimal(10)})[0].cost_fen == 99_90


def test_a_line_measured_as_contracted_keeps_its_cost_to_the_fen():
    # 12.5 × 9.99 = 124.875, which rounding again could make 124.88.
    assert measured_bill([PIPE], {"p": Decimal("12.50")}) == (PIPE,)


def shared_of(lines, users):
    rows = tuple(
        LineShares(line=line.line, shares={Payer.USER: fen}, rule="x", clause="", assumed=False)
        for line, fen in zip(lines, users, strict=True)
    )
    return SharedBill(lines=rows, total={Payer.USER: sum(users)})


def facts_of(**areas):
    return SharingFacts(owner_kind=OwnerKind.MUNICIPAL, level="city", flats=areas)


def test_what_households_pay_together_is_divided_by_area():
    # 100 fen over 60 and 90 m²: 40 and 60, beside the flat's own 7.
    lines = (a_line("own", "a", 7), a_line("public", "", 100))
    by_flat = user_shares_by_flat(shared_of(lines, (7, 100)), lines, facts_of(a=Decimal(60), b=Decimal(90)))
    assert by_flat == {"a": 47, "b": 60}


def test_without_every_area_it_is_divided_evenly():
    lines = (a_line("public", "", 101),)
    by_flat = user_shares_by_flat(shared_of(lines, (101,)), lines, facts_of(a=None, b=Decimal(90)))
    assert by_flat == {"a": 51, "b": 50}


@given(
    together=st.integers(0, 10**9), areas=st.lists(st.decimals("1", "300", places=2), min_size=1, max_size=40)
)
@settings(max_examples=60)
def test_households_parts_always_sum_to_what_users_pay(together, areas):
    lines = (a_line("public", "", together),)
    facts = facts_of(**{f"f{place}": area for place, area in enumerate(areas)})
    assert sum(user_shares_by_flat(shared_of(lines, (together,)), lines, facts).values()) == together
