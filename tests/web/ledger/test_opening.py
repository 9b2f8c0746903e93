"""Balances of older books by file: all or nothing, once, and only of buildings without a bill here."""

import csv

import pytest
from tests.web.ledger.books import A_DAY, budgets, priced
from tests.web.works.steps import a_project, contracted

from fenhu.errors import NotAllowed
from fenhu.programme import Role
from fenhu.records import Payer
from fenhu.web import clock
from fenhu.web.ledger import services as ledger
from fenhu.web.ledger.keys import owed
from fenhu.web.ledger.models import Account, Transfer
from fenhu.web.ledger.posting import balance_fen
from fenhu.web.registry.models import Building

pytestmark = [pytest.mark.django_db, pytest.mark.data_layer]


@pytest.fixture
def older(tmp_path):
    def write(*rows):
        path = tmp_path / "期初.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([("楼栋编号", "户", "付款方", "应收", "已收"), *rows])
        return path

    return write


def test_what_was_charged_and_paid_before_stands_on_the_households_account(cast, older):
    building = Building.objects.get(code="A1")
    path = older(("A1", "1-1-101", "住户", "1000.00", "400.00"), ("A1", "", "产权单位", "50", "0"))
    assert ledger.bring_in(cast[Role.HEAT_SUPPLIER], path)[0] == 2
    account = Account.objects.get(code=owed(building, Payer.USER, building.flats.get(storey=1)).code)
    assert (account.charged_fen, account.balance_fen) == (1_000_00, 600_00)
    assert balance_fen(owed(building, Payer.OWNER)) == 50_00
    assert ledger.verify().faults == ()


def test_the_same_file_twice_changes_nothing(cast, older):
    path = older(("A1", "1-1-101", "住户", "1000.00", "400.00"))
    ledger.bring_in(cast[Role.HEAT_SUPPLIER], path)
    assert ledger.bring_in(cast[Role.HEAT_SUPPLIER], path) == (0, ())
    assert Transfer.objects.filter(building__code="A1").count() == 2


@pytest.mark.parametrize("row", [
    ("B1", "1-1-101", "住户", "10", "0"), ("A1", "9-9-909", "住户", "10", "0"),
    ("X9", "", "产权单位", "10", "0"), ("A1", "1-1-101", "路人", "10", "0"),
    ("A1", "1-1-101", "住户", "十元", "0"),
])  # fmt: skip
def test_one_row_that_cannot_be_keeps_the_whole_file_out(cast, older, row):
    path = older(("A1", "1-2-201", "住户", "1000.00", "400.00"), row)
    count, findings = ledger.bring_in(cast[Role.HEAT_SUPPLIER], path)
    assert (count, len(findings)) == (0, 1)
    assert not Transfer.objects.filter(building__code="A1").exists()


def test_a_building_with_a_contract_bill_takes_no_older_balance(cast, older):
    with clock.on(A_DAY):
        building = Building.objects.get(code="A2")
        priced(building)
        budgets(building)
        contracted(cast, a_project(cast))
        count, findings = ledger.bring_in(
            cast[Role.HEAT_SUPPLIER], older(("A2", "1-1-101", "住户", "5", "0"))
        )
    assert (count, len(findings)) == (0, 1)


def test_only_who_collects_brings_balances_in(cast, older):
    path = older(("A1", "1-1-101", "住户", "10", "0"))
    for who in (Role.CITY_BUREAU, Role.FINANCE, Role.OWNER_UNIT):
        with pytest.raises(NotAllowed):
            ledger.bring_in(cast[who], path)
