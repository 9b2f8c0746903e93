"""Reach the web product by its management commands, so that the shell never imports it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

from fenhu.errors import InputFault
from fenhu.wording import Text, text


def manage(command: str, *words: object, **options: object) -> None:
    """Start Django on the product's settings and run one management command; no word counts as an option."""
    with product():
        from django.core.management import call_command

        call_command(command, *(("--", *words) if words else ()), **options)


@contextmanager
def product() -> Iterator[None]:
    """Load the web product's settings, and tell in words where they or the database cannot be used.

    Raises
    ------
    InputFault
        If a setting cannot be read, or the database cannot be reached, is none, or lacks its tables.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fenhu.web.settings")
    import django
    from django.core.exceptions import ImproperlyConfigured
    from django.db import DatabaseError, DataError, IntegrityError, InterfaceError
    from environs import EnvError

    try:
        django.setup()
        yield
    except (EnvError, ImproperlyConfigured) as fault:
        raise InputFault(
            text("A setting cannot be used: {reason}. All settings: docs/operators/settings.md", reason=fault)
        ) from fault
    except (DataError, IntegrityError):
        raise
    except (DatabaseError, InterfaceError) as fault:
        raise InputFault(_unusable(str(fault).strip().partition("\n")[0])) from fault


def _unusable(reason: str) -> Text:
    """Return what is the matter with the database, and what helps."""
    from django.db import connection

    known = connection.settings_dict
    name = f"{known['NAME']} ({known['HOST']})" if known["HOST"] else str(known["NAME"])
    if _lacks_migrations():
        return text(
            "The database {name} is not of this program's version ({reason}): “fenhu upgrade” brings it "
            "there, “fenhu serve” sets up a new one; or DATABASE_URL and FENHU_DATA_DIR name another",
            name=name, reason=reason,
        )  # fmt: skip
    return text(
        "The database {name} cannot be used ({reason}); check DATABASE_URL and FENHU_DATA_DIR",
        name=name, reason=reason,
    )  # fmt: skip


def _lacks_migrations() -> bool:
    from django.db import DatabaseError, InterfaceError, connection
    from django.db.migrations.executor import MigrationExecutor

    try:
        executor = MigrationExecutor(connection)
        return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    except (DatabaseError, InterfaceError):
        return False
