"""Build the demo city."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

from fenhu.errors import InputFault, NotAllowed
from fenhu.web import demo
from fenhu.wording import Text, text

# A smaller city's share of the money opens no branch of mains: nobody would have anything to do.
LEAST_BUILDINGS = 40

Report = Callable[[Text, int, int], None]


class Command(BaseCommand):
    """Build the synthetic city with one login per role; the second time it does nothing."""

    help = "Build the synthetic city with one login per role; does nothing where it already stands."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the city's size and seed."""
        parser.add_argument("--buildings", type=int, default=1000)
        parser.add_argument("--seed", type=int, default=2010)

    def handle(self, *args: Any, **options: Any) -> None:
        """Build it, showing how far it is."""
        if not settings.DEMO:
            raise NotAllowed(text("The demo has public logins; set FENHU_DEMO=1 to allow them here"))
        if options["buildings"] < LEAST_BUILDINGS:
            raise InputFault(text(
                "A demo city has at least {least} buildings; a smaller one leaves the offices without work",
                least=LEAST_BUILDINGS,
            ))  # fmt: skip
        with progress() as report:
            built = demo.build(buildings=options["buildings"], seed=options["seed"], report=report)
        said = text("The demo city stands") if built else text("The demo city stood already")
        self.stderr.write(str(said))


@contextmanager
def progress() -> Iterator[Report]:
    """Yield ``report(phase, done, total)``; draws on stderr, and nothing where that is no terminal."""
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, disable=not console.is_terminal) as bars:
        phases: dict[str, TaskID] = {}

        def report(phase: Text, done: int, total: int) -> None:
            name = str(phase)
            if name not in phases:
                phases[name] = bars.add_task(name, total=total)
            bars.update(phases[name], completed=done, total=total)

        yield report
