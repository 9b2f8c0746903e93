"""工程量清单: a bill of quantities as a workbook, with its material table and where every price is from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path

from xlsxwriter.utility import xl_range
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from fenhu.design.quantities import (
    Bill,
    BillTotals,
    QuantityLine,
    bill_totals,
    material_rows,
    part_name,
)
from fenhu.papers.grid import Column, finish, head_row, titled_sheet, value_row
from fenhu.papers.sheet import Book, page_setup, safe, write
from fenhu.papers.words import DEMO_DATA, form_name, item_name
from fenhu.units import yuan_from_fen
from fenhu.wording import Text, text

_MONEY, _QUANTITY, _PERCENT = "#,##0.00", "#,##0.00", "0.0%"
_MOST_IDS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class BillPaper:
    """What stands above a bill: the building in words, who made it and when."""

    title: str
    prepared_by: str = ""
    prepared_on: date | None = None
    synthetic: bool = False


_LINES = (
    Column(text("No."), 6.0), Column(text("Flat or part"), 14.0), Column(text("Cost item"), 20.0),
    Column(text("Code"), 22.0), Column(text("Article"), 26.0), Column(text("Specification"), 14.0),
    Column(text("Unit"), 6.0), Column(text("Quantity"), 10.0, _QUANTITY),
    Column(text("Unit price (yuan)"), 12.0, _MONEY), Column(text("Amount (yuan)"), 13.0, _MONEY),
    Column(text("How it is counted"), 26.0), Column(text("Counted in the design"), 40.0),
)  # fmt: skip
_CHARGES = (*_LINES[:7], replace(_LINES[7], number=_PERCENT), *_LINES[8:])
_MATERIALS = (
    Column(text("No."), 6.0), Column(text("Code"), 22.0), Column(text("Article"), 30.0),
    Column(text("Specification"), 16.0), Column(text("Unit"), 8.0),
    Column(text("Quantity"), 12.0, _QUANTITY), Column(text("Remarks"), 24.0),
)  # fmt: skip
_PRICES = (
    Column(text("Code"), 22.0), Column(text("Article"), 26.0), Column(text("Specification"), 14.0),
    Column(text("Unit"), 6.0), Column(text("Lowest (yuan)"), 12.0, _MONEY),
    Column(text("Highest (yuan)"), 12.0, _MONEY), Column(text("Price taken (yuan)"), 12.0, _MONEY),
    Column(text("Source"), 40.0), Column(text("Trust"), 7.0), Column(text("What it is worth"), 30.0),
)  # fmt: skip
_SUMS = (
    Column(text("Summed up"), 44.0), Column(text("Area (m²)"), 12.0, _QUANTITY),
    Column(text("Amount (yuan)"), 16.0, _MONEY), Column(text("Yuan per m²"), 12.0, _MONEY),
)  # fmt: skip


def bill_xlsx(bill: Bill, path: Path, paper: BillPaper) -> None:
    """Write a bill of quantities: sums, lines, material table, and the prices with their sources.

    Text stays text whatever it starts with; the same bill gives the same bytes; an existing file is replaced.

    Parameters
    ----------
    bill : the bill.
    path : the workbook to write.
    paper : what stands above it.
    """
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with Workbook(str(path), options) as workbook:
        book = Book(workbook=workbook, synthetic=paper.synthetic)
        _properties(workbook, bill, paper)
        _summary(book, bill, paper)
        _lines(book, bill, paper)
        _materials(book, bill, paper)
        _prices(book, bill, paper)


def _properties(workbook: Workbook, bill: Bill, paper: BillPaper) -> None:
    """Set the document's properties; an undated bill carries the first day of its price book."""
    day = paper.prepared_on or date(bill.year, 1, 1)
    workbook.set_properties(
        {
            "title": safe(paper.title),
            "author": safe(paper.prepared_by),
            "keywords": str(DEMO_DATA) if paper.synthetic else "",
            "created": datetime.combine(day, time()),
        }
    )


def _summary(book: Book, bill: Bill, paper: BillPaper) -> None:
    totals = bill_totals(bill)
    sheet = titled_sheet(book, paper.title, text("Summary"), _SUMS)
    row = 1
    for note in _notes(bill, paper):
        sheet.merge_range(row, 0, row, len(_SUMS) - 1, safe(str(note)), book.format("note"))
        row += 1
    for head, rows in _blocks(bill, totals):
        write(sheet, row + 1, 0, str(head), book.format("section"))
        row = _block(book, sheet, row + 2, rows)
    whole = (text("The whole building"), totals.area_m2, totals.total_fen)
    _sum_row(book, sheet, row + 1, whole, "total label", "total")
    page_setup(book, sheet, pages_wide=1, head_from=0, head_to=0)


def _notes(bill: Bill, paper: BillPaper) -> Iterable[Text]:
    yield text("Form after conversion: {form}", form=form_name(bill.form))
    yield text(
        "Prices: book of {year} ({city}), mark {digest}",
        year=str(bill.year), city=text("any city") if bill.city == "*" else bill.city, digest=bill.digest,
    )  # fmt: skip
    yield from bill.labels
    yield from bill.notes
    if paper.prepared_by or paper.prepared_on:
        yield text("Prepared by: {who}  {day}", who=paper.prepared_by, day=paper.prepared_on or "")


