"""The state of the works: conversions and cases with the step each is at."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Any

from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field

from fenhu.web.api.entering import Bearer
from fenhu.web.api.shapes import READS, AskedById, CodeInPath, Page, Words40, page
from fenhu.web.works import queries as works

router = Router(tags=["state"], auth=Bearer("state:read"))


class Project(Schema):
    """One conversion and the step it is at."""

    id: int
    building: str
    year: int
    state: str = Field(description="listed, informed, consented … in_use, rewarded; suspended, withdrawn")
    state_label: str
    since: date | None
    version: int = Field(description="counts every change")
    supplier: str
    contractor: str
    policy: str = Field(description="the rules it was approved under")
    started_on: date | None
    finished_on: date | None
    accepted_on: date | None
    in_use_on: date | None
    late: bool


class OpenStep(Schema):
    """A step the token's owner may take on the page; ``blocked`` says why not yet."""

    name: str
    label: str
    blocked: str | None


class OneProject(Project):
    """One conversion with the steps open to the token's owner."""

    steps: list[OpenStep]


class Case(Schema):
    """One case and the step it is at; its words stay on its page."""

    id: int
    building: str
    flat: str | None
    kind: str
    state: str
    state_label: str
    since: date | None
    version: int
    opened_on: date | None
    settled_on: date | None
    escalated: bool = Field(description="passed on to public security")
    liable: str


class StateAsked(AskedById):
    """What conversions and cases are narrowed by; empty and 0: not at all."""

    building: Words40 = ""
    state: Words40 = ""


class ProjectsAsked(StateAsked):
    """What conversions are narrowed by."""

    year: int = Field(0, ge=0, le=2200)


@router.get(
    "/projects", response={200: Page[Project]} | READS, url_name="api-projects", operation_id="list_projects"
)
def projects(request: HttpRequest, asked: Query[ProjectsAsked]) -> dict[str, Any]:
    """The conversions the token's owner may see, in the order they were opened, page by page."""
    found = works.projects_after(
        request.user, after=asked.after, limit=asked.limit + 1, asked=_narrowed(asked, year=asked.year)
    )
    return page(map(_said, found), asked.limit, lambda row: row["id"])


@router.get(
    "/projects/{code}", response={200: OneProject} | READS, url_name="api-project",
    operation_id="get_project",
)  # fmt: skip
def project(request: HttpRequest, code: CodeInPath) -> dict[str, Any]:
    """The living conversion of a building, with the steps open to the token's owner."""
    found, steps = works.project_feed(request.user, code)
    return _said(found) | {
        "steps": [
            {"name": one.name, "label": str(one.label), "blocked": str(one.blocked) if one.blocked else None}
            for one in steps
        ]
    }


@router.get("/cases", response={200: Page[Case]} | READS, url_name="api-cases", operation_id="list_cases")
def cases(request: HttpRequest, asked: Query[StateAsked]) -> dict[str, Any]:
    """The cases the token's owner may see, in the order they were opened, page by page."""
    found = works.cases_after(request.user, after=asked.after, limit=asked.limit + 1, asked=_narrowed(asked))
    return page(map(_said, found), asked.limit, lambda row: row["id"])


def _narrowed(asked: StateAsked, **more: Any) -> dict[str, Any]:
    wanted = {"building__code": asked.building, "state": asked.state, **more}
    return {column: value for column, value in wanted.items() if value}


def _said(row: Any) -> dict[str, Any]:
    return asdict(row) | {"state_label": str(row.state_label)}
