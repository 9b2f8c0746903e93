"""What the plan report says, as plain values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from fenhu.drawing import BarChart
from fenhu.papers.plan_compare import Compared
from fenhu.papers.schedule_values import NamedAssumption
from fenhu.records import Payer
from fenhu.wording import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanYear:
    """One year of the plan: what is done, what it costs whom, the target if there is one.

    ``shortfalls`` are the sentences of the planner on what this year's policy rows lack.
    """

    year: int
    buildings: int
    flats: int
    area_m2: float
    cost_fen: Mapping[Payer, int]
    target_buildings: int | None = None
    target_flats: int | None = None
    shortfalls: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StockFigures:
    """The stock the plan was made for; ``not_simulated`` pairs a building's code with what went wrong."""

    buildings: int
    flats: int
    area_m2: float
    not_simulated: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedBuilding:
    """One building of the first year: its cost, its coldest flat and its cold flats before and after, why."""

    code: str
    name: str
    district: str
    supplier: str
    flats: int
    area_m2: float
    cost_fen: int
    min_before_c: float | None
    min_after_c: float | None
    below_18_before: int | None
    below_18_after: int | None
    reasons: tuple[Text, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class UnplannedBuilding:
    """One building without a year: ``cause`` is the class it is counted under, ``reasons`` say it in full."""

    code: str
    name: str
    district: str
    supplier: str
    flats: int
    priority: float
    cause: Text
    reasons: tuple[Text, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchFigures:
    """How the plan was found, and how good it is proven to be.

    ``gap_ratio`` is (bound − objective)/|bound|, None where no bound is known; ``baseline_objective`` is the
    value of the plan that fills the years in order of score, None where it was not made.
    """

    proven_best: bool
    objective: float
    bound: float | None
    gap_ratio: float | None
    baseline_objective: float | None
    stopped_by: Text | str
    seed: int
    effort: int
    versions: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportPart:
    """One more heading of the report: sentences, a chart of lying bars, a table."""

    heading: Text
    sentences: Sequence[Text]
    chart: BarChart | None = None
    head: Sequence[Text] = ()
    rows: Sequence[Sequence[Text | str]] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanReport:
    """The report on a multi-year plan; temperatures are those of the planned flats, in any order.

    ``first_year`` lists the buildings of the first year that has any; ``ranking`` has the plan beside the
    clerk's ranking, all years last; ``findings`` are sentences the study adds to those the report draws from
    the figures itself.
    """

    city: Text | str
    basis: Text | str
    policy_id: str
    policy_version: str
    policy_digest: str
    years: tuple[PlanYear, ...]
    stock: StockFigures
    temperatures_before_c: Sequence[float]
    temperatures_after_c: Sequence[float]
    first_year: tuple[PlannedBuilding, ...]
    unplanned: tuple[UnplannedBuilding, ...]
    search: SearchFigures
    assumptions: tuple[NamedAssumption, ...]
    ranking: tuple[Compared, ...] = ()
    findings: tuple[Text, ...] = ()
    parts: tuple[ReportPart, ...] = ()
    prepared_on: date | None = None
    synthetic: bool = False
