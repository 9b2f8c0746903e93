"""Fees: what payers owe, payments, and the heat bills of a season."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Any, Literal

from django.db import transaction
from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field

from fenhu.errors import InputFault, WorkflowFault
from fenhu.records import Payer
from fenhu.web.api.entering import Bearer
from fenhu.web.api.faults import FaultyRows, RowFault
from fenhu.web.api.repeating import once
from fenhu.web.api.shapes import (
    CHANGES,
    READS,
    AskedById,
    Code,
    Day,
    IdempotencyKey,
    Page,
    Reference,
    Sent,
    Words40,
    page,
)
from fenhu.web.ledger import queries as ledger
from fenhu.web.ledger import services
from fenhu.web.metering import queries as metering
from fenhu.web.registry import queries as registry
from fenhu.wording import text

router = Router(tags=["fees"])
MOST_PAYMENTS = 200


class Account(Schema):
    """What one payer of a building was charged for its conversion and still owes."""

    id: int
    building: str
    flat: str | None = Field(description="null: not a household's")
    payer: str
    charged_fen: int
    owed_fen: int = Field(description="below 0: paid too much")


class HeatBill(Schema):
    """One flat's heat bill of the season that began in ``year``."""

    id: int
    building: str
    flat: str
    year: int
    area_m2: float
    energy_kwh: float | None = Field(description="null: pays by area")
    estimated: bool
    area_fen: int = Field(description="what it would be by area")
    charged_fen: int
    refund_fen: int
    due_fen: int
    issued_on: date


class PaymentSent(Sent):
    """One payment; the same reference a second time is the same payment."""

    building: Code
    payer: Literal["user", "owner", "supplier"] = Field(description="user is a household; it names its flat")
    flat: Words40 = ""
    amount_fen: int = Field(ge=1, le=10**12)
    way: Literal["bank", "counter", "cash", "online", "transfer"]
    on: Day
    reference: Reference = Field(description="the number under which the payment came")


class PaymentsSent(Sent):
    """Payments, together."""

    rows: list[PaymentSent] = Field(min_length=1, max_length=MOST_PAYMENTS)


class Received(Schema):
    """The number of each payment's receipt, in the order of the rows."""

    receipts: list[str]


class AccountsAsked(AskedById):
    """Of which building; empty: of all."""

    building: Words40 = ""


class HeatBillsAsked(AccountsAsked):
    """Of which building and season."""

    year: int = Field(0, ge=0, le=2200, description="the year in which the season began; 0: every one")


@router.get(
    "/fees/accounts", response={200: Page[Account]} | READS, auth=Bearer("fees:read"),
    url_name="api-accounts", operation_id="list_accounts",
)  # fmt: skip
def accounts(request: HttpRequest, asked: Query[AccountsAsked]) -> dict[str, Any]:
    """What payers owe for the conversion of buildings, page by page."""
    found = ledger.accounts_after(
        request.user, after=asked.after, limit=asked.limit + 1, building=asked.building
    )
    return page(map(asdict, found), asked.limit, lambda row: row["id"])


@router.get(
    "/fees/heat-bills", response={200: Page[HeatBill]} | READS, auth=Bearer("fees:read"),
    url_name="api-heat-bills", operation_id="list_heat_bills",
)  # fmt: skip
def heat_bills(request: HttpRequest, asked: Query[HeatBillsAsked]) -> dict[str, Any]:
    """The flats' heat bills that stand, page by page."""
    wanted = {"flat__building__code": asked.building, "year": asked.year}
    found = metering.heat_bills_after(
        request.user, after=asked.after, limit=asked.limit + 1,
        asked={column: value for column, value in wanted.items() if value},
    )  # fmt: skip
    return page(map(asdict, found), asked.limit, lambda row: row["id"])


@router.post(
    "/fees/payments", response={200: Received} | CHANGES, auth=Bearer("fees:write"),
    url_name="api-payments", operation_id="send_payments",
)  # fmt: skip
def payments(request: HttpRequest, body: PaymentsSent, key: IdempotencyKey) -> dict[str, Any]:
    """Send payments for conversions: all of them are in the books, or none."""
    return once(request, key, lambda: {"receipts": _receive(request, body.rows)})


@transaction.atomic
def _receive(request: HttpRequest, rows: list[PaymentSent]) -> list[str]:
    """Return the receipts' numbers, or tell every row that cannot be booked."""
    seen = registry.visible_buildings(request.user).select_related("supplier")
    buildings = {one.code: one for one in seen.filter(code__in={row.building for row in rows})}
    flats = registry.flats_named(request.user, ((row.building, row.flat) for row in rows if row.flat))
    receipts, faults = [], []
    for index, row in enumerate(rows):
        try:
            with transaction.atomic():
                receipts.append(_pay(request.user, row, buildings, flats))
        except (InputFault, WorkflowFault) as fault:
            faults.append(RowFault(row=index, field="", code=fault.code, message=fault.message))
    if faults:
        raise FaultyRows(faults)
    return receipts


def _pay(user: Any, row: PaymentSent, buildings: dict[str, Any], flats: dict[tuple[str, str], Any]) -> str:
    building = buildings.get(row.building)
    if building is None:
        raise InputFault(text("No building of yours has the number {code}", code=row.building))
    flat = flats.get((row.building, row.flat))
    if flat is None and (row.flat or Payer(row.payer) is Payer.USER):
        raise InputFault(text(
            "Building {code} has no flat {flat}; write unit-storey-room", code=row.building, flat=row.flat
        ))  # fmt: skip
    made = services.receive(
        user, building, payer=Payer(row.payer), fen=row.amount_fen, way=row.way, flat=flat, on=row.on,
        reference=row.reference,
    )  # fmt: skip
    return str(made.number)
