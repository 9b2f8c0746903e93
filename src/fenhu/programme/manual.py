"""The workflows as a page of the manual: who takes which step, and until when."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from fenhu.policy import Policy
from fenhu.programme.acceptance import ACCEPTANCE
from fenhu.programme.annual_plan import ANNUAL_PLAN
from fenhu.programme.dispute import CASE
from fenhu.programme.project import PROJECT
from fenhu.programme.repair_fund import FUND
from fenhu.programme.rewarding import REWARD
from fenhu.programme.roles import ROLE_NAMES
from fenhu.programme.room_report import ROOM_REPORT
from fenhu.programme.workflow import Step, Workflow

_HEADS = {
    "annual_plan": ("The annual plan", "A supplier's buildings of one year, and how the works are done."),
    "project": ("The conversion of a building", "Opened for every building when its plan is approved."),
    "acceptance": ("A round of acceptance", "On finished works; a further round covers what did not pass."),
    "fund": ("The repair fund", "A building's application to the housing repair fund it paid into."),
    "reward": ("A reward allocation", "What one level of government pays now for its accepted buildings."),
    "case": ("A case", "A dispute, an obstruction, a complaint, a refusal or published criticism."),
    "room_report": ("A cold room", "A household's report, from its flat's page, that its room is cold."),
}
_MANY = 4
_BEGIN = """# Who does what, and until when

Every office sees on its first page and under *My work* what waits for it, the soonest first; a step that is
not open yet says why. Whoever files something cannot approve it. The tables below are the workflows
themselves; this page is written by `fenhu manage programme_page`, and a test fails when it is stale. Terms
are working days of {policy}, most of them assumptions until the city sets its own; the deadlines
of filing and completion bind besides.
"""


def manual(policy: Policy) -> str:
    """Return the page as Markdown, with the terms of a policy."""
    lines = [_BEGIN.format(policy=policy.document)]
    for workflow in (ANNUAL_PLAN, PROJECT, ACCEPTANCE, CASE, FUND, REWARD, ROOM_REPORT):
        lines += _section(workflow, policy)
    return "\n".join(lines) + "\n"


def _section(workflow: Workflow[Any], policy: Policy) -> Iterator[str]:
    title, about = _HEADS[workflow.name]
    yield f"## {title}\n\n{about}\n"
    yield "| state | term | step | by | leads to |"
    yield "|---|---|---|---|---|"
    for state, name in workflow.states.items():
        term = policy.term(workflow.name, state)
        days = f"{term.working_days} working days" if term else ""
        said = name.in_language("en")
        for step in workflow.steps_from(state):
            if step not in _anywhere(workflow):
                yield f"| {said} | {days} | {_step(step)} | {_who(step)} | {_target(workflow, step)} |"
                said = days = ""
    yield ""
    for step in _anywhere(workflow):
        yield f"From almost anywhere: {_step(step)}, by: {_who(step)}.\n"


def _anywhere(workflow: Workflow[Any]) -> tuple[Step[Any], ...]:
    """Return the steps aside that start from so many states that a row for each would hide the way."""
    return tuple(step for step in workflow.steps if step.aside and len(step.sources) > _MANY)


def _step(step: Step[Any]) -> str:
    label = step.label.in_language("en")
    return f"{label} (with a reason)" if step.needs_note and "reason" not in label else label


def _who(step: Step[Any]) -> str:
    return "; ".join(ROLE_NAMES[role].in_language("en") for role in step.roles)


def _target(workflow: Workflow[Any], step: Step[Any]) -> str:
    return "where it came from" if step.returns else workflow.states[step.target].in_language("en")
