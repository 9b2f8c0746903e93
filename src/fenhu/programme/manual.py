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
from fenhu.wording import CHINESE, ENGLISH, Text, speaking, text

# Each workflow's heading in both languages by its anchor, and what it is about.
_HEADS = {
    "annual_plan": (
        "the-annual-plan",
        text("The annual plan"),
        text("A supplier's buildings of one year, and how the works are done."),
    ),
    "project": (
        "the-conversion-of-a-building",
        text("The conversion of a building"),
        text("Opened for every building when its plan is approved."),
    ),
    "acceptance": (
        "a-round-of-acceptance",
        text("A round of acceptance"),
        text("On finished works; a further round covers what did not pass."),
    ),
    "fund": (
        "the-repair-fund",
        text("The repair fund"),
        text("A building's application to the housing repair fund it paid into."),
    ),
    "reward": (
        "a-reward-allocation",
        text("A reward allocation"),
        text("What one level of government pays now for its accepted buildings."),
    ),
    "case": (
        "a-case",
        text("A case"),
        text("A dispute, an obstruction, a complaint, a refusal or published criticism."),
    ),
    "room_report": (
        "a-cold-room",
        text("A cold room"),
        text("A household's report, from its flat's page, that its room is cold."),
    ),
}
_COLUMNS = (text("state"), text("term"), text("step"), text("by"), text("leads to"))
_MANY = 4
_BEGIN = {
    ENGLISH: """# Who does what, and until when

Every office sees on its first page and under *My work* what waits for it, the soonest first; a step that is
not open yet says why. Whoever files something cannot approve it. The tables below are the workflows
themselves; this page is written by `fenhu manage programme_page`, and a test fails when it is stale. Terms
are working days of {policy}, most of them assumptions until the city sets its own; the deadlines
of filing and completion bind besides.

![A conversion: what is done, what can be done now, what the next step waits for](../images/conversion.png)
""",
    CHINESE: """# 各单位职责与时限 {{#who-does-what-and-until-when}}

各单位在首页和“我的待办”中看到待办事项，先到期的在前；还不能办的步骤会说明原因。申报的人不能审批自己申报的事项。
下列各表就是系统所用的流程；本页由 `fenhu manage programme_page` 生成，过期时测试不通过。时限为{policy}的
工作日，多数是假定值，由各市自行确定；上报和竣工的期限另行约束。

![改造项目页面：已办到哪一步、现在可以办什么、下一步还等什么](../../images/conversion.png)
""",
}


def manual(policy: Policy, language: str) -> str:
    """Return the page as Markdown in ``language``, with the terms of a policy."""
    with speaking(language):
        lines = [_BEGIN[language].format(policy=policy.document)]
        for workflow in (ANNUAL_PLAN, PROJECT, ACCEPTANCE, CASE, FUND, REWARD, ROOM_REPORT):
            lines += _section(workflow, policy)
        return "\n".join(lines) + "\n"


def _section(workflow: Workflow[Any], policy: Policy) -> Iterator[str]:
    anchor, title, about = _HEADS[workflow.name]
    yield f"## {title} {{#{anchor}}}\n\n{about}\n"
    yield _row(*_COLUMNS)
    yield "|---" * len(_COLUMNS) + "|"
    for state, name in workflow.states.items():
        term = policy.term(workflow.name, state)
        said: Text | str = name
        days: Text | str = text("{days} working days", days=term.working_days) if term else ""
        for step in workflow.steps_from(state):
            if step not in _anywhere(workflow):
                yield _row(said, days, _step(step), _who(step), _target(workflow, step))
                said = days = ""
    yield ""
    for step in _anywhere(workflow):
        said = text("From almost anywhere: {step}, by: {offices}.", step=_step(step), offices=_who(step))
        yield f"{said}\n"


def _row(*cells: Text | str) -> str:
    return f"| {' | '.join(map(str, cells))} |"


def _anywhere(workflow: Workflow[Any]) -> tuple[Step[Any], ...]:
    """Return the steps aside that start from so many states that a row for each would hide the way."""
    return tuple(step for step in workflow.steps if step.aside and len(step.sources) > _MANY)


def _step(step: Step[Any]) -> Text:
    said_already = "reason" in step.label.in_language(ENGLISH)
    return (
        text("{step} (with a reason)", step=step.label)
        if step.needs_note and not said_already
        else step.label
    )


def _who(step: Step[Any]) -> str:
    return str(text("; ")).join(str(ROLE_NAMES[role]) for role in step.roles)


def _target(workflow: Workflow[Any], step: Step[Any]) -> Text:
    return text("where it came from") if step.returns else workflow.states[step.target]
