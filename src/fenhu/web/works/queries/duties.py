"""What a contractor and public security have to do with: works in hand, incidents passed on to them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from fenhu.web.registry.queries import full_name
from fenhu.web.works.models import Case, Project


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """One building with what there is to do: the state of its works, or the kind of its incident."""

    code: str
    name: str
    address: str
    district: str
    supplier: str
    flats: int
    year: int | None
    state: str


def projects(user: Any) -> tuple[Duty, ...]:
    """Return the works ``user`` may see, newest year first."""
    seen = Project.objects.visible_to(user).select_related("building__supplier")
    return tuple(
        _duty(project.building, project.year, project.state)
        for project in seen.order_by("-year", "building__code")
    )


def incidents(user: Any) -> tuple[Duty, ...]:
    """Return the incidents ``user`` may see."""
    seen = Case.objects.visible_to(user).select_related("building__supplier")
    return tuple(_duty(one.building, None, one.kind) for one in seen.order_by("building__code"))


def _duty(building: Any, year: int | None, state: str) -> Duty:
    return Duty(
        code=building.code, name=full_name(building.estate, building.name), address=building.address,
        district=building.district, supplier=building.supplier.name, flats=building.flat_count, year=year,
        state=state,
    )  # fmt: skip
