"""A plan in the fixed JSON of ``fenhu plan INSTANCE_DIR``."""

from __future__ import annotations

from fenhu.planning.task.instance import Instance
from fenhu.planning.task.result import PlanResult


def instance_json(instance: Instance, result: PlanResult) -> dict[str, object]:
    """Return ``result`` with years as the instance's files count them, from 1."""
    return {
        "status": result.status,
        "stopped_by": result.stopped_by,
        "objective": result.objective,
        "bound": result.bound,
        "gap": result.gap,
        "plan": {
            code: None if year is None else instance.first_year + year
            for code, year in zip(instance.buildings.ids, result.year_of, strict=True)
        },
    }
