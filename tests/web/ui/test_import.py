"""Importing by browser: template, file, findings, what would change, and the decision."""

from dataclasses import replace
from io import BytesIO

import openpyxl
import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.web.cast import the_register
from tests.web.ui.pages import rows, send, visit, words

from fenhu.programme import Role
from fenhu.register import read_register, write_register
from fenhu.web.exchange import services
from fenhu.web.exchange.models import Upload
from fenhu.web.jobs.models import Job
from fenhu.web.registry.queries import register_from_database

pytestmark = pytest.mark.django_db


@pytest.fixture
def bureau(cast):
    return cast[Role.CITY_BUREAU]


@pytest.fixture
def workbook(tmp_path):
    """Return the bytes of a register's workbook."""

    def write(**first_building):
        register = the_register()
        first, *others = register.buildings
        path = tmp_path / "register.xlsx"
        changed = replace(register, buildings=(replace(first, **first_building), *others))
        write_register(changed, path)
        return path.read_bytes()

    return write


def spoiled(content, heading, value):
    """Return the workbook with one cell of its first building overwritten."""
    book = openpyxl.load_workbook(BytesIO(content))
    sheet = book["楼栋"]
    head = next(cell for row in sheet.iter_rows() for cell in row if cell.value == heading)
    first = next(cell.row for row in sheet.iter_rows(min_row=head.row) for cell in row if cell.value == "A1")
    sheet.cell(row=first, column=head.column).value = value
    saved = BytesIO()
    book.save(saved)
    return saved.getvalue()


def downloaded(client, address):
    return b"".join(client.get(address).streaming_content)


def staged(content, user):
    return services.stage(services.receive(ContentFile(content, name="楼栋.xlsx"), user))


def test_a_file_leads_to_its_check(client, bureau, workbook):
    client.force_login(bureau)
    answer = client.post("/import/", {"file": SimpleUploadedFile("楼栋.xlsx", workbook())})
    assert answer.url == f"/jobs/{Job.objects.get().pk}/"
    assert Upload.objects.get().owner == bureau


@pytest.mark.parametrize(("file", "said"), [
    (None, "Choose a file first"),
    (SimpleUploadedFile("empty.xlsx", b""), "The file is empty"),
    (SimpleUploadedFile("picture.png", b"\x89PNG\r\n\x1a\n" + b"0" * 100), "picture.png"),
])  # fmt: skip
def test_a_file_that_cannot_be_a_register_is_refused_on_the_page(client, bureau, file, said):
    page = send(client, bureau, "/import/", {"file": file} if file else {}, status=422)
    assert said in words(page.select_one("#file-error"))
    assert not Job.objects.exists()
    assert not Upload.objects.exists()


def test_what_would_change_is_shown_old_and_new_before_anything_is_stored(client, bureau, workbook):
    before = register_from_database()
    upload = staged(workbook(year_built=1979), bureau)
    page = visit(client, bureau, f"/import/{upload.pk}/")
    assert "The file can be imported" in words(page.select_one(".answer"))
    detail = rows(visit(client, bureau, f"/import/{upload.pk}/?action=changed"), "rows")
    assert [row[1] for row in detail] == ["A1"]
    assert "1985 → 1979" in detail[0][3]
    assert register_from_database() == before


def test_findings_name_sheet_row_and_column_and_nothing_can_be_applied(client, bureau, workbook):
    before = register_from_database()
    upload = staged(spoiled(workbook(), "建成年份", "去年"), bureau)
    page = visit(client, bureau, f"/import/{upload.pk}/", language="zh-hans")
    (finding,) = rows(page, "findings")
    assert finding[1] == "楼栋"
    assert finding[2].isdecimal()
    assert "建成年份" in finding[3]
    assert page.select_one(f'form[action="/import/{upload.pk}/apply/"]') is None
    assert register_from_database() == before


def test_findings_come_as_a_workbook_to_correct_by(client, bureau, workbook):
    upload = staged(spoiled(workbook(), "建成年份", "去年"), bureau)
    client.force_login(bureau)
    book = openpyxl.load_workbook(BytesIO(downloaded(client, f"/import/{upload.pk}/findings.xlsx")))
    found = list(book.active.iter_rows(values_only=True))
    assert len(found) == 2
    assert "建成年份" in found[1]


def test_a_file_put_aside_changes_nothing(client, bureau, workbook):
    upload = staged(workbook(year_built=1979), bureau)
    page = send(client, bureau, f"/import/{upload.pk}/discard/", {})
    assert "nothing was changed" in words(page)
    assert Upload.objects.get().state == "discarded"


def test_a_decision_is_taken_by_post_alone(client, bureau, workbook):
    upload = staged(workbook(year_built=1979), bureau)
    client.force_login(bureau)
    assert client.get(f"/import/{upload.pk}/apply/").status_code == 405
    assert client.get(f"/import/{upload.pk}/discard/").status_code == 405


def test_anothers_upload_is_not_there(client, bureau, cast, workbook):
    upload = staged(workbook(year_built=1979), bureau)
    for address in (f"/import/{upload.pk}/", f"/import/{upload.pk}/findings.xlsx"):
        visit(client, cast.other_supplier, address, status=404)


def test_the_template_lacks_nothing_but_rows(client, bureau, tmp_path):
    client.force_login(bureau)
    path = tmp_path / "template.xlsx"
    path.write_bytes(downloaded(client, "/import/template.xlsx"))
    assert {finding.code for finding in read_register(path).findings} == {"empty-sheet"}
