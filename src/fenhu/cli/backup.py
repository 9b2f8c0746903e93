"""``fenhu backup``: write all the city stored into one file."""

from __future__ import annotations

import argparse

from fenhu.cli.console import DONE
from fenhu.cli.web import manage
from fenhu.wording import text


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("file", metavar="FILE", help=str(text("the file to write; it must not be there yet")))


def run(arguments: argparse.Namespace) -> int:
    """Write the backup."""
    manage("backup", arguments.file)
    return DONE
