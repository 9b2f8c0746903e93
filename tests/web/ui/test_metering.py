"""Heat meters on their pages: the answer first, each step with its rule, faults with their rows."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from tests.web.ui.pages import send, visit, words

from fenhu.programme import Role
from fenhu.web import clock
from fenhu.web.metering import services
from fenhu.web.metering.models import Meter, Reading, SeasonBill
from fenhu.web.registry.models import Building

pytestmark = pytest.mark.django_db
APRIL = date(2011, 4, 5)


@pytest.fixture(autouse=True)
def _after_the_season():
    with clock.on(APRIL):
        yield


@pytest.fixture
def supplier(cast):
    return cast[Role.HEAT_SUPPLIER]


@pytest.fixture
def billed(supplier):
    """Return A1's bills: 9,000 kWh by meter in the first flat, by area in the second."""
    building = Building.objects.get(code="A1")
    flat = building.flats.select_related("building").get(storey=1)
    services.install_meter(supplier, flat, number="H1", on=date(2010, 10, 15), first_kwh=Decimal(0))
    Reading.objects.create(meter=Meter.objects.get(), on_date=date(2011, 4, 1), energy_kwh=9000)
    services.issue_bills(supplier, building, 2010)
    return building


def test_the_desk_answers_first_what_is_billed_and_what_it_would_be_by_area(client, cast, billed):
    page = visit(client, cast[Role.CITY_BUREAU], "/metering/")
    # 675.00 + 9,000 × 0.136 = 1,899.00, and 2,250.00 by area for the other; 4,500.00 by area.
    assert "4,149.00" in words(page.select_one(".answer"))
    assert "4,500.00" in words(page.select_one(".answer"))


def test_a_household_reads_each_step_of_its_bill_with_its_rule(client, cast, billed):
    bill = SeasonBill.objects.get(energy_kwh__isnull=False)
    page = visit(client, cast[Role.HOUSEHOLD], reverse("heat-bill", args=[bill.pk]))
    assert "1,899.00" in words(page.select_one(".answer"))
    for said in ("90 m² × 25 yuan/m² × 30 %", "9,000 kWh × 0.136 yuan/kWh", "1,224.00", "675.00"):
        assert said in words(page.select_one("#steps"))
    assert len(page.select("#steps .clause")) == 3
    assert page.select("#steps .assumed, #steps [class*=assumed]")


def test_a_household_finds_its_bill_from_its_flat(client, cast, billed):
    (door,) = visit(client, cast[Role.HOUSEHOLD], "/my-flat/").select('.doors a[href$="/bills/"]')
    said = words(visit(client, cast[Role.HOUSEHOLD], door["href"]).select_one("main"))
    for figure in ("1,899.00", "9,000 kWh × 0.136 yuan/kWh", "1,224.00", "675.00"):
        assert figure in said


def test_a_file_with_a_fault_is_shown_with_its_row_and_nothing_is_taken(client, supplier, billed):
    client.force_login(supplier, backend="django.contrib.auth.backends.ModelBackend")
    file = SimpleUploadedFile("r.csv", "表号,抄表日期,读数\nH1,2011-04-02,1\n".encode())
    answer = client.post("/metering/take/", {"file": file}, headers={"accept-language": "en"})
    assert answer.status_code == 422
    assert "falls back" in answer.content.decode()
    assert Reading.objects.count() == 1


def test_a_meter_is_installed_and_bills_issued_from_the_buildings_page(client, supplier):
    path = "/buildings/A2/metering/"
    asked = {"flat": "1-1-101", "number": "N1", "on": "2010-10-20", "first_kwh": "12.5"}
    send(client, supplier, f"{path}install/", asked)
    assert Meter.objects.get().first_kwh == Decimal("12.5")
    send(client, supplier, f"{path}bills/", {"year": "2010"})
    assert SeasonBill.objects.filter(flat__building__code="A2").count() == 2


def test_bills_leave_as_a_workbook(client, cast, billed):
    client.force_login(cast[Role.CITY_BUREAU], backend="django.contrib.auth.backends.ModelBackend")
    answer = client.get("/metering/export.xlsx?season=2010")
    assert b"".join(answer.streaming_content)[:2] == b"PK"
