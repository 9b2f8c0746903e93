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
from fenhu.web.works.queries.duties import Duty, incidents, projects
from fenhu.web.works.queries.explaining import explained
from fenhu.web.works.queries.history import Happening, building_history
from fenhu.web.works.queries.overview import DistrictFigures, Filing, Overview, YearFigures, filing, overview
from fenhu.web.works.queries.plans import (
    OpenStep,
    PlanCheck,
    PlanItem,
    PlanRow,
    PlanView,
    annual_plan,
    annual_plan_for,
    annual_plans,
    open_steps,
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
from fenhu.web.works.queries.stock import ConsentFigures, StockState, consent_figures, stock_state
from fenhu.web.works.queries.years import GroupFigures, YearView, year_view, years_shares

__all__ = [
    "BillGroup", "BillRule", "BuildingChoices", "BuildingFilter", "BuildingPage", "BuildingRow",
    "BuildingView", "Cause", "ConsentFigures", "DistrictFigures", "Duty", "Filing", "FlatView",
    "GroupFigures", "Happening", "Hit", "MyFlat", "OpenStep", "Overview", "PlanCheck", "PlanItem",
    "PlanPlace", "PlanRow", "PlanView", "PublicBuilding", "PublicFront", "PublicYear", "ReasonedPage",
    "ReasonedRow", "StockState", "UnplannedView", "YearFigures", "YearView", "annual_plan",
    "annual_plan_for", "annual_plans", "bill_groups", "building_choices", "building_history",
    "building_page", "building_rows", "building_view", "consent_figures", "explained", "filing", "incidents",
    "my_flats", "open_steps", "overview", "plan_schedule", "planned", "projects", "public_front",
    "rules_of", "search", "stock_state", "unplanned", "year_schedule", "year_view", "years_shares",
]  # fmt: skip
