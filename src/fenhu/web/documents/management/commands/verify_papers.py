"""Check the issued papers."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from fenhu.errors import InputFault
from fenhu.web.documents import services
from fenhu.wording import text


class Command(BaseCommand):
    """Prove that issued papers are as they were issued."""

    help = "Hash every stored paper again and compare it with the digest recorded when it was issued."

    def handle(self, *args: Any, **options: Any) -> None:
        """Say what was checked; end with every paper that is not as it was, where there is one."""
        report = services.verify()
        if not report.valid:
            raise InputFault(
                text(
                    "Issued papers are not as they were: {faults}", faults="; ".join(map(str, report.faults))
                )
            )
        self.stdout.write(str(text(
            "The issued papers are whole: {papers} papers, {size} MB, each with the digest of its issue",
            papers=report.papers, size=f"{report.size_bytes / 1e6:,.1f}",
        )))  # fmt: skip
