"""What a contract bill charges to whom."""

from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from fenhu.money.charging import PUBLIC, charges
from fenhu.records import BillLine, Payer


def a_line(name, flat, cost_fen):
    return BillLine(
        line=name,
        item="x",
        flat=flat,
        quantity=Decimal(1),
        unit="项",
        unit_price_yuan=Decimal(1),
        cost_fen=cost_fen,
    )


# Two flats' material (100 and 200) by the households, their labour (40 and 60) by the supplier; a public line
# of 90, of which the households pay 30 (evenly: 15 each) and the supplier 60.
LINES = (
    a_line("m/1", "1", 100),
    a_line("m/2", "2", 200),
    a_line("l/1", "1", 40),
    a_line("l/2", "2", 60),
    a_line("p", "", 90),
)
SHARES = {
    "m/1": {Payer.USER: 100},
    "m/2": {Payer.USER: 200},
    "l/1": {Payer.SUPPLIER: 40},
    "l/2": {Payer.SUPPLIER: 60},
    "p": {Payer.USER: 30, Payer.SUPPLIER: 60},
}
BY_FLAT = {"1": 115, "2": 215}


def test_c3_3_who_signed_owes_his_part_and_nobody_else_owes_anything_yet():
    assert charges(LINES, SHARES, BY_FLAT, signed={"1"}, contracted=False) == {(Payer.USER, "1"): 115}


def test_c3_3_complete_contracts_charge_the_whole_bill():
    due = charges(LINES, SHARES, BY_FLAT, signed={"1", "2"}, contracted=True)
    assert due == {(Payer.USER, "1"): 115, (Payer.USER, "2"): 215, (Payer.SUPPLIER, PUBLIC): 160}
    assert sum(due.values()) == 490


def test_c3_3_a_flat_that_did_not_sign_is_not_built_and_its_public_part_stays_open():
    due = charges(LINES, SHARES, BY_FLAT, signed={"1"}, contracted=True)
    assert due == {(Payer.USER, "1"): 115, (Payer.SUPPLIER, PUBLIC): 100, (Payer.USER, PUBLIC): 15}


@given(
    costs=st.lists(st.integers(0, 10**6), min_size=4, max_size=4), signed=st.sets(st.sampled_from(["1", "2"]))
)
@settings(max_examples=50)
def test_what_is_charged_is_always_the_built_part_of_the_bill(costs, signed):
    lines = (a_line("1", "1", costs[0]), a_line("2", "2", costs[1]), a_line("p", "", costs[2] + costs[3]))
    shares = {
        "1": {Payer.USER: costs[0]},
        "2": {Payer.OWNER: costs[1]},
        "p": {Payer.USER: costs[2], Payer.CITY: costs[3]},
    }
    by_flat = {"1": costs[0] + costs[2], "2": 0}
    built = sum(line.cost_fen for line in lines if not line.flat or line.flat in signed)
    assert sum(charges(lines, shares, by_flat, signed=signed, contracted=True).values()) == built
