"""planning: which building in which year, under every purse, every crew and the policy.

In comes an ``Instance`` (from a folder by ``read_instance``, from a register by ``fenhu.study``); out comes a
``PlanResult``: a plan that breaks no hard row, a bound no plan can pass, and a sentence for every rule of the
policy that is missed. ``why_not`` and ``why_year`` answer whoever asks about one building, ``work_out`` plans
many what-if scenarios at once.
"""

from fenhu.planning.again.holding import Overspent, Stage, Standing
from fenhu.planning.again.moves import (
    ADDED,
    CHANGE_KINDS,
    DROPPED,
    MOVED,
    REMOVED,
    PurseSpending,
    YearChange,
    flat_worth,
)
from fenhu.planning.again.replan import Replanned, replan, replan_goal
from fenhu.planning.book.crew_calendar import NO_BUILDING, CrewJob, CrewSeason, crew_calendar
from fenhu.planning.book.keeping import keep_instance, keep_result, kept_instance, kept_result
from fenhu.planning.book.outline import YearOutline, moved, yearly_outline
from fenhu.planning.book.purse_years import PurseYears, purse_years
from fenhu.planning.book.yearly import ClusterWorks, YearlyWorks, cluster_works, yearly_works
from fenhu.planning.model.judge import score, shortfalls, violations
from fenhu.planning.reasons.causes import cause_of
from fenhu.planning.reasons.conflict import Conflict, conflict_of
from fenhu.planning.reasons.demands import completion, demand_name, demands_of, missed
from fenhu.planning.reasons.explain import Explainer, why_not, why_unplanned, why_year
from fenhu.planning.reasons.flipping import Flip
from fenhu.planning.reasons.forcing import Forced, Move, force, moves_said
from fenhu.planning.reasons.helping import Help, help_for, help_json
from fenhu.planning.reasons.purse_values import PurseValue, TriedValue, purse_values, try_more
from fenhu.planning.reasons.relaxing import Relaxation, relaxations_of
from fenhu.planning.reasons.rule_prices import RulePrice, rule_prices
from fenhu.planning.reasons.whys import Why, why, why_json
from fenhu.planning.risk.pace import NeededPace, Pace, pace_of
from fenhu.planning.risk.securing import Reserve, Secured, secure
from fenhu.planning.risk.spreads import Spreads, draw_scenarios, spread_names, usual_spreads
from fenhu.planning.risk.uncertain import HELD_SHARE, Assessment, PurseRisk, assess
from fenhu.planning.search.brake import Brake
from fenhu.planning.search.goals import LEXICOGRAPHIC, WEIGHTED
from fenhu.planning.search.near import resolve_near
from fenhu.planning.search.part import rank_part, solve_part
from fenhu.planning.search.solve import DEFAULT_EFFORT, DEFAULT_SECONDS, greedy, solve
from fenhu.planning.task.answer import instance_json
from fenhu.planning.task.changes import (
    CREW,
    EVERY_SCOPE,
    EVERY_YEAR,
    SOURCES,
    Changes,
    PurseChange,
    as_consent_comes,
    changed,
)
from fenhu.planning.task.changes_json import changes_json, read_changes, surviving_changes
from fenhu.planning.task.changes_said import RULE_NAMES, changes_said
from fenhu.planning.task.instance import (
    NO_YEAR,
    BoolArray,
    Budgets,
    Buildings,
    Clusters,
    Instance,
    IntArray,
    Rules,
    no_years,
)
from fenhu.planning.task.knobs import Knob, changes_of, knobs_of
from fenhu.planning.task.names import amount_said, purse_name, scope_names
from fenhu.planning.task.purses import CREW_PARTS, Purse, purses_of
from fenhu.planning.task.reading import read_instance
from fenhu.planning.task.result import PlanProgress, PlanResult, Shortfall, Violation, years_array
from fenhu.planning.task.worth import consent_in
from fenhu.planning.what_if.scenarios import Outcome, Scenario, Trial, trials_of, work_out

__all__ = [
    "ADDED", "CHANGE_KINDS", "CREW", "CREW_PARTS", "DEFAULT_EFFORT", "DEFAULT_SECONDS", "DROPPED",
    "EVERY_SCOPE", "EVERY_YEAR", "HELD_SHARE", "LEXICOGRAPHIC", "MOVED", "NO_BUILDING", "NO_YEAR",
    "REMOVED", "RULE_NAMES", "SOURCES", "WEIGHTED", "Assessment", "BoolArray", "Brake", "Budgets",
    "Buildings", "Changes", "ClusterWorks", "Clusters", "Conflict", "CrewJob", "CrewSeason", "Explainer",
    "Flip", "Forced", "Help", "Instance", "IntArray", "Knob", "Move", "NeededPace", "Outcome", "Overspent",
    "Pace", "PlanProgress", "PlanResult", "Purse", "PurseChange", "PurseRisk", "PurseSpending",
    "PurseValue", "PurseYears", "Relaxation", "Replanned", "Reserve", "RulePrice", "Rules", "Scenario",
    "Secured", "Shortfall", "Spreads", "Stage", "Standing", "Trial", "TriedValue", "Violation", "Why",
    "YearChange", "YearOutline", "YearlyWorks", "amount_said", "as_consent_comes", "assess", "cause_of",
    "changed", "changes_json", "changes_of", "changes_said", "cluster_works", "completion", "conflict_of",
    "consent_in", "crew_calendar", "demand_name", "demands_of", "draw_scenarios", "flat_worth", "force",
    "greedy", "help_for", "help_json", "instance_json", "keep_instance", "keep_result", "kept_instance",
    "kept_result", "knobs_of", "missed", "moved", "moves_said", "no_years", "pace_of", "purse_name",
    "purse_values", "purse_years", "purses_of", "rank_part", "read_changes", "read_instance",
    "relaxations_of", "replan", "replan_goal", "resolve_near", "rule_prices", "scope_names", "score",
    "secure", "shortfalls", "solve", "solve_part", "spread_names", "surviving_changes", "trials_of",
    "try_more", "usual_spreads", "violations", "why", "why_json", "why_not", "why_unplanned", "why_year",
    "work_out", "yearly_outline", "yearly_works", "years_array",
]  # fmt: skip
