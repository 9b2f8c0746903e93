"""对账单: an account from its opening balance, row by row, to its closing balance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from fenhu.drawing import yuan
from fenhu.papers.grid import Column
from fenhu.papers.table_paper import MONEY, TablePaper, table_pdf, table_xlsx
from fenhu.wording import text

_COLUMNS = (
    Column(text("Date"), 12.0), Column(text("What"), 34.0), Column(text("Document"), 20.0),
    Column(text("Debit (yuan)"), 14.0, MONEY), Column(text("Credit (yuan)"), 14.0, MONEY),
    Column(text("Balance (yuan)"), 15.0, MONEY),
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementRow:
    """One entry: what was charged (debit) or received (credit), by which document."""

    on: date
    what: str
    document: str = ""
    debit_fen: int = 0
    credit_fen: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountStatement:
    """An account over a time; balances are debit less credit, so what is still owed is positive."""

    subject: str
    first_day: date
    last_day: date
    opening_fen: int
    rows: Sequence[StatementRow]
    office: str = ""
    prepared_on: date | None = None
    synthetic: bool = False

    @property
    def closing_fen(self) -> int:
        """Return the balance after the last row."""
        return self.opening_fen + sum(row.debit_fen - row.credit_fen for row in self.rows)


def statement_xlsx(statement: AccountStatement, path: Path) -> None:
    """Write the statement as a workbook; an existing file is replaced."""
    table_xlsx(_paper(statement), path)


def statement_pdf(statement: AccountStatement) -> bytes:
    """Return the statement as a PDF on A4."""
    return table_pdf(_paper(statement))


def _paper(statement: AccountStatement) -> TablePaper:
    balance = statement.opening_fen
    opening = (statement.first_day.isoformat(), str(text("Opening balance")), "", None, None, balance)
    rows: list[tuple[object, ...]] = [opening]
    for row in statement.rows:
        balance += row.debit_fen - row.credit_fen
        debit, credit = row.debit_fen or None, row.credit_fen or None
        rows.append((row.on.isoformat(), row.what, row.document, debit, credit, balance))
    debits = sum(row.debit_fen for row in statement.rows)
    credits = sum(row.credit_fen for row in statement.rows)
    last = statement.last_day.isoformat()
    return TablePaper(
        title=text("Statement of account"),
        sheet_name=text("Statement"),
        columns=_COLUMNS,
        rows=rows,
        above=(
            text("Account: {subject}", subject=statement.subject),
            text("From {first} to {last}; {count} entries", first=statement.first_day, last=last,
                 count=len(statement.rows)),
            text("Closing balance: {yuan} yuan", yuan=yuan(statement.closing_fen)),
        ),
        totals=((last, str(text("Closing balance")), "", debits, credits, statement.closing_fen),),
        signatures=(
            text("Issued by (seal): {office}", office=statement.office or "____________"),
            text("Date: {day}", day=statement.prepared_on or "____________"),
        ),
        landscape=False,
        size=9.0,
        synthetic=statement.synthetic,
    )  # fmt: skip
