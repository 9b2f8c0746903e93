"""Annual plans, scenarios and plans made again."""

from __future__ import annotations

from collections.abc import Mapping

from fenhu.wording import Text, text

PLAN_ORIGINS: Mapping[str, Text] = {
    "study": text("planning the whole city"),
    "scenario": text("a what-if scenario"),
    "replan": text("planning anew within the year"),
}
EVENTS: Mapping[str, Text] = {
    "annual_plan.proposed": text("Annual plans proposed from the study"),
    "annual_plan.file": text("Plan filed"),
    "annual_plan.approve": text("Plan approved"),
    "annual_plan.return": text("Plan returned"),
    "annual_plan.refile": text("Plan filed again"),
    "annual_plan.added": text("Building put on the plan"),
    "annual_plan.amend": text("Amendment filed"),
    "annual_plan.left_out": text("Reason given why a building is left out"),
    "annual_plan.objected": text("Building marked to be returned"),
    "annual_plan.objection_lifted": text("Mark of a building lifted"),
    "annual_plan.scheme": text("Implementation scheme written"),
    "annual_plan.reopen": text("Approved plan opened for amendment"),
    "annual_plan.removed": text("Building taken off the plan"),
    "annual_plan.taken": text("List of the plan in force taken over"),
    "annual_plan.close": text("Year closed"),
    "replan.asked": text("Plan to be made again"),
    "replan.worked_out": text("Plan made again"),
    "risk.asked": text("Plan to be tried in scenarios"),
    "risk.worked_out": text("Plan tried in scenarios"),
    "scenario.created": text("Scenario made"),
    "scenario.copied": text("Scenario copied"),
    "scenario.renamed": text("Scenario renamed"),
    "scenario.changed": text("Scenario changed"),
    "scenario.run": text("Scenario being worked out"),
    "scenario.worked_out": text("Scenario worked out"),
    "scenario.deleted": text("Scenario deleted"),
    "study.plan_adopted": text("Another plan put in force"),
    "study.diagnosed_again": text("Imported buildings diagnosed"),
    "study.stored": text("City diagnosed and planned"),
}
