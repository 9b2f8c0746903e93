"""The pages of a conversion: gates with reasons, flats to tick, pasted answers, papers, steps."""

from datetime import date

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.web.works.steps import BOTH, a_project, contracted, informed

from fenhu.programme import Role
from fenhu.web.registry.models import Flat
from fenhu.web.works.models import FlatWork, Paper, Project

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_spring(settings, tmp_path):
    settings.TODAY = date(2011, 4, 20)
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def project(cast):
    return a_project(cast)


def visit(client, user, address="/projects/A2/", status=200):
    client.force_login(user)
    answer = client.get(address, headers={"accept-language": "en"})
    assert answer.status_code == status
    return BeautifulSoup(answer.content, "lxml")


def post(client, user, verb, status=302, **values):
    client.force_login(user)
    answer = client.post(f"/projects/A2/{verb}/", values, headers={"accept-language": "en"})
    assert answer.status_code == status
    return BeautifulSoup(answer.content, "lxml")


def words(element):
    return " ".join(element.get_text(" ", strip=True).split())


def test_every_gate_of_the_policy_stands_with_its_clause_and_what_is_missing(client, cast, project):
    rows = [[words(cell) for cell in row.select("th, td")]
            for row in visit(client, cast[Role.HEAT_SUPPLIER]).select("#gates tbody tr")]  # fmt: skip
    by_clause = {(row[1], row[2]): row[3] for row in rows}
    assert by_clause["三（一）", "open"] == "2 of 2 flats have not received the notice yet"
    assert ("三（二）", "fulfilled") in by_clause
    assert len(rows) == 10


def test_the_step_is_offered_with_the_reason_that_blocks_it(client, cast, project):
    steps = visit(client, cast[Role.HEAT_SUPPLIER]).select_one("#steps")
    assert steps.select_one("button[disabled]").get_text() == "Residents are informed"
    assert "have not received the notice yet" in words(steps)
    assert visit(client, cast[Role.DISTRICT_GOV]).select_one("#steps") is None


def test_notices_are_recorded_for_the_ticked_flats(client, cast, project):
    supplier = cast[Role.HEAT_SUPPLIER]
    post(client, supplier, "act/flats", what="notice", how_notice="door", flat=[BOTH[0]], on="2011-04-18")
    work = FlatWork.objects.get(project=project, notice_on__isnull=False)
    assert (work.flat.flat_id, work.notice_on, work.notice_how) == (BOTH[0], date(2011, 4, 18), "door")
    page = visit(client, supplier, "/projects/A2/?layer=notice")
    assert [one.get_text() for one in page.select("#flats a.cell text")] == ["✓", "…"]


def test_nothing_ticked_says_what_to_do(client, cast, project):
    page = post(client, cast[Role.HEAT_SUPPLIER], "act/flats", status=422, what="notice")
    assert "Tick the flats first" in words(page)


def test_c2_4_a_pasted_list_of_answers_is_recorded_whole_or_not_at_all(client, cast, project):
    informed(cast, project)
    community = cast[Role.COMMUNITY]
    bad = post(client, community, "act/answers", status=422, how="paper", lines=f"{BOTH[0]}, 是\n{BOTH[1]}")
    assert "Line 2" in words(bad)
    assert not Flat.objects.filter(building__code="A2", consent__isnull=False).exists()
    post(client, community, "act/answers", how="paper", lines=f"{BOTH[0]}\t是\n\n{BOTH[1]}，否，常年外出\n")
    answered = Flat.objects.filter(building__code="A2").order_by("storey")
    assert list(answered.values_list("consent", flat=True)) == [True, False]
    assert "常年外出" in words(visit(client, community).select_one("#flat-1-2-201"))


def test_a_district_reads_no_names_and_no_reasons_of_refusal(client, cast, project):
    informed(cast, project)
    post(client, cast[Role.COMMUNITY], "act/answers", how="paper", lines=f"{BOTH[1]},否,家中有病人")
    row = words(visit(client, cast[Role.DISTRICT_GOV]).select_one("#flat-1-2-201"))
    assert "病人" not in row
    assert "张三丰" not in row
    assert "张**" in row


