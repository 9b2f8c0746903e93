"""Opening a project for every building of an approved plan."""

from __future__ import annotations

from datetime import date
from typing import Any

from fenhu.programme import PROJECT
from fenhu.web.journal import services as journal
from fenhu.web.registry.queries import flats_of
from fenhu.web.rules import current_policy
from fenhu.web.works.acting import BEFORE_WORKS
from fenhu.web.works.models import AnnualPlan, FlatWork, Project


def open_projects(plan: AnnualPlan, actor: Any, today: date) -> tuple[Project, ...]:
    """Return the new projects of a plan's buildings, each with a row per flat; those that stand stay."""
    _drop_projects(plan, actor, today)
    living = Project.objects.exclude(state="withdrawn")
    standing = set(living.filter(building__plan_items__plan=plan).values_list("building", flat=True))
    opened = [
        Project.objects.create(
            building=item.building, year=plan.year, state=PROJECT.initial, since=today,
            policy=current_policy().id, mains_ready_on=today if item.building.main_ready else None,
        )
        for item in plan.items.select_related("building").order_by("building__code")
        if item.building_id not in standing
    ]  # fmt: skip
    for project in opened:
        add_flats(project)
        data = {"plan": plan.pk, "building": project.building.code, "to": PROJECT.initial, "version": 1}
        journal.record(actor=actor, subject=project, kind="project.opened", data=data)
    return tuple(opened)


def _drop_projects(plan: AnnualPlan, actor: Any, today: date) -> None:
    """Withdraw the projects of buildings an amendment took off the plan, if their works have not begun."""
    kept = plan.items.values("building")
    dropped = Project.objects.filter(year=plan.year, building__supplier=plan.supplier_id)
    for project in dropped.filter(state__in=BEFORE_WORKS).exclude(building__in=kept):
        data = {"from": project.state, "to": "withdrawn", "version": project.version + 1, "plan": plan.pk}
        Project.objects.filter(pk=project.pk).update(
            state="withdrawn", since=today, version=project.version + 1
        )
        journal.record(actor=actor, subject=project, kind="project.dropped", data=data)


def add_flats(project: Project) -> None:
    """Give every flat of the building that has no row yet its row in the project."""
    known = FlatWork.objects.filter(project=project).values("flat")
    missing = flats_of(project.building_id).exclude(pk__in=known)
    FlatWork.objects.bulk_create(FlatWork(project=project, flat=flat) for flat in missing)
