"""No key twice: codes, flats, budgets, crews, clusters and pairs of the order."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any

from fenhu.register.faults import Findings
from fenhu.register.rows import Rows
from fenhu.wording import text


def check_unique(
    rows: Rows, key: Callable[[Any], tuple[Hashable, ...]], attribute: str, code: str, findings: Findings
) -> None:
    """Report every row whose ``key`` an earlier row has already."""
    first: dict[Hashable, int] = {}
    for number, record in rows.numbered():
        parts = key(record)
        seen = first.setdefault(parts, number)
        if seen != number:
            message = text(
                "Row {row} repeats row {first} ({key}); delete one of them or correct its key",
                row=number,
                first=seen,
                key=" ".join(str(part) for part in parts if part != ""),
            )
            rows.note(findings, code, number, attribute, message)
