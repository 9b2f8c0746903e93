"""The page of a building's design: what each office sees and does there (clause 三（三）)."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from fenhu.programme import Role
from fenhu.web.registry.models import Building
from fenhu.web.works import services
from fenhu.web.works.models import DesignVersion

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(client, cast):
    def opened(role, code="A2", **asked):
        client.force_login(cast[role])
        answer = client.get(reverse("design", args=[code]), asked, headers={"accept-language": "en"})
        return BeautifulSoup(answer.content, "lxml")

    return opened


@pytest.fixture
def made(cast):
    Building.objects.update(inlet_kpa=25.0, supply_c=75.0)
    return services.make_design(cast[Role.HEAT_SUPPLIER], Building.objects.get(code="A2"))


def post(client, user, verb, code="A2", **sent):
    client.force_login(user)
    return client.post(reverse("design-act", args=[code, verb]), sent, headers={"accept-language": "en"})


def test_an_undesigned_building_offers_the_design_to_its_supplier_alone(page):
    assert page(Role.HEAT_SUPPLIER).find("button", string="Design this building")
    assert not page(Role.CITY_BUREAU).find("button", string="Design this building")


def test_the_answer_says_pressure_temperature_and_cost(page, made):
    answer = page(Role.CITY_BUREAU).select_one(".answer").get_text(" ", strip=True)
    assert "25.0" in answer
    assert "℃" in answer


def test_every_pipe_of_a_chosen_flat_is_listed_with_its_flow(page, made):
    table = page(Role.HEAT_SUPPLIER, part="1-1-101").find("div", attrs={"aria-label": "Pipes"})
    assert {row.th.get_text(strip=True) for row in table.select("tbody tr")} >= {"1-1-101.cs", "1-1-101.cr"}


def test_a_radiator_fixed_on_the_page_makes_a_version_with_its_difference(client, cast, page, made):
    radiator, (_, sections, _) = next(iter(made.outcome["radiators"].items()))
    answer = post(client, cast[Role.HEAT_SUPPLIER], "change", version=made.number, what="radiator",
                  target=radiator, value=sections + 2)  # fmt: skip
    assert answer.status_code == 302
    said = page(Role.HEAT_SUPPLIER).select_one("#difference").get_text(" ", strip=True)
    assert radiator in said
    assert "yuan" in said


def test_a_size_that_is_not_made_is_refused_and_nothing_is_kept(client, cast, made):
    answer = post(client, cast[Role.HEAT_SUPPLIER], "change", version=made.number, what="size",
                  target="main.1s", value="33")  # fmt: skip
    assert answer.status_code == 422
    assert DesignVersion.objects.count() == 1


def test_reasons_are_given_on_the_page_and_the_version_is_submitted(client, cast, page, made):
    supplier = cast[Role.HEAT_SUPPLIER]
    for one in made.checks:
        if one["verdict"] == "warning":
            post(client, supplier, "reason", version=made.number, check=one["code"], reason="按文件要求")
    assert page(Role.HEAT_SUPPLIER).find("button", string="Submit for review")
    assert post(client, supplier, "submit", version=made.number).status_code == 302
    assert "Submitted for review" in page(Role.CITY_BUREAU).select_one(".answer").get_text()


def test_a_workbook_that_is_none_is_refused_on_the_page(client, cast, made):
    from django.core.files.uploadedfile import SimpleUploadedFile

    upload = SimpleUploadedFile("design.xlsx", b"no workbook")
    answer = post(client, cast[Role.HEAT_SUPPLIER], "enter", file=upload)
    assert answer.status_code == 422
    assert DesignVersion.objects.count() == 1


def test_bill_review_and_template_are_handed_out_as_workbooks(client, cast, made):
    client.force_login(cast[Role.CITY_BUREAU])
    for name in ("bill.xlsx", "review.xlsx", "template.xlsx"):
        answer = client.get(reverse("design-file", args=["A2", made.number, name]))
        assert b"".join(answer.streaming_content).startswith(b"PK")


def test_a_version_that_comes_out_otherwise_today_says_so(page, made):
    assert "since" not in page(Role.CITY_BUREAU).select_one("main").get_text()
    DesignVersion.objects.update(cost_fen=made.cost_fen - 100_00)
    notes = [note.get_text(" ", strip=True) for note in page(Role.CITY_BUREAU).select(".note-box")]
    assert any("Prices or rules were changed since" in note for note in notes), notes
