"""The one chain that command line and web both call: register → diagnosis → bills → plan → papers.

In: a register, a policy, and how long to search. Out: a ``Study`` that holds every stage's result by building
code, and from it the fixed JSON, the schedule and the report.
"""

from fenhu.study.answers import answer, diagnosis_json, plan_json, verdict
from fenhu.study.asking import MOST_HELPED, Asked, ask, houses_of, items_asked
from fenhu.study.assumed import assumptions
from fenhu.study.chain import DEFAULT_EFFORT, Settings, Study, run_study
from fenhu.study.diagnosing import (
    Diagnosed,
    diagnose_register,
    explain_building,
    explain_register,
    outdoor_design_c,
)
from fenhu.study.in_force import InForce, read_in_force, standing_of
from fenhu.study.instance import Task, planning_instance, with_money_of
from fenhu.study.paperwork import BOOK_NAME, report, schedule, schedule_row, write_plan
from fenhu.study.plan_book import plan_book
from fenhu.study.plan_reading import PlanReading, calendar_assumption, read_plan, years_by_building
from fenhu.study.pricing import COSTS, Cost, Priced, design_register, price_building, price_register
from fenhu.study.replanning import CHANGES_NAME, change_list, change_row, replan_json, replan_sentences
from fenhu.study.risk import (
    pace_chart,
    pace_in,
    pace_json,
    pace_of_study,
    pace_part,
    risk_json,
    risk_part,
    risk_sentences,
    secured,
)
from fenhu.study.scenario_file import ScenarioAsked, read_scenarios
from fenhu.study.scenarios import WhatIf, scenarios_of, what_if, what_if_json, what_if_sentences
from fenhu.study.seasons import (
    BuildingSeason,
    FormOf,
    RegisterSeasons,
    StateSeason,
    season_register,
    season_sentences,
    seasons_json,
)
from fenhu.study.stairwells import building_code
from fenhu.study.whole import PlannedBuilding, buildings_of_plan, planned_buildings
from fenhu.study.yearly import YearOfPlan, plan_years

__all__ = [
    "BOOK_NAME", "CHANGES_NAME", "COSTS", "DEFAULT_EFFORT", "MOST_HELPED", "Asked", "BuildingSeason", "Cost",
    "Diagnosed", "FormOf", "InForce", "PlanReading", "PlannedBuilding", "Priced", "RegisterSeasons",
    "ScenarioAsked", "Settings", "StateSeason", "Study", "Task", "WhatIf", "YearOfPlan", "answer", "ask",
    "assumptions", "building_code", "buildings_of_plan", "calendar_assumption", "change_list",
    "change_row", "design_register", "diagnose_register",
    "diagnosis_json", "explain_building", "explain_register", "houses_of", "items_asked",
    "outdoor_design_c", "pace_chart", "pace_in", "pace_json", "pace_of_study", "pace_part", "plan_book",
    "plan_json", "plan_years", "planned_buildings", "planning_instance", "price_building",
    "price_register", "read_in_force", "read_plan", "read_scenarios", "replan_json", "replan_sentences",
    "report", "risk_json", "risk_part", "risk_sentences", "run_study", "scenarios_of", "schedule",
    "schedule_row", "season_register", "season_sentences", "seasons_json", "secured",
    "standing_of", "verdict", "what_if", "what_if_json", "what_if_sentences",
    "with_money_of", "write_plan", "years_by_building",
]  # fmt: skip
