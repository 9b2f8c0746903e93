"""Issuing a paper, replacing it, withdrawing it: numbered, kept byte for byte, written into the journal."""

import hashlib
from datetime import date

import pytest
from django.db import DatabaseError, transaction
from tests.web.documents.steps import a_project, flats_of

from fenhu.errors import Conflict, InputFault, NotAllowed, UnknownItem, WrongState
from fenhu.programme import Role
from fenhu.web import clock
from fenhu.web.documents import queries
from fenhu.web.documents.models import Document, Ending, Number
from fenhu.web.documents.numbering import give_numbers
from fenhu.web.documents.services import issue, office_of, replace, withdraw
from fenhu.web.journal import services as journal
from fenhu.web.journal.queries import entries_of

pytestmark = [pytest.mark.django_db, pytest.mark.data_layer]


@pytest.fixture
def supplier(cast):
    return cast[Role.HEAT_SUPPLIER]


@pytest.fixture
def notice(supplier):
    return issue(supplier, kind="building_notice", subject=a_project())


def content(document):
    with document.file.open("rb") as file:
        return file.read()


def test_c3_1_a_notice_is_issued_with_its_number_code_and_digest(notice, supplier):
    assert notice.number.words == f"宏远改通〔{clock.today().year}〕1号"
    assert content(notice).startswith(b"%PDF-")
    assert notice.digest == hashlib.sha256(content(notice)).hexdigest()
    assert (notice.media_type, notice.size_bytes) == ("application/pdf", len(content(notice)))
    assert (notice.building.code, notice.flat, notice.issued_by) == ("A2", None, supplier)


def test_issuing_is_written_into_the_journal_without_persons(supplier):
    flat = flats_of(a_project())[0]
    made = issue(supplier, kind="flat_notice", subject=flat)
    [entry] = entries_of(made)
    assert (entry.kind, entry.data["number"], entry.data["digest"]) == (
        "document.issued", made.number.words, made.digest,
    )  # fmt: skip
    assert "张三" not in str(entry.data)
    assert journal.verify().valid


def test_a_number_whose_paper_was_not_finished_is_taken_up_again(supplier):
    flats = flats_of(a_project())
    office = office_of(supplier.grants.get())
    with transaction.atomic():
        [given] = give_numbers(supplier, office, "flat_notice", [f"works.flatwork:{flats[0].pk}"])
    second = issue(supplier, kind="flat_notice", subject=flats[1])
    first = issue(supplier, kind="flat_notice", subject=flats[0])
    assert (first.number, first.number.n, second.number.n) == (given, 1, 2)


def test_numbers_of_a_series_follow_each_other_and_each_kind_has_its_own(supplier):
    project = a_project()
    flats = flats_of(project)
    issue(supplier, kind="building_notice", subject=project)
    for flat in flats:
        issue(supplier, kind="flat_notice", subject=flat)
    assert list(Number.objects.order_by("pk").values_list("kind", "n")) == [
        ("building_notice", 1), ("flat_notice", 1), ("flat_notice", 2),
    ]  # fmt: skip


def test_a_series_begins_anew_each_year(supplier):
    flats = flats_of(a_project())
    for year, flat in zip((2011, 2012), flats, strict=True):
        with clock.on(date(year, 5, 4)):
            issue(supplier, kind="flat_notice", subject=flat)
    assert [one.words for one in Number.objects.order_by("pk")] == [
        "宏远户通〔2011〕1号", "宏远户通〔2012〕1号",
    ]  # fmt: skip


def test_what_is_issued_and_valid_is_not_issued_twice(notice, supplier):
    with pytest.raises(WrongState, match=notice.number.words):
        issue(supplier, kind="building_notice", subject=notice.project)


def test_a_refused_paper_takes_no_number(supplier):
    project = a_project()
    project.state = "withdrawn"
    with pytest.raises(WrongState):
        issue(supplier, kind="building_notice", subject=project)
    assert not Number.objects.exists()


def test_only_the_buildings_supplier_issues_its_notices(cast):
    project = a_project()
    for person in (cast.other_supplier, cast[Role.CITY_BUREAU], cast[Role.HOUSEHOLD], cast.outsider):
        with pytest.raises(NotAllowed):
            issue(person, kind="building_notice", subject=project)


def test_there_is_no_paper_of_an_unknown_kind(supplier):
    with pytest.raises(UnknownItem, match="poem"):
        issue(supplier, kind="poem", subject=a_project())


def test_a_replaced_paper_names_its_successor_and_both_stay_as_they_were(notice, supplier):
    before = content(notice)
    successor = replace(supplier, notice, reason="联系电话变更")
    view = queries.document_view(supplier, notice.pk)
    assert (view.row.state, view.reason, view.replaced_by.number) == (
        "replaced", "联系电话变更", successor.number.words,
    )  # fmt: skip
    assert (successor.number.n, successor.number.edition) == (2, 2)
    assert content(notice) == before
    assert queries.document_view(supplier, successor.pk).replaces.number == notice.number.words


def test_a_withdrawn_paper_can_be_issued_again(notice, supplier):
    withdraw(supplier, notice, reason="发错楼栋")
    assert queries.document_view(supplier, notice.pk).row.state == "withdrawn"
    again = issue(supplier, kind="building_notice", subject=notice.project)
    assert again.number.n == 2


def test_a_reason_is_asked_for_and_kept_out_of_the_journal(notice, supplier):
    for verb in (replace, withdraw):
        with pytest.raises(InputFault):
            verb(supplier, notice, reason="  ")
    withdraw(supplier, notice, reason="张三丰要求")
    assert "张三丰" not in str([entry.data for entry in entries_of(notice)])


def test_a_paper_ends_once(notice, supplier):
    withdraw(supplier, notice, reason="发错楼栋")
    for verb in (replace, withdraw):
        with pytest.raises(Conflict):
            verb(supplier, notice, reason="再次")
    assert Ending.objects.count() == 1
    assert Document.objects.count() == 1


def test_nobody_else_ends_a_paper(notice, cast):
    for person in (cast.other_supplier, cast[Role.CITY_BUREAU], cast[Role.COMMUNITY]):
        with pytest.raises(NotAllowed):
            withdraw(person, notice, reason="不同意")


@pytest.mark.parametrize("table", ["number", "document"])
def test_the_database_refuses_to_change_or_delete(notice, raw, table):
    for sql in (f"UPDATE documents_{table} SET id = id", f"DELETE FROM documents_{table}"):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            raw(sql)


def test_a_flats_paper_is_read_by_those_who_may_know_its_person(cast, supplier):
    paper = issue(supplier, kind="flat_notice", subject=flats_of(a_project())[0])
    sees = {role for role in Role if Document.objects.visible_to(cast[role]).filter(pk=paper.pk).exists()}
    assert sees == {Role.CITY_BUREAU, Role.HEAT_SUPPLIER, Role.COMMUNITY}
    assert not Document.objects.visible_to(cast.other_supplier).exists()
