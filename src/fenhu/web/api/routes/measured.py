"""What is measured: temperatures, heat meters and what they show."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field

from fenhu.money.metering import ReadingFile, ReadingRecord
from fenhu.web.api.entering import Bearer
from fenhu.web.api.repeating import once
from fenhu.web.api.rows import digest_of, refuse, sender_of
from fenhu.web.api.shapes import (
    CHANGES,
    MOST_ROWS,
    READS,
    AskedById,
    Code,
    Day,
    IdempotencyKey,
    Page,
    Sent,
    Time,
    Words40,
    page,
)
from fenhu.web.metering import queries as metering
from fenhu.web.metering import services

router = Router()
MeterNumber = Annotated[Code, Field(description="the number on the meter")]


class TemperatureSent(Sent):
    """One temperature: of a flat's room, or of a building's supply or return."""

    building: Code
    flat: Words40 = Field("", description="unit-storey-room for a room; empty for supply and return")
    kind: Literal["room", "supply", "return"]
    at: Time
    value_c: float = Field(ge=-40, le=150)


class TemperaturesSent(Sent):
    """Temperatures, together."""

    rows: list[TemperatureSent] = Field(min_length=1, max_length=MOST_ROWS)


class ReadingSent(Sent):
    """What a meter showed on a day."""

    meter: MeterNumber
    on: Day
    energy_kwh: float = Field(ge=0, le=1e10, description="what the counter shows, from the meter's beginning")


class ReadingsSent(Sent):
    """Readings of meters, together."""

    rows: list[ReadingSent] = Field(min_length=1, max_length=MOST_ROWS)


class Taken(Schema):
    """What became of the rows."""

    taken: int
    known: int = Field(description="were known before and changed nothing")


class Temperature(Schema):
    """One measured temperature."""

    id: int
    building: str
    flat: str | None
    kind: str
    at: datetime
    value_c: float


class Meter(Schema):
    """One heat meter."""

    id: int
    number: str
    building: str
    flat: str
    installed_on: date
    removed_on: date | None


class MeasuredAsked(AskedById):
    """Of which building; empty: of all."""

    building: Words40 = ""


@router.get(
    "/temperatures", response={200: Page[Temperature]} | READS, auth=Bearer("temperatures:read"),
    url_name="api-temperatures", operation_id="list_temperatures", tags=["temperatures"],
)  # fmt: skip
def temperatures(request: HttpRequest, asked: Query[MeasuredAsked]) -> dict[str, Any]:
    """Measured temperatures in the order they came in, page by page."""
    narrowed = {"building__code": asked.building} if asked.building else {}
    found = metering.temperatures_after(
        request.user, after=asked.after, limit=asked.limit + 1, asked=narrowed
    )
    return page(map(asdict, found), asked.limit, lambda row: row["id"])


@router.post(
    "/temperatures", response={200: Taken} | CHANGES, auth=Bearer("temperatures:write"),
    url_name="api-temperatures", operation_id="send_temperatures", tags=["temperatures"],
)  # fmt: skip
def send_temperatures(request: HttpRequest, body: TemperaturesSent, key: IdempotencyKey) -> dict[str, Any]:
    """Send measured temperatures: all rows or none; the newest of a flat's room stands in the register."""
    return once(request, key, lambda: _take_temperatures(request, body.rows))


@router.get(
    "/meters", response={200: Page[Meter]} | READS, auth=Bearer("meters:read"), url_name="api-meters",
    operation_id="list_meters", tags=["meters"],
)  # fmt: skip
def meters(request: HttpRequest, asked: Query[MeasuredAsked]) -> dict[str, Any]:
    """Heat meters, page by page."""
    narrowed = {"flat__building__code": asked.building} if asked.building else {}
    found = metering.meters_after(request.user, after=asked.after, limit=asked.limit + 1, asked=narrowed)
    return page(map(asdict, found), asked.limit, lambda row: row["id"])


@router.post(
    "/meters/readings", response={200: Taken} | CHANGES, auth=Bearer("meters:write"),
    url_name="api-meter-readings", operation_id="send_meter_readings", tags=["meters"],
)  # fmt: skip
def send_readings(request: HttpRequest, body: ReadingsSent, key: IdempotencyKey) -> dict[str, Any]:
    """Send what heat meters showed: all rows or none, judged as a file of readings is."""
    return once(request, key, lambda: _take_readings(request, body.rows))


def _take_temperatures(request: HttpRequest, rows: list[TemperatureSent]) -> dict[str, Any]:
    sent = [
        services.TemperatureRow(building=row.building, flat=row.flat, kind=row.kind, at=row.at,
                                value_c=_decimal(row.value_c, "0.01"))
        for row in rows
    ]  # fmt: skip
    taken = services.take_temperatures(request.user, sent, name=sender_of(request), digest=digest_of(request))
    refuse(taken.findings)
    return {"taken": taken.taken, "known": taken.known}


def _take_readings(request: HttpRequest, rows: list[ReadingSent]) -> dict[str, Any]:
    records = tuple(
        (index, ReadingRecord(meter=row.meter, day=row.on, energy_kwh=_decimal(row.energy_kwh, "0.001")))
        for index, row in enumerate(rows)
    )
    taken = services.take_reading_rows(
        request.user, ReadingFile(rows=records, sheet="rows", findings=()), name=sender_of(request),
        digest=digest_of(request),
    )  # fmt: skip
    refuse(taken.findings)
    return {"taken": taken.taken, "known": taken.known}


def _decimal(value: float, step: str) -> Decimal:
    return Decimal(repr(value)).quantize(Decimal(step))
