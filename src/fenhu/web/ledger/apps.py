"""The app's name, and what the books do by themselves."""

from __future__ import annotations

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    """The books in double entry."""

    name = "fenhu.web.ledger"
    label = "ledger"

    def ready(self) -> None:
        """Let plans, contracts and budgets move money, and name what is held of people."""
        from fenhu.web.ledger import followers, personal

        followers.begin()
        personal.begin()