_Sum = tuple[Text, Decimal | None, int]


def _blocks(bill: Bill, totals: BillTotals) -> Iterable[tuple[Text, Sequence[_Sum]]]:
    yield text("By cost item"), [(item_name(item), None, fen) for item, fen in totals.items_fen.items()]
    yield text("By public part"), [(part_name(part), None, fen) for part, fen in totals.parts_fen.items()]
    flats = [
        (text("Flat {flat}", flat=flat), Decimal(str(bill.flats_m2[flat])), fen)
        for flat, fen in totals.flats_fen.items()
    ]
    yield text("By flat (inside the flats)"), flats


def _block(book: Book, sheet: Worksheet, row: int, rows: Sequence[_Sum]) -> int:
    """Write a block of sums with its head and its total as a formula; return the row below."""
    head_row(book, sheet, row, _SUMS)
    for number, one in enumerate(rows, start=1):
        _sum_row(book, sheet, row + number, one, "cell", "cell")
    last = row + len(rows) + 1
    total_fen = sum(fen for _, _, fen in rows)
    write(sheet, last, 0, str(text("Total")), book.format("subtotal label"))
    for column in (1, 3):
        write(sheet, last, column, None, book.format("subtotal"))
    sheet.write_formula(
        last, 2, f"=SUM({xl_range(row + 1, 2, last - 1, 2)})", book.format("subtotal", _MONEY),
        float(yuan_from_fen(total_fen)),
    )  # fmt: skip
    return last + 1


def _sum_row(book: Book, sheet: Worksheet, row: int, one: _Sum, label: str, look: str) -> None:
    name, area_m2, fen = one
    yuan = yuan_from_fen(fen)
    per_m2_yuan = float(yuan / area_m2) if area_m2 else None
    write(sheet, row, 0, str(name), book.format(label))
    values = (float(area_m2) if area_m2 else None, float(yuan), per_m2_yuan)
    for column, (value, shape) in enumerate(zip(values, _SUMS[1:], strict=True), start=1):
        write(sheet, row, column, value, book.format(look, shape.number))


def _lines(book: Book, bill: Bill, paper: BillPaper) -> None:
    sheet = titled_sheet(book, paper.title, text("Bill of quantities"), _LINES)
    head_row(book, sheet, 1, _LINES)
    for number, one in enumerate(bill.lines, start=1):
        columns = _CHARGES if one.line.unit == "%" else _LINES
        value_row(book, sheet, 1 + number, columns, _line_values(number, one))
    last = 2 + len(bill.lines)
    write(sheet, last, 0, str(text("Total")), book.format("total label"))
    for column in range(1, len(_LINES)):
        write(sheet, last, column, None, book.format("total"))
    sheet.write_formula(
        last, 9, f"=SUM({xl_range(2, 9, last - 1, 9)})", book.format("total", _MONEY),
        float(yuan_from_fen(bill.cost_fen)),
    )  # fmt: skip
    finish(book, sheet, len(bill.lines), _LINES)


def _line_values(number: int, one: QuantityLine) -> tuple[object, ...]:
    line = one.line
    return (
        number, line.flat or str(part_name(one.part)), str(item_name(line.item)), one.code,
        str(one.price.article), str(one.price.specification), line.unit, float(line.quantity),
        float(line.unit_price_yuan), float(yuan_from_fen(line.cost_fen)), str(one.rule), _ids(one.counted),
    )  # fmt: skip


def _ids(counted: Sequence[str]) -> str:
    if len(counted) <= _MOST_IDS:
        return ", ".join(counted)
    shown = ", ".join(counted[:_MOST_IDS])
    return str(text("{shown} and {more} more", shown=shown, more=len(counted) - _MOST_IDS))


def _materials(book: Book, bill: Bill, paper: BillPaper) -> None:
    sheet = titled_sheet(book, paper.title, text("Table of materials"), _MATERIALS)
    head_row(book, sheet, 1, _MATERIALS)
    rows = material_rows(bill)
    for number, row in enumerate(rows, start=1):
        values = (
            number, row.code, str(row.name), str(row.specification), row.unit, float(row.quantity),
            str(row.remarks),
        )  # fmt: skip
        value_row(book, sheet, 1 + number, _MATERIALS, values)
    finish(book, sheet, len(rows), _MATERIALS)


def _prices(book: Book, bill: Bill, paper: BillPaper) -> None:
    sheet = titled_sheet(book, paper.title, text("Where prices are from"), _PRICES)
    head_row(book, sheet, 1, _PRICES)
    used = {one.code: one.price for one in bill.lines}
    for number, price in enumerate(used.values(), start=1):
        values = (
            price.code, str(price.article), str(price.specification), price.unit, float(price.low_yuan),
            float(price.high_yuan), float(price.yuan), price.source, price.trust, str(price.label),
        )  # fmt: skip
        value_row(book, sheet, 1 + number, _PRICES, values)
    finish(book, sheet, len(used), _PRICES)
