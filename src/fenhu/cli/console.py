"""What every command shares: its language, its exit codes, its progress bar and its way of printing."""

from __future__ import annotations

import argparse
import gettext
import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeRemainingColumn
from rich.table import Table

from fenhu.wording import CHINESE, ENGLISH, LOCALE_DIR, Text, set_language, text

DONE, HAS_ERRORS, BAD_INPUT = 0, 1, 2
PIPED_WIDTH = 400

Report = Callable[[Text, int, int], None]

ARGPARSE_WORDS = (
    text("usage: "),
    text("positional arguments"),
    text("options"),
    text("show this help message and exit"),
    text("the following arguments are required: %s"),
    text("unrecognized arguments: %s"),
    text("expected one argument"),
    text("invalid %(type)s value: %(value)r"),
    text("invalid choice: %(value)r (choose from %(choices)s)"),
    text("argument %(argument_name)s: %(message)s"),
    text("%(prog)s: error: %(message)s\n"),
)


class Parser(argparse.ArgumentParser):
    """An argument parser whose mistakes point to the help."""

    def error(self, message: str) -> NoReturn:
        """Print what is wrong with the arguments and where help is, then exit 2."""
        self.print_usage(sys.stderr)
        wrong = text("{command}: {message}. See {command} --help.", command=self.prog, message=message)
        self.exit(BAD_INPUT, f"{wrong}\n")


def speak_the_users_language() -> None:
    """Speak FENHU_LANG (zh or en), Chinese where it says nothing; argparse looks up the same catalogue."""
    language = ENGLISH if os.environ.get("FENHU_LANG", "").startswith("en") else CHINESE
    set_language(language)
    os.environ["LANGUAGE"] = "zh_Hans" if language == CHINESE else "en"
    gettext.bindtextdomain("django", LOCALE_DIR)
    gettext.textdomain("django")


def print_json(answer: Mapping[str, object]) -> None:
    """Print one JSON object to stdout."""
    json.dump(answer, sys.stdout, ensure_ascii=False, allow_nan=False, default=str)
    sys.stdout.write("\n")


def complain(message: Text) -> None:
    """Print a fault to stderr."""
    print(message, file=sys.stderr)


def tell(message: Text) -> None:
    """Print what is going on to stderr, where it cannot disturb an answer on stdout."""
    print(message, file=sys.stderr)


@contextmanager
def progress_bar() -> Iterator[Report]:
    """Yield ``report(phase, done, total)``; draws on stderr, and nothing when that is no terminal."""
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, disable=not console.is_terminal) as progress:
        tasks: dict[str, TaskID] = {}

        def report(phase: Text, done: int, total: int) -> None:
            name = str(phase)
            if name not in tasks:
                tasks[name] = progress.add_task(name, total=total)
            progress.update(tasks[name], completed=done, total=total)

        yield report


def print_table(headers: Sequence[Text], rows: Iterable[Sequence[str]]) -> None:
    """Print rows under headers to stdout, aligned whatever the script; uncut when stdout is no terminal."""
    console = Console(width=None if sys.stdout.isatty() else PIPED_WIDTH)
    table = Table(box=None)
    for header in headers:
        table.add_column(str(header), overflow="fold")
    for row in rows:
        table.add_row(*row)
    console.print(table)


def output_folder(path: str) -> Path:
    """Return ``path`` as a folder that exists."""
    folder = Path(path)
    folder.mkdir(parents=True, exist_ok=True)
    return folder
