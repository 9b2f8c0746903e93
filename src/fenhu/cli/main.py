"""Parse the command line and run one command; every fault becomes a sentence and an exit code."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from fenhu.cli.console import BAD_INPUT, Parser, complain, speak_the_users_language
from fenhu.errors import FenhuError, reason_of
from fenhu.wording import Text, text

INTERRUPTED = 130
# Behind ``manage`` no prefix marks an option: every word, --noinput included, is Django's to read.
NO_PREFIX = "\0"


@dataclass(frozen=True, slots=True)
class Command:
    """A command: its name, the module that does it (loaded only when asked for), and what it is for."""

    name: str
    module: str
    about: Text


COMMANDS = (
    Command(
        "demo",
        "fenhu.cli.demo",
        text("Write the register of a synthetic city (Fuxin's size unless you say otherwise)."),
    ),
    Command(
        "check",
        "fenhu.cli.check",
        text("Check a register: every fault with sheet, row, column and what to do."),
    ),
    Command(
        "simulate",
        "fenhu.cli.simulate",
        text("Simulate a network file (.json), or a building file (.toml) before and after conversion."),
    ),
    Command(
        "season",
        "fenhu.cli.season",
        text("Carry a building file, or every building of a register, through a heating season."),
    ),
    Command(
        "diagnose",
        "fenhu.cli.diagnose",
        text(
            "Simulate every building of a register, before and after, and rank it by the policy's criteria."
        ),
    ),
    Command(
        "design",
        "fenhu.cli.design",
        text("Design a building's conversion: sizes, balance, review, bill and shares, files into a folder."),
    ),
    Command(
        "estate",
        "fenhu.cli.estate",
        text("Size and balance an estate's secondary network after the conversion, and check its pump."),
    ),
    Command(
        "plan",
        "fenhu.cli.plan",
        text("Plan a register year by year under its money and crews, or optimise a bare instance folder."),
    ),
    Command(
        "share",
        "fenhu.cli.share",
        text("Split a bill of quantities between the payers by a city's rules, to the fen."),
    ),
    Command(
        "policy",
        "fenhu.cli.policy",
        text("Check a city's policy file, or list the policies that come with fenhu."),
    ),
    Command(
        "import",
        "fenhu.cli.import_register",
        text("Import a register into the web product: all of it, or nothing and the reasons."),
    ),
    Command(
        "serve",
        "fenhu.cli.serve",
        text("Serve the web product and its background worker until you press Ctrl-C."),
    ),
    Command(
        "worker",
        "fenhu.cli.worker",
        text("Work off the web product's background jobs until you press Ctrl-C."),
    ),
    Command(
        "verify",
        "fenhu.cli.verify",
        text("Prove that the journal is whole, the books balance, and issued papers are unaltered."),
    ),
    Command(
        "backup",
        "fenhu.cli.backup",
        text("Write all the city stored into one file, while the product serves, and read it back."),
    ),
    Command(
        "restore",
        "fenhu.cli.restore",
        text("Prove a backup, bring it to the program's version, and put it in place of what is there."),
    ),
    Command(
        "upgrade",
        "fenhu.cli.upgrade",
        text("Back up, bring a copy of the database to the program's version, prove it, put it in place."),
    ),
    Command(
        "manage",
        "fenhu.cli.manage",
        text("Run a management command of the web product, e.g. fenhu manage migrate."),
    ),
)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    speak_the_users_language()
    words = sys.argv[1:] if argv is None else list(argv)
    arguments = build_parser(words).parse_args(words)
    try:
        return int(arguments.run(arguments))
    except FenhuError as fault:
        complain(fault.message)
        return BAD_INPUT
    except KeyboardInterrupt:
        complain(text("Stopped. Nothing half-done was kept."))
        return INTERRUPTED
    except BrokenPipeError:
        sys.stderr.close()
        return 0
    except OSError as fault:
        complain(text("{path}: {reason}", path=fault.filename or "", reason=reason_of(fault)))
        return BAD_INPUT


def build_parser(words: Sequence[str]) -> Parser:
    """Return the parser of all commands; only the one that ``words`` ask for is loaded."""
    parser = Parser(
        prog="fenhu",
        description=str(text("Carries a city's conversion from single-pipe to per-household heating.")),
        epilog=str(
            text("Each command explains itself: fenhu COMMAND --help. FENHU_LANG=en|zh sets the language.")
        ),
    )
    commands = parser.add_subparsers(metavar="COMMAND", required=True, title=str(text("commands")))
    chosen = next((word for word in words if not word.startswith("-")), "")
    for command in COMMANDS:
        about = str(command.about)
        marks: dict[str, Any] = (
            {"add_help": False, "prefix_chars": NO_PREFIX} if command.name == "manage" else {}
        )
        subparser = commands.add_parser(command.name, help=about, description=about, **marks)
        if command.name == chosen:
            module = import_module(command.module)
            module.configure(subparser)
            subparser.set_defaults(run=module.run)
    return parser
