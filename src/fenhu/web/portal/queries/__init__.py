"""What the portal's pages and files say, as frozen values: every field named, none of them personal."""

from fenhu.web.portal.queries.building import (
    BuildingView,
    MeasuredTest,
    RoundView,
    building_view,
    shape_of,
)
from fenhu.web.portal.queries.buildings import BuildingRow, Contact, SearchView, contacts, search_view
from fenhu.web.portal.queries.bulletins import BulletinRow, BulletinView, bulletin_list, bulletin_told
from fenhu.web.portal.queries.front import (
    FrontView,
    Progress,
    YearProgress,
    by_district,
    by_supplier,
    front_view,
)
from fenhu.web.portal.queries.plans import PlanRow, PlanView, Sieve, plan_rows, plan_view, plan_years
from fenhu.web.portal.queries.records import (
    AcceptancePage,
    AcceptedRow,
    CampaignView,
    PraiseView,
    acceptance_page,
    accepted_rows,
    campaign_view,
    praise_view,
)
from fenhu.web.portal.queries.stock import StockRow, progress_rows, stock_rows

__all__ = [
    "AcceptancePage", "AcceptedRow", "BuildingRow", "BuildingView", "BulletinRow", "BulletinView",
    "CampaignView", "Contact", "FrontView", "MeasuredTest", "PlanRow", "PlanView", "PraiseView",
    "Progress", "RoundView", "SearchView", "Sieve", "StockRow", "YearProgress", "acceptance_page",
    "accepted_rows", "building_view", "bulletin_list", "bulletin_told", "by_district", "by_supplier",
    "campaign_view", "contacts", "front_view", "plan_rows", "plan_view", "plan_years", "praise_view",
    "progress_rows", "search_view", "shape_of", "stock_rows",
]  # fmt: skip
