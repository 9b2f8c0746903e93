"""The emergency brake: wall-clock seconds and a caller who may cancel. Nothing else here knows the time."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic


class Brake:
    """Says when to stop although the counted work is not done, and remembers why."""

    def __init__(self, seconds: float, cancelled: Callable[[], bool] | None) -> None:
        self._start = monotonic()
        self._seconds = seconds
        self._asked = cancelled
        self._cancelled = False

    def elapsed_s(self) -> float:
        """Return the seconds since the start."""
        return monotonic() - self._start

    def left_s(self) -> float:
        """Return the seconds that are left."""
        return self._seconds - self.elapsed_s()

    def cancelled(self) -> bool:
        """Return whether the caller cancelled; once yes, always yes."""
        if not self._cancelled and self._asked is not None:
            self._cancelled = self._asked()
        return self._cancelled

    def out_of_time(self) -> bool:
        """Return whether the seconds are used up."""
        return self.left_s() <= 0.0

    def pulled(self) -> bool:
        """Return whether to stop now."""
        return self.cancelled() or self.out_of_time()
