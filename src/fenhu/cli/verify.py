"""``fenhu verify``: prove that the journal is whole."""

from __future__ import annotations

import argparse

from fenhu.cli.console import DONE
from fenhu.cli.web import manage
from fenhu.wording import text

NAME = "verify"
ABOUT = text("Prove that no journal entry was changed, removed or slipped in since it was written.")
PARSER_OPTIONS: dict[str, object] = {}


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare that the command takes no arguments."""


def run(arguments: argparse.Namespace) -> int:
    """Walk the hash chains; a broken one ends the command with its place."""
    manage("verify_journal")
    return DONE