def test_contract_numbers_begin_as_the_supplier_says(client, cast, project):
    contracted_flats = {"what": "contract", "flat": list(BOTH), "number": "HT-2011-"}
    post(client, cast[Role.HEAT_SUPPLIER], "act/flats", **contracted_flats)
    numbers = FlatWork.objects.filter(project=project).order_by("flat__storey")
    assert [work.contract_number for work in numbers] == [f"HT-2011-{flat}" for flat in BOTH]


def test_c3_3_both_leads_are_published_with_telephone_links(client, cast, project):
    leads = {"supplier_lead": "王工", "supplier_phone": "0418-1234567", "contractor_lead": "李工"}
    assert "both leads" in words(post(client, cast[Role.HEAT_SUPPLIER], "act/leads", status=422, **leads))
    post(client, cast[Role.HEAT_SUPPLIER], "act/leads", **leads, contractor_phone="0418-7654321")
    links = visit(client, cast[Role.CITY_BUREAU]).select("#people a[href^='tel:']")
    assert [link["href"] for link in links] == ["tel:0418-1234567", "tel:0418-7654321"]


def test_c3_3_papers_are_filed_missing_ones_named_and_false_files_refused(client, cast, project):
    contracted(cast, project)
    supplier = cast[Role.HEAT_SUPPLIER]
    drawing = SimpleUploadedFile("图.pdf", b"%PDF-1.4 x", "application/pdf")
    post(client, supplier, "act/paper", kind="drawings", file=drawing)
    page = visit(client, supplier)
    assert "Drawings" in words(page.select_one("#papers tbody"))
    assert "Pipe sizes" in words(page.select_one("#papers .note-box"))
    program = SimpleUploadedFile("图.pdf", b"MZ\x90", "application/pdf")
    assert "is not a PDF" in words(
        post(client, supplier, "act/paper", status=422, kind="drawings", file=program)
    )
    assert Paper.objects.count() == 1


def test_a_step_that_needs_a_reason_asks_for_it_on_the_page(client, cast, project):
    values = {"step": "suspend", "version": project.version}
    page = post(client, cast[Role.HEAT_SUPPLIER], "step", status=422, **values)
    assert page.select_one("#note-suspend")["aria-invalid"] == "true"
    post(client, cast[Role.HEAT_SUPPLIER], "step", note="等材料", **values)
    project.refresh_from_db()
    assert project.state == "suspended"


def test_the_second_of_two_officers_reads_who_was_faster(client, cast, project):
    values = {"step": "suspend", "version": project.version, "note": "等材料"}
    post(client, cast[Role.HEAT_SUPPLIER], "step", **values)
    page = post(client, cast[Role.CITY_BUREAU], "step", status=409, **values)
    assert "heat_supplier was faster: it is now “Suspended”" in words(page)


def test_the_list_is_narrowed_by_state_year_and_words(client, cast, project):
    def codes(query=""):
        page = visit(client, cast[Role.CITY_BUREAU], f"/projects/{query}")
        return [link["href"].split("/")[2] for link in page.select("tbody th a")]

    assert codes() == ["A2", "A1"]
    assert codes("?state=listed") == ["A2"]
    assert codes("?year=2010") == ["A1"]
    assert codes("?search=nothing-known") == []
    assert codes("?year=abc&page=x&state=fly") == ["A2", "A1"]


def test_a_withdrawn_project_leaves_the_page_and_the_building_stays(client, cast, project):
    values = {"step": "withdraw", "version": project.version, "note": "拆迁"}
    post(client, cast[Role.CITY_BUREAU], "step", **values)
    visit(client, cast[Role.CITY_BUREAU], status=404)
    visit(client, cast[Role.CITY_BUREAU], "/buildings/A2/")
    assert Project.objects.get(pk=project.pk).state == "withdrawn"
