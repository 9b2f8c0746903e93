"""The fixed JSON of ``fenhu share``."""

from __future__ import annotations

from collections.abc import Mapping

from fenhu.records import Payer, SharedBill


def shares_json(
    shared: SharedBill, advanced: Mapping[tuple[Payer, Payer], int] | None = None
) -> dict[str, object]:
    """Return a shared bill as ``{"lines": [{"line", "shares"}], "total"}``, every payer in each, in fen.

    Where somebody advances a part (``money.advances``), ``advanced`` says who, for whom and how much.
    """
    laid_out = [
        {"by": by.value, "for": owing.value, "fen": fen} for (by, owing), fen in (advanced or {}).items()
    ]
    return {
        "lines": [
            {"line": line.line, "shares": {payer.value: line.shares.get(payer, 0) for payer in Payer}}
            for line in shared.lines
        ],
        "total": {payer.value: shared.total.get(payer, 0) for payer in Payer},
    } | ({"advanced": laid_out} if laid_out else {})
