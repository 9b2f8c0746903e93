"""The design of a building: its sheet, its versions, decisions, files."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_POST

from fenhu.building import Loop, Mains
from fenhu.design.quantities import bill_totals, material_rows
from fenhu.design.review import VERDICT_NAMES
from fenhu.design.sheets import TitleBlock, drawing_set
from fenhu.design.values import FlatDesign
from fenhu.drawing.svg import svg
from fenhu.errors import UnknownItem
from fenhu.study.design_drawings import CAD, DRAWINGS, write_drawings
from fenhu.study.design_files import BILL, REVIEW, TEMPLATE, write_design
from fenhu.study.designing import DesignStudy
from fenhu.web.access.gates import for_roles
from fenhu.web.ui.design_forms import DecisionForm, EnteredForm, ReasonForm, VersionForm
from fenhu.web.ui.forms import read
from fenhu.web.ui.navigation import OFFICES
from fenhu.web.ui.pictures import design_elevation
from fenhu.web.uploads import Kind, judge
from fenhu.web.works import queries, services
from fenhu.wording import Text, text

_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_FILES = {
    "bill.xlsx": (BILL, _SHEET), "review.xlsx": (REVIEW, _SHEET), "template.xlsx": (TEMPLATE, _SHEET),
    "drawings.pdf": (DRAWINGS, "application/pdf"), "drawings.dxf": (CAD, "image/vnd.dxf"),
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A flat or a riser of the design with what hangs there, for the tables; ``flat`` is None for a riser."""

    flat: FlatDesign | None
    segments: tuple[Any, ...]
    devices: tuple[Any, ...]
    radiators: tuple[Any, ...]


@for_roles(*OFFICES)
def design(request: HttpRequest, code: str) -> HttpResponse:
    """Show a building's design: the version the address names, or the latest."""
    desk = queries.design_desk(request.user, code, _whole(request, "version"), _whole(request, "against"))
    return render(request, "ui/design.html", _context(request, desk))


@require_POST
@for_roles(*OFFICES)
def act(request: HttpRequest, code: str, verb: str) -> HttpResponse:
    """Do something with a building's design."""
    if verb == "enter":
        return _enter(request, code)
    if verb not in VERBS:
        raise UnknownItem(text("There is nothing called {verb} to do with a design", verb=verb))
    said = VERBS[verb](request, code)
    messages.success(request, str(said))
    return redirect("design", code=code)


@for_roles(*OFFICES)
def file(request: HttpRequest, code: str, number: int, name: str) -> FileResponse:
    """Hand out a file of a version: bill, review, drawings, the template for another designer."""
    if name not in _FILES:
        raise UnknownItem(text("A design has no file {name}", name=name))
    stored, media_type = _FILES[name]
    version = queries.design_for(request.user, code, number)
    study, synthetic = queries.study_of(version), version.building.synthetic
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        if stored in (DRAWINGS, CAD):
            write_drawings(study, folder, _title_block(study, version.building.address, synthetic=synthetic))
        else:
            write_design(study, folder, synthetic=synthetic, drawings=False)
        content = (folder / stored).open("rb")
    return FileResponse(content, as_attachment=True, content_type=media_type, filename=f"{code}-{stored}")


def _title_block(study: DesignStudy, address: str, *, synthetic: bool) -> TitleBlock:
    title = str(text("Conversion of building {code}", code=study.design.building.code))
    return TitleBlock(building=title, address=address, on=study.on, synthetic=synthetic)


def _context(request: HttpRequest, desk: queries.DesignDesk, **more: Any) -> dict[str, Any]:
    part = request.GET.get("part", "")
    context: dict[str, Any] = {
        "desk": desk,
        "part": part,
        "loops": [one.value for one in Loop],
        "mains": [one.value for one in Mains],
        "verdicts": {verdict.value: name for verdict, name in VERDICT_NAMES.items()},
        **more,
    }
    if desk.study is not None:
        parts = _parts(desk.study)
        chosen = part if part in parts else next(iter(parts))
        context |= {
            "parts": list(parts), "chosen": chosen, "rows": parts[chosen],
            "totals": bill_totals(desk.study.bill), "elevation": design_elevation(desk.study.design),
            **_drawings(request, desk.study, synthetic=desk.synthetic),
        }  # fmt: skip
    return context


