"""The workers beside the pages: replaced when they die, with patience where they die at once."""

import subprocess
import sys

import pytest

from fenhu.web import workers

pytestmark = pytest.mark.own_database


class Clock:
    """Seconds that pass when they are told to."""

    now_s = 0.0

    def __call__(self):
        return self.now_s


@pytest.fixture
def clock(monkeypatch):
    clock = Clock()
    monkeypatch.setattr(workers, "monotonic", clock)
    return clock


@pytest.fixture
def short_lived(monkeypatch):
    """Have workers that have ended before anybody looks, and return those that were started."""
    begun = []

    def start():
        process = subprocess.Popen([sys.executable, "-c", ""])
        process.wait()
        begun.append(process)
        return process

    monkeypatch.setattr(workers, "started", start)
    return begun


def looked_at(place, clock, seconds):
    for _ in range(seconds):
        place.look()
        clock.now_s += 1


def test_a_worker_that_dies_after_long_work_is_replaced_at_once(clock, short_lived):
    place = workers.Place()
    clock.now_s = workers.SOON_S
    place.look()
    assert len(short_lived) == 2


def test_workers_that_die_at_once_are_replaced_ever_more_slowly(clock, short_lived):
    place = workers.Place()
    looked_at(place, clock, 60)
    assert len(short_lived) == 1 + 6  # after pauses of 1, 2, 4, 8, 16 and 16 seconds
    looked_at(place, clock, 170)
    assert len(short_lived) == 1 + 6 + 10


def test_whoever_lives_long_again_is_trusted_again(clock, short_lived):
    place = workers.Place()
    looked_at(place, clock, 60)
    clock.now_s += workers.SOON_S
    before = len(short_lived)
    place.look()
    place.look()
    assert len(short_lived) == before + 1


def test_workers_end_with_the_block(monkeypatch):
    begun = []

    def start():
        begun.append(subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"]))
        return begun[-1]

    monkeypatch.setattr(workers, "started", start)
    with workers.workers(2):
        assert [process.poll() for process in begun] == [None, None]
    assert [process.poll() for process in begun] == [-15, -15]
