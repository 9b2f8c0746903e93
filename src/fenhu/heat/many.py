"""Many networks at once, on all cores: one answer or one fault for each, in the order given."""

from __future__ import annotations

import os
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor

from fenhu.errors import FenhuError
from fenhu.heat.network import Network
from fenhu.heat.solve import Solution, solve


def solve_many(networks: Iterable[Network], *, threads: int | None = None) -> list[Solution | FenhuError]:
    """Return the steady state of every network, or the fault that kept it from one.

    Threads suffice, for the compiled iteration runs without the interpreter's lock.

    Parameters
    ----------
    networks : the networks; those of one shape share their topology.
    threads : how many to use; as many as there are cores if not given.
    """
    with ThreadPoolExecutor(threads or os.cpu_count()) as pool:
        return list(pool.map(_answer_or_fault, networks))


def _answer_or_fault(network: Network) -> Solution | FenhuError:
    try:
        return solve(network)
    except FenhuError as fault:
        return fault
