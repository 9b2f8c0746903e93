"""``fenhu serve``: open the web product."""

from __future__ import annotations

import argparse

from fenhu.cli.console import DONE
from fenhu.cli.web import manage
from fenhu.wording import text

PORT, LAST_PORT = 8000, 65_535


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument(
        "--port", type=_port, default=PORT, help=str(text("port to listen on, 8000 unless said"))
    )


def _port(words: str) -> int:
    """Return the port that was asked for; 0 is any that is free."""
    if not words.isdecimal() or int(words) > LAST_PORT:
        raise argparse.ArgumentTypeError(
            str(text("{words} is no port; give 0 to {last}", words=words, last=LAST_PORT))
        )
    return int(words)


def run(arguments: argparse.Namespace) -> int:
    """Serve until stopped."""
    manage("serve", port=arguments.port)
    return DONE
