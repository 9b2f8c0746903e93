"""Taking a step, storing a study, proposing the year's plans and changing what stands on them."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from fenhu.errors import InputFault, NotAllowed, WrongState
from fenhu.programme import Step, Workflow
from fenhu.web import clock
from fenhu.web.journal import services as journal
from fenhu.web.works.accepting import acceptance_parties, measure, open_round, sign, signs_for
from fenhu.web.works.adopting import adopt_plan
from fenhu.web.works.building_site import (
    INSPECTIONS,
    MATERIAL_UNITS,
    advance,
    clear_stop,
    deliver_material,
    inspect,
    record_pressure_test,
    report_week,
    set_stages,
)
from fenhu.web.works.campaigning import (
    end_media_contact,
    file_material,
    keep_media_contact,
    publish,
    record_activity,
    take_back,
)
from fenhu.web.works.cases import decide_liability, open_case, record_evidence, write_outcome
from fenhu.web.works.commending import commend
from fenhu.web.works.contractors import bar_contractor, file_contractor, lift_bar
from fenhu.web.works.designing import (
    DECISIONS,
    Entered,
    change_design,
    enter_design,
    give_reason,
    make_design,
    restore_design,
    submit_design,
)
from fenhu.web.works.flats import (
    ANSWER_WAYS,
    NOTICE_WAYS,
    Answer,
    deliver_notices,
    elect,
    ready,
    record_answers,
    sign_contracts,
)
from fenhu.web.works.judging import explain_left_out, object_to, write_scheme
from fenhu.web.works.keeping import check_meter_ready, mend_defect, report_defect
from fenhu.web.works.listing import add_building, remove_building
from fenhu.web.works.models import ACTIVITY_KINDS, MATERIAL_KINDS
from fenhu.web.works.planning import plan_the_city, propose_annual_plans, take_proposal
from fenhu.web.works.preparing import (
    ask_extension,
    brief,
    choose_contractor,
    decide_extension,
    file_paper,
    lay_mains,
    name_technician,
    owner_converts,
    publish_leads,
    set_timetable,
    withdraw_paper,
)
from fenhu.web.works.replanning import adopt_replan, ask_replan, try_risk
from fenhu.web.works.scenarios import (
    AS_IT_WAS,
    FREED,
    LEFT_OUT,
    adopt_scenario,
    change_scenario,
    choose_building,
    copy_scenario,
    create_scenario,
    delete_scenario,
    rename_scenario,
    run_scenario,
    set_scenario,
)
from fenhu.web.works.studies import diagnose_again, store_study
from fenhu.web.works.subjects import (
    SUBJECTS,
    Shown,
    Subject,
    kept_apart,
    may_take,
    overtaken,
    step_kind,
    walk,
)
from fenhu.web.works.telling import publish_bulletin, take_back_bulletin
from fenhu.web.works.wondering import ask_limits, ask_why, try_changes
from fenhu.wording import text

__all__ = [
    "ACTIVITY_KINDS",
    "ANSWER_WAYS",
    "AS_IT_WAS",
    "DECISIONS",
    "FREED",
    "INSPECTIONS",
    "LEFT_OUT",
    "MATERIAL_KINDS",
    "MATERIAL_UNITS",
    "NOTICE_WAYS",
    "Answer",
    "Entered",
    "Shown",
    "Subject",
    "acceptance_parties",
    "add_building",
    "adopt_plan",
    "adopt_replan",
    "adopt_scenario",
    "advance",
    "ask_extension",
    "ask_limits",
    "ask_replan",
    "ask_why",
    "bar_contractor",
    "brief",
    "change_design",
    "change_scenario",
    "check_meter_ready",
    "choose_building",
    "choose_contractor",
    "clear_stop",
    "commend",
    "copy_scenario",
    "create_scenario",
    "decide_extension",
    "decide_liability",
    "delete_scenario",
    "deliver_material",
    "deliver_notices",
    "diagnose_again",
    "elect",
    "end_media_contact",
    "enter_design",
    "explain_left_out",
    "file_contractor",
    "file_material",
    "file_paper",
    "fire",
    "give_reason",
    "inspect",
    "keep_media_contact",
    "lay_mains",
    "lift_bar",
    "make_design",
    "measure",
    "mend_defect",
    "name_technician",
    "object_to",
    "open_case",
    "open_round",
    "owner_converts",
    "plan_the_city",
    "propose_annual_plans",
    "publish",
    "publish_bulletin",
    "publish_leads",
    "ready",
    "record_activity",
    "record_answers",
    "record_evidence",
    "record_pressure_test",
    "remove_building",
    "rename_scenario",
    "report_defect",
    "report_week",
    "restore_design",
    "run_scenario",
    "set_scenario",
    "set_stages",
    "set_timetable",
    "sign",
    "sign_contracts",
    "signs_for",
    "store_study",
    "submit_design",
    "take_back",
    "take_back_bulletin",
    "take_proposal",
    "try_changes",
    "try_risk",
    "walk",
    "withdraw_paper",
    "write_outcome",
    "write_scheme",
]  # fmt: skip


@transaction.atomic
def fire(actor: Any, subject: Any, step_name: str, *, version: int, note: str = "") -> Any:
    """Return ``subject`` after ``actor`` took a step on it; all of it happens, or nothing.

    Parameters
    ----------
    version
        The version the actor saw; if somebody else was faster, the step is refused.
    note
        His reason, where the step asks for one.

    Raises
    ------
    NotAllowed
        If none of his roles may take the step on this subject, or he took the step this one judges.
    Conflict
        If the subject changed since he looked.
    WrongState
        If the step does not start from the subject's state, or a guard holds it back.
    InputFault
        If the step needs a reason and none is given.
    """
    kind = SUBJECTS[type(subject)]
    step = kind.workflow.step(step_name)
    if not may_take(actor, subject, step):
        raise NotAllowed(text("The step “{step}” is not yours to take here", step=step.label))
    case = type(subject).objects.select_for_update().get(pk=subject.pk)
    if case.version != version:
        raise overtaken(kind.workflow, case)
    _check(actor, case, step, note)
    target = case.came_from if step.returns else step.target
    stamped = kind.stamps[step.name](case, actor, note.strip(), clock.today())
    _move(kind.workflow, case, target, stamped)
    data = {"from": case.state, "to": target, "version": version + 1}
    if note.strip():
        data["note"] = journal.personal(journal.subject_name(case), note.strip())
    if "late" in stamped:
        data["late"] = stamped["late"]
    journal.record(actor=actor, subject=case, kind=step_kind(kind.workflow, step.name), data=data)
    case.refresh_from_db()
    return case


def _check(actor: Any, case: Any, step: Step, note: str) -> None:
    kind = SUBJECTS[type(case)]
    if case.state not in step.sources:
        raise WrongState(text(
            "“{step}” does not start from “{state}”", step=step.label, state=kind.workflow.states[case.state],
        ))  # fmt: skip
    if (reason := kept_apart(actor, case, step)) is not None:
        raise NotAllowed(reason)
    if step.needs_note and not note.strip():
        raise InputFault(text("“{step}” needs a reason; write one", step=step.label))
    if (reason := step.held_back_by(kind.facts(case))) is not None:
        raise WrongState(reason)


def _move(workflow: Workflow, case: Any, target: str, stamped: Any) -> None:
    """Change state and version, only if both are still what was seen."""
    untouched = type(case).objects.filter(pk=case.pk, state=case.state, version=case.version)
    if not untouched.update(state=target, version=case.version + 1, since=clock.today(), **stamped):
        raise overtaken(workflow, case)
