"""``fenhu verify``: prove that the journal is whole."""

from __future__ import annotations

import argparse

from fenhu.cli.console import DONE
from fenhu.cli.web import manage


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare that the command takes no arguments."""


def run(arguments: argparse.Namespace) -> int:
    """Walk the hash chains; a broken one ends the command with its place."""
    manage("verify_journal")
    return DONE
