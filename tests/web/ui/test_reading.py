"""Pages to read: the policy with its assumptions, the journal, a household's own flat."""

import pytest
from tests.web.cast import a_plan, a_study
from tests.web.ui.pages import rows, visit, words

from fenhu.policy import load
from fenhu.programme import Role
from fenhu.web.works.models import Praise
from fenhu.web.works.services import fire

pytestmark = pytest.mark.django_db


def test_every_assumption_of_the_policy_is_listed_with_its_reason(client, cast):
    page = visit(client, cast[Role.CITY_BUREAU], "/policy/")
    listed = rows(page, "assumed")
    assert len(listed) == len(load("fuxin-2010").assumptions())
    assert all(reason for *_, reason in listed)


def test_every_rule_stands_with_its_clause(client, cast):
    page = visit(client, cast[Role.HEAT_SUPPLIER], "/policy/")
    assert any("三（二）" in cell for row in rows(page, "deadlines") for cell in row)


def test_the_journal_tells_who_did_what_and_personal_words_to_those_alone_who_may(client, cast):
    a_study()
    plan = a_plan()
    fire(cast[Role.HEAT_SUPPLIER], plan, "file", version=1)
    fire(cast[Role.CITY_BUREAU], plan, "return", version=2, note="张三丰家有图纸问题")
    page = visit(client, cast[Role.CITY_BUREAU], "/journal/")
    entries = [words(row) for row in page.select("tbody tr")]
    assert len(entries) >= 2
    assert any("heat_supplier" in entry for entry in entries)
    assert "张三丰" in words(page)
    assert "张三丰" not in words(visit(client, cast[Role.DISTRICT_GOV], "/journal/"))


def test_the_journal_is_narrowed_to_one_kind(client, cast):
    page = visit(client, cast[Role.CITY_BUREAU], "/journal/?kind=no-such-kind")
    assert page.select_one("h1")


def test_c4_1_a_household_reads_for_what_it_was_commended(client, cast):
    a_study()
    assert "Commended" not in words(visit(client, cast[Role.HOUSEHOLD], "/my-flat/"))
    Praise.objects.create(
        flat=cast.flat, code="cooperated_on_time", on_date="2010-10-08", given_by=cast[Role.CITY_BUREAU]
    )
    said = words(visit(client, cast[Role.HOUSEHOLD], "/my-flat/"))
    assert "Commended on 2010-10-08: Cooperated and finished by the supplier's timetable" in said
