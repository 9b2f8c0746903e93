"""Database rows as records and back: one table of fields per sheet."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import fields
from typing import Any

from fenhu.records import (
    BudgetRecord,
    BuildingRecord,
    ClusterRecord,
    CrewRecord,
    FlatRecord,
    FlatUse,
    OrderRecord,
    OwnerKind,
    Source,
    SystemForm,
)
from fenhu.web.registry.models import Budget, Building, Cluster, Crew, Flat, Order

# Record fields that live in another column, or behind a foreign key.
BUILDING_COLUMNS: Mapping[str, str] = {field.name: field.name for field in fields(BuildingRecord)} | {
    "flats": "flat_count",
    "supplier": "supplier__name",
    "owner": "owner__name",
    "community": "community__name",
}
FLAT_COLUMNS: Mapping[str, str] = {field.name: field.name for field in fields(FlatRecord)} | {
    "building": "building__code",
}
_KINDS: Mapping[str, type] = {
    "owner_kind": OwnerKind, "system_form": SystemForm, "use": FlatUse, "source": Source,
}  # fmt: skip


def building_records(codes: Collection[str] | None = None) -> list[BuildingRecord]:
    """Return every building, or those with one of ``codes``, by code."""
    chosen = Building.objects.all() if codes is None else Building.objects.filter(code__in=codes)
    rows = chosen.order_by("code").values_list(*BUILDING_COLUMNS.values())
    return [BuildingRecord(**_values(BUILDING_COLUMNS, row)) for row in rows.iterator(chunk_size=2000)]


def flat_records(codes: Collection[str] | None = None) -> list[FlatRecord]:
    """Return every flat, or those of the buildings ``codes``, by building, unit, storey and room."""
    chosen = Flat.objects.all() if codes is None else Flat.objects.filter(building__code__in=codes)
    rows = chosen.order_by("building__code", "unit", "storey", "room").values_list(*FLAT_COLUMNS.values())
    return [FlatRecord(**_values(FLAT_COLUMNS, row)) for row in rows.iterator(chunk_size=5000)]


def budget_records() -> list[BudgetRecord]:
    """Return every purse's money, by purse and year."""
    rows = Budget.objects.order_by("source", "scope", "year")
    return [
        BudgetRecord(source=Source(row.source), scope=row.scope, year=row.year, amount_fen=row.amount_fen)
        for row in rows
    ]


def crew_records() -> list[CrewRecord]:
    """Return every supplier's crew days, by supplier and year."""
    rows = Crew.objects.select_related("supplier").order_by("supplier__name", "year")
    return [CrewRecord(supplier=row.supplier.name, year=row.year, crew_days=row.crew_days) for row in rows]


def cluster_records() -> list[ClusterRecord]:
    """Return every cluster, by name."""
    rows = Cluster.objects.select_related("supplier").order_by("cluster")
    return [
        ClusterRecord(
            cluster=row.cluster, district=row.district, supplier=row.supplier.name,
            mains_fen=row.mains_fen, mobilise_fen=row.mobilise_fen,
        )
        for row in rows
    ]  # fmt: skip


def order_records() -> list[OrderRecord]:
    """Return every precedence between buildings."""
    pairs = Order.objects.order_by("before__code", "after__code").values_list("before__code", "after__code")
    return [OrderRecord(before=before, after=after) for before, after in pairs]


def _values(columns: Mapping[str, str], row: tuple[Any, ...]) -> dict[str, Any]:
    values = dict(zip(columns, row, strict=True))
    for name, kind in _KINDS.items():
        if name in values:
            values[name] = kind(values[name])
    for name in ("owner", "community"):
        if name in values and values[name] is None:
            values[name] = ""
    return values
