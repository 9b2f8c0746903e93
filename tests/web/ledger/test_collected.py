"""Statements of a year over many accounts: sums that agree, drill down, and end at the scope."""

from datetime import date

import pytest
from bs4 import BeautifulSoup
from django.http import Http404
from tests.web.ledger.books import DUE, FLATS, budgets, priced
from tests.web.works.steps import a_project, consented, fired

from fenhu.programme import Role
from fenhu.records import Payer
from fenhu.web import clock
from fenhu.web.ledger import services as ledger
from fenhu.web.ledger.queries import collected
from fenhu.web.registry.models import Building
from fenhu.web.works import services

pytestmark = [pytest.mark.django_db, pytest.mark.data_layer]
CHARGED, PAID = date(2011, 6, 1), date(2012, 2, 1)


@pytest.fixture
def books(cast):
    """A2 is charged in 2011; the first flat pays 40 yuan in 2012."""
    with clock.on(CHARGED):
        building = Building.objects.get(code="A2")
        priced(building)
        budgets(building)
        project = consented(cast, a_project(cast))
        services.sign_contracts(cast[Role.HEAT_SUPPLIER], project, {flat: f"HT-{flat}" for flat in FLATS})
        fired(cast[Role.HEAT_SUPPLIER], project, "contract")
    with clock.on(PAID):
        flat = building.flats.get(storey=1)
        ledger.receive(
            cast[Role.HEAT_SUPPLIER], building, payer=Payer.USER, fen=40_00, way="cash", flat=flat, on=PAID,
            reference="S-1",
        )  # fmt: skip
        yield building


def figures(row):
    return row.opening_fen, row.charged_fen, row.received_fen, row.closing_fen


def test_a_building_s_statement_has_every_account_and_sums_to_its_bill(cast, books):
    found = collected(cast[Role.HEAT_SUPPLIER], 2011, code="A2")
    assert figures(found.total) == (0, sum(DUE.values()), 0, sum(DUE.values()))
    assert {(row.payer, row.flat_id): row.charged_fen for row in found.rows} == DUE


def test_the_next_year_begins_with_what_was_left(cast, books):
    found = collected(cast[Role.HEAT_SUPPLIER], 2012, code="A2")
    due = sum(DUE.values())
    assert figures(found.total) == (due, 0, 40_00, due - 40_00)
    first = next(row for row in found.rows if row.flat_id == FLATS[0])
    assert first.received_fen == 40_00


@pytest.mark.parametrize("year", [2010, 2011, 2012])
def test_a_year_its_suppliers_and_their_buildings_say_the_same(cast, books, year):
    bureau = cast[Role.CITY_BUREAU]
    whole = collected(bureau, year)
    for row in whole.rows:
        of_supplier = collected(bureau, year, supplier=row.supplier)
        assert figures(of_supplier.total) == figures(row)
        for one in of_supplier.rows:
            assert figures(collected(bureau, year, code=one.code).total) == figures(one)
    assert bool(whole.rows) == (year >= 2011)


def test_a_supplier_sees_nothing_of_another(cast, books):
    assert collected(cast.other_supplier, 2011).rows == ()
    assert collected(cast.other_supplier, 2011, supplier=books.supplier.name).rows == ()
    with pytest.raises(Http404):
        collected(cast.other_supplier, 2011, code="A2")


def test_an_owner_unit_sees_no_household(cast, books):
    assert {row.payer for row in collected(cast[Role.OWNER_UNIT], 2011, code="A2").rows} <= {
        Payer.OWNER, Payer.SUPPLIER, Payer.CITY, Payer.DISTRICT, Payer.REPAIR_FUND, Payer.UPPER,
    }  # fmt: skip


def test_the_page_opens_to_suppliers_buildings_and_accounts(client, cast, books):
    client.force_login(cast[Role.CITY_BUREAU])
    path, seen = "/money/statements/?year=2011", []
    while path.startswith("/money/statements/"):
        page = BeautifulSoup(client.get(path).content, "lxml")
        seen.append(page.select_one("tfoot").get_text(" ", strip=True))
        path = page.select_one("#rows tbody a")["href"]
    assert len(seen) == 3
    assert len(set(seen)) == 1
    assert client.get(path).status_code == 200


@pytest.mark.parametrize(("kind", "begins"), [("xlsx", b"PK"), ("pdf", b"%PDF")])
def test_a_statement_leaves_as_a_file(client, cast, books, kind, begins):
    client.force_login(cast[Role.CITY_BUREAU])
    answer = client.get(f"/money/statements/export.{kind}?year=2011&code=A2")
    assert b"".join(answer.streaming_content).startswith(begins)
