"""The pages of money: sums that agree, every figure opens, each person sees what is his."""

import pytest
from tests.web.cast import a_user
from tests.web.ledger.books import A_DAY, FLATS, budgets, priced
from tests.web.ui.pages import rows, send, visit, words
from tests.web.works.steps import a_project, contracted

from fenhu.programme import Role
from fenhu.records import Payer
from fenhu.web import clock
from fenhu.web.ledger import services as ledger
from fenhu.web.ledger.keys import owed
from fenhu.web.ledger.models import Account, Purse
from fenhu.web.registry.models import Building

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_june():
    with clock.on(A_DAY):
        yield


@pytest.fixture
def building(cast):
    """Return A2 with its contracts, 1,000 yuan charged, of which one household paid 60."""
    building = Building.objects.get(code="A2")
    priced(building)
    budgets(building)
    contracted(cast, a_project(cast))
    ledger.receive(
        cast[Role.HEAT_SUPPLIER], building, payer=Payer.USER, flat=building.flats.get(storey=1), fen=60_00,
        way="counter",
    )  # fmt: skip
    return building


def test_the_desk_says_what_is_charged_paid_and_owed_and_its_rows_sum(client, cast, building):
    page = visit(client, cast[Role.CITY_BUREAU], "/money/")
    assert "1,000.00" in words(page.select_one(".answer"))
    table = page.select("#payers table")[-1]
    charged = [words(row.select("td")[0]) for row in table.select("tbody tr")]
    assert charged == ["200.00", "130.00", "130.00", "540.00"]
    assert words(table.select_one("tfoot td")) == "1,000.00"
    assert page.select_one("#payers svg title")


def test_an_owner_unit_sees_its_own_part_and_no_household(client, cast, building):
    page = visit(client, cast[Role.OWNER_UNIT], "/buildings/A2/money/")
    assert rows(page, "flats") == []
    assert "张三丰" not in page.get_text()


def test_the_supplier_records_a_payment_on_the_page_and_reaches_the_receipt(client, cast, building):
    page = send(client, cast[Role.HEAT_SUPPLIER], "/buildings/A2/money/pay/", {
        "payer": "user", "flat": FLATS[1], "yuan": "1,00.00", "way": "bank", "reference": "银行9",
    })  # fmt: skip
    link = page.select_one("#moves a[href*='/receipts/']")["href"]
    receipt = visit(client, cast[Role.HEAT_SUPPLIER], link)
    assert "100.00" in words(receipt.select_one(".answer"))
    assert "银行9" in words(receipt.select_one("#receipt"))


def test_an_amount_with_a_third_decimal_is_refused_with_words(client, cast, building):
    page = send(client, cast[Role.HEAT_SUPPLIER], "/buildings/A2/money/pay/", {
        "payer": "user", "flat": FLATS[1], "yuan": "1.005", "way": "bank",
    }, status=422)  # fmt: skip
    assert "yuan" in page.get_text()


def test_a_household_reads_its_statement_and_nobody_elses(client, cast, building):
    household = a_user("neighbour", Role.HOUSEHOLD, flat=building.flats.get(storey=1))
    own, other = (
        Account.objects.get(code=owed(building, Payer.USER, building.flats.get(storey=storey)).code).pk
        for storey in (1, 2)
    )
    page = visit(client, household, f"/money/accounts/{own}/")
    assert [cells[-1] for cells in rows(page, "rows")] == ["100.00", "40.00"]
    visit(client, household, f"/money/accounts/{other}/", status=404)
    assert "40.00" in visit(client, household, "/my-flat/").get_text()


def test_who_is_late_stands_in_the_list_the_day_after_its_day(client, cast, building):
    assert rows(visit(client, cast[Role.CITY_BUREAU], "/money/arrears/"), "late") == []
    with clock.on(A_DAY.replace(month=7, day=2)):
        late = rows(visit(client, cast[Role.CITY_BUREAU], "/money/arrears/?payer=user"), "late")
    # Signed on 1 June, due within 30 days: 1 July.
    assert [cells[-2] for cells in late] == ["100.00", "40.00"]


def test_a_purse_is_filled_by_whose_money_it_is_and_refused_below_its_promises(client, cast, building):
    purse = Purse.objects.get(source="supplier", year=2011)
    supplier = cast[Role.HEAT_SUPPLIER]
    page = send(client, supplier, f"/money/purses/{purse.pk}/budget/", {"yuan": "2000"})
    assert "2,000.00" in words(page.select_one(".answer"))
    page = send(client, supplier, f"/money/purses/{purse.pk}/budget/", {"yuan": "100"}, status=409)
    # 2,000 − 100 = 1,900 are asked back, 1,870 are free.
    assert "30.00" in page.get_text()


def test_receipts_statements_and_lists_come_as_papers(client, cast, building):
    client.force_login(cast[Role.HEAT_SUPPLIER])
    account = Account.objects.get(code=owed(building, Payer.USER, building.flats.get(storey=1)).code).pk
    number = f"{building.supplier.code}-2011-000001"
    for address, begins in (
        (f"/money/receipts/{number}/receipt.pdf", b"%PDF"), (f"/money/accounts/{account}/export.xlsx", b"PK"),
        (f"/money/accounts/{account}/export.pdf", b"%PDF"), ("/money/arrears/export.xlsx", b"PK"),
        ("/money/bank/template.xlsx", b"PK"), ("/buildings/A2/money/measured.xlsx", b"PK"),
    ):  # fmt: skip
        answer = client.get(address)
        assert (answer.status_code, b"".join(answer.streaming_content)[:4].startswith(begins)) == (200, True)
