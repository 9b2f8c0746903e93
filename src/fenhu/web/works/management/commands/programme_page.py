"""Write the clerks' page of workflows."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from fenhu.programme import manual
from fenhu.web.rules import current_policy
from fenhu.wording import CHINESE, ENGLISH


class Command(BaseCommand):
    """Print docs/clerks/programme.md or its Chinese twin."""

    help = "Print the clerks' page of workflows (docs/clerks/programme.md, docs/zh/clerks/programme.md)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the language."""
        parser.add_argument("--language", choices=(ENGLISH, CHINESE), default=ENGLISH)

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the page."""
        self.stdout.write(manual(current_policy(), options["language"]), ending="")
