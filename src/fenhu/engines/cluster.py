"""The same work on the machines of a dask cluster; needs the extra ``cluster``.

Chunks are pure: one whose worker is lost is done again by another. Only so many are on their way at a
time that a nation's stock fits a scheduler.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import CancelledError
from contextlib import contextmanager
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeVar

import fenhu
from fenhu.errors import InputFault, SolverFault
from fenhu.wording import text

if TYPE_CHECKING:
    from distributed import Client

_AHEAD = 4
_WAIT_S = 20

Item = TypeVar("Item")
Row = TypeVar("Row")


def rows_by_chunk(
    rows: Callable[[Sequence[Item]], list[Row]], chunks: Sequence[Sequence[Item]], scheduler: str
) -> Iterator[tuple[int, list[Row]]]:
    """Yield each chunk's number and rows as the cluster's workers finish them.

    Parameters
    ----------
    rows : what is done with a chunk: a function the workers can import, or one made of such.
    chunks : what to do.
    scheduler : its address; empty starts a cluster on this machine for the run.

    Raises
    ------
    InputFault
        If the extra is not installed, no scheduler or worker answers, or workers run another version.
    SolverFault
        If a chunk's workers are lost again and again, or the scheduler is.
    """
    with _client(scheduler) as client:
        _refuse_others(client)
        yield from _finished(client, rows, chunks)


def _finished(
    client: Client, rows: Callable[[Sequence[Item]], list[Row]], chunks: Sequence[Sequence[Item]]
) -> Iterator[tuple[int, list[Row]]]:
    from distributed import KilledWorker, as_completed

    def submit(number: int) -> Any:
        return client.submit(rows, chunks[number], key=f"fenhu-{id(chunks)}-{number}", pure=False)

    rest = iter(range(len(chunks)))
    ahead = _AHEAD * sum(client.nthreads().values())
    waiting = {submit(number): number for number in islice(rest, ahead)}
    done = as_completed(list(waiting))
    for future in done:
        number = waiting.pop(future)
        try:
            found = future.result()
        except (KilledWorker, CancelledError) as fault:
            raise workers_lost() from fault
        yield number, found
        following = next(rest, None)
        if following is not None:
            sent = submit(following)
            waiting[sent] = following
            done.add(sent)


def workers_lost() -> SolverFault:
    """Return the fault of a run whose workers are lost again and again."""
    said = text(
        "Workers were lost again and again before the run's end; see whether they have enough memory, and "
        "run it again"
    )
    return SolverFault(said, code="workers-lost")


@contextmanager
def _client(scheduler: str) -> Iterator[Client]:
    try:
        from distributed import Client, LocalCluster
    except ImportError as fault:
        raise InputFault(text("The engine dask needs the extra: pip install “fenhu[cluster]”")) from fault
    if scheduler:
        try:
            client = Client(scheduler, timeout=_WAIT_S)
        except (OSError, ValueError) as fault:
            raise InputFault(text(
                "No scheduler answers at {address}; start one by “dask scheduler”, or see its address",
                address=scheduler,
            )) from fault  # fmt: skip
        with client:
            yield client
        return
    with LocalCluster(threads_per_worker=1, dashboard_address=":0") as cluster, Client(cluster) as client:
        yield client


def _refuse_others(client: Client) -> None:
    """Refuse a cluster without workers, or with workers of another version: their rows would differ."""
    try:
        client.wait_for_workers(1, timeout=_WAIT_S)
    except TimeoutError as fault:
        raise InputFault(text("The cluster has no worker; start some by “dask worker ADDRESS”")) from fault
    versions = client.run(_version)
    others = sorted(name for name, version in versions.items() if version != fenhu.__version__)
    if others:
        raise InputFault(text(
            "Worker {worker} runs fenhu {there}, this is {here}; install the same version on every machine",
            worker=others[0], there=versions[others[0]], here=fenhu.__version__,
        ))  # fmt: skip


def _version() -> str:
    return fenhu.__version__
