"""Two plans side by side: on one scale, differences in sentences, moved buildings to take along."""

import io

import openpyxl
import pytest
from tests.web.scenario_steps import a_planned_city, a_scenario, worked
from tests.web.ui.pages import rows, visit, words

from fenhu.planning import Changes
from fenhu.programme import Role
from fenhu.web.works.queries import comparison

pytestmark = pytest.mark.django_db
COMPARE = "/plan/what-if/compare/"


@pytest.fixture
def bureau(cast):
    a_planned_city()
    return cast[Role.CITY_BUREAU]


def compared(client, user, one, other, **more):
    return visit(client, user, f"{COMPARE}?one={one}&other={other}", **more)


def test_a_scenario_beside_the_plan_in_force_says_how_they_differ(client, cast, bureau):
    page = compared(client, bureau, worked(a_scenario(cast)).pk, "plan")
    said = [words(one) for one in page.select("#differences li")]
    assert said[0] == "150 flats in 3 buildings against 100 flats in 2"
    # Benefits are 100, 90 and 80: all three against the first two.
    assert "a benefit 42.1 % larger" in said
    assert "By year: 150 flats more in 2010; 100 flats fewer in 2011" in said
    assert said[-1] == "3 buildings have another year: 2 sooner, 0 later, 1 new, 0 without one"


def test_the_ranking_beside_the_plan_is_what_is_shown_unasked(client, bureau):
    page = visit(client, bureau, COMPARE)
    assert words(page.select_one("h1")) == "the plan in force beside the clerk's ranking"


def test_a_plan_beside_itself_differs_in_nothing(client, bureau):
    page = compared(client, bureau, "plan", "plan")
    assert [words(one) for one in page.select("#differences li")] == [
        "As many flats: 100 in 2 buildings", "Every building has the same year",
    ]  # fmt: skip


def top_of_scale(side):
    """The largest figure on the chart of flats that is not a year."""
    labels = side.select_one(".picture svg").select("text")
    figures = [int(words(label)) for label in labels if words(label).isdecimal()]
    return max(figure for figure in figures if figure < 2000)


def test_both_sides_have_the_same_scale_and_the_same_years(client, cast, bureau):
    longer = worked(a_scenario(cast, changes=Changes(years=4)))
    page = compared(client, bureau, longer.pk, "plan")
    one, other = page.select_one("#one-side"), page.select_one("#other-side")
    assert top_of_scale(one) == top_of_scale(other)
    keys = [
        [words(entry).split(":")[0] for entry in side.select("svg.year-map .legend-entry")]
        for side in (one, other)
    ]
    assert keys[0] == keys[1]


def test_the_money_of_a_plan_is_that_of_its_payers(bureau):
    plan = comparison(bureau, "plan", "ranking").one
    # A1 and A2: of 1,200 yuan the supplier all, the owner 1/2, the repair fund 1/4, the city 1/3;
    # 4,500 yuan for the supplier's mains and set-up once.
    paid = {payer.value: fen for payer, fen in plan.cost_fen.items() if fen}
    assert paid == {"supplier": 6_900_00, "owner": 1_200_00, "repair_fund": 600_00, "city": 800_00}
    assert plan.total_fen == 9_500_00


def test_moved_buildings_are_a_workbook(client, cast, bureau):
    scenario = worked(a_scenario(cast))
    client.force_login(bureau)
    answer = client.get(
        f"{COMPARE}moved.xlsx?one={scenario.pk}&other=plan", headers={"accept-language": "en"}
    )
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active
    table = list(sheet.iter_rows(values_only=True))
    assert [(row[0], row[5], row[6]) for row in table[1:]] == [
        ("A1", 2011, 2010), ("A2", 2011, 2010), ("B1", None, 2010),
    ]  # fmt: skip


def test_what_was_not_worked_out_cannot_be_compared(client, cast, bureau):
    compared(client, bureau, a_scenario(cast).pk, "plan", status=422)


def test_another_suppliers_scenario_cannot_be_compared(client, cast, bureau):
    theirs = worked(a_scenario(cast, Role.HEAT_SUPPLIER))
    compared(client, cast.other_supplier, theirs.pk, "plan", status=404)


@pytest.mark.parametrize("key", ["dream", "-1", "99"])
def test_an_address_that_names_no_plan_is_refused(client, bureau, key):
    compared(client, bureau, key, "plan", status=404 if key == "99" else 422)


def test_a_supplier_compares_its_own_buildings(client, cast, bureau):
    mine = worked(a_scenario(cast, Role.HEAT_SUPPLIER))
    page = compared(client, cast[Role.HEAT_SUPPLIER], mine.pk, "plan")
    assert "B1" not in words(page.select_one("main"))
    assert next(row[1:] for row in rows(page, "figures")) == ["2", "2"]


def test_beside_a_scenario_the_ranking_is_that_under_its_changes(client, cast, bureau):
    # A1 is left out: a clerk builds A2 and B1; without the change he builds all three.
    scenario = worked(a_scenario(cast, changes=Changes(forbidden=frozenset({0}))))
    page = compared(client, bureau, scenario.pk, "ranking")
    assert rows(page, "figures")[1] == ["Flats", "100", "100"]
    assert rows(compared(client, bureau, "plan", "ranking"), "figures")[1] == ["Flats", "100", "150"]
