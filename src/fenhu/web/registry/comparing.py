"""A register held against the stored one: what is new, what changes, what is the same, what is refused.

A blank says nothing, so it never overwrites what is stored; a row that is missing is left alone.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any

from fenhu.records import (
    BudgetRecord,
    BuildingRecord,
    ClusterRecord,
    CrewRecord,
    FlatRecord,
    OrderRecord,
    Register,
    Source,
)
from fenhu.web.registry import rows
from fenhu.wording import Text, text

BLANK = (None, "")
# So many keys are asked for by name; more, and the whole sheet is read at once.
FEW_KEYS = 2000
Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet: its rows in a register, its stored rows, and what names a row."""

    sheet: str
    stored: Callable[[Collection[str] | None], list[Any]]
    key: Callable[[Any], Key]

    def rows_of(self, register: Register) -> tuple[Any, ...]:
        """Return the sheet's rows in ``register``."""
        found: tuple[Any, ...] = getattr(register, self.sheet)
        return found

    def stored_by_key(self, keys: Iterable[Key]) -> dict[Key, Any]:
        """Return what is stored under ``keys``, and perhaps more, by key."""
        first = {key[0] for key in keys}
        found = self.stored(first if len(first) <= FEW_KEYS else None)
        return {self.key(record): record for record in found}


def _building_key(record: BuildingRecord) -> Key:
    return (record.code,)


def _flat_key(record: FlatRecord) -> Key:
    return (record.building, record.flat_id)


def _budget_key(record: BudgetRecord) -> Key:
    return (str(record.source), record.scope, str(record.year))


def _crew_key(record: CrewRecord) -> Key:
    return (record.supplier, str(record.year))


def _cluster_key(record: ClusterRecord) -> Key:
    return (record.cluster,)


def _order_key(record: OrderRecord) -> Key:
    return (record.before, record.after)


TABLES: Mapping[str, Table] = {
    table.sheet: table
    for table in (
        Table("buildings", rows.building_records, _building_key),
        Table("flats", rows.flat_records, _flat_key),
        Table("budgets", lambda _: rows.budget_records(), _budget_key),
        Table("crews", lambda _: rows.crew_records(), _crew_key),
        Table("clusters", lambda _: rows.cluster_records(), _cluster_key),
        Table("orders", lambda _: rows.order_records(), _order_key),
    )
}


class Action(StrEnum):
    """What an import would do with a row."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class RowChange:
    """One row: ``values`` are a new row's fields, or ``{field: [old, new]}`` of a changed one."""

    sheet: str
    key: Key
    action: Action
    values: Mapping[str, Any]
    reason: Text | None = None


def compare(register: Register, own_suppliers: frozenset[str] | None) -> Iterator[RowChange]:
    """Yield every row of ``register`` with what importing it would do.

    Parameters
    ----------
    own_suppliers
        The suppliers whose rows may be imported; None for everybody's.
    """
    stored = {
        sheet: table.stored_by_key(map(table.key, table.rows_of(register))) if table.rows_of(register) else {}
        for sheet, table in TABLES.items()
    }
    area = SupplyArea(own_suppliers, register, stored["buildings"])
    for sheet, table in TABLES.items():
        for record in table.rows_of(register):
            key = table.key(record)
            old = stored[sheet].get(key)
            reason = area.refusal(sheet, record, old)
            yield _refused(sheet, key, reason) if reason is not None else _compared(sheet, key, record, old)


def difference(old: Any, new: Any) -> dict[str, list[Any]]:
    """Return ``{field: [old, new]}`` of the fields in which ``new`` says something else than ``old``."""
    if old == new:
        return {}
    pairs = ((field.name, getattr(old, field.name), getattr(new, field.name)) for field in fields(new))
    return {name: [before, after] for name, before, after in pairs if after not in BLANK and before != after}


def _refused(sheet: str, key: Key, reason: Text) -> RowChange:
    return RowChange(sheet=sheet, key=key, action=Action.REFUSED, values={}, reason=reason)


def _compared(sheet: str, key: Key, record: Any, old: Any) -> RowChange:
    if old is None:
        values = {field.name: getattr(record, field.name) for field in fields(record)}
        return RowChange(sheet=sheet, key=key, action=Action.NEW, values=values)
    changes = difference(old, record)
    return RowChange(sheet=sheet, key=key, action=Action.CHANGED if changes else Action.SAME, values=changes)


class SupplyArea:
    """Which rows belong to the suppliers somebody may import for."""

    def __init__(
        self, own: frozenset[str] | None, register: Register, stored: Mapping[Key, BuildingRecord]
    ) -> None:
        self._own = own
        self._suppliers = {record.code: {record.supplier} for record in register.buildings}
        for (code,), record in stored.items():
            if code in self._suppliers:
                self._suppliers[code].add(record.supplier)

    def refusal(self, sheet: str, record: Any, old: Any) -> Text | None:
        """Return why a row may not be imported, None where it may."""
        if self._own is None:
            return None
        foreign = sorted(self._suppliers_of(sheet, record, old) - self._own)
        if not foreign:
            return None
        return text(
            "This row belongs to {supplier}; only that supplier or the city bureau may import it",
            supplier=", ".join(foreign),
        )

    def _suppliers_of(self, sheet: str, record: Any, old: Any) -> set[str]:
        if sheet == "buildings":
            return self._suppliers[record.code]
        if sheet == "flats":
            return self._suppliers[record.building]
        if sheet == "orders":
            return self._suppliers[record.before] | self._suppliers[record.after]
        if sheet == "budgets":
            return {record.scope} if record.source is Source.SUPPLIER else {str(record.source)}
        return {record.supplier} | ({old.supplier} if old is not None else set())
