"""Findings of a study as JSON and back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from math import floor
from typing import Any

from fenhu.records import Assumption, CriterionResult, HeatSummary, Payer
from fenhu.wording import Text

DIGITS_KG_S = 6
# A reason of the diagnosis names what it judged; the planner's reasons name none of these.
_JUDGED = frozenset({"evidence", "group", "status"})


def heat_json(heat: HeatSummary | None) -> dict[str, list[float]] | None:
    """Return a state's flats as ``{flat_id: [temperature_c, mass_flow_kg_s]}``.

    Temperatures are cut, not rounded, to hundredths: whoever was below 18.00 ℃ stays below.
    """
    if heat is None:
        return None
    return {
        flat_id: [floor(flat.temperature_c * 100) / 100, round(flat.mass_flow_kg_s, DIGITS_KG_S)]
        for flat_id, flat in heat.flats.items()
    }


def criterion_json(criterion: CriterionResult) -> dict[str, Any]:
    """Return a judged criterion as JSON values."""
    return {
        "code": criterion.code, "name": criterion.name.to_json(), "clause": criterion.clause,
        "applies_to": criterion.applies_to, "met": criterion.met, "evidence": criterion.evidence.to_json(),
        "score": criterion.score, "weight": criterion.weight, "assumed": criterion.assumed,
    }  # fmt: skip


def codes_met(criteria: Iterable[CriterionResult]) -> str:
    """Return the codes of the criteria a building meets, each between commas."""
    codes = [criterion.code for criterion in criteria if criterion.met]
    return f",{','.join(codes)}," if codes else ""


def criteria_from(stored: Iterable[Mapping[str, Any]]) -> tuple[CriterionResult, ...]:
    """Return the criteria ``criterion_json`` stored."""
    return tuple(
        CriterionResult(**{
            **row, "name": Text.from_json(row["name"]), "evidence": Text.from_json(row["evidence"]),
        })
        for row in stored
    )  # fmt: skip


def assumption_json(assumption: Assumption) -> dict[str, Any]:
    """Return an assumption as JSON values."""
    return {"key": assumption.key, "value": assumption.value, "reason": assumption.reason.to_json()}


def assumptions_from(stored: Iterable[Mapping[str, Any]]) -> tuple[Assumption, ...]:
    """Return the assumptions ``assumption_json`` stored."""
    return tuple(
        Assumption(key=row["key"], value=row["value"], reason=Text.from_json(row["reason"])) for row in stored
    )


def texts_json(texts: Iterable[Text]) -> list[dict[str, object]]:
    """Return texts as JSON values."""
    return [text.to_json() for text in texts]


def texts_from(stored: Iterable[Mapping[str, object]]) -> tuple[Text, ...]:
    """Return the texts ``texts_json`` stored."""
    return tuple(Text.from_json(row) for row in stored)


def shares_from(stored: Mapping[str, int]) -> dict[Payer, int]:
    """Return stored shares by payer, in the payers' order; payers who pay nothing are left out."""
    return {payer: stored[payer.value] for payer in Payer if stored.get(payer.value)}


def of_diagnosis(reason: Text) -> bool:
    """Return whether a building's reason speaks of its heat and state, not of its year."""
    return bool(_JUDGED & reason.params.keys())
