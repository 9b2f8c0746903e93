"""Where the programme's people write freely, and the papers they scan: anybody may be mentioned there."""

from __future__ import annotations

from typing import Any

from fenhu.web.holding import Writing, write
from fenhu.web.works.models import (
    Activity,
    AnnualPlan,
    AnnualPlanItem,
    Case,
    CaseEvidence,
    Defect,
    DesignVersion,
    LeftOut,
    Paper,
    Project,
    Scenario,
    Signature,
    SiteCheck,
    WeekReport,
)
from fenhu.wording import text

_OF_PROJECT = ("project__building__code",)


def begin() -> None:
    """Name them."""
    write(
        Writing(
            key="plans", name=text("Annual plans: notes and schemes"), model=AnnualPlan,
            columns=("note", "scheme"), place=("supplier__name", "year"),
        ),
        Writing(
            key="objections", name=text("Buildings of annual plans: objections"), model=AnnualPlanItem,
            columns=("objection",), place=("building__code", "plan__year"),
        ),
        Writing(
            key="left_out", name=text("Buildings left out of annual plans: reasons"), model=LeftOut,
            columns=("reason",), place=("building__code", "plan__year"),
        ),
        Writing(
            key="scenarios", name=text("Scenarios: notes"), model=Scenario, columns=("note",), place=("pk",)
        ),
        Writing(
            key="projects", name=text("Conversions: reasons of extensions"), model=Project,
            columns=("extension_reason",), place=("building__code",),
        ),
        Writing(
            key="designs", name=text("Designs: remarks"), model=DesignVersion, columns=("remark",),
            place=("building__code", "number"),
        ),
        Writing(
            key="weeks", name=text("Weekly reports of works"), model=WeekReport, columns=("note",),
            place=(*_OF_PROJECT, "week"),
        ),
        Writing(
            key="site_checks", name=text("Checks on site: findings"), model=SiteCheck, columns=("finding",),
            place=_OF_PROJECT,
        ),
        Writing(
            key="defects", name=text("Defects of others"), model=Defect, columns=("what", "how"),
            place=_OF_PROJECT, own="flat",
        ),
        Writing(
            key="acceptances", name=text("Acceptances: notes to signatures"), model=Signature,
            columns=("note",), place=("round__project__building__code", "round__number"),
        ),
        Writing(
            key="cases", name=text("Cases of others"), model=Case,
            columns=("title", "account", "outcome", "liable_note"), place=("building__code", "pk"),
            own="flat",
        ),
        Writing(
            key="evidence", name=text("Evidence in cases of others"), model=CaseEvidence, columns=("note",),
            place=("case__building__code", "case"), own="case__flat",
        ),
        Writing(
            key="activities", name=text("Campaign: notes of activities"), model=Activity,
            columns=("title", "note"), place=("on_date",),
        ),
        Writing(
            key="scans", name=text("Files of the building's conversion (nothing searches in them)"),
            model=Paper, columns=("title",), place=(*_OF_PROJECT, "on_date"), unread=True,
            seen=_at_the_building,
        ),
    )  # fmt: skip


def _at_the_building(model: Any, user: Any, flat: Any) -> Any:
    return model.objects.visible_to(user).filter(project__building=flat.building_id)
