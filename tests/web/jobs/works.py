"""Work for the tests of resumption, done in processes of their own, and a worker that knows it."""

import os
import signal
import time
from pathlib import Path

from django.core.management import call_command

from fenhu.programme import Role
from fenhu.web.access.models import User
from fenhu.web.jobs import kinds, services
from fenhu.web.jobs.running import run
from fenhu.web.journal import services as journal
from fenhu.wording import text

PHASE = text("Reading the register")


def notes(params, actor, report):
    """Leave a mark in the transaction the job ends in."""
    return lambda: journal.record(actor=actor, subject=f"mark:{params['n']}", kind="mark", data={}).sequence


def dies(params, actor, report):
    """End the worker as a power cut does, unless a file says that it may live."""
    report(PHASE, 1, 2)
    if not Path(params["unless"]).exists():
        os.kill(os.getpid(), signal.SIGKILL)
    return "lived"


def dies_done(params, actor, report):
    """End the worker after its work was kept and before the job says so, the first time."""

    def kept():
        entry = journal.record(actor=actor, subject="dying", kind="mark", data={})
        if not Path(params["once"]).exists():
            Path(params["once"]).touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return entry.sequence

    return kept


def broods(params, actor, report):
    """Say nothing for long, holding the database's one writer on SQLite."""
    report(PHASE, 1, 2)
    Path(params["began"]).touch()
    until = time.monotonic() + params["seconds"]
    while time.monotonic() < until and not Path(params["enough"]).exists():
        time.sleep(0.05)
    report(PHASE, 2, 2)
    return "brooded"


def announce():
    """Make this module's work startable."""
    for work in (notes, dies, dies_done, broods):
        dotted = f"{__name__}.{work.__name__}"
        kinds.KINDS[work.__name__] = kinds.Kind(dotted, PHASE, (Role.CITY_BUREAU,))


def start(kind, **params):
    """Return the number of a job of this module, in the queue."""
    announce()
    return services.start(kind, User.objects.get(username="city_bureau"), params).pk


def work(**options):
    """Work as ``fenhu worker`` does, off until nothing is left unless ``batch`` says otherwise."""
    announce()
    assert run.takes_context
    call_command(
        "worker", **{"batch": True, "interval": 0.1, "startup_delay": False, "verbosity": 0} | options
    )
