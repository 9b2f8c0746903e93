"""Running the chain over the stored register, and keeping what it found."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from django.db import connection, transaction

from fenhu import __version__, study
from fenhu.errors import WrongState
from fenhu.money import line_json
from fenhu.records import Diagnosis, HeatSummary, Payer, Register
from fenhu.study.progress import Progress, silent
from fenhu.web.journal import services as journal
from fenhu.web.registry.queries import building_ids, register_around
from fenhu.web.rules import current_policy
from fenhu.web.works.adopting import keep_plan
from fenhu.web.works.models import BuildingOutcome, Study
from fenhu.web.works.stored import (
    assumption_json,
    codes_met,
    criterion_json,
    heat_json,
    texts_json,
)
from fenhu.wording import text

BATCH = 200
# What the plan says of a building, and a new diagnosis leaves as it is.
PLANNED = ("planned_year", "reasons", "cause")


@transaction.atomic
def store_study(result: study.Study, *, actor: Any = None) -> Study:
    """Return the stored study, which is the current one from now on."""
    Study.objects.filter(current=True).update(current=False)
    kept = Study.objects.create(
        created_by=actor,
        policy_id=result.policy.id,
        policy_version=result.policy.version,
        policy_digest=result.policy.digest,
        register_digest=register_digest(result.whole.register),
        settings=_settings(result),
        status=result.plan.status,
        summary=_summary(result),
        current=True,
    )
    BuildingOutcome.objects.bulk_create(_outcomes(kept, result), batch_size=BATCH)
    _count_anew()
    keep_plan(kept, result.task.instance, result.plan, result.baseline, actor=actor)
    planned = sum(year is not None for year in result.year_of.values())
    journal.record(
        actor=actor,
        subject=kept,
        kind="study.stored",
        data={"policy": kept.policy_digest, "register": kept.register_digest, "status": kept.status,
              "buildings": len(result.year_of), "planned": planned},
    )  # fmt: skip
    return kept


def diagnose_again(codes: Collection[str], *, actor: Any = None, progress: Progress = silent) -> int:
    """Return how many buildings of the estates of ``codes`` the current study has diagnosed and priced anew.

    The plan stays: a building keeps its year and the reasons for it; one the study did not know gets none.
    Nobody waits for the simulation: only what it found is written in one transaction.

    Raises
    ------
    WrongState
        If the city was never studied.
    """
    if not Study.objects.filter(current=True).exists():
        raise WrongState(text("The city has not been diagnosed yet; the bureau does so first"))
    register, policy = register_around(codes), current_policy()
    diagnosed = study.diagnose_register(register, policy, progress=progress)
    priced = study.price_register(register, policy, progress=progress)
    _replace_outcomes(diagnosed, priced, actor)
    return len(diagnosed.diagnoses)


@transaction.atomic
def _replace_outcomes(diagnosed: study.Diagnosed, priced: Mapping[str, study.Priced], actor: Any) -> None:
    """Put diagnoses and prices into the study that is current now, each with the year it had there."""
    kept = Study.objects.select_for_update().get(current=True)
    stored = BuildingOutcome.objects.filter(study=kept, building__code__in=diagnosed.diagnoses)
    planned = {row.pop("building__code"): row for row in stored.values("building__code", *PLANNED)}
    stored.delete()  # replaced as a whole: whoever remembers an outcome by its number looks anew
    ids = building_ids()
    BuildingOutcome.objects.bulk_create(
        (
            BuildingOutcome(
                study=kept, building_id=ids[code], **_found(code, diagnosed, priced[code]),
                **planned.get(code) or _unplanned(diagnosis),
            )
            for code, diagnosis in diagnosed.diagnoses.items()
        ),
        batch_size=BATCH,
    )  # fmt: skip
    journal.record(
        actor=actor, subject=kept, kind="study.diagnosed_again", data={"buildings": len(diagnosed.diagnoses)}
    )


def _count_anew() -> None:
    """Let the database count what it holds: only then it reads figures off their index, past the flats."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE works_buildingoutcome")


def _unplanned(diagnosis: Diagnosis) -> dict[str, Any]:
    cause = text("Entered the register after the plan was made")
    return {"reasons": texts_json((cause, *diagnosis.reasons)), "cause": cause.to_json()}


def register_digest(register: Register) -> str:
    """Return one SHA-256 over every row of a register."""
    digest = hashlib.sha256()
    sheets = (
        register.buildings,
        register.flats,
        register.budgets,
        register.crews,
        register.clusters,
        register.orders,
    )
    for row in (row for sheet in sheets for row in sheet):
        digest.update(repr(row).encode())
    return digest.hexdigest()


def _settings(result: study.Study) -> dict[str, Any]:
    chosen = result.settings
    return {"seconds": chosen.seconds, "effort": chosen.effort, "seed": chosen.seed, "fenhu": __version__}


def _summary(result: study.Study) -> dict[str, Any]:
    plan = result.plan
    return {
        "answer": study.answer(result).to_json(),
        "stopped_by": plan.stopped_by, "objective": plan.objective, "bound": plan.bound, "gap": plan.gap,
        "years": [
            {"year": year.year, "buildings": len(year.rows), "flats": year.flats, "area_m2": year.area_m2,
             "mains_fen": year.mains_fen, "cost_fen": _by_payer(year.cost_fen)}
            for year in study.plan_years(result)
        ],
        "assumptions": [
            {"key": one.key, "value": one.value, "clause": one.clause, "reason": one.reason.to_json()}
            for one in study.assumptions(result)
        ],
    }  # fmt: skip


def _outcomes(kept: Study, result: study.Study) -> Iterator[BuildingOutcome]:
    ids, planned = building_ids(), study.planned_buildings(result)
    for code, diagnosis in result.whole.diagnosed.diagnoses.items():
        plan = planned[code]
        yield BuildingOutcome(
            study=kept,
            building_id=ids[code],
            **_found(code, result.whole.diagnosed, result.whole.priced[code]),
            planned_year=plan.year,
            reasons=texts_json((*plan.reasons, *diagnosis.reasons)),
            cause=plan.cause.to_json() if plan.cause else None,
        )


def _found(code: str, diagnosed: study.Diagnosed, priced: study.Priced) -> dict[str, Any]:
    """Return what is kept of a building's diagnosis and bill."""
    diagnosis = diagnosed.diagnoses[code]
    return {
        "status": diagnosis.status,
        **_heat("before", diagnosis.before),
        **_heat("after", diagnosis.after),
        "criteria": [criterion_json(one) for one in diagnosis.criteria],
        "criteria_met": codes_met(diagnosis.criteria),
        "priority": diagnosis.priority,
        "priority_class": diagnosis.priority_class,
        "assumed": [assumption_json(one) for one in diagnosed.heats[code].assumed],
        "bill": [line_json(line) for line in priced.bill],
        "cost_fen": priced.cost_fen,
        "shares": _by_payer(priced.shared.total),
        "line_shares": {line.line: _by_payer(line.shares) for line in priced.shared.lines},
    }


def _by_payer(shares: Mapping[Payer, int]) -> dict[str, int]:
    return {payer.value: fen for payer, fen in shares.items()}


def _heat(state: str, heat: HeatSummary | None) -> Mapping[str, Any]:
    return {
        state: heat_json(heat),
        f"{state}_mean_c": heat.mean_c if heat else None,
        f"{state}_min_c": heat.min_c if heat else None,
        f"{state}_below_18": heat.below_18 if heat else None,
    }
