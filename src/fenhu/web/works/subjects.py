"""What walks a workflow: which table holds it, what its guards ask, what a step leaves on it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from fenhu.errors import Conflict
from fenhu.programme import ANNUAL_PLAN, PlanFacts, Role, Step, Workflow, filed_late
from fenhu.records import SystemForm
from fenhu.web.access.scope import grants_of
from fenhu.web.journal.queries import latest, takers
from fenhu.web.rules import current_policy
from fenhu.web.works.models import AnnualPlan
from fenhu.wording import Text, text

Stamp = Callable[[Any, Any, str, date], Mapping[str, object]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """One kind of case: its workflow, the facts for its guards, and the fields each step stamps."""

    workflow: Workflow
    facts: Callable[[Any], Any]
    stamps: Mapping[str, Stamp]


def plan_facts(plan: AnnualPlan) -> PlanFacts:
    """Return what the guards of an annual plan ask."""
    form = current_policy().form
    rows = plan.items.values_list("building__code", "building__supplier", "building__system_form")
    foreign, unfileable = [], []
    for code, supplier, existing in rows.order_by("building__code"):
        if supplier != plan.supplier_id:
            foreign.append(code)
        reason = form.fileable(form.target_of(SystemForm(existing)))
        if reason is not None:
            unfileable.append(text("Building {code}: {reason}", code=code, reason=reason))
    return PlanFacts(
        year=plan.year, buildings=len(rows), foreign_buildings=tuple(foreign), unfileable=tuple(unfileable)
    )


def _filed(plan: AnnualPlan, actor: Any, note: str, today: date) -> dict[str, object]:
    return {
        "filed_at": today, "filed_by": actor, "late": filed_late(current_policy(), plan.year, today),
        "decided_at": None, "decided_by": None,
    }  # fmt: skip


def _refiled(plan: AnnualPlan, actor: Any, note: str, today: date) -> dict[str, object]:
    """Keep the day of the first filing: it says whether the plan was late."""
    return {"filed_by": actor, "decided_at": None, "decided_by": None}


def _amended(plan: AnnualPlan, actor: Any, note: str, today: date) -> dict[str, object]:
    return {"filed_by": actor, "decided_at": None, "decided_by": None, "note": note}


def _decided(plan: AnnualPlan, actor: Any, note: str, today: date) -> dict[str, object]:
    return {"decided_at": today, "decided_by": actor, "note": note}


def _nothing(plan: AnnualPlan, actor: Any, note: str, today: date) -> dict[str, object]:
    return {}


SUBJECTS: Mapping[type, Subject] = {
    AnnualPlan: Subject(
        workflow=ANNUAL_PLAN,
        facts=plan_facts,
        stamps={
            "file": _filed, "refile": _refiled, "amend": _amended, "approve": _decided, "return": _decided,
            "close": _nothing,
        },
    ),
}  # fmt: skip


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
