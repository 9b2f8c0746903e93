"""Put a backup in place."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from fenhu.web.keeping.restoring import restore
from fenhu.wording import text


class Command(BaseCommand):
    """Prove a backup and put it in place."""

    help = "Prove a backup, bring it to the program's version, and put it in place of what is there."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the file, and whether what is there may be set aside."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--replace", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """Restore the backup and say what it held."""
        made = restore(options["file"].absolute(), replace=options["replace"])
        self.stderr.write(str(text(
            "Restored: {rows} rows of {tables} tables and {files} files; journal and books are whole",
            rows=made.row_count, tables=len(made.rows), files=made.file_count,
        )))  # fmt: skip
