"""Where many things are worked on: in this process, on the machine's processors, or on a cluster."""

from __future__ import annotations

from dataclasses import dataclass

from fenhu.errors import UnknownItem
from fenhu.wording import text

ENGINES = ("serial", "processes", "dask")


@dataclass(frozen=True, slots=True)
class Engine:
    """How the same work on many things is done; every engine gives the same rows in the same order.

    Parameters
    ----------
    name : "serial"; "processes" of this machine, started as new interpreters, so a script that asks for them
        runs under ``if __name__ == "__main__":``; or "dask", a cluster.
    scheduler : the address of the cluster's scheduler, e.g. ``tcp://10.0.0.1:8786``; empty: a cluster of this
        machine's processors, gone with the run.

    Raises
    ------
    UnknownItem
        If there is no such engine, or it has no scheduler.
    """

    name: str
    scheduler: str = ""

    def __post_init__(self) -> None:
        if self.name not in ENGINES:
            raise UnknownItem(text(
                "There is no engine {engine}; there are {known}.", engine=repr(self.name),
                known=", ".join(ENGINES),
            ))  # fmt: skip
        if self.scheduler and self.name != "dask":
            raise UnknownItem(text("Only the engine dask has a scheduler; leave it out or choose dask."))


SERIAL = Engine("serial")
PROCESSES = Engine("processes")
