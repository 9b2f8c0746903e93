"""``fenhu manage``: Django's own commands on the product's settings."""

from __future__ import annotations

import argparse

from fenhu.cli.console import DONE
from fenhu.cli.web import product
from fenhu.errors import UnknownItem
from fenhu.wording import text

DJANGOS_OWN = ("help", "version", "-h", "--help", "--version")


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare that everything after ``manage`` is passed on."""
    parser.add_argument("words", nargs="*", metavar="...")


def run(arguments: argparse.Namespace) -> int:
    """Pass the words on to Django."""
    with product():
        from django.core.management import execute_from_command_line, get_commands

        asked = next(iter(arguments.words), "help")
        if asked not in {*get_commands(), *DJANGOS_OWN}:
            raise UnknownItem(text(
                "There is no management command {name}; fenhu manage help lists them all", name=asked
            ))  # fmt: skip
        execute_from_command_line(["fenhu manage", *arguments.words])
    return DONE
