"""``fenhu restore``: prove a backup and put it in place."""

from __future__ import annotations

import argparse

from fenhu.cli.console import DONE
from fenhu.cli.web import manage
from fenhu.wording import text


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument("file", metavar="FILE", help=str(text("a file “fenhu backup” made")))
    parser.add_argument(
        "--replace", action="store_true",
        help=str(text("set aside what is in the data folder (nothing is deleted)")),
    )  # fmt: skip


def run(arguments: argparse.Namespace) -> int:
    """Restore the backup."""
    manage("restore", arguments.file, replace=arguments.replace)
    return DONE
