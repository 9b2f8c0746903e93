"""The workers ``serve`` keeps beside its pages: as many as are wanted, each replaced when it dies."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic

from fenhu.web.environment import for_child

STOP_SECONDS = 10
LOOK_EVERY_S = 1.0
# Whoever dies within this time of his start dies of what his successor will find too.
SOON_S = 60.0
LONGEST_PAUSE_S = 16.0


@contextmanager
def workers(count: int) -> Iterator[None]:
    """Keep ``count`` worker processes running within the block."""
    places = [Place() for _ in range(count)]
    stop = threading.Event()
    watch = threading.Thread(target=_look_after, args=(places, stop), daemon=True)
    watch.start()
    try:
        yield
    finally:
        stop.set()
        watch.join()
        for place in places:
            place.process.terminate()
        for place in places:
            _end(place.process)


class Place:
    """The place of one worker; where workers die at once, the pause before the next doubles each time."""

    process: subprocess.Popen[bytes]
    _begun: float
    _due: float | None

    def __init__(self) -> None:
        self._pause_s = 0.0
        self._begin()

    def look(self) -> None:
        """Replace the worker if it has ended and the pause is over."""
        if self.process.poll() is None:
            return
        if self._due is None:
            died_soon = monotonic() - self._begun < SOON_S
            self._pause_s = min(LONGEST_PAUSE_S, 2 * self._pause_s or LOOK_EVERY_S) if died_soon else 0.0
            self._due = monotonic() + self._pause_s
        if monotonic() >= self._due:
            self._begin()

    def _begin(self) -> None:
        self.process, self._begun, self._due = started(), monotonic(), None


def started() -> subprocess.Popen[bytes]:
    """Start a worker in a session of its own, so that Ctrl-C reaches it only through us."""
    environment = for_child(DJANGO_SETTINGS_MODULE="fenhu.web.settings")
    return subprocess.Popen(
        [sys.executable, "-m", "fenhu.web.working"], env=environment, start_new_session=True
    )


def _look_after(places: list[Place], stop: threading.Event) -> None:
    while not stop.wait(LOOK_EVERY_S):
        for place in places:
            place.look()


def _end(process: subprocess.Popen[bytes]) -> None:
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
