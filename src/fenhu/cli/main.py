"""Parse the command line and run one command; every fault becomes a sentence and an exit code."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from fenhu.cli import (
    check,
    demo,
    diagnose,
    import_register,
    manage,
    plan,
    policy,
    serve,
    share,
    simulate,
    verify,
    worker,
)
from fenhu.cli.console import BAD_INPUT, Parser, complain, speak_the_users_language
from fenhu.errors import FenhuError
from fenhu.wording import text

COMMANDS = (
    demo,
    check,
    simulate,
    diagnose,
    plan,
    share,
    policy,
    import_register,
    serve,
    worker,
    verify,
    manage,
)
INTERRUPTED = 130


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    speak_the_users_language()
    arguments = build_parser().parse_args(argv)
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


def build_parser() -> Parser:
    """Return the parser of all commands, its words in the current language."""
    parser = Parser(
        prog="fenhu",
        description=str(text("Carries a city's conversion from single-pipe to per-household heating.")),
        epilog=str(
            text("Each command explains itself: fenhu COMMAND --help. FENHU_LANG=en|zh sets the language.")
        ),
    )
    commands = parser.add_subparsers(metavar="COMMAND", required=True, title=str(text("commands")))
    for command in COMMANDS:
        about = str(command.ABOUT)
        subparser = commands.add_parser(command.NAME, help=about, description=about, **command.PARSER_OPTIONS)
        command.configure(subparser)
        subparser.set_defaults(run=command.run)
    return parser
