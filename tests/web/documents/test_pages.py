"""The pages of issued papers as their people use them."""

from io import BytesIO

import openpyxl
import pytest
from django.urls import reverse
from tests.web.documents.steps import a_project, flats_of
from tests.web.ui.pages import rows, send, visit, words

from fenhu.programme import Role
from fenhu.web.documents.models import Document
from fenhu.web.documents.services import issue, withdraw

pytestmark = pytest.mark.django_db


@pytest.fixture
def supplier(cast):
    return cast[Role.HEAT_SUPPLIER]


@pytest.fixture
def project(cast):
    return a_project()


def test_a_notice_is_issued_from_the_projects_page(client, supplier, project):
    page = visit(client, supplier, reverse("project", args=["A2"]))
    form = next(one for one in page.select("#issued form") if "building_notice" in str(one))
    sent = {field["name"]: field["value"] for field in form.select("input[name]")}
    page = send(client, supplier, form["action"], sent)
    number = Document.objects.get().number.words
    assert number in words(page.select_one(".answer"))
    again = visit(client, supplier, reverse("project", args=["A2"]))
    assert number in words(again.select_one("#issued"))


def test_who_only_reads_is_offered_no_paper_to_issue(client, cast, project):
    page = visit(client, cast[Role.CITY_BUREAU], reverse("project", args=["A2"]))
    assert page.select("#issued")
    assert not page.select("#issued form")


def test_a_paper_held_back_says_why(client, supplier, project):
    page = visit(client, supplier, reverse("project", args=["A2"]))
    said = {row[0]: row[1] for row in rows(page, "issued")}
    assert "Both leads are published first" in said["Public announcement"]


def test_a_reason_is_asked_for_on_the_page_itself(client, supplier, project):
    made = issue(supplier, kind="building_notice", subject=project)
    for verb in ("replace", "withdraw"):
        page = send(
            client, supplier, reverse(f"document-{verb}", args=[made.pk]), {"reason": " "}, status=422
        )
        assert page.select(f"#{verb} [aria-invalid=true]")
    send(client, supplier, reverse("document-withdraw", args=[made.pk]), {"reason": "发错楼栋"})
    page = visit(client, supplier, reverse("document", args=[made.pk]))
    assert "withdrawn" in words(page.select_one(".answer"))
    assert not page.select("#replace, #withdraw")


def test_the_list_keeps_its_filter_in_the_address_and_exports_what_is_shown(client, supplier, project):
    first, second = flats_of(project)
    kept = issue(supplier, kind="flat_notice", subject=first)
    withdraw(supplier, issue(supplier, kind="flat_notice", subject=second), reason="户主变更")
    issue(supplier, kind="building_notice", subject=project)
    asked = "?kind=flat_notice&state=valid&search=A2"
    page = visit(client, supplier, reverse("documents") + asked)
    assert [row[0] for row in rows(page, "papers")] == [kept.number.words]
    book = client.get(reverse("documents-export") + asked)
    sheet = openpyxl.load_workbook(BytesIO(b"".join(book.streaming_content))).active
    assert [row[0] for row in sheet.iter_rows(min_row=2, values_only=True)] == [kept.number.words]


def test_a_file_is_handed_out_as_it_left_the_office(client, supplier, project):
    made = issue(supplier, kind="building_notice", subject=project)
    client.force_login(supplier)
    answer = client.get(reverse("document-file", args=[made.pk]))
    with made.file.open("rb") as file:
        assert b"".join(answer.streaming_content) == file.read()
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_the_papers_of_all_flats_are_started_and_printed_from_one_page(client, supplier, project):
    issue(supplier, kind="flat_notice", subject=flats_of(project)[0])
    page = visit(client, supplier, reverse("document-batch") + "?kind=flat_notice&year=2011")
    assert "1 are missing" in words(page.select_one(".answer"))
    printed = page.select_one('#buildings a[href$=".pdf"]')["href"]
    assert b"".join(client.get(printed).streaming_content).startswith(b"%PDF-")
    form = page.select_one("form[method=post][action='/documents/batch/']")
    sent = {field["name"]: field["value"] for field in form.select("input[name]")}
    started = client.post(form["action"], sent)
    assert started["Location"].startswith("/jobs/")


def test_numbers_are_written_as_the_page_says(client, supplier):
    address = reverse("document-numbers")
    send(client, supplier, address, {"kind": "building_notice", "pattern": "阜热改〔{year}〕{n}号"})
    page = visit(client, supplier, address)
    assert "阜热改〔2011〕12号" in words(page.select_one("#numbers"))


def test_a_faulty_template_is_answered_with_its_line(client, supplier):
    address = reverse("document-template", args=["building_notice.typ"])
    faulty = BytesIO("第一行\n#no-such-function()\n".encode())
    faulty.name = "building_notice.typ"
    page = send(client, supplier, address, {"file": faulty}, status=422)
    assert "building_notice.typ, line 2" in words(page.select_one("[role=alert]"))


def test_a_template_is_uploaded_looked_at_and_put_in_force(client, supplier):
    name = "building_notice.typ"
    client.force_login(supplier)
    packaged = client.get(reverse("document-template-file", args=[name, 0]))
    own = BytesIO(b"".join(packaged.streaming_content) + "\n补充说明\n".encode())
    own.name = name
    page = send(client, supplier, reverse("document-template", args=[name]), {"file": own})
    picture = client.get(page.select_one("#preview img")["src"])
    assert picture["Content-Type"] == "image/png"
    page = send(client, supplier, reverse("document-template-choose", args=[name, 1]), {})
    assert "Version 1" in words(page.select_one(".answer"))
    page = send(client, supplier, reverse("document-template-choose", args=[name, 0]), {})
    assert "packaged template is in force" in words(page.select_one(".answer"))
