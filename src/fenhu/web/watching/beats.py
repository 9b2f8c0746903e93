"""Workers say that they live by touching a file in the data folder, on whatever machine they run."""

from __future__ import annotations

import os
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.utils import timezone

FOLDER = ".workers"
EVERY_S = 5.0
FORGOTTEN_AFTER = timedelta(days=1)


@contextmanager
def beating() -> Iterator[None]:
    """Let this worker be heard of within the block."""
    folder = settings.DATA_DIR / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    _forget_the_dead(folder)
    mark, stop = folder / f"{socket.gethostname()}-{os.getpid()}", threading.Event()
    mark.touch()
    thread = threading.Thread(target=_beat, args=(mark, stop), daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()
        mark.unlink(missing_ok=True)


def silence() -> timedelta | None:
    """Return how long ago a worker was last heard of, None where none is known."""
    marks = (settings.DATA_DIR / FOLDER).glob("*")
    heard = [moment for mark in marks if (moment := _touched(mark)) is not None]
    return timezone.now() - max(heard) if heard else None


def _beat(mark: Path, stop: threading.Event) -> None:
    while not stop.wait(EVERY_S):
        mark.touch()


def _forget_the_dead(folder: Path) -> None:
    """Remove the marks of workers that were killed long ago."""
    for mark in folder.glob("*"):
        moment = _touched(mark)
        if moment is not None and timezone.now() - moment > FORGOTTEN_AFTER:
            mark.unlink(missing_ok=True)


def _touched(mark: Path) -> datetime | None:
    try:
        return datetime.fromtimestamp(mark.stat().st_mtime, tz=timezone.get_current_timezone())
    except FileNotFoundError:
        return None
