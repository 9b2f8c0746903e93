"""Criteria, score and priority of one building."""

from __future__ import annotations

from collections.abc import Sequence

from fenhu.diagnosis.estate import EstateEvidence
from fenhu.diagnosis.evidence import KINDS, Kind, Known, Reading
from fenhu.policy import Criterion, Policy
from fenhu.records import BuildingRecord, CriterionResult, Diagnosis, FlatRecord, StockHeat
from fenhu.wording import Text, text


def diagnose(
    record: BuildingRecord,
    flats: Sequence[FlatRecord],
    heat: StockHeat,
    estate: EstateEvidence,
    policy: Policy,
) -> Diagnosis:
    """Return which of the policy's criteria a building meets, with evidence, and how urgent it is.

    The priority is the mean of the scores by weight over the criteria that have evidence, 0 where none has.
    The building is of the priority class when enough criteria of any priority group are met.

    Parameters
    ----------
    record, flats
        The building as the register knows it.
    heat
        Its simulated temperatures; without them only measured and registered evidence counts.
    estate
        What is known of the estate it stands in.
    policy
        Whose criteria hold.
    """
    known = Known(record=record, flats=flats, heat=heat, estate=estate)
    results = tuple(_judge(criterion, known) for criterion in policy.criteria)
    groups = _fulfilled(policy, {result.code for result in results if result.met})
    return Diagnosis(
        code=record.code,
        status=heat.status,
        before=heat.before,
        after=heat.after,
        criteria=results,
        priority=_priority(results),
        priority_class=bool(groups),
        reasons=(*_without_simulation(heat), *groups, *_reasons(results)),
    )


def _judge(criterion: Criterion, known: Known) -> CriterionResult:
    kind = KINDS[criterion.evidence]
    reading = kind.read(known)
    return CriterionResult(
        code=criterion.code,
        name=criterion.name,
        clause=criterion.clause,
        applies_to=criterion.applies_to,
        met=None if reading is None else _met(criterion, reading.value),
        evidence=_no_evidence(kind) if reading is None else _said(criterion, kind, reading),
        score=0.0 if reading is None else _score(criterion, reading.value),
        weight=float(criterion.weight),
        assumed=criterion.assumed,
    )


def _met(criterion: Criterion, value: float) -> bool:
    threshold = float(criterion.threshold)
    return value >= threshold if criterion.rises else value < threshold


def _score(criterion: Criterion, value: float) -> float:
    """Return where ``value`` lies between ``none_at`` (0) and ``full_at`` (1), bounded by both."""
    none_at, full_at = float(criterion.none_at), float(criterion.full_at)
    return min(1.0, max(0.0, (value - none_at) / (full_at - none_at)))


def _said(criterion: Criterion, kind: Kind, reading: Reading) -> Text:
    if kind.said is None:
        return reading.words
    threshold = kind.said(float(criterion.threshold))
    if criterion.rises:
        return text("{found}; met from {threshold}", found=reading.words, threshold=threshold)
    return text("{found}; met below {threshold}", found=reading.words, threshold=threshold)


def _no_evidence(kind: Kind) -> Text:
    return text("No evidence: {missing}", missing=kind.missing)


def _priority(results: Sequence[CriterionResult]) -> float:
    known = [result for result in results if result.met is not None]
    weight = sum(result.weight for result in known)
    return sum(result.score * result.weight for result in known) / weight if weight else 0.0


def _fulfilled(policy: Policy, met: set[str]) -> tuple[Text, ...]:
    return tuple(
        text("Comes first by clause {clause}: {group}", clause=group.clause, group=group.name)
        for group in policy.priority_groups
        if len(met.intersection(group.criteria)) >= group.at_least
    )


def _reasons(results: Sequence[CriterionResult]) -> tuple[Text, ...]:
    """Return the criteria that are met in words, the weightiest first."""
    met = sorted(
        (result for result in results if result.met), key=lambda one: (-one.score * one.weight, one.code)
    )
    return tuple(text("{name}: {evidence}", name=result.name, evidence=result.evidence) for result in met)


def _without_simulation(heat: StockHeat) -> tuple[Text, ...]:
    if heat.before is not None:
        return ()
    return (
        text("Not simulated ({status}): judged from the register alone", status=heat.reason or heat.status),
    )
