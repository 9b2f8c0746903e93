"""Payments, receipts, refunds, reversals, closed books."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError
from tests.web.ledger.books import FLATS, budgets, priced
from tests.web.works.steps import a_project, contracted

from fenhu.errors import InputFault, NotAllowed, WrongState
from fenhu.programme import Role
from fenhu.records import Payer
from fenhu.web import clock
from fenhu.web.journal.models import Entry
from fenhu.web.ledger import services as ledger
from fenhu.web.ledger.keys import bank, owed
from fenhu.web.ledger.models import NumberSeries, Receipt, Transfer
from fenhu.web.ledger.posting import balance_fen
from fenhu.web.registry.models import Building

pytestmark = [pytest.mark.django_db, pytest.mark.data_layer]


@pytest.fixture
def building(cast):
    building = Building.objects.get(code="A2")
    priced(building)
    budgets(building)
    contracted(cast, a_project(cast))
    return building


@pytest.fixture
def flat(building):
    return building.flats.get(storey=1)


def paid(cast, building, flat, fen, **more):
    return ledger.receive(
        cast[Role.HEAT_SUPPLIER], building, payer=Payer.USER, flat=flat, fen=fen, **{"way": "counter", **more}
    )


def test_a_payment_leaves_what_is_owed_and_gives_a_numbered_receipt(cast, building, flat):
    receipt = paid(cast, building, flat, 60_00)
    assert balance_fen(owed(building, Payer.USER, flat)) == 40_00
    assert balance_fen(bank(building.supplier)) == 60_00
    second = paid(cast, building, flat, 40_00)
    year = clock.today().year
    assert [receipt.number, second.number] == [f"{building.supplier.code}-{year}-{n:06d}" for n in (1, 2)]
    assert ledger.verify().valid


def test_the_same_reference_a_second_time_moves_nothing(cast, building, flat):
    first = paid(cast, building, flat, 60_00, reference="银行1")
    assert paid(cast, building, flat, 60_00, reference="银行1") == first
    assert Receipt.objects.count() == 1
    with pytest.raises(InputFault, match="银行1"):
        paid(cast, building, flat, 61_00, reference="银行1")


@pytest.mark.parametrize("typed", ["银行 1 ", "\u3000银行 1", "银行  1", "\ufeff银行\u30001\u200b"])
def test_blanks_and_unseen_signs_make_no_other_reference(cast, building, flat, typed):
    first = paid(cast, building, flat, 60_00, reference="银行 1")
    assert paid(cast, building, flat, 60_00, reference=typed) == first
    assert first.transfer.reference == "银行 1"


def test_another_supplier_and_other_offices_collect_nothing(cast, building, flat):
    for who in (
        cast.other_supplier,
        cast[Role.CITY_BUREAU],
        cast[Role.FINANCE],
        cast[Role.HOUSEHOLD],
        cast.outsider,
    ):
        with pytest.raises(NotAllowed):
            ledger.receive(who, building, payer=Payer.USER, flat=flat, fen=1_00, way="cash")
    assert not Receipt.objects.exists()


@pytest.mark.parametrize(
    ("payer", "fen", "way"),
    [
        (Payer.USER, 0, "cash"),
        (Payer.USER, -5, "cash"),
        (Payer.USER, 5, "barter"),
        (Payer.DISTRICT, 5, "bank"),
    ],
)
def test_what_cannot_be_a_payment_is_refused(cast, building, payer, fen, way):
    with pytest.raises(InputFault):
        ledger.receive(cast[Role.HEAT_SUPPLIER], building, payer=payer, fen=fen, way=way)


def test_only_what_was_paid_too_much_can_be_refunded(cast, building, flat):
    paid(cast, building, flat, 130_00)
    supplier = cast[Role.HEAT_SUPPLIER]
    with pytest.raises(WrongState, match=r"30\.00"):
        ledger.refund(supplier, building, payer=Payer.USER, flat=flat, fen=30_01)
    ledger.refund(supplier, building, payer=Payer.USER, flat=flat, fen=30_00, reference="退1")
    assert balance_fen(owed(building, Payer.USER, flat)) == 0
    assert ledger.verify().valid


def test_a_payment_recorded_wrongly_is_taken_back_once_with_a_reason_and_stays_on_record(
    cast, building, flat
):
    receipt = paid(cast, building, flat, 60_00)
    supplier = cast[Role.HEAT_SUPPLIER]
    with pytest.raises(InputFault):
        ledger.void(supplier, receipt, note=" ")
    ledger.void(supplier, receipt, note="记错户")
    assert balance_fen(owed(building, Payer.USER, flat)) == 100_00
    with pytest.raises(WrongState):
        ledger.void(supplier, receipt, note="再次")
    assert Transfer.objects.filter(reverses=receipt.transfer).count() == 1
    assert ledger.verify().valid


def test_a_day_of_closed_books_takes_no_payment_until_they_are_opened(cast, building, flat):
    today = clock.today()
    ledger.lock_books(cast[Role.FINANCE], today - timedelta(days=1))
    with pytest.raises(WrongState, match=(today - timedelta(days=1)).isoformat()):
        paid(cast, building, flat, 1_00, on=today - timedelta(days=1))
    paid(cast, building, flat, 1_00, on=today)
    ledger.lock_books(cast[Role.FINANCE], today - timedelta(days=9))
    paid(cast, building, flat, 1_00, on=today - timedelta(days=1))


def test_books_are_closed_by_finance_of_the_city_and_never_ahead(cast, building):
    for who in (Role.HEAT_SUPPLIER, Role.DISTRICT_GOV, Role.CITY_BUREAU):
        with pytest.raises(NotAllowed):
            ledger.lock_books(cast[who], date(2010, 1, 1))
    with pytest.raises(InputFault):
        ledger.lock_books(cast[Role.FINANCE], clock.today())


def test_a_payment_of_tomorrow_is_refused(cast, building, flat):
    tomorrow = clock.today() + timedelta(days=1)
    with pytest.raises(InputFault, match=tomorrow.isoformat()):
        paid(cast, building, flat, 1_00, on=tomorrow)


def test_a_payment_of_a_year_long_gone_is_refused_and_takes_no_number(cast, building, flat):
    for day in (date(1, 1, 1), date(1979, 12, 31)):
        with pytest.raises(InputFault, match="1980-01-01"):
            paid(cast, building, flat, 1_00, on=day)
    assert not NumberSeries.objects.exists()
    paid(cast, building, flat, 1_00, on=date(1980, 1, 1))


def test_every_movement_of_money_stands_in_the_journal_with_who_and_how_much(cast, building, flat):
    receipt = paid(cast, building, flat, 60_00)
    entry = Entry.objects.get(subject=f"ledger.transfer:{receipt.transfer_id}")
    assert entry.actor_id == cast[Role.HEAT_SUPPLIER].pk
    assert entry.data["fen"] == 60_00
    assert "张三丰" not in entry.data_json


def test_what_was_posted_cannot_be_changed_even_past_the_models(cast, building, flat, raw):
    paid(cast, building, flat, 60_00)
    with pytest.raises(DatabaseError, match="append-only"):
        raw("UPDATE ledger_posting SET amount_fen = 1")


def test_a_balance_changed_by_hand_is_found(cast, building, flat, raw):
    paid(cast, building, flat, 60_00)
    raw(
        "UPDATE ledger_account SET balance_fen = balance_fen + 1 WHERE code = %s",
        owed(building, Payer.USER, flat).code,
    )
    faults = ledger.verify().faults
    assert len(faults) == 1
    assert FLATS[0] in str(faults[0])
