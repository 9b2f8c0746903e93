"""The plan: the one that is gone by, what it has for each building, and the suppliers' annual plans."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field

from fenhu.errors import UnknownItem
from fenhu.web.api.entering import Bearer
from fenhu.web.api.shapes import READS, AskedByCode, IdInPath, Page, page
from fenhu.web.works import queries as works
from fenhu.wording import text

router = Router(tags=["plan"], auth=Bearer("plan:read"))


class Plan(Schema):
    """The plan that is gone by."""

    number: int = Field(description="which plan of the current study it is")
    origin: str = Field(description="study, scenario or replan")
    policy: str
    policy_version: str
    made_at: datetime


class PlannedBuilding(Schema):
    """What the study found out about a building and when the plan has it."""

    building: str
    year: int | None = Field(description="null: not in any year of the plan")
    status: str
    priority: float
    priority_class: bool
    cost_fen: int
    shares: dict[str, int] = Field(description="who pays how many fen")
    before_mean_c: float | None
    before_min_c: float | None
    before_below_18: int | None = Field(description="flats colder than 18 °C today, by simulation")
    after_mean_c: float | None
    after_min_c: float | None
    after_below_18: int | None


class AnnualPlan(Schema):
    """A supplier's plan of one year; the figures are of the buildings the token's owner may see."""

    id: int
    supplier: str
    year: int
    state: str = Field(description="draft, filed, approved …")
    state_label: str
    late: bool
    filed_at: date | None
    decided_at: date | None
    buildings: int
    flats: int
    heated_area_m2: float


class PlanItem(Schema):
    """A building on an annual plan."""

    building: str
    objection: str = Field(description="why the bureau returns it; empty: it does not")


class PlannedAsked(AskedByCode):
    """What the plan's buildings are narrowed by."""

    year: int = Field(0, ge=0, le=2200, description="buildings of this year; 0: of every one and none")
    unplanned: bool = Field(False, description="only buildings the plan leaves out")


class AnnualPlansAsked(Schema):
    """Which year's plans are wanted."""

    year: int = Field(0, ge=0, le=2200, description="0: of every year")


@router.get("/plan", response={200: Plan} | READS, url_name="api-plan", operation_id="get_plan")
def plan(request: HttpRequest) -> dict[str, Any]:
    """The plan that is gone by; 404 where the city was never planned."""
    found = works.adopted_plan()
    if found is None:
        raise UnknownItem(text("The city was never planned; the bureau plans it"))
    return asdict(found)


@router.get(
    "/plan/buildings", response={200: Page[PlannedBuilding]} | READS, url_name="api-plan-buildings",
    operation_id="list_planned_buildings",
)  # fmt: skip
def planned_buildings(request: HttpRequest, asked: Query[PlannedAsked]) -> dict[str, Any]:
    """What the plan has for each building, by number, page by page."""
    rows = works.planned_after(
        request.user, after=asked.after, limit=asked.limit + 1, year=asked.year or None,
        unplanned=asked.unplanned,
    )  # fmt: skip
    return page(rows, asked.limit, lambda row: row["building"])


@router.get(
    "/annual-plans", response={200: list[AnnualPlan]} | READS, url_name="api-annual-plans",
    operation_id="list_annual_plans",
)  # fmt: skip
def annual_plans(request: HttpRequest, asked: Query[AnnualPlansAsked]) -> list[dict[str, Any]]:
    """The suppliers' annual plans, the newest first."""
    found = works.annual_plans(request.user, year=asked.year or None)
    return [asdict(one) | {"state_label": str(one.state_label)} for one in found]


@router.get(
    "/annual-plans/{plan_id}/buildings", response={200: Page[PlanItem]} | READS,
    url_name="api-annual-plan-buildings", operation_id="list_buildings_of_annual_plan",
)  # fmt: skip
def annual_plan_buildings(
    request: HttpRequest, plan_id: IdInPath, asked: Query[AskedByCode]
) -> dict[str, Any]:
    """The buildings on an annual plan, by number, page by page."""
    rows = works.items_after(request.user, plan_id, after=asked.after, limit=asked.limit + 1)
    return page(rows, asked.limit, lambda row: row["building"])
