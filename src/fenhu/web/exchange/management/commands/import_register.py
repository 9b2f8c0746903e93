"""Import a register from a file."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from fenhu.errors import InputFault
from fenhu.register import read_register
from fenhu.web import serving
from fenhu.web.exchange import services
from fenhu.web.sheet_names import sheet
from fenhu.wording import text


class Command(BaseCommand):
    """Import a register as the operator: all of it, or nothing."""

    help = "Import a register into the web product: all of it, or nothing and the reasons."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the file."""
        parser.add_argument("register", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        """Read, compare and write in one go; what was written is said."""
        serving.migrate()
        reading = read_register(options["register"])
        if reading.register is None:
            raise InputFault(text("The register has errors; fenhu check names them. Nothing was imported"))
        counts = services.import_register(reading.register)
        for name, count in counts.items():
            self.stderr.write(str(text(
                "{sheet}: {new} new, {changed} changed, {same} the same", sheet=sheet(name), **count
            )))  # fmt: skip
