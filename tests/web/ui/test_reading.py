"""Pages to read: the policy with its assumptions, the journal, a household's own flat."""

import pytest
from tests.web.cast import a_plan, a_study
from tests.web.ui.pages import rows, visit, words

from fenhu.policy import load
from fenhu.programme import Role
from fenhu.web.registry.models import Flat
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


def test_the_journal_tells_who_did_what_and_hides_personal_words(client, cast):
    a_study()
    plan = a_plan()
    fire(cast[Role.HEAT_SUPPLIER], plan, "file", version=1)
    fire(cast[Role.CITY_BUREAU], plan, "return", version=2, note="张三丰家有图纸问题")
    page = visit(client, cast[Role.CITY_BUREAU], "/journal/")
    entries = [words(row) for row in page.select("tbody tr")]
    assert len(entries) >= 2
    assert any("heat_supplier" in entry for entry in entries)
    assert "张三丰" not in words(page)


def test_the_journal_is_narrowed_to_one_kind(client, cast):
    page = visit(client, cast[Role.CITY_BUREAU], "/journal/?kind=no-such-kind")
    assert page.select_one("h1")


def test_a_household_reads_its_flat_its_year_and_its_part(client, cast):
    a_study()
    page = visit(client, cast[Role.HOUSEHOLD], "/my-flat/")
    said = words(page.select_one("main"))
    assert "Your building is planned for 2011" in said
    # 40 yuan of indoor material; the policy lets the user pay a part of it.
    assert "40.00" in said
    assert "Nobody has asked you yet" in said


@pytest.mark.parametrize(("consent", "said"), [(True, "You agreed"), (False, "You did not agree so far")])
def test_a_household_reads_what_it_answered(client, cast, consent, said):
    a_study()
    Flat.objects.filter(pk=cast.flat.pk).update(consent=consent)
    assert said in words(visit(client, cast[Role.HOUSEHOLD], "/my-flat/"))


def test_a_household_without_a_study_still_has_its_page(client, cast):
    assert "Your building has no year yet" in words(visit(client, cast[Role.HOUSEHOLD], "/my-flat/"))


def test_c4_1_a_household_reads_for_what_it_was_commended(client, cast):
    a_study()
    assert "Commended" not in words(visit(client, cast[Role.HOUSEHOLD], "/my-flat/"))
    Praise.objects.create(
        flat=cast.flat, code="cooperated_on_time", on_date="2010-10-08", given_by=cast[Role.CITY_BUREAU]
    )
    said = words(visit(client, cast[Role.HOUSEHOLD], "/my-flat/"))
    assert "Commended on 2010-10-08: Cooperated and finished by the supplier's timetable" in said
