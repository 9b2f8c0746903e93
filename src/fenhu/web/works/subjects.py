"""What walks a workflow: which table holds it, what its guards ask, what a step leaves on it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from fenhu.errors import Conflict
from fenhu.programme import ACCEPTANCE, ANNUAL_PLAN, CASE, PROJECT, Role, Step, Workflow
from fenhu.web.access.scope import grants_of
from fenhu.web.journal.queries import latest, takers
from fenhu.web.works.facts.case import CASE_STAMPS, case_facts
from fenhu.web.works.facts.kinds import Stamp
from fenhu.web.works.facts.plan import PLAN_STAMPS, plan_facts
from fenhu.web.works.facts.project import PROJECT_STAMPS, project_facts
from fenhu.web.works.facts.round import ROUND_STAMPS, round_facts
from fenhu.web.works.models import AcceptanceRound, AnnualPlan, Case, Project
from fenhu.wording import Text, text


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """How a list of work names a case: the page it leads to, its key there, its title and district."""

    kind: str
    key: str
    title: Text | str
    district: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """One kind of case: its workflow, the facts for its guards, the fields each step stamps.

    ``show`` is how lists name cases of other rooms.
    """

    workflow: Workflow
    facts: Callable[[Any], Any]
    stamps: Mapping[str, Stamp]
    show: Callable[[Any], Shown] | None = None


SUBJECTS: dict[type, Subject] = {
    AnnualPlan: Subject(workflow=ANNUAL_PLAN, facts=plan_facts, stamps=PLAN_STAMPS),
    Project: Subject(workflow=PROJECT, facts=project_facts, stamps=PROJECT_STAMPS),
    AcceptanceRound: Subject(workflow=ACCEPTANCE, facts=round_facts, stamps=ROUND_STAMPS),
    Case: Subject(workflow=CASE, facts=case_facts, stamps=CASE_STAMPS),
}


def walk(model: type, subject: Subject) -> None:
    """Let the cases of another room walk their workflow by the same steps."""
    SUBJECTS[model] = subject


def may_take(user: Any, subject: Any, step: Step) -> bool:
    """Return whether one of the user's roles may take ``step`` on this very ``subject``."""
    fitting = [grant for grant in grants_of(user) if Role(grant.role) in step.roles]
    return type(subject).objects.filter(pk=subject.pk).covered_by(fitting).exists()


def why_not(user: Any, subject: Any, step: Step) -> Text | None:
    """Return what still holds ``step`` back, None when it may be taken."""
    return kept_apart(user, subject, step) or step.held_back_by(SUBJECTS[type(subject)].facts(subject))


def kept_apart(user: Any, subject: Any, step: Step) -> Text | None:
    """Return the reason when the user took a step that another person must take: who files cannot approve."""
    workflow = SUBJECTS[type(subject)].workflow
    if user.pk not in takers(subject, [step_kind(workflow, name) for name in step.apart_from]):
        return None
    return text("You filed this yourself; somebody else has to judge it")


def overtaken(workflow: Workflow, case: Any) -> Conflict:
    """Return the fault that says who was faster, and where the case stands now."""
    last = latest(case)
    return Conflict(text(
        "{who} was faster: it is now “{state}”. Look at it again, then decide",
        who=last.actor if last else "", state=workflow.states[case.state],
    ))  # fmt: skip


def step_kind(workflow: Workflow, step: str) -> str:
    """Return the journal's name of a step."""
    return f"{workflow.name}.{step}"
