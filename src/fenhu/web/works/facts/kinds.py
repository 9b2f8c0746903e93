"""What a step leaves on the row it moves."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

Stamp = Callable[[Any, Any, str, date], Mapping[str, object]]


def nothing(case: Any, actor: Any, note: str, today: date) -> dict[str, object]:
    """Leave nothing beside the state."""
    return {}
