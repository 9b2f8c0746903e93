"""Meters, temperatures and heat bills for other systems: a bounded piece after a place, never counted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from fenhu.web.metering.models import Meter, SeasonBill, Temperature


@dataclass(frozen=True, slots=True, kw_only=True)
class MeterFeed:
    """One heat meter."""

    id: int
    number: str
    building: str
    flat: str
    installed_on: date
    removed_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class TemperatureFeed:
    """One measured temperature."""

    id: int
    building: str
    flat: str | None
    kind: str
    at: datetime
    value_c: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class HeatBillFeed:
    """One flat's standing heat bill of a season."""

    id: int
    building: str
    flat: str
    year: int
    area_m2: Decimal
    energy_kwh: Decimal | None
    estimated: bool
    area_fen: int
    charged_fen: int
    refund_fen: int
    due_fen: int
    issued_on: date


def meters_after(user: Any, *, after: int, limit: int, asked: Mapping[str, Any]) -> list[MeterFeed]:
    """Return meters ``user`` may see, beginning after one."""
    seen = Meter.objects.visible_to(user).filter(pk__gt=after, **asked).order_by("pk")
    return [
        MeterFeed(id=one.pk, number=one.number, building=one.flat.building.code, flat=one.flat.flat_id,
                  installed_on=one.installed_on, removed_on=one.removed_on)
        for one in seen.select_related("flat__building")[:limit]
    ]  # fmt: skip


def temperatures_after(
    user: Any, *, after: int, limit: int, asked: Mapping[str, Any]
) -> list[TemperatureFeed]:
    """Return temperatures ``user`` may see in the order they came in, beginning after one."""
    seen = Temperature.objects.visible_to(user).filter(pk__gt=after, **asked).order_by("pk")
    return [
        TemperatureFeed(id=one.pk, building=one.building.code, flat=one.flat.flat_id if one.flat else None,
                        kind=one.kind, at=one.at, value_c=one.value_c)
        for one in seen.select_related("building", "flat")[:limit]
    ]  # fmt: skip


def heat_bills_after(user: Any, *, after: int, limit: int, asked: Mapping[str, Any]) -> list[HeatBillFeed]:
    """Return standing heat bills ``user`` may see, beginning after one."""
    seen = SeasonBill.objects.visible_to(user).filter(pk__gt=after, superseded_on=None, **asked)
    return [
        HeatBillFeed(
            id=one.pk, building=one.flat.building.code, flat=one.flat.flat_id, year=one.year,
            area_m2=one.area_m2, energy_kwh=one.energy_kwh, estimated=one.estimated, area_fen=one.area_fen,
            charged_fen=one.charged_fen, refund_fen=one.refund_fen, due_fen=one.due_fen,
            issued_on=one.issued_on,
        )
        for one in seen.select_related("flat__building").order_by("pk")[:limit]
    ]  # fmt: skip
