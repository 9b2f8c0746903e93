"""The register: buildings and their flats."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field

from fenhu.records import AUTHORITIES, FlatUse, OwnerKind, SystemForm
from fenhu.web.access.privacy import masked_name, masked_phone, with_clear_persons
from fenhu.web.access.scope import get_visible
from fenhu.web.api.entering import Bearer
from fenhu.web.api.rights import RIGHTS, rights_of
from fenhu.web.api.shapes import (
    GO_ON,
    READS,
    AskedByCode,
    CodeInPath,
    Page,
    Words40,
    Words80,
    Words200,
    page,
)
from fenhu.web.registry import queries as registry

router = Router(tags=["register"])
BUILDINGS_AT_ONCE = 20
_NAMED = {"supplier": "supplier__name", "owner": "owner__name", "community": "community__name"}


class Me(Schema):
    """Whose token this is and what it can do."""

    name: str
    owner: str
    rights: list[str] = Field(description="what the token is for and its owner may do")
    expires_at: datetime


class Building(Schema):
    """One building; null and empty text: not known."""

    code: str
    name: str
    estate: str
    district: str
    community: str | None
    address: str
    supplier: str
    station: str
    cluster: str
    owner: str | None
    owner_kind: str = Field(description=f"one of {', '.join(OwnerKind)}")
    authority: str = Field(description=f"who answers for it: {' or '.join(AUTHORITIES)}")
    year_built: int
    storeys: int
    units: int
    flat_count: int
    heated_area_m2: float
    system_form: str = Field(description=f"one of {', '.join(SystemForm)}")
    pipe_year: int | None
    pipe_material: str
    corrosion: int | None
    water_loss_percent: float | None
    fee_collection_percent: float | None
    arrears_fen: int | None
    complaints: int | None
    maintainable: bool | None
    inlet_kpa: float | None
    supply_c: float | None
    mean_room_c: float | None
    min_room_c: float | None
    repair_fund_fen: int | None
    pilot_2009: bool | None
    volunteered: bool | None
    main_ready: bool | None
    longitude: float | None
    latitude: float | None
    synthetic: bool = Field(description="invented data of a demo city")


class Flat(Schema):
    """One flat; names and telephones are masked for offices that do not need them."""

    building: str
    flat: str = Field(description="its name within the building: unit-storey-room")
    unit: int
    storey: int
    room: str
    area_m2: float
    use: str = Field(description=f"one of {', '.join(FlatUse)}")
    owner_name: str
    phone: str
    measured_c: float | None
    consent: bool | None
    fee_paid: bool | None


_COLUMNS = tuple(name for name in Building.model_fields if name not in _NAMED)


class BuildingsAsked(AskedByCode):
    """What the buildings are narrowed by."""

    district: Words40 = ""
    estate: Words200 = ""
    station: Words80 = ""
    cluster: Words80 = ""
    supplier: Words200 = Field("", description="name of the heat supplier")
    system_form: SystemForm | None = None


class FlatsAsked(Schema):
    """Where the list of flats goes on."""

    after: Words40 = Field("", description=GO_ON)


_FILTERS = ("district", "estate", "station", "cluster", "supplier", "system_form")
_COLUMN_ASKED = {"supplier": "supplier__name"}


@router.get("/me", response={200: Me} | READS, auth=Bearer(), url_name="api-me", operation_id="me")
def me(request: HttpRequest) -> dict[str, Any]:
    """Whose token this is, what it is for, and until when."""
    token = request.auth  # type: ignore[attr-defined]
    usable = {right.name for right in rights_of(token.owner)}
    return {
        "name": token.name, "owner": str(token.owner), "expires_at": token.expires_at,
        "rights": [name for name in RIGHTS if name in token.rights and name in usable],
    }  # fmt: skip


@router.get(
    "/buildings", response={200: Page[Building]} | READS, auth=Bearer("register:read"),
    url_name="api-buildings", operation_id="list_buildings",
)  # fmt: skip
def buildings(request: HttpRequest, asked: Query[BuildingsAsked]) -> dict[str, Any]:
    """The buildings the token's owner may see, by number, page by page."""
    wanted = {_COLUMN_ASKED.get(key, key): one for key, one in asked if key in _FILTERS and one}
    seen = registry.visible_buildings(request.user).filter(code__gt=asked.after, **wanted).order_by("code")
    return page(_rows(seen[: asked.limit + 1]), asked.limit, lambda row: row["code"])


@router.get(
    "/buildings/{code}", response={200: Building} | READS, auth=Bearer("register:read"),
    url_name="api-building", operation_id="get_building",
)  # fmt: skip
def building(request: HttpRequest, code: CodeInPath) -> dict[str, Any]:
    """One building."""
    seen = registry.visible_buildings(request.user)
    found = get_visible(seen, request.user, code=code)
    return _rows(seen.filter(pk=found.pk))[0]


@router.get(
    "/buildings/{code}/flats", response={200: list[Flat]} | READS, auth=Bearer("register:read"),
    url_name="api-building-flats", operation_id="list_flats_of_building",
)  # fmt: skip
def building_flats(request: HttpRequest, code: CodeInPath) -> list[dict[str, Any]]:
    """The flats of one building, all of them."""
    found = get_visible(registry.visible_buildings(request.user), request.user, code=code)
    return _flats(request.user, {found.pk: found.code})


@router.get(
    "/flats", response={200: Page[Flat]} | READS, auth=Bearer("register:read"),
    url_name="api-flats", operation_id="list_flats",
)  # fmt: skip
def flats(request: HttpRequest, asked: Query[FlatsAsked]) -> dict[str, Any]:
    """The flats of all buildings, twenty buildings a page; ``next`` is the number of the last one."""
    seen = registry.visible_buildings(request.user).filter(code__gt=asked.after).order_by("code")
    some = list(seen.values_list("pk", "code")[: BUILDINGS_AT_ONCE + 1])
    shown = some[:BUILDINGS_AT_ONCE]
    return {
        "items": _flats(request.user, dict(shown)),
        "next": shown[-1][1] if len(some) > BUILDINGS_AT_ONCE else None,
    }


def _rows(buildings: Any) -> list[dict[str, Any]]:
    names = {path: name for name, path in _NAMED.items()}
    found = buildings.values(*_COLUMNS, *names)
    return [{names.get(column, column): value for column, value in row.items()} for row in found]


def _flats(user: Any, buildings: dict[int, str]) -> list[dict[str, Any]]:
    """Return the flats of a few buildings, each person as ``user`` may read him."""
    seen = registry.visible_flats(user).filter(building__in=buildings)
    clear = set(with_clear_persons(seen, user).values_list("pk", flat=True))
    place = {pk: index for index, pk in enumerate(buildings)}
    rows = seen.order_by("building", "unit", "storey", "room")
    return [
        _flat(one, buildings[one.building_id], one.pk in clear)
        for one in sorted(rows, key=lambda one: place[one.building_id])
    ]


def _flat(flat: Any, code: str, clear: bool) -> dict[str, Any]:
    return {
        "building": code, "flat": flat.flat_id, "unit": flat.unit, "storey": flat.storey, "room": flat.room,
        "area_m2": flat.area_m2, "use": flat.use,
        "owner_name": flat.owner_name if clear else masked_name(flat.owner_name),
        "phone": flat.phone if clear else masked_phone(flat.phone), "measured_c": flat.measured_c,
        "consent": flat.consent, "fee_paid": flat.fee_paid,
    }  # fmt: skip
