"""The same work on many things, one after the other, on several processes or on a cluster."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from functools import partial
from multiprocessing import get_context
from typing import TypeVar

from fenhu.errors import WorkflowFault
from fenhu.stock.cluster import rows_by_chunk
from fenhu.stock.engines import Engine
from fenhu.wording import current_language, speaking, text

_CHUNK = 16

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
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> list[Row]:
    """Return ``work`` of every item, in the order given.

    Parameters
    ----------
    work : a function of a module, so that other processes find it.
    engine : where it is done.
    worth_processes : fewer items than this are done serially instead of on processes.
    progress : called with (done, all) from time to time.
    cancelled : asked from time to time; true ends the run.

    Raises
    ------
    InputFault
        If the engine is a cluster that does not answer.
    Cancelled
        If ``cancelled`` said so.
    """
    chunks = [items[n : n + _CHUNK] for n in range(0, len(items), _CHUNK)]
    workers = min(os.cpu_count() or 1, len(chunks))
    if engine.name == "dask":
        return _on_cluster(work, chunks, len(items), engine.scheduler, progress, cancelled)
    if engine.name == "serial" or workers < 2 or len(items) < worth_processes:
        return _serial(work, chunks, len(items), progress, cancelled)
    return _on_processes(work, chunks, len(items), workers, progress, cancelled)


def _serial(
    work: Work[Item, Row],
    chunks: Sequence[Sequence[Item]],
    total: int,
    progress: Progress | None,
    cancelled: Callable[[], bool] | None,
) -> list[Row]:
    rows: list[Row] = []
    for chunk in chunks:
        _ask(cancelled)
        rows += _rows(work, chunk)
        if progress is not None:
            progress(len(rows), total)
    return rows


def _on_processes(
    work: Work[Item, Row],
    chunks: Sequence[Sequence[Item]],
    total: int,
    workers: int,
    progress: Progress | None,
    cancelled: Callable[[], bool] | None,
) -> list[Row]:
    found: dict[int, list[Row]] = {}
    there = partial(_rows_in, current_language(), work)
    # The first chunk is done here: it fills the compiler's cache, which every worker then only reads.
    found[0] = _rows(work, chunks[0])
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        waiting: dict[Future[list[Row]], int] = {
            pool.submit(there, chunk): number for number, chunk in enumerate(chunks) if number > 0
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


def _on_cluster(
    work: Work[Item, Row],
    chunks: Sequence[Sequence[Item]],
    total: int,
    scheduler: str,
    progress: Progress | None,
    cancelled: Callable[[], bool] | None,
) -> list[Row]:
    found: dict[int, list[Row]] = {}
    done = 0
    for number, rows in rows_by_chunk(partial(_rows_in, current_language(), work), chunks, scheduler):
        _ask(cancelled)
        found[number] = rows
        done += len(rows)
        if progress is not None:
            progress(done, total)
    return [row for number in range(len(chunks)) for row in found[number]]


def _ask(cancelled: Callable[[], bool] | None) -> None:
    if cancelled is not None and cancelled():
        raise Cancelled(text("The simulation was stopped before its end; nothing was kept."))


def _rows(work: Work[Item, Row], chunk: Sequence[Item]) -> list[Row]:
    return [work(item) for item in chunk]


def _rows_in(language: str, work: Work[Item, Row], chunk: Sequence[Item]) -> list[Row]:
    """Return a chunk's rows with every fault told in the language of whoever asked."""
    with speaking(language):
        return _rows(work, chunk)
