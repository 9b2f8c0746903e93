"""Serve the product."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from fenhu.web import serving


class Command(BaseCommand):
    """Serve pages and do background work."""

    help = "Serve the web product and its background worker until you press Ctrl-C."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the port."""
        parser.add_argument("--port", type=int, default=8000)

    def handle(self, *args: Any, **options: Any) -> None:
        """Serve until stopped."""
        serving.serve(options["port"])
