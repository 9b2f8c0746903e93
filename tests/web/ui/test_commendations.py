"""Commendations on their page: who has earned one, given with one click, and the list as a workbook."""

from datetime import date
from io import BytesIO

import openpyxl
import pytest
from tests.web.ui.pages import rows, send, visit, words

from fenhu.programme import Role
from fenhu.web.registry.models import Flat
from fenhu.web.works.models import FlatWork, Praise, Project

pytestmark = pytest.mark.django_db


@pytest.fixture
def bureau(cast):
    return cast[Role.CITY_BUREAU]


@pytest.fixture
def work(cast):
    Project.objects.filter(building__code="A1").update(ready_by=date(2010, 6, 1))
    return FlatWork.objects.create(
        project=Project.objects.get(building__code="A1"), flat=cast.flat,
        ready_on=date(2010, 5, 20), passed_on=date(2010, 9, 20),
    )  # fmt: skip


def test_c4_1_the_bureau_ticks_and_commends(client, bureau, work):
    page = visit(client, bureau, "/commendations/")
    (box,) = page.select("#deserving tbody input[type=checkbox]")
    page = send(client, bureau, "/commendations/give/", {"flat": box["value"]})
    (row,) = rows(page, "given")
    assert row[1:3] == ["1-1-101", "张三丰"]
    assert not rows(page, "deserving")


def test_c4_1_a_supplier_reads_who_has_earned_it_and_ticks_nobody(client, cast, work):
    page = visit(client, cast[Role.HEAT_SUPPLIER], "/commendations/")
    assert len(rows(page, "deserving")) == 1
    assert not page.select("main input[type=checkbox]")


def test_c4_1_a_click_without_a_tick_says_so(client, bureau, work):
    assert "Tick the flats first" in words(send(client, bureau, "/commendations/give/", {}, 422))
    assert not Praise.objects.exists()


def test_c4_1_the_workbook_says_what_the_page_says_and_runs_no_formula(client, cast, bureau, work):
    send(client, bureau, "/commendations/give/", {"flat": work.pk})
    Flat.objects.update(owner_name="=1+1")
    client.force_login(bureau)
    answer = client.get("/commendations/export.xlsx", headers={"accept-language": "en"})
    sheet = openpyxl.load_workbook(BytesIO(b"".join(answer.streaming_content))).active
    head, row = sheet.iter_rows()
    assert [cell.value for cell in head][3:5] == ["Flat", "Household"]
    assert (row[4].value, row[4].data_type) == ("=1+1", "s")
    client.force_login(cast[Role.FINANCE])
    answer = client.get("/commendations/export.xlsx")
    sheet = openpyxl.load_workbook(BytesIO(b"".join(answer.streaming_content))).active
    assert sheet["E2"].value == "=**"