def _drawings(request: HttpRequest, study: DesignStudy, *, synthetic: bool) -> dict[str, Any]:
    """Return the sheets' names and the one the address asks for, the first riser's if it asks for none."""
    block = _title_block(study, "", synthetic=synthetic)
    sheets = drawing_set(study.design, block, material_rows(study.bill))
    risers = tuple(one.id for one in study.design.risers)
    asked = request.GET.get("sheet", "")
    usual = next((one for one in sheets if str(one.title).startswith(risers[:1])), sheets[0])
    shown = next((one for one in sheets if one.number == asked), usual)
    return {"sheets": sheets, "sheet": shown, "sheet_svg": mark_safe(svg(shown.drawing))}


def _parts(study: DesignStudy) -> dict[str, Part]:
    """Return the design by mains, risers and flats."""
    made = study.design
    flats = {one.id: one for one in made.flats}
    keys = ["main", *(one.id for one in made.risers), *(one.id for one in made.flats)]
    return {
        key: Part(
            flat=flats.get(key),
            segments=tuple(one for one in made.segments if _place(one) == key),
            devices=tuple(one for one in made.devices if _place(one) == key),
            radiators=tuple(one for one in made.radiators if one.flat == key),
        )
        for key in keys
    }


def _place(one: Any) -> str:
    return one.flat or one.riser or "main"


def _whole(request: HttpRequest, key: str) -> int | None:
    value = request.GET.get(key, "")
    return int(value) if value.isdecimal() and len(value) < 7 else None


def _make(request: HttpRequest, code: str) -> Text:
    building = queries.building_for_design(request.user, code)
    version = services.make_design(request.user, building)
    return text("Version {number} is designed", number=version.number)


def _change(request: HttpRequest, code: str) -> Text:
    asked = read(DecisionForm(request.POST))
    version = queries.design_for(request.user, code, asked["version"])
    made = services.change_design(
        request.user, version, what=asked["what"], target=asked["target"], value=asked["value"],
        more=asked["more"],
    )  # fmt: skip
    return text("Version {number} is worked out with this change", number=made.number)


def _restore(request: HttpRequest, code: str) -> Text:
    version = queries.design_for(request.user, code, read(VersionForm(request.POST))["version"])
    made = services.restore_design(request.user, version)
    return text("Version {number} is worked out with this change", number=made.number)


def _reason(request: HttpRequest, code: str) -> Text:
    asked = read(ReasonForm(request.POST))
    version = queries.design_for(request.user, code, asked["version"])
    services.give_reason(request.user, version, check=asked["check"], reason=asked["reason"])
    return text("The reason is recorded")


def _submit(request: HttpRequest, code: str) -> Text:
    version = queries.design_for(request.user, code, read(VersionForm(request.POST))["version"])
    services.submit_design(request.user, version)
    return text("Version {number} is submitted for review", number=version.number)


def _enter(request: HttpRequest, code: str) -> HttpResponse:
    form = EnteredForm(request.POST, request.FILES)
    upload = read(form)["file"]
    building = queries.building_for_design(request.user, code)
    judge(upload, (Kind.WORKBOOK,), most_bytes=settings.MAX_UPLOAD_BYTES)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "entered.xlsx"
        path.write_bytes(b"".join(upload.chunks()))
        entered = services.enter_design(request.user, building, path)
    if entered.version is None:
        desk = queries.design_desk(request.user, code)
        context = _context(request, desk, findings=entered.findings)
        return render(request, "ui/design.html", context, status=422)
    said = text("Version {number} is entered", number=entered.version.number)
    messages.success(request, str(said))
    return redirect("design", code=code)


VERBS: Mapping[str, Callable[[HttpRequest, str], Text]] = {
    "make": _make, "change": _change, "restore": _restore, "reason": _reason, "submit": _submit,
}  # fmt: skip
