"""Payments by file: a bank's or a counter's statement in, who paid what out, and whom nobody could name.

In: a workbook or CSV file, and what is owed. Out: its lines with every fault, and a match for each line by
named evidence or the reason why it is left to a person.
"""

from fenhu.money.bank.columns import STATEMENT, WAY_NAMES, Way
from fenhu.money.bank.matching import (
    EVIDENCE_NAMES,
    Evidence,
    Match,
    Matches,
    OpenItem,
    Unmatched,
    match_payments,
)
from fenhu.money.bank.statement import StatementLine, StatementReading, read_statement

__all__ = [
    "EVIDENCE_NAMES", "STATEMENT", "WAY_NAMES", "Evidence", "Match", "Matches", "OpenItem", "StatementLine",
    "StatementReading", "Unmatched", "Way", "match_payments", "read_statement",
]  # fmt: skip
