"""Cases on their pages: opened at a building, taken in hand, proved, decided, settled, filtered."""

import pytest
from tests.web.ui.pages import rows, send, visit, words
from tests.web.works.steps import fired

from fenhu.programme import Role
from fenhu.web import clock
from fenhu.web.registry.models import Building
from fenhu.web.works import services
from fenhu.web.works.models import Case

pytestmark = pytest.mark.django_db


@pytest.fixture
def supplier(cast):
    return cast[Role.HEAT_SUPPLIER]


@pytest.fixture
def bureau(cast):
    return cast[Role.CITY_BUREAU]


@pytest.fixture
def case(supplier):
    building = Building.objects.get(code="A2")
    return services.open_case(supplier, building, kind="dispute", title="费用之争", account="厂方拒付")


def buttons(page):
    return [words(button) for button in page.select("#steps button:not([disabled])")]


def test_c2_3_a_case_is_opened_from_the_buildings_page(client, supplier):
    page = visit(client, supplier, "/buildings/A2/")
    (link,) = page.select("#cases a.button")
    form = visit(client, supplier, link["href"])
    assert len(form.select("select#kind option")) == 5
    page = send(client, supplier, "/cases/open/", {
        "building": "A2", "kind": "refusal", "flat": "1-1-101", "title": "不同意", "account": "嫌费用高",
    })  # fmt: skip
    assert words(page.h1) == "不同意"
    assert "嫌费用高" in words(page.select_one("#account"))
    assert "不同意" in words(visit(client, supplier, "/buildings/A2/").select_one("#cases"))


def test_a_building_of_others_is_refused_on_the_form_itself(client, supplier):
    page = visit(client, supplier, "/cases/open/?building=B1")
    assert "You cannot open a case at B1" in words(page.select_one(".error"))


def test_a_household_is_offered_a_complaint_about_its_own_flat_alone(client, cast):
    household = cast[Role.HOUSEHOLD]
    page = visit(client, household, "/cases/open/?building=A1")
    assert [one["value"] for one in page.select("#kind option")] == ["complaint"]
    assert [words(one) for one in page.select("#flat option")] == ["1-1-101"]
    assert visit(client, household, "/my-flat/").select('.doors a[href$="/complaint/"]')


def test_c2_3_the_steps_are_those_of_the_reader_and_a_missing_reason_is_asked_for(client, supplier, case):
    page = send(client, supplier, f"/cases/{case.pk}/step/", {"step": "take", "version": 1})
    assert words(page.select_one(".answer .badge")) == "In hand"
    assert "It is settled" not in buttons(page)
    page = send(client, supplier, f"/cases/{case.pk}/step/", {"step": "escalate", "version": 2}, 422)
    assert page.select_one("#note-escalate-error")
    assert page.select_one("details[open] #note-escalate")
    page = send(
        client, supplier, f"/cases/{case.pk}/step/", {"step": "escalate", "version": 2, "note": "请协调"}
    )
    assert "请协调" in words(page.select_one("#history"))


def test_c4_1_the_bureau_reads_the_rule_beside_the_evidence_and_decides(client, supplier, bureau, case):
    for code in ("dispute_case", "owner_reminded"):
        send(client, supplier, f"/cases/{case.pk}/act/evidence/", {"code": code, "note": "催告函17号"})
    page = visit(client, supplier, f"/cases/{case.pk}/")
    assert not page.select("#liability form")
    page = visit(client, bureau, f"/cases/{case.pk}/")
    proposed = [row for row in rows(page, "evidence") if row[-1] == "proposed"]
    assert [row[0] for row in proposed] == ["The owner unit does not cooperate and conflict follows 四（一）"]
    assert [one["value"] for one in page.select("#liability input[type=radio]")] == [
        "owner_not_cooperating", "none",
    ]  # fmt: skip
    page = send(client, bureau, f"/cases/{case.pk}/act/liability/", {
        "liable": "owner_not_cooperating", "note": "两次拒付",
    })  # fmt: skip
    assert "两次拒付" in words(page.select_one("#liability"))


def test_c4_1_who_recorded_evidence_reads_why_he_cannot_decide(client, bureau, case):
    services.record_evidence(bureau, case, "incident_report", "报警回执")
    page = visit(client, bureau, f"/cases/{case.pk}/")
    assert not page.select("#liability form")
    assert "somebody else has to decide" in words(page.select_one("#liability"))


def test_the_list_filters_by_kind(client, supplier, case):
    page = visit(client, supplier, "/cases/?kind=dispute")
    assert [words(one) for one in page.select("tbody th a")][:1] == ["费用之争"]
    page = visit(client, supplier, "/cases/?kind=refusal")
    assert page.select_one(".empty")


def test_an_overdue_case_says_so(client, supplier, case):
    Case.objects.filter(pk=case.pk).update(since=clock.date(2009, 1, 5))
    page = visit(client, supplier, "/cases/?state=overdue")
    assert "overdue" in words(page.select_one("tbody tr"))
    assert "1 of them are overdue" in words(page.select_one(".answer"))


def test_an_owner_unit_reads_no_account(client, cast, case):
    page = visit(client, cast[Role.OWNER_UNIT], f"/cases/{case.pk}/")
    assert "厂方拒付" not in words(page)
    assert "Only those who deal with the case" in words(page.select_one("#account"))


def test_c4_1_public_security_finds_its_incidents_on_the_first_page(client, cast, supplier, case):
    officer = cast[Role.PUBLIC_SECURITY]
    fired(supplier, case, "call_security", "持械阻拦")
    page = visit(client, officer, "/")
    assert page.select_one("#incidents th a")["href"] == f"/cases/{case.pk}/"
    page = visit(client, officer, f"/cases/{case.pk}/")
    assert buttons(page) == ["Report what was done"]


def test_chinese_pages_speak_chinese(client, bureau, supplier, case):
    for address in ("/cases/", f"/cases/{case.pk}/", "/cases/open/?building=A2"):
        page = visit(client, bureau, address, language="zh-hans")
        assert "Case" not in words(page.main)


def test_the_bureaus_journal_tells_evidence_and_liability_in_words(client, supplier, bureau, case):
    services.record_evidence(supplier, case, "incident_report", "报警回执")
    services.decide_liability(bureau, case, "deliberate_obstruction", "持械阻拦")
    page = words(visit(client, bureau, "/journal/"))
    assert "The incident is reported" in page
    assert "A household obstructs deliberately" in page
