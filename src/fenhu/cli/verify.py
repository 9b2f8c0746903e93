"""``fenhu verify``: prove that the journal is whole and the books balance."""

from __future__ import annotations

import argparse

from fenhu.cli.console import DONE
from fenhu.cli.web import manage


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare that the command takes no arguments."""


def run(arguments: argparse.Namespace) -> int:
    """Walk the hash chains and add up the books; what is wrong ends the command with its place."""
    manage("verify_journal")
    manage("verify_books")
    return DONE
