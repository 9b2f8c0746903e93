"""How reports of cold rooms walk their workflow and stand in the lists of work."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from fenhu.programme import ROOM_REPORT
from fenhu.web.household.models import RoomReport
from fenhu.web.registry.queries import full_name
from fenhu.web.works import services as works
from fenhu.wording import text


def begin() -> None:
    """Let reports walk."""
    stamps = {"answer": _answered, "note": _noted}
    works.walk(RoomReport, works.Subject(
        workflow=ROOM_REPORT, facts=_no_facts, stamps=stamps, show=_shown,
    ))  # fmt: skip


def _no_facts(report: RoomReport) -> None:
    """Return what guards ask: nothing, no step of a report is guarded."""


def _answered(report: RoomReport, actor: Any, note: str, today: date) -> Mapping[str, object]:
    return {"answer": note, "answered_on": today}


def _noted(report: RoomReport, actor: Any, note: str, today: date) -> Mapping[str, object]:
    return {}


def _shown(report: RoomReport) -> works.Shown:
    building = report.flat.building
    title = text(
        "{building} {flat}: {value} ℃", building=full_name(building.estate, building.name),
        flat=report.flat.flat_id, value=str(report.value_c),
    )  # fmt: skip
    return works.Shown(kind="flat-pages", key=building.code, title=title, district=building.district)
