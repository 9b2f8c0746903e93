"""Files made to do harm are refused at every door by which a file comes in, and nothing is kept of them."""

import re
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.web import bombs
from tests.web.access.walk import BACKEND

import fenhu.web
from fenhu.errors import InputFault
from fenhu.programme import Role
from fenhu.web.journal.models import Entry
from fenhu.web.uploads import Kind, judge

ALL = tuple(Kind)
HARMFUL = bombs.WORKBOOKS | bombs.TABLES | bombs.PAPERS
# Every door: who goes through it, where, what else the form asks, and which kinds of files it takes.
DOORS = {
    "register": (Role.HEAT_SUPPLIER, "/import/", {}, bombs.WORKBOOKS | bombs.TABLES),
    "bank statement": (Role.HEAT_SUPPLIER, "/money/bank/take/", {}, bombs.WORKBOOKS),
    "older books": (Role.HEAT_SUPPLIER, "/money/opening/take/", {}, bombs.WORKBOOKS),
    "bill as built": (Role.HEAT_SUPPLIER, "/buildings/A1/money/measured/", {}, bombs.WORKBOOKS),
    "meter readings": (Role.HEAT_SUPPLIER, "/metering/take/", {}, bombs.WORKBOOKS),
    "prices": (
        Role.CITY_BUREAU, "/prices/enter/",
        {"valid_from": "2010-06-01", "year": 2010, "city": "阜新市", "source": "造价信息"}, bombs.WORKBOOKS,
    ),
    "design made elsewhere": (Role.HEAT_SUPPLIER, "/buildings/A2/design/enter/", {}, bombs.WORKBOOKS),
    "template of a paper": (
        Role.HEAT_SUPPLIER, "/documents/templates/flat_notice.typ/", {},
        {"macros.typ": bombs.with_part("xl/vbaProject.bin"), "zeros.typ": b"\0" * 99, "empty.typ": b""},
    ),
    "paper of a conversion": (
        Role.HEAT_SUPPLIER, "/projects/A1/act/paper/", {"kind": "drawings", "title": "图"}, bombs.PAPERS,
    ),
    "material of the campaign": (
        Role.HEAT_SUPPLIER, "/campaign/act/material/", {"kind": "leaflet", "title": "传单"}, bombs.PAPERS,
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", HARMFUL)
def test_every_harmful_file_is_refused_by_name(name):
    with pytest.raises(InputFault, match=re.escape(name)):
        judge(ContentFile(HARMFUL[name], name=name), ALL, most_bytes=100 * bombs.MIB)


@pytest.mark.parametrize(("name", "content", "kind"), [
    ("a.xlsx", bombs.a_workbook(), Kind.WORKBOOK), ("b.csv", "编号,名称\n=1+1,x\n".encode(), Kind.TEXT),
    ("c.zip", bombs.packed([("buildings.csv", "code\nA1\n")]), Kind.TABLES),
    ("d.pdf", bombs.a_pdf(), Kind.PDF), ("e.png", bombs.a_huge_picture(9, 9), Kind.PNG),
    ("without an ending", bombs.a_pdf(), Kind.PDF),
])  # fmt: skip
def test_an_honest_file_is_known_by_its_content_and_left_at_its_beginning(name, content, kind):
    file = ContentFile(content, name=name)
    assert judge(file, ALL, most_bytes=bombs.MIB) == kind
    assert file.read(4) == content[:4]


def test_a_file_of_a_kind_that_is_not_wanted_is_refused_with_what_is():
    with pytest.raises(InputFault, match="xlsx"):
        judge(ContentFile(bombs.a_pdf(), name="a.pdf"), (Kind.WORKBOOK,), most_bytes=bombs.MIB)


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.django_db
def test_no_door_lets_a_harmful_file_in_or_keeps_anything_of_it(cast, door, settings):
    role, address, form, files = DOORS[door]
    client = Client()
    client.force_login(cast[role], backend=BACKEND)
    before = Entry.objects.count()
    for name, content in files.items():
        sent = {**form, "file": SimpleUploadedFile(name, content)}
        assert client.post(address, sent).status_code == 422, name
    assert Entry.objects.count() == before
    media = Path(settings.MEDIA_ROOT)
    assert [path for path in media.rglob("*") if path.is_file()] == []


@pytest.mark.parametrize(
    "door", ["bank statement", "older books", "meter readings", "prices", "design made elsewhere"]
)
@pytest.mark.django_db
def test_a_workbook_that_would_take_all_memory_is_told_so_and_the_page_server_lives(cast, door):
    role, address, form, _ = DOORS[door]
    client = Client()
    client.force_login(cast[role], backend=BACKEND)
    said = client.post(address, {**form, "file": SimpleUploadedFile("远.xlsx", bombs.a_hungry_workbook())})
    assert said.status_code == 422
    assert "表格以外的行和列" in said.content.decode()


def test_whatever_takes_files_is_among_the_doors():
    web = Path(fenhu.web.__file__).parent
    takers = {
        path.relative_to(web).as_posix()
        for path in web.rglob("*.py")
        if "request.FILES" in path.read_text(encoding="utf-8")
    }
    assert takers == {
        "household/views/screens.py",  # a photograph, judged and written anew: tests/web/household
        *(f"ui/views/{name}.py" for name in (
            "banking", "campaign", "designs", "document_templates", "imports", "projects", "sites",
        )),
        "ui/views/verification.py",  # compared by its digest, never opened or kept
    }  # fmt: skip
