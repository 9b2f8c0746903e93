"""Conversions, cases, contractors and the campaign."""

from __future__ import annotations

from collections.abc import Mapping

from fenhu.programme import ACCEPTANCE, ANNUAL_PLAN, CASE, FUND, PROJECT, REWARD, ROOM_REPORT
from fenhu.wording import Text, text

# Steps are called what their table calls them.
STEPS: Mapping[str, Text] = {
    f"{workflow.name}.{step.name}": step.label
    for workflow in (PROJECT, CASE, ACCEPTANCE, FUND, REWARD, ROOM_REPORT)
    for step in workflow.steps
}
STATES: Mapping[str, Text] = {
    **ACCEPTANCE.states, **FUND.states, **REWARD.states, **CASE.states, **ANNUAL_PLAN.states,
    **ROOM_REPORT.states,
    **PROJECT.states,
}  # fmt: skip
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
EVENTS: Mapping[str, Text] = {
    "bulletin.published": text("Bulletin published"),
    "bulletin.taken_back": text("Bulletin taken back"),
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
    "project.commended": text("Households commended"),
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
}
