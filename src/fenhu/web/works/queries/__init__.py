"""Reading the programme's work: every page's content as frozen values."""

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
from fenhu.web.works.queries.overview import DistrictFigures, Overview, YearFigures, overview
from fenhu.web.works.queries.plans import (
    OpenStep,
    PlanItem,
    PlanRow,
    PlanView,
    annual_plan,
    annual_plans,
    open_steps,
)
from fenhu.web.works.queries.search import Hit, search
from fenhu.web.works.queries.years import GroupFigures, YearView, year_view

__all__ = [
    "BuildingChoices", "BuildingFilter", "BuildingPage", "BuildingRow", "BuildingView", "DistrictFigures",
    "FlatView", "GroupFigures", "Hit", "MyFlat", "OpenStep", "Overview", "PlanItem", "PlanPlace", "PlanRow",
    "PlanView", "YearFigures", "YearView", "annual_plan", "annual_plans", "building_choices", "building_page",
    "building_rows", "building_view", "my_flats", "open_steps", "overview", "search", "year_view",
]  # fmt: skip
