"""Reading the programme's work: every page's content as frozen values."""

from fenhu.web.works.queries.bills import BillGroup, BillRule, bill_groups, rules_of
from fenhu.web.works.queries.building import (
    BuildingView,
    FlatView,
    MyFlat,
    PlanPlace,
    building_view,
    my_flats,
)
from fenhu.web.works.queries.buildings import (
    BuildingChoices,
    BuildingFilter,
    BuildingPage,
    BuildingRow,
    building_choices,
    building_page,
    building_rows,
)
from fenhu.web.works.queries.conversions import (
    FlatRow,
    ProjectPage,
    ProjectRow,
    ProjectView,
    has_project,
    paper_for,
    project_for,
    project_page,
    project_view,
)
from fenhu.web.works.queries.duties import Duty, incidents, projects
from fenhu.web.works.queries.explaining import explained
from fenhu.web.works.queries.history import Happening, building_history
from fenhu.web.works.queries.overview import DistrictFigures, Filing, Overview, YearFigures, filing, overview
from fenhu.web.works.queries.plans import (
    PlanCheck,
    PlanItem,
    PlanRow,
    PlanView,
    annual_plan,
    annual_plan_for,
    annual_plans,
)
from fenhu.web.works.queries.public import PublicBuilding, PublicFront, PublicYear, public_front
from fenhu.web.works.queries.reasons import (
    Cause,
    ReasonedPage,
    ReasonedRow,
    UnplannedView,
    planned,
    unplanned,
)
from fenhu.web.works.queries.schedules import plan_schedule, year_schedule
from fenhu.web.works.queries.search import Hit, search
from fenhu.web.works.queries.steps import OpenStep, open_steps
from fenhu.web.works.queries.stock import ConsentFigures, StockState, consent_figures, stock_state
from fenhu.web.works.queries.worklist import (
    OthersTurn,
    WorkItem,
    Worklist,
    due_items,
    others_turn,
    worklist,
)
from fenhu.web.works.queries.years import GroupFigures, YearView, year_view, years_shares

__all__ = [
    "BillGroup", "BillRule", "BuildingChoices", "BuildingFilter", "BuildingPage", "BuildingRow",
    "BuildingView", "Cause", "ConsentFigures", "DistrictFigures", "Duty", "Filing", "FlatRow", "FlatView",
    "GroupFigures", "Happening", "Hit", "MyFlat", "OpenStep", "OthersTurn", "Overview", "PlanCheck",
    "PlanItem", "PlanPlace", "PlanRow", "PlanView", "ProjectPage", "ProjectRow", "ProjectView",
    "PublicBuilding", "PublicFront", "PublicYear", "ReasonedPage", "ReasonedRow", "StockState",
    "UnplannedView", "WorkItem", "Worklist", "YearFigures", "YearView", "annual_plan", "annual_plan_for",
    "annual_plans", "bill_groups", "building_choices", "building_history", "building_page",
    "building_rows", "building_view", "consent_figures", "due_items", "explained", "filing",
    "has_project", "incidents", "my_flats", "open_steps", "others_turn", "overview", "paper_for",
    "plan_schedule", "planned", "project_for", "project_page", "project_view", "projects", "public_front",
    "rules_of", "search", "stock_state", "unplanned", "worklist", "year_schedule", "year_view",
    "years_shares",
]  # fmt: skip
