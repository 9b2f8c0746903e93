"""The arguments of commands that work on a whole stock."""

from __future__ import annotations

import argparse

from fenhu import stock
from fenhu.wording import text


def add_engine_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare where buildings are simulated and designed."""
    parser.add_argument(
        "--engine", choices=stock.ENGINES, default=stock.PROCESSES.name,
        help=str(text("where buildings are simulated and designed: all engines give the same results")),
    )  # fmt: skip
    parser.add_argument(
        "--scheduler", metavar="ADDRESS", default="",
        help=str(text("with --engine dask: the cluster's scheduler; none: a cluster of this machine")),
    )  # fmt: skip


def engine_of(arguments: argparse.Namespace) -> stock.Engine:
    """Return the engine a command was asked for.

    Raises
    ------
    UnknownItem
        If a scheduler is given to an engine that has none.
    """
    return stock.Engine(arguments.engine, arguments.scheduler)
