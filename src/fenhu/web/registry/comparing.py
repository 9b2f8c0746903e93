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


# Sheets whose rows name their supplier; the others' rows follow a building or their own key.
SUPPLIED = ("buildings", "clusters")


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Foreign:
    """A row and the others to whom it belongs."""

    key: Key
    suppliers: tuple[str, ...]


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
    area = SupplyArea(own_suppliers, [
        (sheet, table.key(record), record.supplier)
        for sheet, table in TABLES.items() if sheet in SUPPLIED
        for record in (*table.rows_of(register), *stored[sheet].values())
    ])  # fmt: skip
    for sheet, table in TABLES.items():
        for record in table.rows_of(register):
            key = table.key(record)
            old = stored[sheet].get(key)
            reason = area.refusal(sheet, key)
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
    """Which rows belong to the suppliers somebody may import for.

    A building and a cluster belong to every supplier they name, stored or new; all else follows from its key.
    """

    def __init__(self, own: frozenset[str] | None, named: Iterable[tuple[str, Key, str]]) -> None:
        self._own = own
        self._suppliers: dict[tuple[str, str], set[str]] = {}
        for sheet, key, supplier in named:
            self._suppliers.setdefault((sheet, key[0]), set()).add(supplier)

    def foreign(self, sheet: str, key: Key) -> tuple[str, ...]:
        """Return the other suppliers, or purses, to whom a row belongs; none where it may be imported."""
        if self._own is None:
            return ()
        return tuple(sorted(self._suppliers_of(sheet, key) - self._own))

    def refusal(self, sheet: str, key: Key) -> Text | None:
        """Return why a row may not be imported, None where it may."""
        foreign = self.foreign(sheet, key)
        if not foreign:
            return None
        return text(
            "This row belongs to {supplier}; only that supplier or the city bureau may import it",
            supplier=", ".join(foreign),
        )

    def _suppliers_of(self, sheet: str, key: Key) -> set[str]:
        if sheet in ("buildings", "flats"):
            return self._suppliers["buildings", key[0]]
        if sheet == "orders":
            return self._suppliers["buildings", key[0]] | self._suppliers["buildings", key[1]]
        if sheet == "clusters":
            return self._suppliers["clusters", key[0]]
        if sheet == "budgets":
            source, scope, _ = key
            return {scope} if source == Source.SUPPLIER else {source}
        return {key[0]}


def foreign_now(changes: Collection[RowChange], own_suppliers: frozenset[str] | None) -> Foreign | None:
    """Return the first compared row that may not be imported as the register stands now, None if all may."""
    if own_suppliers is None:
        return None
    buildings = {(code,) for one in changes for code in _buildings_of(one)}
    clusters = {one.key for one in changes if one.sheet == "clusters"}
    named = [
        *_named("buildings", TABLES["buildings"].stored_by_key(buildings)),
        *_named("clusters", TABLES["clusters"].stored_by_key(clusters)),
        *(
            (one.sheet, one.key, _after(one, "supplier"))
            for one in changes
            if one.sheet in SUPPLIED and "supplier" in one.values
        ),
    ]
    area = SupplyArea(own_suppliers, named)
    found = ((one, area.foreign(one.sheet, one.key)) for one in changes)
    return next((Foreign(key=one.key, suppliers=others) for one, others in found if others), None)


def _named(sheet: str, records: Mapping[Key, Any]) -> Iterator[tuple[str, Key, str]]:
    return ((sheet, key, record.supplier) for key, record in records.items())


def _buildings_of(change: RowChange) -> tuple[str, ...]:
    if change.sheet == "orders":
        return change.key
    return change.key[:1] if change.sheet in ("buildings", "flats") else ()


def _after(change: RowChange, field: str) -> Any:
    value = change.values[field]
    return value if change.action is Action.NEW else value[1]
