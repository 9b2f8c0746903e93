"""Codes in words: what the closed lists, journal entries and register columns are called."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fenhu.building.assumed_names import assumed_words
from fenhu.money.accounts import TRANSFER_NAMES
from fenhu.programme import ACCEPTANCE, ANNUAL_PLAN, CASE, FUND, PROJECT, REWARD, ROOM_REPORT
from fenhu.register import SHEETS
from fenhu.wording import Text, bilingual, text

AUTHORITIES: Mapping[str, Text] = {
    "city": text("the city"),
    "district": text("the district"),
}
USES: Mapping[str, Text] = {
    "dwelling": text("dwelling"),
    "shop": text("shop"),
    "office": text("office space"),
}
DOCUMENT_STATES: Mapping[str, Text] = {
    "valid": text("valid"),
    "replaced": text("replaced by another"),
    "withdrawn": text("withdrawn"),
}
LEVELS: Mapping[str, Text] = {
    "building": text("of the building"),
    "system": text("of the indoor system"),
    "estate": text("of the estate"),
}
# Steps are called what their table calls them.
STEPS: Mapping[str, Text] = {
    f"{workflow.name}.{step.name}": step.label
    for workflow in (PROJECT, CASE, ACCEPTANCE, FUND, REWARD, ROOM_REPORT)
    for step in workflow.steps
}
EVENTS: Mapping[str, Text] = {
    **STEPS,
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
    "annual_plan.close": text("Year closed"),
    "campaign.activity": text("Campaign activity recorded"),
    "campaign.material": text("Material put into the library"),
    "campaign.published": text("Published on the public portal"),
    "campaign.taken_back": text("Taken back from the public portal"),
    "case.opened": text("Case opened"),
    "case.evidence": text("Evidence recorded"),
    "case.outcome": text("Outcome written down"),
    "case.liable": text("Liability decided"),
    "contractor.filed": text("Contractor's qualification filed"),
    "contractor.barred": text("Contractor barred"),
    "contractor.lifted": text("Contractor's bar lifted"),
    "ledger.bill": text("Bill drawn up"),
    "ledger.settled": text("Bill settled by what was built"),
    "ledger.closed": text("Books closed"),
    **{f"ledger.{kind}": name for kind, name in TRANSFER_NAMES.items()},
    "household.link": text("Link of a flat's page made"),
    "household.link_opened": text("Flat's page opened for the first time"),
    "household.link_revoked": text("Link of a flat's page revoked"),
    "household.let_in": text("Household proved itself on its flat's page"),
    "household.turned_away": text("Wrong digits on a flat's page"),
    "household.declared": text("Household declared on its flat's page"),
    "household.countersigned": text("Supplier signed a contract the household had signed"),
    "household.photo": text("Photograph added to a complaint"),
    "household.room": text("Household reported its room temperature"),
    "registry.budget": text("Budget entered"),
    "registry.phone": text("Telephone of a flat set"),
    "project.commended": text("Households commended"),
    "document.issued": text("Paper issued"),
    "document.replaced": text("Paper replaced by a new one"),
    "document.withdrawn": text("Paper withdrawn"),
    "document.numbering": text("Numbering of papers changed"),
    "template.uploaded": text("Template uploaded"),
    "template.in_force": text("Template put in force"),
    "job.started": text("Work started"),
    "job.cancelled": text("Work cancelled"),
    "person.erased": text("Personal data erased"),
    "acceptance.measured": text("Value measured"),
    "acceptance.signed": text("Acceptance signed"),
    "project.answers": text("Answers of flats recorded"),
    "project.briefed": text("Technical briefing recorded"),
    "project.check": text("Works inspected or tested"),
    "design.made": text("Design worked out"),
    "design.reason": text("Reason given for a warning of the design"),
    "design.submitted": text("Design submitted for review"),
    "project.contractor": text("Contractor chosen"),
    "project.contracts": text("Contracts recorded"),
    "project.defect": text("Defect reported"),
    "project.dropped": text("Taken off the plan by an amendment"),
    "project.elected": text("Representative elected"),
    "project.extension_asked": text("More time asked for"),
    "project.extension_decided": text("More time decided"),
    "project.leads": text("Leads published"),
    "project.mains": text("Mains in place"),
    "project.material": text("Material delivered"),
    "project.mended": text("Defect mended"),
    "project.meter_ready": text("Readiness for heat meters recorded"),
    "project.notices": text("Notices delivered"),
    "project.opened": text("Conversion opened by the approved plan"),
    "project.owner_converts": text("Decided who converts"),
    "project.paper": text("Paper filed"),
    "project.paper_withdrawn": text("Paper withdrawn"),
    "project.ready": text("Households prepared"),
    "project.round": text("Round of acceptance opened"),
    "project.stages": text("Stages of flats recorded"),
    "project.stop_cleared": text("Stop-work order lifted"),
    "project.technician": text("Technician named"),
    "project.timetable": text("Timetable set"),
    "project.week": text("Week reported"),
    "campaign.contact": text("Media contact kept"),
    "campaign.contact_ended": text("Media contact taken off the list"),
    "fund.opened": text("Repair fund: owners asked to vote"),
    "fund.votes": text("Repair fund: votes recorded"),
    "fund.granted": text("Repair fund: amount granted"),
    "ledger.opened": text("Balances of older books brought in"),
    "ledger.bank_file": text("Statement taken in"),
    "metering.installed": text("Heat meter installed"),
    "metering.exchanged": text("Heat meter exchanged"),
    "metering.readings": text("Meter readings taken in"),
    "metering.corrected": text("Meter reading corrected"),
    "metering.cold": text("Low room temperature recorded"),
    "metering.bills": text("Heat bills issued"),
    "reward.drafted": text("Reward allocation drafted"),
    "reward.reworked": text("Reward allocation worked out again"),
    "register.imported": text("Register imported by the operator"),
    "replan.asked": text("Plan to be made again"),
    "replan.worked_out": text("Plan made again"),
    "risk.asked": text("Plan to be tried in scenarios"),
    "risk.worked_out": text("Plan tried in scenarios"),
    "reminder.sent": text("Reminder sent"),
    "scenario.created": text("Scenario made"),
    "scenario.copied": text("Scenario copied"),
    "scenario.renamed": text("Scenario renamed"),
    "scenario.changed": text("Scenario changed"),
    "scenario.run": text("Scenario being worked out"),
    "scenario.worked_out": text("Scenario worked out"),
    "scenario.deleted": text("Scenario deleted"),
    "study.plan_adopted": text("Another plan put in force"),
    "study.stored": text("City diagnosed and planned"),
    "upload.received": text("File uploaded"),
    "upload.refused": text("File refused: it has errors"),
    "upload.applied": text("File imported"),
    "upload.discarded": text("File put aside"),
    "user.calendar_renewed": text("Calendar's address renewed"),
    "user.enrolled": text("Person enrolled"),
    "user.granted": text("Role granted"),
}
STATES: Mapping[str, Text] = {
    **ACCEPTANCE.states, **FUND.states, **REWARD.states, **CASE.states, **ANNUAL_PLAN.states,
    **ROOM_REPORT.states,
    **PROJECT.states,
}  # fmt: skip
UPLOAD_STATES: Mapping[str, Text] = {
    "received": text("being checked"),
    "staged": text("checked, waits for your decision"),
    "applied": text("imported"),
    "refused": text("refused, has errors"),
    "discarded": text("put aside"),
}
JOB_STATES: Mapping[str, Text] = {
    "waiting": text("waiting"),
    "running": text("running"),
    "done": text("done"),
    "failed": text("failed"),
    "cancelled": text("stopped"),
}
ACTIONS: Mapping[str, Text] = {
    "new": text("new"),
    "changed": text("changed"),
    "same": text("unchanged"),
    "refused": text("refused"),
}
NOTICE_WAYS: Mapping[str, Text] = {
    "hand": text("handed over"),
    "door": text("at the door"),
    "post": text("by post"),
    "online": text("online"),
}
ANSWER_WAYS: Mapping[str, Text] = {
    "door": text("at the door"),
    "meeting": text("at a meeting"),
    "phone": text("by telephone"),
    "paper": text("on paper"),
    "page": text("on the flat's page"),
    "import": text("from a list"),
}
CHECKS: Mapping[str, Text] = {
    "safety": text("Safety inspection"),
    "quality": text("Quality inspection"),
    "pressure_test": text("Pressure test"),
}
ACTIVITY_KINDS: Mapping[str, Text] = {
    "notice": text("Notices posted or handed out"),
    "door_to_door": text("From door to door"),
    "meeting": text("Residents' meeting"),
    "exhibition": text("Exhibition"),
    "press": text("Newspaper"),
    "broadcast": text("Radio or television"),
    "online": text("Website or messages"),
}
MATERIAL_KINDS: Mapping[str, Text] = {
    "leaflet": text("Leaflet"),
    "poster": text("Poster"),
    "text": text("Text to publish"),
    "policy": text("Policy paper"),
}
SUBJECTS: Mapping[str, Text] = {
    "access.user": text("Person"),
    "exchange.upload": text("File"),
    "jobs.job": text("Work"),
    "ledger.books": text("Books"),
    "ledger.fundapplication": text("Repair fund"),
    "ledger.bankfile": text("Statement"),
    "ledger.contractbill": text("Bill"),
    "ledger.rewardproposal": text("Reward allocation"),
    "ledger.transfer": text("Movement of money"),
    "metering.readingbatch": text("Meter readings"),
    "register": text("Register"),
    "registry.budgets": text("Budgets"),
    "registry.building": text("Building"),
    "registry.flat": text("Flat"),
    "works.acceptanceround": text("Acceptance"),
    "works.activity": text("Campaign activity"),
    "works.annualplan": text("Annual plan"),
    "works.campaignmaterial": text("Campaign material"),
    "works.mediacontact": text("Media contact"),
    "works.case": text("Case"),
    "works.contractorfile": text("Contractor"),
    "works.project": text("Conversion"),
    "works.planrisk": text("Risk of a plan"),
    "works.replan": text("Plan made again"),
    "works.scenario": text("Scenario"),
    "works.study": text("Study"),
}
# Where a plan in force came from.
PLAN_ORIGINS: Mapping[str, Text] = {
    "study": text("planning the whole city"),
    "scenario": text("a what-if scenario"),
    "replan": text("planning anew within the year"),
}

# What journal entries keep beside who and when.
KEPT: Mapping[str, Text] = {
    "account": text("account"),
    "added": text("put on"),
    "agree": text("agree"),
    "agrees": text("agrees"),
    "building": text("Building"),
    "buildings": text("Buildings"),
    "changes": text("Changes"),
    "certificate": text("Certificate"),
    "check": text("Check"),
    "crew": text("Crew"),
    "defect": text("Defect"),
    "digest": text("Digest"),
    "district": text("District"),
    "evidence": text("Evidence"),
    "flat": text("Flat"),
    "flats": text("Flats"),
    "from": text("from"),
    "granted": text("granted"),
    "how": text("how"),
    "itself": text("the owner unit itself"),
    "kept": text("within its limits"),
    "kind": text("Kind"),
    "late": text("late"),
    "length": text("characters"),
    "level": text("Level"),
    "liable": text("Liability"),
    "material": text("Material"),
    "moved": text("Buildings that got another year"),
    "name": text("Name"),
    "note": text("Remark"),
    "outlet": text("Newspaper or broadcaster"),
    "number": text("Number"),
    "on": text("on"),
    "organisation": text("Organisation"),
    "origin": text("made by"),
    "party": text("Party"),
    "passed": text("passed"),
    "plan": text("Annual plan"),
    "planned": text("planned"),
    "plans": text("Plans"),
    "policy": text("Policy"),
    "qualification": text("Qualification"),
    "quantity": text("Quantity"),
    "ready": text("ready"),
    "ready_by": text("prepared by"),
    "refuse": text("refuse"),
    "register": text("Register"),
    "removed": text("taken off"),
    "role": text("Role"),
    "rows": text("Rows"),
    "share": text("share done"),
    "stages": text("Stages"),
    "status": text("State"),
    "stops": text("stops the works"),
    "test": text("Test"),
    "to": text("to"),
    "unit": text("Stairwell"),
    "until": text("until"),
    "value": text("Value"),
    "version": text("Version"),
    "voters": text("voters"),
    "votes": text("votes"),
    "week": text("Week from"),
    "within_warranty": text("within the warranty"),
    "year": text("Year"),
}
DUE_AFTER: Mapping[str, Text] = {
    "contract": text("after the contract"),
    "start": text("after the start of the works"),
    "acceptance": text("after the acceptance"),
}
UNITS: Mapping[str, Text] = {"套": text("sets")}
_SHEETS = {sheet.english: bilingual(sheet.chinese, sheet.english) for sheet in SHEETS}
_SHEETS["orders"] = _SHEETS["order"]  # as previews call it
_COLUMNS = {
    column.attribute: bilingual(column.chinese, column.english.replace("_", " "))
    for sheet in SHEETS
    for column in sheet.columns
}


def sheet(english: str) -> Text | str:
    """Return a register sheet's name; the sheet's own where it is none of ours."""
    return _SHEETS.get(english, english)


def field(attribute: str) -> Text | str:
    """Return the name of the register column that fills ``attribute``."""
    return _COLUMNS.get(attribute, attribute)


def assumed(key: str, value: object) -> tuple[Text | str, Text | str]:
    """Return an assumption's name and its value with the unit."""
    name, shown = assumed_words(key, value)
    return field(key) if name == key else name, shown


