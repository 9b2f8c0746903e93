"""Check the books."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from fenhu.errors import InputFault
from fenhu.web.ledger import services
from fenhu.wording import text


class Command(BaseCommand):
    """Prove that the books balance."""

    help = "Prove that every transfer sums to zero, bills are charged to the fen, and no purse is overdrawn."

    def handle(self, *args: Any, **options: Any) -> None:
        """Say what was checked; end with every fault where there is one."""
        report = services.verify()
        if not report.valid:
            raise InputFault(
                text("The books do not balance: {faults}", faults="; ".join(map(str, report.faults)))
            )
        self.stdout.write(str(text(
            "The books balance: {transfers} movements with {postings} postings on {accounts} accounts,"
            " {bills} bills charged to the fen",
            transfers=report.transfers, postings=report.postings, accounts=report.accounts,
            bills=report.bills,
        )))  # fmt: skip
