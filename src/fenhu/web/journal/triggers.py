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


def append_only(table: str) -> migrations.RunPython:
    """Return the migration step that makes ``table`` append-only."""

    def add(apps: Any, schema_editor: Any) -> None:
        add_to(schema_editor.connection, table)

    def remove(apps: Any, schema_editor: Any) -> None:
        remove_from(schema_editor.connection, table)

    return migrations.RunPython(add, remove)


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
