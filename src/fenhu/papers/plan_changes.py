"""《计划调整清单》: which buildings a plan made again moves, from when to when, why and at what price."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from fenhu.papers.grid import Column
from fenhu.papers.table_paper import TablePaper, table_pdf, table_xlsx
from fenhu.wording import Text, text

_FLATS = "#,##0"
_COLUMNS = (
    Column(text("Building no."), 12.0), Column(text("Building"), 22.0), Column(text("District"), 10.0),
    Column(text("Heat supplier"), 20.0), Column(text("Number of households"), 10.0, _FLATS),
    Column(text("Change"), 10.0), Column(text("From"), 8.0), Column(text("To"), 8.0),
    Column(text("State"), 10.0), Column(text("Price asked (flats)"), 11.0, _FLATS),
    Column(text("Lost if it went back (flats)"), 13.0, _FLATS), Column(text("Why"), 60.0),
)  # fmt: skip
CHANGES = {
    "dropped": text("dropped out"), "removed": text("taken out"), "moved": text("moved"),
    "added": text("taken in"),
}  # fmt: skip
STAGES = {
    "free": text("free"), "approved": text("approved"), "signed": text("under contract"),
    "built": text("built"), "dropped": text("dropped out"),
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeRow:
    """One building whose year changes; years are labels, "" where there is none.

    ``change`` is a key of CHANGES, ``stage`` one of STAGES. ``gain_flats`` is None where the building
    cannot go back as things are.
    """

    code: str
    name: str
    district: str
    supplier: str
    flats: int
    change: str
    from_year: str
    to_year: str
    stage: str
    price_flats: float
    gain_flats: float | None
    why: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeList:
    """The list with what stands above it."""

    title: Text
    above: Sequence[Text]
    rows: Sequence[ChangeRow]
    synthetic: bool = False


def changes_xlsx(changes: ChangeList, path: Path) -> None:
    """Write the list as a workbook; an existing file is replaced."""
    table_xlsx(_paper(changes), path)


def changes_pdf(changes: ChangeList) -> bytes:
    """Return the list as a PDF on A4."""
    return table_pdf(_paper(changes))


def _paper(changes: ChangeList) -> TablePaper:
    return TablePaper(
        title=changes.title,
        sheet_name=text("Changes"),
        columns=_COLUMNS,
        rows=[_row(one) for one in changes.rows],
        above=changes.above,
        synthetic=changes.synthetic,
    )


def _row(one: ChangeRow) -> tuple[object, ...]:
    return (
        one.code, one.name, one.district, one.supplier, one.flats, str(CHANGES[one.change]), one.from_year,
        one.to_year, str(STAGES[one.stage]), round(one.price_flats),
        None if one.gain_flats is None else round(one.gain_flats), str(one.why),
    )  # fmt: skip
