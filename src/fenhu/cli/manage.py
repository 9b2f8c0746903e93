"""``fenhu manage``: Django's own commands on the product's settings."""

from __future__ import annotations

import argparse

from fenhu.cli.console import DONE
from fenhu.cli.web import product


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare that everything after ``manage`` is passed on."""
    parser.add_argument("words", nargs="*", metavar="...")


def run(arguments: argparse.Namespace) -> int:
    """Pass the words on to Django."""
    with product():
        from django.core.management import execute_from_command_line

        execute_from_command_line(["fenhu manage", *arguments.words])
    return DONE
