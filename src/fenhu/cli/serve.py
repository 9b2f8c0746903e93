"""``fenhu serve``: open the web product."""

from __future__ import annotations

import argparse

from fenhu.cli.console import DONE
from fenhu.cli.web import manage
from fenhu.wording import text

PORT = 8000


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the command's arguments."""
    parser.add_argument(
        "--port", type=int, default=PORT, help=str(text("port to listen on, 8000 unless said"))
    )


def run(arguments: argparse.Namespace) -> int:
    """Serve until stopped."""
    manage("serve", port=arguments.port)
    return DONE
