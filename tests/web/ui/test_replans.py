"""Planning again, on the pages: what stands where, the changes, putting them in force; risk and pace."""

from datetime import date

import openpyxl
import pytest
from tests.web.scenario_steps import Listener, a_planned_city
from tests.web.ui.pages import send, visit, words

from fenhu.programme import Role
from fenhu.web.works import queries, services
from fenhu.web.works.models import Replan
from fenhu.web.works.replanning import work_out_replan, work_out_risk

pytestmark = pytest.mark.django_db
DESK, RISK = "/plan/again/", "/plan/risk/"


@pytest.fixture
def bureau(cast, settings):
    settings.TODAY = date(2011, 4, 11)
    a_planned_city()
    return cast[Role.CITY_BUREAU]


def made_again(bureau):
    return work_out_replan(services.ask_replan(bureau, dropped=("A1",), price=2.0), Listener())


def test_the_desk_says_what_stays_and_shows_the_policy_s_price(client, bureau):
    page = visit(client, bureau, DESK)
    assert "1 buildings are built and 0 under contract" in words(page.select_one(".answer"))
    assert float(page.select_one("#price")["value"]) == 2.0


def test_before_any_plan_the_pages_say_so(client, cast):
    for address in (DESK, RISK):
        page = visit(client, cast[Role.CITY_BUREAU], address)
        assert "no plan to start from" in words(page.select_one(".answer"))


def test_codes_may_be_parted_as_people_write_them(client, bureau):
    send(client, bureau, f"{DESK}create/", {"dropped": "A1，A2;\nB1", "price": "2"})
    assert Replan.objects.get().dropped == ["A1", "A2", "B1"]


def test_a_wrong_code_is_named(client, bureau):
    page = send(client, bureau, f"{DESK}create/", {"dropped": "A9", "price": "2"}, 404)
    assert "A9" in words(page)


def test_every_change_stands_in_the_list_with_its_reason(client, bureau):
    page = visit(client, bureau, f"{DESK}{made_again(bureau).pk}/")
    text = words(page.select_one("#list"))
    assert "It dropped out." in text
    assert "2011 → —" in text


def test_the_list_leaves_as_a_workbook(client, bureau, tmp_path):
    case = made_again(bureau)
    client.force_login(bureau)
    answer = client.get(f"{DESK}{case.pk}/changes.xlsx")
    (tmp_path / "list.xlsx").write_bytes(answer.content)
    sheet = openpyxl.load_workbook(tmp_path / "list.xlsx").active
    assert "A1" in {cell.value for row in sheet.iter_rows() for cell in row}


def test_it_is_put_in_force_by_one_button(client, bureau):
    case = made_again(bureau)
    page = visit(client, bureau, f"{DESK}{case.pk}/")
    assert page.select_one(f'form[action="{DESK}{case.pk}/adopt/"] button')
    send(client, bureau, f"{DESK}{case.pk}/adopt/", {})
    assert queries.planning_of().number == 2
    assert not visit(client, bureau, f"{DESK}{case.pk}/").select(f'form[action="{DESK}{case.pk}/adopt/"]')


def test_the_contradiction_stands_on_the_page_with_its_chart_and_table(client, bureau):
    page = visit(client, bureau, RISK)
    assert "50,000 flats take 10 years" in words(page.select_one(".answer"))
    assert page.select("#pace svg")
    assert "22,500" in words(page.select_one("#pace"))
    assert page.select("#spreads td")


def test_the_risk_and_the_reserves_stand_there_once_tried(client, bureau):
    work_out_risk(services.try_risk(bureau), Listener())
    page = visit(client, bureau, RISK)
    assert "drawn scenarios" in words(page.select_one(".answer"))
    assert not page.select(f'form[action="{RISK}try/"]')
