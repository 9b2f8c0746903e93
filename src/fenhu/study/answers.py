"""What the chain has to say: the fixed JSON of the commands, and the sentence a reader came for."""

from __future__ import annotations

from fenhu.records import Diagnosis, HeatSummary
from fenhu.study.diagnosing import Diagnosed


def diagnosis_json(diagnosed: Diagnosed) -> dict[str, object]:
    """Return every diagnosis in the fixed JSON of ``fenhu diagnose``."""
    return {"buildings": [_building_json(one) for one in diagnosed.diagnoses.values()]}


def _building_json(diagnosis: Diagnosis) -> dict[str, object]:
    return {
        "code": diagnosis.code,
        "status": diagnosis.status,
        "before": _heat_json(diagnosis.before),
        "after": _heat_json(diagnosis.after),
        "criteria": [
            {"code": one.code, "met": one.met, "evidence": str(one.evidence)} for one in diagnosis.criteria
        ],
        "priority": round(diagnosis.priority, 6),
    }


def _heat_json(heat: HeatSummary | None) -> dict[str, float | int] | None:
    if heat is None:
        return None
    return {"mean_c": round(heat.mean_c, 3), "min_c": round(heat.min_c, 3), "below_18": heat.below_18}
