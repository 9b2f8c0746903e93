"""Bringing the product up: database, workers, server, a word to the operator; and down again."""

from __future__ import annotations

import os
import signal
import socket
import sys
import tempfile
from collections.abc import Iterator

from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections
from django.db.migrations.executor import MigrationExecutor

from fenhu.web.access.queries import demo_logins, nobody_known
from fenhu.web.door.services import seal_all
from fenhu.web.environment import with_socket
from fenhu.web.journal.services import close_days
from fenhu.web.keeping.lock import in_use
from fenhu.web.pages import Pages, listener
from fenhu.web.persons.queries import kept_rules
from fenhu.web.rules import current_policy
from fenhu.web.storing import clear_drafts
from fenhu.web.workers import workers
from fenhu.wording import Text, text


def migrate() -> None:
    """Bring the database to the program's version; does nothing where it is there."""
    settings.DATA_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", interactive=False, verbosity=0)


def serve(port: int) -> None:
    """Serve pages and do background work until stopped; told to begin again, do so without losing a request.

    Raises
    ------
    InputFault
        If the socket cannot be opened.
    PolicyFault, UnreadableFile
        If the policy or the rules of how long data are kept are wrong.
    """
    current_policy()
    kept_rules()
    signal.signal(signal.SIGHUP, signal.SIG_IGN)  # until there is something to begin again
    with listener(settings.BIND, port) as opened:
        if _served(opened):
            signal.signal(signal.SIGHUP, signal.SIG_IGN)
            os.execve(sys.executable, [sys.executable, *sys.orig_argv[1:]], with_socket(opened.fileno()))


def _served(opened: socket.socket) -> bool:
    """Serve on an open socket until stopped, and return whether to begin again."""
    with in_use(), tempfile.TemporaryDirectory(prefix="fenhu-figures-") as figures:
        os.environ["PROMETHEUS_MULTIPROC_DIR"] = figures
        migrate()
        close_days()
        clear_drafts()
        seal_all()
        for line in greeting(opened.getsockname()[1]):
            print(line, file=sys.stderr, flush=True)
        connections.close_all()
        pages = Pages(opened, log=settings.LOG, processes=settings.SERVERS)
        with workers(settings.WORKERS):
            pages.serve()
        return pages.again


def greeting(port: int) -> Iterator[Text]:
    """Yield what the operator reads at start: the address, and the logins or how to make the first."""
    host = "127.0.0.1" if settings.BIND in ("0.0.0.0", "::") else settings.BIND
    yield text("fenhu is served at {address} — Ctrl-C stops it", address=f"http://{host}:{port}/")
    for login in demo_logins():
        yield text(
            "  {username} / {password}  {role}",
            username=login.username,
            password=login.password,
            role=login.role,
        )
    if nobody_known():
        yield text(
            "Nobody can sign in yet: “fenhu manage enrol NAME --role city_bureau” makes the first login; "
            "“FENHU_DEMO=1 fenhu manage demo_city” builds the demo city"
        )
