"""In a child: end the process, as a power cut does, at the n-th thing it writes.

What counts as a step: before every statement that writes, before and after every commit, before and after
every file that is stored, and before it is on the disk and has its name. Nothing of the product knows of it.
"""

import os
import signal

from django.core.files.storage import Storage
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper

WRITING = ("insert", "update", "delete", "create", "alter", "drop", "replace")
steps = 0


def kill_at(number):
    """Count steps from now on and end at the ``number``-th; 0 counts only."""

    def step():
        global steps
        steps += 1
        if steps == number:
            os.kill(os.getpid(), signal.SIGKILL)

    def writes(sql):
        if str(sql).lstrip().lower().startswith(WRITING):
            step()

    _before(CursorWrapper, "execute", lambda cursor, sql, *given: writes(sql))
    _before(CursorWrapper, "executemany", lambda cursor, sql, *given: writes(sql))
    for owner, name in ((BaseDatabaseWrapper, "_commit"), (Storage, "save")):
        _before(owner, name, lambda *given: step())
        _after(owner, name, step)
    for name in ("fsync", "link", "replace", "rename"):
        _before(os, name, lambda *given: step())


def _before(owner, name, act):
    plain = getattr(owner, name)

    def acting(*given, **named):
        act(*given)
        return plain(*given, **named)

    setattr(owner, name, acting)


def _after(owner, name, act):
    plain = getattr(owner, name)

    def acting(*given, **named):
        found = plain(*given, **named)
        act()
        return found

    setattr(owner, name, acting)
