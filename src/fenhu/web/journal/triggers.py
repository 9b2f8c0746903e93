"""Triggers that let rows be added to a table but never changed or deleted, on SQLite and PostgreSQL."""

from __future__ import annotations

from typing import Any

from django.db import migrations

_SQLITE = """
CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table}
BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END
"""
_POSTGRESQL_FUNCTION = """
CREATE OR REPLACE FUNCTION fenhu_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation'; END
$$
"""
_POSTGRESQL = """
CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table}
FOR EACH ROW EXECUTE FUNCTION fenhu_append_only()
"""
_VERBS = ("update", "delete")
_SQLITE_EMPTIED = """
CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} WHEN NOT ({emptied})
BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END
"""
_POSTGRESQL_EMPTIED = """
CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} FOR EACH ROW WHEN (NOT ({emptied}))
EXECUTE FUNCTION fenhu_append_only()
"""


def append_only(table: str) -> migrations.RunPython:
    """Return the migration step that makes ``table`` append-only."""

    def add(apps: Any, schema_editor: Any) -> None:
        add_to(schema_editor.connection, table)

    def remove(apps: Any, schema_editor: Any) -> None:
        remove_from(schema_editor.connection, table)

    return migrations.RunPython(add, remove)


def let_empty(table: str, *columns: str) -> migrations.RunPython:
    """Return the migration step that lets texts of an append-only table be emptied, and nothing else."""

    def add(apps: Any, schema_editor: Any) -> None:
        _replace_update(schema_editor.connection, table, columns)

    def remove(apps: Any, schema_editor: Any) -> None:
        remove_from(schema_editor.connection, table)
        add_to(schema_editor.connection, table)

    return migrations.RunPython(add, remove)


def _replace_update(connection: Any, table: str, emptied: tuple[str, ...]) -> None:
    is_postgresql = connection.vendor == "postgresql"
    same = "IS NOT DISTINCT FROM" if is_postgresql else "IS"
    with connection.cursor() as cursor:
        every = [column.name for column in connection.introspection.get_table_description(cursor, table)]
        held = [f"NEW.{one} = ''" if one in emptied else f"NEW.{one} {same} OLD.{one}" for one in every]
        cursor.execute(f"DROP TRIGGER {table}_no_update{f' ON {table}' if is_postgresql else ''}")
        template = _POSTGRESQL_EMPTIED if is_postgresql else _SQLITE_EMPTIED
        cursor.execute(template.format(table=table, emptied=" AND ".join(held)))


def add_to(connection: Any, table: str) -> None:
    """Make ``table`` append-only."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_POSTGRESQL_FUNCTION)
        template = _POSTGRESQL if connection.vendor == "postgresql" else _SQLITE
        for verb in _VERBS:
            cursor.execute(template.format(table=table, verb=verb))


def remove_from(connection: Any, table: str) -> None:
    """Let ``table`` be changed again; for migrating backwards."""
    on_table = f" ON {table}" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        for verb in _VERBS:
            cursor.execute(f"DROP TRIGGER {table}_no_{verb}{on_table}")
