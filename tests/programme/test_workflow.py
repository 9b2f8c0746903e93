"""A workflow table that does not hold together fails when it is made."""

from datetime import date

import pytest

from fenhu.errors import UnknownItem, WorkflowFault
from fenhu.policy import load
from fenhu.programme import ANNUAL_PLAN, PlanFacts, Role, Step, Workflow, filed_late
from fenhu.wording import text

STATES = {name: text(name) for name in ("draft", "filed", "closed")}


def a_step(name, source, target, **more):
    return Step(
        name=name, label=text(name), sources=(source,), target=target, roles=(Role.CITY_BUREAU,), **more
    )


def a_workflow(*steps, states=STATES, final=("closed",)):
    return Workflow(name="case", states=states, initial="draft", final=final, steps=steps)


def test_a_sound_table_is_accepted():
    workflow = a_workflow(a_step("file", "draft", "filed"), a_step("close", "filed", "closed"))
    assert [step.name for step in workflow.steps_from("filed")] == ["close"]


@pytest.mark.parametrize(("steps", "complaint"), [
    ((a_step("file", "draft", "filed"),), "state closed cannot be reached"),
    ((a_step("file", "draft", "filed"), a_step("close", "draft", "closed")), "filed cannot be left"),
    ((a_step("file", "draft", "filed"), a_step("close", "filed", "lost")), "state lost that is not listed"),
    ((a_step("file", "draft", "filed"), a_step("file", "filed", "closed")), "step file stands twice"),
    ((a_step("file", "draft", "filed"), a_step("close", "filed", "closed", apart_from=("fly",))),
     "unknown step fly"),
])  # fmt: skip
def test_a_table_that_does_not_hold_together_fails_when_it_is_made(steps, complaint):
    with pytest.raises(WorkflowFault) as fault:
        a_workflow(*steps)
    assert complaint in fault.value.message.in_language("en")


def test_an_unknown_step_is_named():
    with pytest.raises(UnknownItem):
        ANNUAL_PLAN.step("fly")


def facts(**more):
    return PlanFacts(**{"year": 2011, "buildings": 1} | more)


@pytest.mark.parametrize("step", ["file", "refile", "amend"])
def test_an_empty_plan_cannot_be_filed(step):
    assert ANNUAL_PLAN.step(step).held_back_by(facts()) is None
    reason = ANNUAL_PLAN.step(step).held_back_by(facts(buildings=0))
    assert "2011" in reason.in_language("en")


def test_a_plan_with_another_suppliers_building_cannot_be_filed():
    reason = ANNUAL_PLAN.step("file").held_back_by(facts(foreign_buildings=("B1",)))
    assert "B1" in reason.in_language("en")


def test_c1_a_form_in_which_a_flat_cannot_be_regulated_alone_cannot_be_filed():
    why = text("a flat cannot be shut alone")
    assert ANNUAL_PLAN.step("file").held_back_by(facts(unfileable=(why,))) is why


def test_c3_2_a_plan_is_due_on_30_april_of_its_year():
    # 三（二）: 每年4月30日前
    assert str(ANNUAL_PLAN.step("file").due(load("fuxin-2010"), 2011)) == "2011-04-30"


@pytest.mark.parametrize(("day", "late"), [("2011-04-30", False), ("2011-05-01", True)])
def test_c3_2_a_plan_is_late_from_the_day_after_the_deadline(day, late):
    assert filed_late(load("fuxin-2010"), 2011, date.fromisoformat(day)) is late


def test_c2_2_only_the_city_bureau_judges_and_only_suppliers_file():
    # 二（三）: the supplier leads; 三（二）: files with 市建委
    roles = {step.name: step.roles for step in ANNUAL_PLAN.steps}
    assert {name for name, who in roles.items() if who == (Role.HEAT_SUPPLIER,)} == {
        "file",
        "refile",
        "reopen",
        "amend",
    }
    assert {name for name, who in roles.items() if who == (Role.CITY_BUREAU,)} == {
        "approve",
        "return",
        "close",
    }


def test_whoever_files_is_kept_apart_from_judging():
    for name in ("approve", "return", "close"):
        assert set(ANNUAL_PLAN.step(name).apart_from) == {"file", "refile", "amend"}
