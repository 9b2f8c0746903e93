"""``fenhu upgrade``: bring what is stored to the program's version, or leave it as it is."""

from __future__ import annotations

import argparse

from fenhu.cli.console import DONE
from fenhu.cli.web import manage
from fenhu.wording import text


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument(
        "--backup", metavar="FILE",
        help=str(text("where the backup made first shall stand; else in backups/ of the data folder")),
    )  # fmt: skip


def run(arguments: argparse.Namespace) -> int:
    """Upgrade."""
    manage("upgrade", backup=arguments.backup)
    return DONE
