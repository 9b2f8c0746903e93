"""Annual plans: what their guards ask, and what each step leaves on them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from fenhu.programme import PlanFacts, filed_late
from fenhu.records import SystemForm
from fenhu.web.rules import current_policy
from fenhu.web.works.facts.kinds import Stamp, nothing
from fenhu.web.works.models import AnnualPlan
from fenhu.web.works.opening import open_projects
from fenhu.wording import text


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
    objected = plan.items.exclude(objection="").order_by("building__code")
    return PlanFacts(
        year=plan.year, buildings=len(rows), scheme=bool(plan.scheme.strip()),
        objected=tuple(objected.values_list("building__code", flat=True)),
        foreign_buildings=tuple(foreign), unfileable=tuple(unfileable),
    )  # fmt: skip


def _filed(plan: AnnualPlan, actor: Any, note: str, today: date) -> dict[str, object]:
    return {
        "filed_at": today, "filed_by": actor, "late": filed_late(current_policy(), plan.year, today),
        "decided_at": None, "decided_by": None,
    }  # fmt: skip


def _refiled(plan: AnnualPlan, actor: Any, note: str, today: date) -> dict[str, object]:
    """Keep the first filing's day, which says whether the plan was late; the bureau's marks are answered."""
    plan.items.exclude(objection="").update(objection="")
    return {"filed_by": actor, "decided_at": None, "decided_by": None}


def _amended(plan: AnnualPlan, actor: Any, note: str, today: date) -> dict[str, object]:
    return {"filed_by": actor, "decided_at": None, "decided_by": None, "note": note}


def _decided(plan: AnnualPlan, actor: Any, note: str, today: date) -> dict[str, object]:
    return {"decided_at": today, "decided_by": actor, "note": note}


def _approved(plan: AnnualPlan, actor: Any, note: str, today: date) -> dict[str, object]:
    open_projects(plan, actor, today)
    return _decided(plan, actor, note, today)


PLAN_STAMPS: Mapping[str, Stamp] = {
    "file": _filed, "refile": _refiled, "amend": _amended, "approve": _approved, "return": _decided,
    "reopen": nothing, "close": nothing,
}  # fmt: skip
