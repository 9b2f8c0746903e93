"""A scenario worked out: a short search from the plan in force under the changes, its best plan kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from django.db import transaction
from django.utils import timezone

from fenhu import planning
from fenhu.planning import NO_YEAR, BoolArray, Instance, IntArray, PlanProgress, PlanResult
from fenhu.web.journal import services as journal
from fenhu.web.works.models import Scenario
from fenhu.web.works.offices import own_codes
from fenhu.web.works.queries.planning import PlanningView, plan_in_force
from fenhu.wording import Text, text

EFFORT, SECONDS = 2, 6.0


class Report(Protocol):
    """Where a job says how far it is, and hears whether to stop."""

    def tell(self, phase: Text, done: int, total: int) -> None:
        """Say that ``done`` of ``total`` is done."""

    def cancelled(self) -> bool:
        """Return whether somebody asked to stop."""


@dataclass(frozen=True, slots=True)
class _Search:
    """The short search every scenario gets, over all buildings or over ``own`` alone."""

    own: frozenset[str] | None
    report: Report

    def best(self, instance: Instance, start: IntArray) -> PlanResult:
        """Return the best plan found from ``start``; stopped, the best so far."""
        if self.own is None:
            return planning.solve(
                instance, goal=planning.LEXICOGRAPHIC, seconds=SECONDS, effort=EFFORT, start=start,
                progress=_teller(self.report), cancelled=self.report.cancelled,
            )  # fmt: skip
        return planning.solve_part(
            instance, start, part_of(instance, self.own), goal=planning.LEXICOGRAPHIC, effort=EFFORT,
            progress=_teller(self.report), cancelled=self.report.cancelled,
        )  # fmt: skip

    def ranking(self, instance: Instance, start: IntArray) -> PlanResult:
        """Return the clerk's ranking."""
        if self.own is None:
            return planning.greedy(instance, goal=planning.LEXICOGRAPHIC)
        part = part_of(instance, self.own)
        return planning.rank_part(instance, start, part, goal=planning.LEXICOGRAPHIC)


def work_out(scenario: Scenario, report: Report) -> Scenario:
    """Return the scenario with the best plan found for its changes; stopped, with the best so far.

    Raises
    ------
    WrongState
        If there is no plan to start from.
    InputFault
        If the changes fit the plan in force no more.
    """
    view, changes, own = plan_in_force(), scenario.changes, own_codes(scenario)
    instance = planning.changed(view.instance, planning.read_changes(view.instance, changes))
    start, search = np.where(view.year_of < instance.years, view.year_of, NO_YEAR), _Search(own, report)
    result, ranking = search.best(instance, start), search.ranking(instance, start)
    scenario.base_id, scenario.worked_changes, scenario.finished_at = view.plan_id, changes, timezone.now()
    scenario.result, scenario.ranking = planning.keep_result(result), planning.keep_result(ranking)
    scenario.unchanged = _unchanged(scenario, view, search) if changes else scenario.result
    scenario.figures = {
        "plan": _figures(view.instance, view.year_of, own),
        "ranking": _figures(instance, planning.years_array(ranking), own),
        "scenario": _figures(instance, planning.years_array(result), own),
    }
    data = {"status": result.status, "stopped_by": result.stopped_by}
    with transaction.atomic():
        scenario.save(
            update_fields=[
                "base", "worked_changes", "finished_at", "result", "ranking", "unchanged", "figures"
            ]
        )  # fmt: skip
        journal.record(actor=scenario.owner, subject=scenario, kind="scenario.worked_out", data=data)
    return scenario


def _unchanged(scenario: Scenario, view: PlanningView, search: _Search) -> dict[str, Any]:
    """Return what the same search makes of the plan in force without any change, empty if it was stopped."""
    same = Scenario.objects.filter(
        base=view.plan_id, supplier=scenario.supplier_id, district=scenario.district,
        unchanged__has_key="year_of",
    )  # fmt: skip
    known = same.values_list("unchanged", flat=True).first()
    if known:
        return dict(known)
    return {} if search.report.cancelled() else planning.keep_result(search.best(view.instance, view.year_of))


def _figures(instance: Instance, year_of: IntArray, own: frozenset[str] | None) -> dict[str, int]:
    part = None if own is None else part_of(instance, own)
    years = planning.yearly_outline(instance, year_of, part)
    return {
        "buildings": sum(year.buildings for year in years), "flats": sum(year.flats for year in years),
        "fen": sum(year.total_fen for year in years),
    }  # fmt: skip


def part_of(instance: Instance, codes: frozenset[str]) -> BoolArray:
    """Return which of the task's buildings are among ``codes``."""
    return np.array([code in codes for code in instance.buildings.ids], dtype=bool)


def _teller(report: Report) -> Callable[[PlanProgress], None]:
    def tell(step: PlanProgress) -> None:
        said = text(
            "Best plan so far: {incumbent} of at most {bound} ({seconds} s)",
            incumbent=f"{step.incumbent:,.0f}", bound=f"{step.bound:,.0f}", seconds=f"{step.seconds:.0f}",
        )  # fmt: skip
        report.tell(said, step.effort_done, step.effort)

    return tell
