"""Reading a statement of payments: all of its lines, or what is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from fenhu.money.bank.columns import (
    LONGEST_NAME,
    LONGEST_REFERENCE,
    LONGEST_REMARK,
    STATEMENT,
    WAY_SPELLINGS,
    Way,
)
from fenhu.records import Finding, Severity
from fenhu.wording import text
from fenhu.worksheets import Faults, Line, open_sheets, single_table, values


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementLine:
    """One payment as the bank or the counter tells it; a returned payment is negative."""

    reference: str
    date: date
    amount_fen: int
    payer_name: str = ""
    remark: str = ""
    way: Way = Way.BANK


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementReading:
    """The lines in the file's order, and what was found; ``lines`` is None where a finding is an error."""

    lines: tuple[StatementLine, ...] | None
    findings: tuple[Finding, ...]


def read_statement(path: Path) -> StatementReading:
    """Return the payments in a workbook (.xlsx) or a CSV file (UTF-8 or GBK), headed as the template.

    A reference that appears twice is an error: a payment counts once.

    Raises
    ------
    UnreadableFile
        If the file cannot be opened as what it claims to be.
    """
    faults = Faults()
    lines: dict[str, StatementLine] = {}
    for row in single_table(STATEMENT, open_sheets(path), faults):
        line = _line(row, faults)
        if line is not None and line.reference in lines:
            faults.add(
                "duplicate-reference",
                row.sheet,
                text("Reference {reference} appears twice; a payment counts once", reference=line.reference),
                row=row.number,
                column=row.head("reference"),
            )
        elif line is not None:
            lines[line.reference] = line
    failed = any(finding.severity is Severity.ERROR for finding in faults.findings)
    return StatementReading(lines=None if failed else tuple(lines.values()), findings=tuple(faults.findings))


def _line(row: Line, faults: Faults) -> StatementLine | None:
    on = values.day(row, "date", faults)
    amount = values.money_fen(row, "amount_yuan", faults, negative=True)
    if amount == 0:
        message = text("A payment of 0 is none; delete the row or correct the amount")
        faults.add("no-amount", row.sheet, message, row=row.number, column=row.head("amount_yuan"))
        amount = None
    reference = values.short_text(row, "reference", LONGEST_REFERENCE, faults, required=True)
    name = values.short_text(row, "payer_name", LONGEST_NAME, faults)
    remark = values.short_text(row, "remark", LONGEST_REMARK, faults)
    way = _way(row, faults)
    if on is None or amount is None or reference is None or name is None or remark is None or way is None:
        return None
    return StatementLine(
        reference=reference, date=on, amount_fen=amount, payer_name=name, remark=remark, way=way
    )


def _way(row: Line, faults: Faults) -> Way | None:
    words = row.words("way").casefold()
    way = WAY_SPELLINGS.get(words) if words else Way.BANK
    if way is None:
        message = text(
            "{value} is no way of paying known here; use one of: {known}",
            value=words[:40],
            known="、".join(WAY_SPELLINGS),
        )
        faults.add("unknown-way", row.sheet, message, row=row.number, column=row.head("way"))
    return way
