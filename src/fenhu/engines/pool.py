"""The same work on many things, one after the other, on several processes or on a cluster."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from multiprocessing import get_context
from typing import Generic, TypeVar

from fenhu.engines.cluster import rows_by_chunk, workers_lost
from fenhu.engines.engine import Engine
from fenhu.errors import WorkflowFault
from fenhu.wording import current_language, speaking, text

_CHUNK = 16
_POOLS = 4  # as many workers may be lost on the way as a cluster lets one chunk lose

Item = TypeVar("Item")
Row = TypeVar("Row")
Work = Callable[[Item], Row]
Progress = Callable[[int, int], None]


class Cancelled(WorkflowFault):
    """Somebody stopped the run before its end."""

    code = "cancelled"


def worked(
    work: Work[Item, Row],
    items: Sequence[Item],
    *,
    engine: Engine,
    worth_processes: int,
    chunk: int = _CHUNK,
    compiled: bool = False,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> list[Row]:
    """Return ``work`` of every item, in the order given.

    Parameters
    ----------
    work : a function of a module, so that other processes find it.
    engine : where it is done.
    worth_processes : fewer items than this are done serially instead of on processes.
    chunk : how many items go to a worker at a time.
    compiled : whether this process has done such work before. If not, it does the first chunk itself, which
        fills the compiler's cache that the processes then only read.
    progress : called with (done, all) from time to time.
    cancelled : asked from time to time; true ends the run.

    Raises
    ------
    InputFault
        If the engine is a cluster that does not answer.
    SolverFault
        If workers are lost again and again.
    Cancelled
        If ``cancelled`` said so.
    """
    chunks = [items[n : n + chunk] for n in range(0, len(items), chunk)]
    kept: _Kept[Row] = _Kept(len(chunks), len(items), progress, cancelled)
    workers = min(os.cpu_count() or 1, len(chunks))
    if engine.name == "dask":
        _on_cluster(work, chunks, engine.scheduler, kept)
    elif engine.name == "serial" or workers < 2 or len(items) < worth_processes:
        _serial(work, chunks, kept)
    else:
        if not compiled:
            kept.keep(0, _rows(work, chunks[0]))
        _on_processes(work, chunks, workers, kept)
    return kept.rows()


class _Kept(Generic[Row]):
    """The rows of the chunks that are done, in whatever order they come."""

    def __init__(
        self, chunks: int, items: int, progress: Progress | None, cancelled: Callable[[], bool] | None
    ) -> None:
        self._chunks, self._items, self._done = chunks, items, 0
        self._progress, self._cancelled = progress, cancelled
        self._found: dict[int, list[Row]] = {}

    def ask(self) -> None:
        """Stop the run if somebody wants it stopped."""
        if self._cancelled is not None and self._cancelled():
            raise Cancelled(text("The run was stopped before its end; nothing was kept."))

    def keep(self, number: int, rows: list[Row]) -> None:
        """Keep a chunk's rows and say how far the run is."""
        self._found[number] = rows
        self._done += len(rows)
        if self._progress is not None:
            self._progress(self._done, self._items)

    def missing(self) -> list[int]:
        """Return the numbers of the chunks that are still to do."""
        return [number for number in range(self._chunks) if number not in self._found]

    def rows(self) -> list[Row]:
        """Return all rows in the order of their chunks."""
        return [row for number in range(self._chunks) for row in self._found[number]]


def _serial(work: Work[Item, Row], chunks: Sequence[Sequence[Item]], kept: _Kept[Row]) -> None:
    for number, chunk in enumerate(chunks):
        kept.ask()
        kept.keep(number, _rows(work, chunk))


def _on_processes(
    work: Work[Item, Row], chunks: Sequence[Sequence[Item]], workers: int, kept: _Kept[Row]
) -> None:
    """Do what is missing on processes; where one is lost, others go on with what it had not done."""
    for _ in range(_POOLS):
        try:
            _in_one_pool(work, chunks, workers, kept)
        except BrokenProcessPool:
            continue
        return
    raise workers_lost()


def _in_one_pool(
    work: Work[Item, Row], chunks: Sequence[Sequence[Item]], workers: int, kept: _Kept[Row]
) -> None:
    there = partial(_rows_in, current_language(), work)
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        waiting: dict[Future[list[Row]], int] = {
            pool.submit(there, chunks[number]): number for number in kept.missing()
        }
        try:
            for future in as_completed(waiting):
                kept.ask()
                kept.keep(waiting[future], future.result())
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def _on_cluster(
    work: Work[Item, Row], chunks: Sequence[Sequence[Item]], scheduler: str, kept: _Kept[Row]
) -> None:
    for number, rows in rows_by_chunk(partial(_rows_in, current_language(), work), chunks, scheduler):
        kept.ask()
        kept.keep(number, rows)


def _rows(work: Work[Item, Row], chunk: Sequence[Item]) -> list[Row]:
    return [work(item) for item in chunk]


def _rows_in(language: str, work: Work[Item, Row], chunk: Sequence[Item]) -> list[Row]:
    """Return a chunk's rows with every fault told in the language of whoever asked."""
    with speaking(language):
        return _rows(work, chunk)
