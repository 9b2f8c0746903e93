"""What the head of every page below a project says."""

from __future__ import annotations

from dataclasses import dataclass

from fenhu.programme import PROJECT
from fenhu.web.registry.queries import full_name
from fenhu.web.works.models import Project
from fenhu.wording import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectHead:
    """Which project a page is about, and where it stands."""

    code: str
    name: str
    year: int
    supplier: str
    contractor: str
    state: str
    state_label: Text


def head_of(project: Project) -> ProjectHead:
    """Return the head of a project's pages."""
    building = project.building
    return ProjectHead(
        code=building.code, name=full_name(building.estate, building.name), year=project.year,
        supplier=building.supplier.name, contractor=project.contractor.name if project.contractor else "",
        state=project.state, state_label=PROJECT.states[project.state],
    )  # fmt: skip
