"""Statements of banks and counters: taken in whole or not at all, once; whoever is not found is listed."""

import csv

import pytest
from tests.web.ledger.books import A_DAY, FLATS, budgets, priced
from tests.web.works.steps import a_project, contracted

from fenhu.errors import InputFault, NotAllowed, WrongState
from fenhu.programme import Role
from fenhu.records import Payer
from fenhu.web import clock
from fenhu.web.ledger import services as ledger
from fenhu.web.ledger.keys import bank, owed, unmatched
from fenhu.web.ledger.models import BankFile, BankLine, Receipt
from fenhu.web.ledger.posting import balance_fen
from fenhu.web.registry.models import Building

pytestmark = [pytest.mark.django_db, pytest.mark.data_layer]
HEAD = ("日期", "金额", "付款人", "摘要", "流水号", "方式")


@pytest.fixture(autouse=True)
def _in_june():
    with clock.on(A_DAY):
        yield


@pytest.fixture
def building(cast):
    building = Building.objects.get(code="A2")
    priced(building)
    budgets(building)
    contracted(cast, a_project(cast))
    return building


@pytest.fixture
def statement(tmp_path):
    def write(*rows):
        path = tmp_path / "流水.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([HEAD, *rows])
        return path

    return write


def row(yuan, remark, number, *, name="", day="2011-05-20"):
    return (day, yuan, name, remark, number, "银行")


def test_a_contract_number_in_the_remark_pays_the_household_and_the_rest_is_held(cast, building, statement):
    taken = ledger.take_in(
        cast[Role.HEAT_SUPPLIER],
        statement(row("60.00", f"HT-{FLATS[0]} 改造费", "S1"), row("25.00", "无名", "S2")),
        name="流水.csv",
    )
    assert (taken.matched, taken.unmatched, taken.known) == (1, 1, 0)
    assert balance_fen(owed(building, Payer.USER, building.flats.get(storey=1))) == 40_00
    assert balance_fen(bank(building.supplier)) == 85_00
    assert balance_fen(unmatched(building.supplier)) == -25_00
    assert ledger.verify().faults == ()


def test_the_same_file_twice_changes_nothing(cast, building, statement):
    path = statement(row("60.00", f"HT-{FLATS[0]}", "S1"), row("25.00", "无名", "S2"))
    ledger.take_in(cast[Role.HEAT_SUPPLIER], path, name="一")
    again = ledger.take_in(cast[Role.HEAT_SUPPLIER], path, name="二")
    assert (again.matched, again.unmatched, again.known) == (0, 0, 2)
    assert Receipt.objects.count() == 1
    assert balance_fen(bank(building.supplier)) == 85_00


def test_a_file_with_a_fault_changes_nothing_and_says_where(cast, building, statement):
    path = statement(row("60.00", f"HT-{FLATS[0]}", "S1"), row("六十", "无名", "S2"))
    taken = ledger.take_in(cast[Role.HEAT_SUPPLIER], path, name="坏")
    assert taken.file is None
    assert [(one.row, one.column) for one in taken.findings] == [(3, "金额")]
    assert not BankFile.objects.exists()
    assert balance_fen(bank(building.supplier)) == 0


def test_a_held_payment_is_assigned_once_somebody_knows_whose_it_is(cast, building, statement):
    supplier = cast[Role.HEAT_SUPPLIER]
    ledger.take_in(supplier, statement(row("25.00", "无名", "S2")), name="流水.csv")
    line, flat = BankLine.objects.get(), building.flats.get(storey=2)
    ledger.assign(supplier, line, building, payer=Payer.USER, flat=flat)
    assert balance_fen(unmatched(building.supplier)) == 0
    assert balance_fen(owed(building, Payer.USER, flat)) == 75_00
    with pytest.raises(WrongState):
        ledger.assign(supplier, line, building, payer=Payer.USER, flat=flat)
    assert ledger.verify().faults == ()


def test_a_payment_meant_for_somebody_else_is_given_back_with_a_reason(cast, building, statement):
    supplier = cast[Role.HEAT_SUPPLIER]
    ledger.take_in(supplier, statement(row("25.00", "无名", "S2")), name="流水.csv")
    line = BankLine.objects.get()
    with pytest.raises(InputFault):
        ledger.give_back(supplier, line, note="")
    ledger.give_back(supplier, line, note="汇错单位")
    assert balance_fen(bank(building.supplier)) == 0
    assert BankLine.objects.get().state == "returned"
    assert ledger.verify().faults == ()


def test_only_a_supplier_takes_in_a_statement_and_nobody_assigns_anothers_payment(cast, building, statement):
    path = statement(row("25.00", "无名", "S2"))
    for who in (Role.CITY_BUREAU, Role.FINANCE, Role.HOUSEHOLD, Role.OWNER_UNIT):
        with pytest.raises(NotAllowed):
            ledger.take_in(cast[who], path, name="x")
    ledger.take_in(cast.other_supplier, path, name="x")
    with pytest.raises(NotAllowed):
        ledger.assign(cast[Role.HEAT_SUPPLIER], BankLine.objects.get(), building, payer=Payer.USER)
