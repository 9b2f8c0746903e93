"""``fenhu worker``: do the web product's background work in a process of its own."""

from __future__ import annotations

import argparse

from fenhu.cli.console import DONE
from fenhu.cli.web import manage


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare that the command takes no arguments."""


def run(arguments: argparse.Namespace) -> int:
    """Work until stopped."""
    manage("worker")
    return DONE
