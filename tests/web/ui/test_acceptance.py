"""An acceptance on its page: checklist, signatures in order, rounds one below the other, steps."""

import pytest
from tests.web.cast import a_study
from tests.web.ui.pages import rows, send, visit, words
from tests.web.works.steps import BOTH, SYSTEM_VALUES, a_project, finished

from fenhu.programme import Role
from fenhu.web import clock
from fenhu.web.registry.models import Building
from fenhu.web.works.models import AcceptanceRound, Project

pytestmark = pytest.mark.django_db

PAGE = "/projects/A2/acceptance/"
OFFICES = (Role.CITY_BUREAU, Role.DISTRICT_GOV, Role.HEAT_SUPPLIER, Role.CONTRACTOR, Role.COMMUNITY)
PARTIES = (*(role.value for role in OFFICES), "resident_representatives")


@pytest.fixture
def project(cast, settings):
    settings.TODAY = clock.date(2011, 5, 2)
    Building.objects.filter(code="A2").update(community=Building.objects.get(code="A1").community)
    a_study()
    return finished(cast, a_project(cast))


@pytest.fixture
def bureau(cast):
    return cast[Role.CITY_BUREAU]


def act(client, user, verb, status=200, **fields):
    return send(client, user, f"{PAGE}act/{verb}/", fields, status)


def measured(client, bureau, **rooms):
    act(client, bureau, "open")
    for test, value in SYSTEM_VALUES.items():
        act(client, bureau, "measure", test=test, value=value)
    for flat, value in rooms.items() or {BOTH[0]: "20"}.items():
        page = act(client, bureau, "measure", test="room_temperature_c", flat=flat, value=value)
    return page


def signed(client, cast):
    for party in PARTIES:
        role = Role.COMMUNITY if party == PARTIES[-1] else Role(party)
        page = act(client, cast[role], "sign", party=party, agrees=1, name="王代表")
    return page


def decide(client, bureau, step, note=""):
    held = AcceptanceRound.objects.get(state="open")
    return act(client, bureau, "step", step=step, version=held.version, note=note)


def project_step(client, user, step, note=""):
    version = Project.objects.get(building__code="A2").version
    return send(client, user, "/projects/A2/step/", {"step": step, "version": version, "note": note})


def buttons(page, place):
    return [words(one) for one in page.select(f"{place} button:not([disabled])")]


def test_c3_4_a_finished_building_waits_for_its_first_round(client, cast, bureau, project):
    page = visit(client, bureau, PAGE)
    assert "Open a round for 2 flats" in buttons(page, ".actions")
    assert "No round was held yet" in words(page)
    other = visit(client, cast[Role.HEAT_SUPPLIER], PAGE)
    assert "The construction bureau or the district government opens it." in words(other)
    assert "Open a round" not in words(other)


def test_c3_4_the_checklist_shows_standard_limit_value_and_verdict(client, bureau, project):
    page = measured(client, bureau, **{BOTH[0]: "17.5"})
    found = {row[0].split(" assumed")[0]: row[1:] for row in rows(page, "round-1")[:7]}
    room = found["Room temperature, sampled"]
    assert room == ["GB 50736-2012, 3.0.1", "四（三）", "≥ 18 °C", "1-1-101: 17.5 °C", "not kept"]
    assert found["Radiator pressure test"][2:] == ["≥ 0.6 MPa", "0.8 MPa", "kept"]


def test_c3_4_before_everything_is_measured_nobody_is_asked_to_sign(client, bureau, project):
    page = act(client, bureau, "open")
    assert "Nobody signs before everything is measured" in words(page)
    assert "Sign for:" not in words(page)


def test_c3_4_only_whose_turn_it_is_finds_the_form(client, cast, bureau, project):
    page = measured(client, bureau)
    assert "Sign for: City construction bureau" in words(page)
    supplier = cast[Role.HEAT_SUPPLIER]
    assert "Sign for:" not in words(visit(client, supplier, PAGE))
    act(client, bureau, "sign", party="city_bureau", agrees=1)
    act(client, cast[Role.DISTRICT_GOV], "sign", party="district_gov", agrees=1)
    assert "Sign for: Heat supplier" in words(visit(client, supplier, PAGE))


def test_c3_4_the_residents_signature_names_who_signed_on_paper(client, cast, bureau, project):
    measured(client, bureau)
    signed(client, cast)
    assert "王代表 on paper, written down by community" in words(visit(client, bureau, PAGE))
    assert "王** on paper" in words(visit(client, cast[Role.CONTRACTOR], PAGE))


def test_c3_4_a_blocked_decision_says_why(client, bureau, project):
    page = measured(client, bureau)
    blocked = [words(one.parent) for one in page.select("#round-1 button[disabled]")]
    assert "Passed Not signed yet: City construction bureau" in blocked


def test_c3_4_from_the_first_round_to_the_accepted_building(client, cast, bureau, project):
    measured(client, bureau, **{BOTH[0]: "20", BOTH[1]: "17"})
    signed(client, cast)
    page = decide(client, bureau, "pass_part", note="二层不足18度")
    assert "Passed in part" in words(page.select_one("#round-1"))
    assert buttons(page, "#steps") == ["Have it rectified"]
    project_step(client, bureau, "rectify", note="调阀")
    project_step(client, cast[Role.HEAT_SUPPLIER], "finish")
    page = measured(client, bureau, **{BOTH[1]: "19"})
    assert [one["id"] for one in page.select("#rounds > section")] == ["round-2", "round-1"]
    signed(client, cast)
    page = decide(client, bureau, "pass")
    assert "Accept the works" in buttons(page, "#steps")
    assert "2 of 2 flats have passed, in 2 rounds." in words(page.select_one(".answer"))


def test_c1_before_simulated_and_after_measured_stand_side_by_side(client, bureau, project):
    page = measured(client, bureau)
    assert rows(page, "flats") == [
        ["1-1-101", "16.0", "16.0", "20.0", "—"], ["1-2-201", "22.0", "22.0", "—", "—"],
    ]  # fmt: skip


def test_a_decision_without_its_reason_is_refused(client, bureau, project):
    measured(client, bureau)
    held = AcceptanceRound.objects.get()
    page = act(client, bureau, "step", 422, step="fail", version=held.version, note="")
    assert "needs a reason" in words(page)
    assert AcceptanceRound.objects.get().state == "open"


def test_a_second_click_on_a_decision_finds_no_open_round(client, bureau, project):
    measured(client, bureau)
    held = AcceptanceRound.objects.get()
    act(client, bureau, "step", step="fail", version=held.version, note="改日再验")
    act(client, bureau, "step", 404, step="fail", version=held.version, note="改日再验")


def test_the_page_speaks_chinese(client, bureau, project):
    measured(client, bureau)
    page = visit(client, bureau, PAGE, language="zh-hans")
    assert "检验项目表" in words(page)
    assert words(page.select_one("h1")).endswith("竣工验收")
