"""``fenhu manage``: Django's own commands on the product's settings."""

from __future__ import annotations

import argparse

from fenhu.cli.console import DONE
from fenhu.cli.web import set_up
from fenhu.wording import text

NAME = "manage"
ABOUT = text("Run a management command of the web product, e.g. fenhu manage migrate.")
# No prefix marks an option here: every word, --noinput included, is Django's to read.
PARSER_OPTIONS: dict[str, object] = {"add_help": False, "prefix_chars": "\0"}


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare that everything after ``manage`` is passed on."""
    parser.add_argument("words", nargs="*", metavar="...")


def run(arguments: argparse.Namespace) -> int:
    """Pass the words on to Django."""
    set_up()
    from django.core.management import execute_from_command_line

    execute_from_command_line(["fenhu manage", *arguments.words])
    return DONE
