"""What the stages find out about a building: its temperatures, the criteria it meets, its priority."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from fenhu.wording import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Assumption:
    """A value nobody gave: which key, what was taken, and why."""

    key: str
    value: float | int | str
    reason: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class FlatHeat:
    """One flat in a simulated state."""

    temperature_c: float
    mass_flow_kg_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class HeatSummary:
    """A building's temperatures in one simulated state; ``flats`` is keyed by flat id."""

    flats: Mapping[str, FlatHeat]
    mean_c: float
    min_c: float
    max_c: float
    below_18: int
    heat_w: float
    mass_flow_kg_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class StockHeat:
    """One building of a simulated stock; ``status`` is "converged" or the fault; ``reason`` tells it."""

    code: str
    status: str
    before: HeatSummary | None
    after: HeatSummary | None
    assumed: tuple[Assumption, ...]
    reason: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CriterionResult:
    """One criterion of the policy on one building; ``met`` is None where the evidence is missing."""

    code: str
    name: Text
    clause: str
    applies_to: str
    met: bool | None
    evidence: Text
    score: float
    weight: float
    assumed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnosis:
    """Why a building should be converted, and how soon; ``priority`` is between 0 and 1."""

    code: str
    status: str
    before: HeatSummary | None
    after: HeatSummary | None
    criteria: tuple[CriterionResult, ...]
    priority: float
    priority_class: bool
    reasons: tuple[Text, ...]
