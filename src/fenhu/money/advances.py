"""Who lays money out for whom: parts of a bill that one payer owes and another pays first."""

from __future__ import annotations

from collections import Counter

from fenhu.policy import Policy
from fenhu.records import Payer, SharedBill


def advances(shared: SharedBill, policy: Policy) -> dict[tuple[Payer, Payer], int]:
    """Return what is advanced, in fen, by (who lays it out, who owes it)."""
    found: Counter[tuple[Payer, Payer]] = Counter()
    for line in shared.lines:
        for rule in policy.shares_of(line.rule):
            if rule.advanced_by is not None:
                owing = Payer(rule.payer)
                found[Payer(rule.advanced_by), owing] += line.shares.get(owing, 0)
    return {pair: fen for pair, fen in sorted(found.items()) if fen}
