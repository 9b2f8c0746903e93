"""Who uses the data folder: those who serve or work share it, a restore has it alone."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings

from fenhu.errors import InputFault
from fenhu.wording import Text, text

NAME = ".in-use"


@contextmanager
def in_use() -> Iterator[None]:
    """Hold the data folder for serving or working on it.

    Raises
    ------
    InputFault
        If a backup is being restored into it.
    """
    busy = text("A backup is being restored into {folder}; try again when that is done", folder=_folder())
    with _held(fcntl.LOCK_SH, busy):
        yield


@contextmanager
def alone() -> Iterator[None]:
    """Hold the data folder for putting other data in place.

    Raises
    ------
    InputFault
        If somebody serves or works on it.
    """
    busy = text("The product is running on {folder}; stop “fenhu serve” and workers first", folder=_folder())
    with _held(fcntl.LOCK_EX, busy):
        yield


def _folder() -> str:
    return str(settings.DATA_DIR)


@contextmanager
def _held(how: int, busy: Text) -> Iterator[None]:
    settings.DATA_DIR.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (settings.DATA_DIR / NAME).open("a") as file:
        try:
            fcntl.flock(file, how | fcntl.LOCK_NB)
        except BlockingIOError as fault:
            raise InputFault(busy) from fault
        yield
