"""``fenhu import``: put a register into the web product, all of it or nothing."""

from __future__ import annotations

import argparse

from fenhu.cli.check import add_register_argument
from fenhu.cli.console import DONE, HAS_ERRORS, tell
from fenhu.cli.reading import sound_register
from fenhu.cli.web import manage
from fenhu.wording import text


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    add_register_argument(parser)


def run(arguments: argparse.Namespace) -> int:
    """Check the register, then store it; the same register twice changes nothing."""
    if sound_register(arguments.register) is None:
        return HAS_ERRORS
    manage("import_register", str(arguments.register))
    tell(text("Imported: {path}", path=arguments.register))
    return DONE
