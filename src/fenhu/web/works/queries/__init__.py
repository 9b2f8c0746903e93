"""Reading the programme's work: every page's content as frozen values."""

from fenhu.web.works.queries.acceptances import (
    AcceptanceView,
    ChecklistRow,
    PartyRow,
    RoundView,
    acceptance_view,
    open_round_for,
)
from fenhu.web.works.queries.answers import (
    AnswerItem,
    Dear,
    LimitsView,
    WhyView,
    changes_answered,
    changes_out,
    limits_view,
    why_view,
)
from fenhu.web.works.queries.bills import BillGroup, BillRule, bill_groups, rules_of
from fenhu.web.works.queries.building import (
    BuildingView,
    FlatView,
    PlanPlace,
    building_view,
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
from fenhu.web.works.queries.bulletins import ProgrammeNews, programme_news
from fenhu.web.works.queries.campaign import (
    CampaignView,
    activity_for,
    campaign_view,
    contact_for,
    material_for,
)
from fenhu.web.works.queries.cases import (
    LIABLE,
    CaseDesk,
    CaseFigures,
    CasePage,
    CaseRow,
    CaseView,
    building_cases,
    building_for_case,
    case_desk,
    case_for,
    case_page,
    case_view,
    open_cases,
)
from fenhu.web.works.queries.city_map import CityView, MapBuilding, MapCluster, city_view
from fenhu.web.works.queries.comparison import Comparison, comparison
from fenhu.web.works.queries.contractors import (
    ContractorRow,
    ContractorView,
    contractor_for,
    contractor_view,
    contractors,
)
from fenhu.web.works.queries.conversions import (
    FlatRow,
    ProjectPage,
    ProjectRow,
    ProjectView,
    paper_for,
    project_for,
    project_page,
    project_view,
)
from fenhu.web.works.queries.designs import (
    DesignDesk,
    ReviewRow,
    VersionRow,
    building_for_design,
    design_desk,
    design_for,
    study_of,
)
from fenhu.web.works.queries.duties import Duty, projects
from fenhu.web.works.queries.explaining import explained
from fenhu.web.works.queries.finding import (
    coldest_building,
    find_cases,
    find_contractors,
    find_contracts,
    find_plans,
    newest_case,
    newest_plan,
    newest_project,
)
from fenhu.web.works.queries.history import Happening, building_history
from fenhu.web.works.queries.homes import HomeAnswer, HomeCase, HomeView, cases_at, home_view
from fenhu.web.works.queries.issuing import (
    EstimatedBill,
    ProjectHeat,
    SettledDesign,
    delivered,
    estimated_bill,
    flat_counts,
    flat_works,
    living_projects,
    project_deadline,
    project_heat,
    settled_design,
)
from fenhu.web.works.queries.layers import LAYERS, Kind, Layer
from fenhu.web.works.queries.overview import Filing, GroupStanding, Overview, YearFigures, filing, overview
from fenhu.web.works.queries.plan_books import plan_book
from fenhu.web.works.queries.plan_figures import PlanFigures, difference_said
from fenhu.web.works.queries.planning import PlanningView, plan_in_force, planning_of
from fenhu.web.works.queries.plans import (
    PlanCheck,
    PlanItem,
    PlanRow,
    PlanView,
    annual_plan,
    annual_plan_for,
    annual_plans,
)
from fenhu.web.works.queries.praises import Deserving, PraisePage, PraiseRow, praise_page, praised_in, praises
from fenhu.web.works.queries.prices import PricedBill, planned_shares, price_of, signed_flats
from fenhu.web.works.queries.published import (
    ACCEPTED,
    IN_USE,
    Lead,
    WayStep,
    dated_way,
    leads_of,
    published_activities,
    published_material,
    published_praises,
    published_projects,
    published_rounds,
)
from fenhu.web.works.queries.reasons import (
    Cause,
    ReasonedPage,
    ReasonedRow,
    UnplannedView,
    planned,
    unplanned,
)
from fenhu.web.works.queries.replans import (
    ReplanDesk,
    ReplanView,
    RiskView,
    change_list,
    replan_desk,
    replan_for,
    replan_view,
    risk_view,
)
from fenhu.web.works.queries.scenarios import (
    ScenarioList,
    ScenarioView,
    scenario_for,
    scenario_list,
    scenario_view,
)
from fenhu.web.works.queries.schedules import plan_schedule, year_schedule
from fenhu.web.works.queries.sites import (
    CheckRow,
    SiteFlat,
    SiteView,
    WeekRow,
    check_for,
    flat_for,
    site_view,
)
from fenhu.web.works.queries.steps import OpenStep, open_steps
from fenhu.web.works.queries.stock import ConsentFigures, StockState, consent_figures, stock_state
from fenhu.web.works.queries.warranties import DefectRow, WarrantyView, defect_for, warranty_view
from fenhu.web.works.queries.worked_scenarios import MovedBuilding, PlannedBuilding
from fenhu.web.works.queries.worklist import (
    OthersTurn,
    WorkItem,
    Worklist,
    due_items,
    others_turn,
    overdue_elsewhere,
    worklist,
)
from fenhu.web.works.queries.years import GroupFigures, YearView, year_view, years_shares
from fenhu.web.works.stored import of_diagnosis

__all__ = [
    "ACCEPTED", "IN_USE", "LAYERS", "LIABLE", "AcceptanceView", "AnswerItem", "BillGroup", "BillRule",
    "BuildingChoices", "BuildingFilter", "BuildingPage", "BuildingRow", "BuildingView", "CampaignView",
    "CaseDesk", "CaseFigures", "CasePage", "CaseRow", "CaseView", "Cause", "CheckRow", "ChecklistRow",
    "CityView", "Comparison", "ConsentFigures", "ContractorRow", "ContractorView", "Dear", "DefectRow",
    "Deserving", "DesignDesk", "Duty", "EstimatedBill", "Filing", "FlatRow", "FlatView", "GroupFigures",
    "GroupStanding", "Happening", "HomeAnswer", "HomeCase", "HomeView", "Kind", "Layer", "Lead",
    "LimitsView", "MapBuilding", "MapCluster", "MovedBuilding", "OpenStep", "OthersTurn", "Overview",
    "PartyRow", "PlanCheck", "PlanFigures", "PlanItem", "PlanPlace", "PlanRow", "PlanView",
    "PlannedBuilding", "PlanningView", "PraisePage", "PraiseRow", "PricedBill", "ProgrammeNews",
    "ProjectHeat", "ProjectPage", "ProjectRow", "ProjectView", "ReasonedPage", "ReasonedRow",
    "ReplanDesk", "ReplanView", "ReviewRow", "RiskView", "RoundView", "ScenarioList", "ScenarioView",
    "SettledDesign", "SiteFlat", "SiteView", "StockState", "UnplannedView", "VersionRow",
    "WarrantyView", "WayStep", "WeekRow", "WhyView", "WorkItem", "Worklist", "YearFigures", "YearView",
    "acceptance_view", "activity_for", "annual_plan", "annual_plan_for", "annual_plans", "bill_groups",
    "building_cases", "building_choices", "building_for_case", "building_for_design",
    "building_history", "building_page", "building_rows", "building_view", "campaign_view", "case_desk",
    "case_for", "case_page", "case_view", "cases_at", "change_list", "changes_answered", "changes_out",
    "check_for", "city_view", "coldest_building", "comparison", "consent_figures", "contact_for",
    "contractor_for", "contractor_view", "contractors", "dated_way", "defect_for", "delivered",
    "design_desk", "design_for", "difference_said", "due_items", "estimated_bill", "explained",
    "filing", "find_cases", "find_contractors", "find_contracts", "find_plans", "flat_counts",
    "flat_for", "flat_works", "home_view", "leads_of", "limits_view", "living_projects", "material_for",
    "newest_case", "newest_plan", "newest_project", "of_diagnosis", "open_cases", "open_round_for",
    "open_steps", "others_turn", "overdue_elsewhere", "overview", "paper_for", "plan_book",
    "plan_in_force", "plan_schedule", "planned", "planned_shares", "planning_of", "praise_page",
    "praised_in", "praises", "price_of", "programme_news", "project_deadline", "project_for",
    "project_heat", "project_page", "project_view", "projects", "published_activities",
    "published_material", "published_praises", "published_projects", "published_rounds", "replan_desk",
    "replan_for", "replan_view", "risk_view", "rules_of", "scenario_for", "scenario_list",
    "scenario_view", "settled_design", "signed_flats", "site_view", "stock_state", "study_of",
    "unplanned", "warranty_view", "why_view", "worklist", "year_schedule", "year_view", "years_shares",
]  # fmt: skip
