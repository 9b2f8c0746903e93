"""Write a backup."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from fenhu.web.keeping.backing_up import backup
from fenhu.wording import text


class Command(BaseCommand):
    """Write database, stored files and key into one file."""

    help = "Write all the city stored into one file, while the product serves, and read it back."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the file."""
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the backup and say what it holds."""
        made = backup(options["file"].absolute())
        self.stderr.write(str(text(
            "{file}: {rows} rows of {tables} tables and {files} files, read back and compared",
            file=str(options["file"]), rows=made.row_count, tables=len(made.rows), files=made.file_count,
        )))  # fmt: skip
