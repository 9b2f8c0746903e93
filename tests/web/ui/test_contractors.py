"""The contractors' register on its pages: filed, barred, lifted, and the record in figures."""

import pytest
from tests.web.ui.pages import rows, send, visit, words

from fenhu.programme import Role
from fenhu.web.registry.models import Organisation
from fenhu.web.works.models import ContractorFile

pytestmark = pytest.mark.django_db

GIVEN = {"name": "建安公司", "qualification": "二级", "certificate_number": "D1", "valid_until": "2099-01-01",
         "lead": "李工", "phone": "0418-1234567"}  # fmt: skip


@pytest.fixture
def bureau(cast):
    return cast[Role.CITY_BUREAU]


@pytest.fixture
def code(cast):
    return Organisation.objects.get(kind=Role.CONTRACTOR).code


def test_c4_3_a_contractor_without_qualification_may_not_start(client, bureau, code):
    page = visit(client, bureau, "/contractors/")
    assert "0 of 1 contractors may start works" in words(page.select_one(".answer"))
    assert "may not start works" in words(
        visit(client, bureau, f"/contractors/{code}/").select_one(".answer")
    )


def test_c4_3_a_supplier_files_it_and_its_record_stands_beside(client, cast, code):
    page = send(client, cast[Role.HEAT_SUPPLIER], "/contractors/file/", GIVEN)
    assert words(page.h1) == "建安公司"
    assert "李工" in words(page.select_one("#file"))
    assert rows(page, "years") == [["2010", "In use 1", "0"]]
    assert [row[0] for row in rows(page, "works")] == ["和平小区 A1号楼 A1"]


def test_c4_3_a_mistake_is_said_and_nothing_is_kept(client, cast):
    page = send(client, cast[Role.HEAT_SUPPLIER], "/contractors/file/", GIVEN | {"phone": "无"}, 422)
    assert "no telephone number" in words(page)
    assert not ContractorFile.objects.exists()


def test_c4_3_the_bureau_bars_and_lifts(client, bureau, code):
    send(client, bureau, "/contractors/file/", GIVEN)
    page = send(client, bureau, f"/contractors/{code}/bar/", {"reason": "转包"})
    assert "转包" in words(page.select_one(".note-warn"))
    assert "may not start works" in words(page.select_one(".answer"))
    page = send(client, bureau, f"/contractors/{code}/lift/", {"reason": "已整改"})
    assert "may start works" in words(page.select_one(".answer"))


def test_c4_3_only_the_bureau_is_offered_the_bar(client, cast, bureau, code):
    send(client, bureau, "/contractors/file/", GIVEN)
    page = visit(client, cast[Role.HEAT_SUPPLIER], f"/contractors/{code}/")
    assert not page.select('form[action$="/bar/"]')
    assert page.select('form[action="/contractors/file/"]')
