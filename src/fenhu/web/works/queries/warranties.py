"""A building after its acceptance: how long defects are the contractor's, which, and who can have a meter."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from fenhu.programme import DONE, Role
from fenhu.web import clock
from fenhu.web.access.scope import get_visible
from fenhu.web.rules import policy_named
from fenhu.web.works.acting import acts_on
from fenhu.web.works.keeping import KEPT_STATES, MENDERS, REPORTERS, warranty_until
from fenhu.web.works.models import Defect, FlatWork, Project
from fenhu.web.works.queries.conversions import project_for
from fenhu.web.works.queries.heads import ProjectHead, head_of
from fenhu.wording import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class DefectRow:
    """A defect; ``days`` is how long it has been, or was, open."""

    id: int
    flat_id: str
    what: str
    reported_on: date
    days: int
    within_warranty: bool
    mended_on: date | None
    how: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptFlat:
    """A flat with a contract: whether its loop is built and a meter fits, None where nobody looked."""

    flat_id: str
    built: bool
    meter_ready: bool | None


@dataclass(frozen=True, slots=True, kw_only=True)
class WarrantyView:
    """A building after its acceptance as its page shows it; the flags say what the reader may record."""

    row: ProjectHead
    lasts: Text
    assumed: Text | None
    in_use_on: date | None
    until: date | None
    over: bool
    open: tuple[DefectRow, ...]
    mended: tuple[DefectRow, ...]
    flats: tuple[KeptFlat, ...]
    home: bool
    reports: bool
    mends: bool
    checks: bool

    @property
    def ready(self) -> int:
        """Return how many flats are ready for a meter."""
        return sum(flat.meter_ready is True for flat in self.flats)

    @property
    def looked_at(self) -> int:
        """Return of how many flats it is known."""
        return sum(flat.meter_ready is not None for flat in self.flats)


def warranty_view(user: Any, code: str) -> WarrantyView:
    """Return the warranty of a building's living project.

    Raises
    ------
    django.http.Http404
        If there is none, or it is not the user's to see.
    """
    project = project_for(user, code)
    rule = policy_named(project.policy).warranty
    until = warranty_until(project)
    defects = _defects(user, project)
    kept = project.state in KEPT_STATES
    home = not acts_on(user, project, *(role for role in Role if role is not Role.HOUSEHOLD))
    return WarrantyView(
        row=head_of(project), lasts=rule.said(), assumed=rule.reason if rule.assumed else None,
        in_use_on=project.in_use_on, until=until, over=until is not None and clock.today() > until,
        open=tuple(one for one in defects if one.mended_on is None),
        mended=tuple(one for one in defects if one.mended_on is not None), flats=_flats(user, project),
        home=home, reports=kept and (home or acts_on(user, project, *REPORTERS)),
        mends=acts_on(user, project, *MENDERS),
        checks=project.state in ("finished", *KEPT_STATES) and acts_on(user, project, Role.HEAT_SUPPLIER),
    )  # fmt: skip


def defect_for(user: Any, code: str, defect_id: int) -> Defect:
    """Return a defect of a building's living project.

    Raises
    ------
    django.http.Http404
        If there is none, or it is not the user's to see.
    """
    return get_visible(
        Defect.objects.select_related("project"), user, project=project_for(user, code), pk=defect_id
    )


def _defects(user: Any, project: Project) -> tuple[DefectRow, ...]:
    seen = Defect.objects.visible_to(user).filter(project=project).select_related("flat")
    return tuple(
        DefectRow(
            id=one.pk, flat_id=one.flat.flat_id if one.flat else "", what=one.what,
            reported_on=one.reported_on, days=((one.mended_on or clock.today()) - one.reported_on).days,
            within_warranty=one.within_warranty, mended_on=one.mended_on, how=one.how,
        )
        for one in seen.order_by("reported_on", "pk")
    )  # fmt: skip


def _flats(user: Any, project: Project) -> tuple[KeptFlat, ...]:
    seen = FlatWork.objects.visible_to(user).filter(project=project, contract_on__isnull=False)
    return tuple(
        KeptFlat(flat_id=work.flat.flat_id, built=work.stage == DONE, meter_ready=work.meter_ready)
        for work in seen.select_related("flat").order_by("flat__unit", "flat__storey", "flat__room")
    )
