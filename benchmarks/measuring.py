"""How the benchmarks measure: seconds by the clock, several times, and how busy the machine is otherwise."""

from __future__ import annotations

import os
import resource
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

# Places in the first line of /proc/stat; guests are counted with users already.
_IDLE, _WAITING, _GUEST = 3, 4, 9


def seconds(work: Callable[[], object]) -> float:
    """Return how long a piece of work takes."""
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def several(work: Callable[[], object], rounds: int) -> dict[str, float]:
    """Return median and least seconds of a piece of work done several times."""
    taken = [seconds(work) for _ in range(rounds)]
    return {"median_s": median(taken), "least_s": min(taken)}


def peak_mb() -> float:
    """Return the largest resident memory of this process so far (Linux counts kilobytes)."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024.0


class Others:
    """Listens, from its making on, to how many cores other processes keep busy."""

    def __init__(self) -> None:
        self._busy_s, self._whole_s = _spent_s()

    def cores(self) -> float:
        """Return how many cores others kept busy on average since the beginning."""
        busy_s, whole_s = _spent_s()
        share = (busy_s - self._busy_s) / max(whole_s - self._whole_s, 1e-9)
        return max(share, 0.0) * (os.cpu_count() or 1)


def _spent_s() -> tuple[float, float]:
    """Return what others spent on all cores, and the whole time of all cores, since the machine began.

    Our own processes' share is taken off; where the system keeps no such account, nothing is known of others.
    """
    clock = Path("/proc/stat")
    if not clock.exists():
        return 0.0, time.monotonic()
    ticks = [float(value) for value in clock.read_text().split("\n", 1)[0].split()[1:_GUEST]]
    tick_s = 1.0 / os.sysconf("SC_CLK_TCK")
    busy_s = (sum(ticks) - ticks[_IDLE] - ticks[_WAITING]) * tick_s
    return busy_s - sum(os.times()[:4]), sum(ticks) * tick_s