DESIGN_STATES: Mapping[str, Text] = {
    "draft": text("Draft"),
    "submitted": text("Submitted for review"),
    "returned": text("Returned"),
    "approved": text("Approved"),
}
DESIGN_ORIGINS: Mapping[str, Text] = {
    "automatic": text("worked out from the register"),
    "edited": text("changed by hand"),
    "entered": text("made elsewhere"),
}
RADIATOR_ACTIONS: Mapping[str, Text] = {
    "keep": text("stays"),
    "extend": text("more sections"),
    "replace": text("is replaced"),
    "new": text("is new"),
}
LOOPS: Mapping[str, Text] = {
    "double_pipe": text("double-pipe along the walls"),
    "single_bypass": text("one line with a bypass at each radiator"),
    "radial": text("pairs of pipes from a manifold"),
    "floor_coil": text("coils in the floor"),
}
MAINS: Mapping[str, Text] = {
    "direct": text("direct return"),
    "reverse": text("reverse return"),
}
DEVICES: Mapping[str, Text] = {
    "trv": text("Thermostatic radiator valve"),
    "lock_valve": text("Lock valve of the flat"),
    "household_strainer": text("Strainer of the flat"),
    "household_meter": text("Heat meter of the flat"),
    "meter_spool": text("Place for the flat's heat meter"),
    "riser_gate": text("Shut-off valve of the riser"),
    "riser_balancing": text("Balancing valve of the riser"),
    "drain": text("Drain"),
    "vent": text("Automatic vent"),
    "inlet_gate": text("Shut-off valve of the inlet"),
    "inlet_bypass": text("Bypass of the inlet"),
    "inlet_strainer": text("Strainer of the inlet"),
    "building_meter": text("Heat meter of the building"),
    "building_balancing": text("Balancing valve of the building"),
    "pressure_controller": text("Differential-pressure controller"),
    "thermometer": text("Thermometer"),
    "gauge": text("Pressure gauge"),
}


def bill_marks(bill: Any) -> list[Text]:
    """Return what is to be known of a heat bill besides its sum."""
    marks = (
        (bill.two_part_fen is None, text("by area")),
        (bill.estimated, text("partly estimated")),
        (bill.limited, text("limited")),
    )
    return [mark for holds, mark in marks if holds]
