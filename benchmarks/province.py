"""Make a province of a demo city: every building with all that hangs from it, so many times over.

On a database of its own, with a demo city built in it; PostgreSQL only. Organisations, people, plans and
purses stay one each, so every office has the whole province before it: the hard case.
``FENHU_DEMO=1 DATABASE_URL=postgres://…/province python benchmarks/province.py 20``
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING

import django
import numpy as np

from fenhu.planning.book.keeping import keep_instance, kept_instance
from fenhu.planning.task.instance import Budgets, Buildings, Instance

if TYPE_CHECKING:
    from django.db.backends.utils import CursorWrapper

# Copies get the numbers of the first plus so much a copy.
STRIDE = 10_000_000
ROOT = "registry_building"
# They point at a building or a flat and stay one each all the same.
ONCE = {"access_grant", "access_user", "exchange_upload", "exchange_stagedrow", "ledger_branchmains"}
# They hang from no building by a key of the database: the journal by a name, paper numbers by their paper.
BESIDE = {"journal_entry", "journal_personalvalue", "documents_number"}
HANGING = {
    ROOT: "true",
    "journal_entry": "subject ~ '^(works|registry)[.](project|flat|building|case|consent|flatwork):'",
    "journal_personalvalue": "true",
    "documents_number": "id IN (SELECT number_id FROM documents_document WHERE building_id IS NOT NULL)",
}
# What must be another in each copy, by table and column; words that stand once get the copy's number anyway.
RENAMED = {
    "registry_building": {
        "search": "replace(search, lower(code), lower(code) || '-' || k)",
        "longitude": "longitude + k % 5 * 0.06",
        "latitude": "latitude + k / 5 * 0.05",
    },
    "documents_number": {"n": "n + k * 100000"},
}


COUNTED = (
    "registry_building", "registry_flat", "works_project", "works_flatwork", "ledger_posting",
    "journal_entry", "documents_document",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Table:
    """One table: its columns, whose keys they are, and the room of words that stand once."""

    name: str
    columns: tuple[str, ...]
    keys: Mapping[str, str]
    once: Mapping[str, int]


def main() -> None:
    """Multiply what stands in the database and count it."""
    django.setup()
    from django.db import connection, transaction

    copies = int(sys.argv[1])
    tables = {table.name: table for table in _tables()}
    many = _hanging(tables) | BESIDE
    copying = Copying(tables, frozenset(many))
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")  # the first kept all keys and triggers
        cursor.execute("SET LOCAL work_mem = '512MB'")
        for name in sorted(many):
            cursor.execute(copying.statement(name, copies))
            cursor.execute(_series(name))
        _enlarge_plans(cursor, copies)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
        for name in COUNTED:
            cursor.execute(f"SELECT count(*) FROM {name}")
            sys.stdout.write(f"{name}: {cursor.fetchone()[0]}\n")


def _tables() -> Iterator[Table]:
    from django.apps import apps

    for model in apps.get_models(include_auto_created=True):
        fields = [field for field in model._meta.local_concrete_fields if not field.generated]
        keys = {field.column: field.related_model._meta.db_table for field in fields if field.is_relation}
        once = {field.column: field.max_length for field in fields if field.unique and field.max_length}
        yield Table(model._meta.db_table, tuple(field.column for field in fields), keys, once)


def _hanging(tables: Mapping[str, Table]) -> set[str]:
    """Return the tables whose rows are a building's, over however many steps."""
    found = {ROOT}
    while True:
        more = {name for name, table in tables.items()
                if name not in found | ONCE and found & set(table.keys.values())}  # fmt: skip
        if not more:
            return found
        found |= more


@dataclass(frozen=True, slots=True)
class Copying:
    """Writes the statements that copy the rows of buildings; ``many`` are their tables."""

    tables: Mapping[str, Table]
    many: frozenset[str]

    def statement(self, name: str, copies: int) -> str:
        """Return the statement that brings a table's rows to so many copies."""
        table = self.tables[name]
        columns = ", ".join(f'"{column}"' for column in table.columns)
        told = ", ".join(self._value(table, column) for column in table.columns)
        numbers = f"generate_series(1::bigint, {copies - 1}) AS k"
        return (
            f"INSERT INTO {name} ({columns}) SELECT {told} FROM {name}, {numbers} WHERE {self._first(name)}"
        )

    def _first(self, name: str) -> str:
        return f"{name}.id < {STRIDE} AND ({self._hangs(name)})"

    def _hangs(self, name: str) -> str:
        """Return which rows of a table are a building's; those of purses and offices belong to none."""
        if name in HANGING:
            return HANGING[name]
        keys = {column: target for column, target in self.tables[name].keys.items()
                if target in self.many and target != name}  # fmt: skip
        return " OR ".join(
            f"{name}.{column} IN (SELECT id FROM {target} WHERE {self._first(target)})"
            for column, target in keys.items()
        )

    def _value(self, table: Table, column: str) -> str:
        renamed = RENAMED.get(table.name, {}).get(column)
        if renamed:
            return renamed
        if column in table.once:
            return f"left({column}, {table.once[column] - 4}) || '-' || k"
        if column == "subject" and table.name in BESIDE:
            return (
                f"split_part(subject, ':', 1) || ':' || (split_part(subject, ':', 2)::bigint + k * {STRIDE})"
            )
        target = table.keys.get(column)
        if target in self.many:
            hangs = f"{column} IN (SELECT id FROM {target} WHERE {self._first(target)})"
            return f"{column} + CASE WHEN {hangs} THEN k * {STRIDE} ELSE 0 END"
        return f"{table.name}.id + k * {STRIDE}" if column == "id" else f'{table.name}."{column}"'


def _enlarge_plans(cursor: CursorWrapper, copies: int) -> None:
    """Let every stored plan and its task speak of all copies, its purses as many times as full."""
    cursor.execute("SELECT id, task, result, baseline FROM works_studyplan")
    for number, task, *plans in cursor.fetchall():
        many = [json.dumps(plan | {"year_of": plan["year_of"] * copies}) for plan in map(json.loads, plans)]
        cursor.execute(
            "UPDATE works_studyplan SET task = %s, result = %s, baseline = %s WHERE id = %s",
            [keep_instance(_enlarged(kept_instance(bytes(task)), copies)), *many, number],
        )


def _enlarged(task: Instance, copies: int) -> Instance:
    count = len(task.buildings)

    def beside(numbers: np.ndarray) -> np.ndarray:
        return np.concatenate([numbers + k * count for k in range(copies)])

    def tiled(name: str) -> object:
        values = getattr(task.buildings, name)
        if name == "ids":
            return tuple(one + (f"-{k}" if k else "") for k in range(copies) for one in values)
        return np.tile(values, copies)

    buildings = Buildings(**{one.name: tiled(one.name) for one in fields(Buildings)})
    budgets = Budgets(**{one.name: getattr(task.budgets, one.name) * copies for one in fields(Budgets)})
    return replace(
        task, buildings=buildings, budgets=budgets, order=beside(task.order), house_of=beside(task.house_of),
        set_up_fen=np.tile(task.set_up_fen, copies),
    )  # fmt: skip


def _series(name: str) -> str:
    return f"SELECT setval(pg_get_serial_sequence('{name}', 'id'), (SELECT max(id) FROM {name}))"


if __name__ == "__main__":
    main()
