"""What a fault test found, kept for the page of faults where ``make faults`` asks for it."""

import json
import os
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass
class Told:
    """One row of the page: the fault, what was counted before and after, how often it was tried."""

    fault: str
    where: str
    times: int | str = 0
    before: str = ""
    after: str = ""
    outcome: str = ""
    notes: list = field(default_factory=list)


@contextmanager
def telling(fault, where):
    """Yield a row to fill; it is kept with its outcome, ``failed`` where the block fails."""
    told = Told(fault, where)
    try:
        yield told
    except BaseException:
        told.outcome = "FAILED"
        raise
    finally:
        told.outcome = told.outcome or "held"
        place = os.environ.get("FAULTS_RECORD")
        if place:
            with open(place, "a", encoding="utf-8") as file:
                file.write(json.dumps(vars(told)) + "\n")


def every_step():
    """Return whether every step is to be tried, or a sample for a quick answer."""
    return bool(os.environ.get("FAULTS_WHOLE"))


def sampled(steps, most=4):
    """Return the steps to try: all of them, or the first, the last and some between."""
    numbers = list(range(1, steps + 1))
    if every_step() or steps <= most:
        return numbers
    return sorted({numbers[round(i * (steps - 1) / (most - 1))] for i in range(most)})
