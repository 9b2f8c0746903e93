"""``fenhu verify``: prove that the journal is whole, the books balance, and papers are unaltered."""

from __future__ import annotations

import argparse

from fenhu.cli.console import DONE
from fenhu.cli.web import manage


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare that the command takes no arguments."""


def run(arguments: argparse.Namespace) -> int:
    """Walk the chains, add up the books, hash the papers; what is wrong ends the command with its place."""
    manage("verify_journal")
    manage("verify_books")
    manage("verify_papers")
    return DONE
