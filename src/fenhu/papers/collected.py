"""对账汇总: what payers, buildings or suppliers owed, were charged and paid in a year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from fenhu.papers.grid import Column
from fenhu.papers.table_paper import MONEY, TablePaper, table_pdf, table_xlsx
from fenhu.wording import Text, text

_FIGURES = (
    Column(text("Owed at the beginning (yuan)"), 16.0, MONEY), Column(text("Charged (yuan)"), 16.0, MONEY),
    Column(text("Received (yuan)"), 16.0, MONEY), Column(text("Owed at the end (yuan)"), 16.0, MONEY),
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class CollectedStatement:
    """A year's statement over many accounts; a row is a name, a flat or "", and four sums in fen."""

    subject: str
    year: int
    first_column: Text
    rows: Sequence[tuple[str, str, int, int, int, int]]
    synthetic: bool = False


def collected_xlsx(statement: CollectedStatement, path: Path) -> None:
    """Write the statement as a workbook; an existing file is replaced."""
    table_xlsx(_paper(statement), path)


def collected_pdf(statement: CollectedStatement) -> bytes:
    """Return the statement as a PDF on A4."""
    return table_pdf(_paper(statement))


def _paper(statement: CollectedStatement) -> TablePaper:
    sums = tuple(sum(int(row[n]) for row in statement.rows) for n in range(2, 6))
    return TablePaper(
        title=text("Statement of the year {year}", year=str(statement.year)),
        sheet_name=text("Statement"),
        columns=(Column(statement.first_column, 34.0), Column(text("Flat"), 12.0), *_FIGURES),
        rows=statement.rows,
        above=(text("{subject}, {count} rows", subject=statement.subject, count=len(statement.rows)),),
        totals=((str(text("Total")), "", *sums),),
        signatures=(text("Issued by (seal): {office}", office="____________"),),
        landscape=False,
        size=9.0,
        synthetic=statement.synthetic,
    )
