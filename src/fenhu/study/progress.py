"""How a long piece of work says how far it is."""

from __future__ import annotations

from collections.abc import Callable

from fenhu.wording import Text

Progress = Callable[[Text, int, int], None]
Cancelled = Callable[[], bool]


def silent(phase: Text, done: int, total: int) -> None:
    """Report to nobody."""


def never() -> bool:
    """Never ask the work to stop."""
    return False
