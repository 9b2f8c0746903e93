"""When a payer owes which part."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from fenhu.money.instalments import instalments, next_due, overdue_fen
from fenhu.policy import load
from fenhu.records import Payer

FUXIN = load("fuxin-2010")
SIGNED, BEGUN, ACCEPTED = date(2011, 5, 1), date(2011, 6, 1), date(2011, 9, 1)
ALL = {"contract": SIGNED, "start": BEGUN, "acceptance": ACCEPTED}


def test_c2_5_a_household_owes_all_of_it_thirty_days_after_its_contract():
    (part,) = instalments(1_000, Payer.USER, FUXIN, ALL)
    assert (part.fen, part.due_on) == (1_000, date(2011, 5, 31))


def test_c2_5_an_owner_unit_owes_half_at_the_start_and_half_thirty_days_after_acceptance():
    first, second = instalments(1_001, Payer.OWNER, FUXIN, ALL)
    assert [(one.fen, one.due_on) for one in (first, second)] == [(501, BEGUN), (500, date(2011, 10, 1))]


def test_what_waits_for_an_event_is_not_due_yet():
    parts = instalments(1_000, Payer.OWNER, FUXIN, {"start": BEGUN})
    assert [one.due_on for one in parts] == [BEGUN, None]
    assert overdue_fen(parts, 0, date(2030, 1, 1)) == 500


def test_nothing_is_overdue_on_the_last_day_and_all_of_it_the_day_after():
    parts = instalments(1_000, Payer.USER, FUXIN, ALL)
    assert overdue_fen(parts, 0, date(2011, 5, 31)) == 0
    assert overdue_fen(parts, 300, date(2011, 6, 1)) == 700


def test_a_payment_counts_for_the_earliest_part():
    parts = instalments(1_000, Payer.OWNER, FUXIN, ALL)
    assert next_due(parts, 499).due_on == BEGUN
    assert next_due(parts, 500).due_on == date(2011, 10, 1)
    assert next_due(parts, 1_000) is None


@given(amount=st.integers(0, 10**12), payer=st.sampled_from(list(Payer)))
def test_the_parts_always_sum_to_the_amount(amount, payer):
    assert sum(one.fen for one in instalments(amount, payer, FUXIN, ALL)) == amount
