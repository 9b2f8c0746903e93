"""A scenario worked out: a short search from the plan in force under the changes, its best plan kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from django.utils import timezone

from fenhu import planning
from fenhu.planning import NO_YEAR, BoolArray, Instance, IntArray, PlanProgress, PlanResult
from fenhu.web.journal import services as journal
from fenhu.web.works.models import Scenario
from fenhu.web.works.offices import own_codes
from fenhu.web.works.queries.planning import plan_in_force
from fenhu.wording import Text, text

EFFORT, SECONDS = 3, 20.0


class Report(Protocol):
    """Where a job says how far it is, and hears whether to stop."""

    def tell(self, phase: Text, done: int, total: int) -> None:
        """Say that ``done`` of ``total`` is done."""

    def cancelled(self) -> bool:
        """Return whether somebody asked to stop."""


@dataclass(frozen=True, slots=True)
class _Found:
    result: PlanResult
    ranking: PlanResult


def work_out(scenario: Scenario, report: Report) -> Scenario:
    """Return the scenario with the best plan found for its changes; stopped, with the best so far.

    Raises
    ------
    WrongState
        If there is no plan to start from.
    InputFault
        If the changes fit the plan in force no more.
    """
    view, changes = plan_in_force(), scenario.changes
    instance = planning.changed(view.instance, planning.read_changes(view.instance, changes))
    start = np.where(view.year_of < instance.years, view.year_of, NO_YEAR)
    own = own_codes(scenario)
    found = _whole(instance, start, report) if own is None else _part(instance, start, own, report)
    scenario.base_id, scenario.worked_changes, scenario.finished_at = view.plan_id, changes, timezone.now()
    scenario.result = planning.keep_result(found.result)
    scenario.ranking = planning.keep_result(found.ranking)
    scenario.figures = {
        "plan": _figures(view.instance, view.year_of, own),
        "ranking": _figures(instance, planning.years_array(found.ranking), own),
        "scenario": _figures(instance, planning.years_array(found.result), own),
    }
    scenario.save(update_fields=["base", "worked_changes", "finished_at", "result", "ranking", "figures"])
    data = {"status": found.result.status, "stopped_by": found.result.stopped_by}
    journal.record(actor=scenario.owner, subject=scenario, kind="scenario.worked_out", data=data)
    return scenario


def _whole(instance: Instance, start: Any, report: Report) -> _Found:
    result = planning.solve(
        instance, goal=planning.LEXICOGRAPHIC, seconds=SECONDS, effort=EFFORT, start=start,
        progress=_teller(report), cancelled=report.cancelled,
    )  # fmt: skip
    return _Found(result, planning.greedy(instance, goal=planning.LEXICOGRAPHIC))


def _part(instance: Instance, start: Any, own: frozenset[str], report: Report) -> _Found:
    part = part_of(instance, own)
    result = planning.solve_part(
        instance, start, part, goal=planning.LEXICOGRAPHIC, effort=EFFORT, progress=_teller(report),
        cancelled=report.cancelled,
    )  # fmt: skip
    return _Found(result, planning.rank_part(instance, start, part, goal=planning.LEXICOGRAPHIC))


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
