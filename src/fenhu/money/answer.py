"""The fixed JSON of ``fenhu share``."""

from __future__ import annotations

from fenhu.records import Payer, SharedBill


def shares_json(shared: SharedBill) -> dict[str, object]:
    """Return a shared bill as ``{"lines": [{"line", "shares"}], "total"}``, every payer in each, in fen."""
    return {
        "lines": [
            {"line": line.line, "shares": {payer.value: line.shares.get(payer, 0) for payer in Payer}}
            for line in shared.lines
        ],
        "total": {payer.value: shared.total.get(payer, 0) for payer in Payer},
    }
