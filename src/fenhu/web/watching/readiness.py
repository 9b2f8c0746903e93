"""Whether the product can do its work: database, its version, room on the disk, a worker."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from datetime import timedelta

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from fenhu.web.watching import beats

SILENT_AFTER = timedelta(minutes=1)


def database_answers() -> bool:
    """Return whether the database answers."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


def database_is_of_this_version() -> bool:
    """Return whether every migration of the program has been applied."""
    try:
        executor = MigrationExecutor(connection)
        return not executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        return False


def disk_has_room() -> bool:
    """Return whether the data folder's disk has the room that is asked for."""
    return free_bytes() >= settings.DISK_MIN_BYTES


def worker_is_heard_of() -> bool:
    """Return whether a worker has been heard of lately."""
    silence = beats.silence()
    return silence is not None and silence <= SILENT_AFTER


def free_bytes() -> int:
    """Return the room left for the data folder."""
    return shutil.disk_usage(settings.DATA_DIR).free


CHECKS: Mapping[str, Callable[[], bool]] = {
    "database": database_answers,
    "migrations": database_is_of_this_version,
    "disk": disk_has_room,
    "worker": worker_is_heard_of,
}


def readiness() -> dict[str, bool]:
    """Return each check with whether it holds."""
    return {name: check() for name, check in CHECKS.items()}
