"""Many buildings, one after the other or on several processes."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from multiprocessing import get_context

from fenhu.building import Building, simulate
from fenhu.errors import FenhuError, UnknownItem, WorkflowFault
from fenhu.records import HeatSummary, StockHeat
from fenhu.wording import Text, text

ENGINES = ("serial", "processes")
Pair = tuple[Building, Building]
_CHUNK = 16
# Starting workers takes as long as this many pairs do on one.
_PAIRS_WORTH_PROCESSES = 400


class Cancelled(WorkflowFault):
    """Somebody stopped the run before its end."""

    code = "cancelled"


def simulate_stock(
    pairs: Sequence[Pair],
    *,
    engine: str = "serial",
    progress: Callable[[int, int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> list[StockHeat]:
    """Return the heat of every building before and after its conversion, in the order given.

    Parameters
    ----------
    pairs : (before, after) of every building.
    engine : "serial" or "processes"; both give the same numbers. Few pairs are always done serially. Workers
        start as new interpreters, so a script that asks for them runs under ``if __name__ == "__main__":``.
    progress : called with (done, all) from time to time.
    cancelled : asked from time to time; true ends the run.

    Raises
    ------
    UnknownItem
        If there is no such engine.
    Cancelled
        If ``cancelled`` said so.
    """
    if engine not in ENGINES:
        raise UnknownItem(
            text(
                "There is no engine {engine}; there are {known}.",
                engine=repr(engine),
                known=", ".join(ENGINES),
            )
        )
    chunks = [pairs[n : n + _CHUNK] for n in range(0, len(pairs), _CHUNK)]
    workers = min(os.cpu_count() or 1, len(chunks))
    if engine == "serial" or workers < 2 or len(pairs) < _PAIRS_WORTH_PROCESSES:
        return _serial(chunks, len(pairs), progress, cancelled)
    return _on_processes(chunks, len(pairs), workers, progress, cancelled)


def _serial(
    chunks: Sequence[Sequence[Pair]],
    total: int,
    progress: Callable[[int, int], None] | None,
    cancelled: Callable[[], bool] | None,
) -> list[StockHeat]:
    rows: list[StockHeat] = []
    for chunk in chunks:
        _ask(cancelled)
        rows += _rows(chunk)
        if progress is not None:
            progress(len(rows), total)
    return rows


def _on_processes(
    chunks: Sequence[Sequence[Pair]],
    total: int,
    workers: int,
    progress: Callable[[int, int], None] | None,
    cancelled: Callable[[], bool] | None,
) -> list[StockHeat]:
    found: dict[int, list[StockHeat]] = {}
    done = 0
    # The first chunk is done here: it fills the compiler's cache, which every worker then only reads.
    found[0] = _rows(chunks[0])
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        waiting: dict[Future[list[StockHeat]], int] = {
            pool.submit(_rows, chunk): number for number, chunk in enumerate(chunks) if number > 0
        }
        done = len(found[0])
        try:
            for future in as_completed(waiting):
                _ask(cancelled)
                found[waiting[future]] = future.result()
                done += len(found[waiting[future]])
                if progress is not None:
                    progress(done, total)
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise
    return [row for number in range(len(chunks)) for row in found[number]]


def _ask(cancelled: Callable[[], bool] | None) -> None:
    if cancelled is not None and cancelled():
        raise Cancelled(text("The simulation was stopped before its end; nothing was kept."))


def _rows(chunk: Sequence[Pair]) -> list[StockHeat]:
    return [_row(before, after) for before, after in chunk]


def _row(before: Building, after: Building) -> StockHeat:
    faults: list[FenhuError] = []
    states = [_state(building, faults) for building in (before, after)]
    return StockHeat(
        code=before.code,
        status="; ".join(f"{fault.code}: {fault}" for fault in faults) or "converged",
        before=states[0],
        after=states[1],
        assumed=before.assumed,
        reason=_reason(states, faults),
    )


def _state(building: Building, faults: list[FenhuError]) -> HeatSummary | None:
    try:
        return simulate(building)
    except FenhuError as fault:
        faults.append(fault)
        return None


def _reason(states: Sequence[HeatSummary | None], faults: Sequence[FenhuError]) -> Text | None:
    """Say which state could not be simulated, and why; the sentence speaks either language later."""
    if not faults:
        return None
    if len(faults) == len(states):
        return text(
            "Neither as it is ({before}) nor after the conversion ({after}) has the building an answer.",
            before=faults[0].message,
            after=faults[1].message,
        )
    if states[0] is None:
        return text("As it is, the building has no answer: {fault}", fault=faults[0].message)
    return text("After the conversion, the building has no answer: {fault}", fault=faults[0].message)
