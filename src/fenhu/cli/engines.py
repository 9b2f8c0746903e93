"""The arguments of commands that work on a whole stock."""

from __future__ import annotations

import argparse

from fenhu.engines import ENGINES, PROCESSES, Engine
from fenhu.wording import text


def add_engine_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare where the work on many things is done."""
    parser.add_argument(
        "--engine", choices=ENGINES,
        help=str(text("where the calculating is done: all engines give the same results")),
    )  # fmt: skip
    parser.add_argument(
        "--scheduler", metavar="ADDRESS", default="",
        help=str(text("with --engine dask: the cluster's scheduler; none: a cluster of this machine")),
    )  # fmt: skip


def engine_of(arguments: argparse.Namespace) -> Engine:
    """Return the engine a command was asked for.

    Raises
    ------
    UnknownItem
        If a scheduler is given to an engine that has none.
    """
    return Engine(arguments.engine or PROCESSES.name, arguments.scheduler)
