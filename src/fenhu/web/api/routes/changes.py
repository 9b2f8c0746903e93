"""Changes to the register, sent in rows: all of a call or none of it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import Field

from fenhu.web.api.entering import Bearer
from fenhu.web.api.repeating import once
from fenhu.web.api.rows import refuse
from fenhu.web.api.shapes import (
    CHANGES,
    MOST_ROWS,
    Code,
    FlatName,
    IdempotencyKey,
    Name,
    Percent,
    RoomC,
    Sent,
    Words40,
    Words80,
    Words200,
)
from fenhu.web.exchange import services as exchange

router = Router(tags=["register"])
_MOST_FEN = 10**13


class BuildingChange(Sent):
    """A building and what is to stand in its row from now on; what is left out or null stays as it is."""

    building: Code
    estate: Words200 | None = None
    name: Name | None = None
    address: Words200 | None = None
    station: Words80 | None = None
    cluster: Words80 | None = None
    pipe_year: int | None = Field(None, ge=1900, le=2049)
    pipe_material: Words40 | None = None
    corrosion: int | None = Field(None, ge=0, le=3, description="0 none, 1 light, 2 medium, 3 heavy")
    water_loss_percent: Percent | None = None
    complaints: int | None = Field(None, ge=0, le=10_000, description="of the last season")
    maintainable: bool | None = None
    inlet_kpa: float | None = Field(None, ge=0, le=500)
    supply_c: float | None = Field(None, ge=20, le=150)
    mean_room_c: RoomC | None = None
    min_room_c: RoomC | None = None
    main_ready: bool | None = None
    longitude: float | None = Field(None, ge=73, le=136)
    latitude: float | None = Field(None, ge=3, le=54)


class BuildingChanges(Sent):
    """Buildings to be changed, together."""

    rows: list[BuildingChange] = Field(min_length=1, max_length=MOST_ROWS)


class FlatChange(Sent):
    """A flat and what is to stand in its row from now on; what is left out or null stays as it is."""

    building: Code
    flat: FlatName
    area_m2: float | None = Field(None, ge=1, le=20_000)
    measured_c: RoomC | None = None
    consent: bool | None = None


class FlatChanges(Sent):
    """Flats to be changed, together."""

    rows: list[FlatChange] = Field(min_length=1, max_length=MOST_ROWS)


class FeeChange(Sent):
    """What a building's supplier collected: the figures the policy's criteria are judged by."""

    building: Code
    fee_collection_percent: Percent | None = Field(None, description="of the estate, last season")
    arrears_fen: int | None = Field(None, ge=0, le=_MOST_FEN)


class FeeChanges(Sent):
    """Fee collection of several buildings, together."""

    rows: list[FeeChange] = Field(min_length=1, max_length=MOST_ROWS)


class FlatFee(Sent):
    """Whether a flat paid last season's fee."""

    building: Code
    flat: FlatName
    fee_paid: bool


class FlatFees(Sent):
    """Fees of several flats, together."""

    rows: list[FlatFee] = Field(min_length=1, max_length=MOST_ROWS)


class Changed(Schema):
    """What became of the rows."""

    changed: int
    same: int = Field(description="said what was known already")


@router.post(
    "/changes/buildings", response={200: Changed} | CHANGES, auth=Bearer("register:write"),
    url_name="api-building-changes", operation_id="change_buildings",
)  # fmt: skip
def change_buildings(request: HttpRequest, body: BuildingChanges, key: IdempotencyKey) -> dict[str, Any]:
    """Change buildings: all rows or none; new buildings come by the import of a register."""
    return once(request, key, lambda: _buildings(request, body.rows))


@router.post(
    "/changes/flats", response={200: Changed} | CHANGES, auth=Bearer("register:write"),
    url_name="api-flat-changes", operation_id="change_flats",
)  # fmt: skip
def change_flats(request: HttpRequest, body: FlatChanges, key: IdempotencyKey) -> dict[str, Any]:
    """Change flats: all rows or none; new flats come by the import of a register."""
    return once(request, key, lambda: _flats(request, body.rows))


@router.post(
    "/fees/collection", response={200: Changed} | CHANGES, auth=Bearer("fees:write"),
    url_name="api-fee-collection", operation_id="send_fee_collection", tags=["fees"],
)  # fmt: skip
def fee_collection(request: HttpRequest, body: FeeChanges, key: IdempotencyKey) -> dict[str, Any]:
    """Send how much of the fees of buildings was collected: all rows or none."""
    return once(request, key, lambda: _buildings(request, body.rows))


@router.post(
    "/fees/flats", response={200: Changed} | CHANGES, auth=Bearer("fees:write"),
    url_name="api-flat-fees", operation_id="send_flat_fees", tags=["fees"],
)  # fmt: skip
def flat_fees(request: HttpRequest, body: FlatFees, key: IdempotencyKey) -> dict[str, Any]:
    """Send which flats paid last season's fee: all rows or none."""
    return once(request, key, lambda: _flats(request, body.rows))


def _buildings(request: HttpRequest, rows: Any) -> dict[str, Any]:
    taken = exchange.change_buildings(request.user, [(row.building, _set(row, "building")) for row in rows])
    refuse(taken.findings)
    return {"changed": taken.changed, "same": taken.same}


def _flats(request: HttpRequest, rows: Any) -> dict[str, Any]:
    asked = [((row.building, row.flat), _set(row, "building", "flat")) for row in rows]
    taken = exchange.change_flats(request.user, asked)
    refuse(taken.findings)
    return {"changed": taken.changed, "same": taken.same}


def _set(row: Sent, *names: str) -> dict[str, Any]:
    """Return the fields a row sets, those that name it left out."""
    return {key: value for key, value in row if value is not None and key not in names}
