"""The sheets beside the schedule: reasons, summary, notes and assumptions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from fenhu.papers.schedule_columns import COLUMNS, Form, column_number
from fenhu.papers.schedule_sheet import YearSheet, ordered, summed_value
from fenhu.papers.schedule_values import Schedule, ScheduleRow
from fenhu.papers.sheet import Book, demo_marked, page_setup, row_height, write
from fenhu.papers.words import payer_name
from fenhu.records import CriterionResult, Payer
from fenhu.wording import Text, text

_FIXED_REASONS = (
    (text("No."), 5.0), (text("Year"), 7.0), (text("Building code"), 11.0), (text("District"), 8.0),
    (text("Heat supplier"), 16.0), (text("Estate"), 12.0), (text("Name of building"), 10.0),
    (text("Priority (0–1)"), 8.0), (text("Reasons for the list"), 46.0),
)  # fmt: skip
_CRITERION_WIDTH = 22.0
_ASSUMPTION_WIDTHS = (6.0, 12.0, 36.0, 30.0, 70.0)
_SUMMARY_KEYS = ("flats", "heated_area_m2", *(f"cost_{payer.value}" for payer in Payer), "cost_total")


def write_reasons(book: Book, schedule: Schedule, sheet: Worksheet) -> None:
    """Write why each building is on the list: the reasons, and every criterion with its evidence."""
    years = [(year.year, row) for year in schedule.years for row in ordered(year.rows)]
    criteria = _criteria(row for _, row in years)
    width = len(_FIXED_REASONS) + len(criteria)
    title = demo_marked(book, str(text("Reasons for the list, and the evidence for each criterion")))
    sheet.merge_range(0, 0, 0, width - 1, title, book.format("title"))
    sheet.set_row(0, 30)
    for index, (name, breadth) in enumerate(_FIXED_REASONS):
        sheet.set_column(index, index, breadth)
        write(sheet, 1, index, str(name), book.format("head"))
    for index, criterion in enumerate(criteria.values(), start=len(_FIXED_REASONS)):
        sheet.set_column(index, index, _CRITERION_WIDTH)
        write(sheet, 1, index, str(_criterion_head(criterion)), book.format("head"))
    sheet.set_row(1, row_height((str(_criterion_head(one)), _CRITERION_WIDTH) for one in criteria.values()))
    for number, (year, row) in enumerate(years, start=1):
        _reason_row(book, sheet, 1 + number, (number, year), row, tuple(criteria))
    sheet.freeze_panes(2, 4)
    sheet.autofilter(1, 0, 1 + max(1, len(years)), width - 1)
    page_setup(book, sheet, pages_wide=1, head_from=1, head_to=1)


def write_summary(book: Book, schedule: Schedule, years: Sequence[YearSheet]) -> None:
    """Write totals per year, and per supplier and district over the years, as formulas on the year sheets."""
    sheet = book.sheet(str(text("Summary")))
    title = demo_marked(book, str(text("Summary of the building schedules of {city}", city=schedule.city)))
    write(sheet, 0, 0, title, book.format("section"))
    unit = str(text("Unit of money: yuan; unit of area: m²"))
    write(sheet, 1, 0, unit, book.format("line"))
    below = _years_block(book, sheet, 3, years)
    _places_block(book, sheet, below + 2, years)
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 3 * len(years) + 10, 14)
    page_setup(book, sheet, pages_wide=1, head_from=0, head_to=1)


def write_assumptions(book: Book, schedule: Schedule) -> None:
    """Write what the figures rest on: the policy version, and every assumption with its reason and clause."""
    sheet = book.sheet(str(text("Notes and assumptions")))
    for index, breadth in enumerate(_ASSUMPTION_WIDTHS):
        sheet.set_column(index, index, breadth)
    write(sheet, 0, 0, demo_marked(book, str(text("Notes and assumptions"))), book.format("section"))
    row = 1
    for note in _notes(schedule):
        write(sheet, row, 0, str(note), book.format("line"))
        row += 1
    heads = (text("No."), text("Clause"), text("Item"), text("Value taken"), text("Reason"))
    row += 1
    for index, name in enumerate(heads):
        write(sheet, row, index, str(name), book.format("head"))
    for number, one in enumerate(schedule.assumptions, start=1):
        values = (number, one.clause, one.key, one.value, str(one.reason))
        sheet.set_row(row + number, row_height(zip(values, _ASSUMPTION_WIDTHS, strict=True)))
        for index, value in enumerate(values):
            write(sheet, row + number, index, value, book.format("wrapped"))
    page_setup(book, sheet, pages_wide=1, head_from=row, head_to=row)


def _criteria(rows: Iterable[ScheduleRow]) -> dict[str, CriterionResult]:
    """Return one example of every criterion that occurs, in the order they first occur."""
    found: dict[str, CriterionResult] = {}
    for row in rows:
        for criterion in row.criteria:
            found.setdefault(criterion.code, criterion)
    return found


def _criterion_head(criterion: CriterionResult) -> Text:
    if criterion.assumed:
        return text(
            "{name} (clause {clause}; assumed threshold)", name=criterion.name, clause=criterion.clause
        )
    return text("{name} (clause {clause})", name=criterion.name, clause=criterion.clause)


def _reason_row(
    book: Book, sheet: Worksheet, at: int, numbers: tuple[int, int], row: ScheduleRow, codes: Sequence[str]
) -> None:
    priority = None if row.priority is None else round(row.priority, 3)
    reasons = "\n".join(str(reason) for reason in row.reasons)
    fixed = (*numbers, row.code, row.district, row.supplier, row.estate, row.building, priority, reasons)
    results = {criterion.code: criterion for criterion in row.criteria}
    judged = [_judged(results.get(code)) for code in codes]
    values = (*fixed, *judged)
    widths = (*(width for _, width in _FIXED_REASONS), *(_CRITERION_WIDTH for _ in codes))
    sheet.set_row(at, row_height(zip(values, widths, strict=True)))
    for index, value in enumerate(values):
        looks = book.format("cell", "0.000") if isinstance(value, float) else book.format("wrapped")
        write(sheet, at, index, value, looks)


def _judged(criterion: CriterionResult | None) -> str:
    if criterion is None:
        return ""
    if criterion.met is None:
        return str(text("No evidence: {evidence}", evidence=criterion.evidence))
    if criterion.met:
        return str(text("Met: {evidence}", evidence=criterion.evidence))
    return str(text("Not met: {evidence}", evidence=criterion.evidence))


def _years_block(book: Book, sheet: Worksheet, row: int, years: Sequence[YearSheet]) -> int:
    heads = (
        text("Year"), text("Number of buildings"), text("Number of households"), text("Heated area"),
        *(payer_name(payer) for payer in Payer), text("Total"),
    )  # fmt: skip
    for index, name in enumerate(heads):
        write(sheet, row, index, str(name), book.format("head"))
    first = row + 1
    for at, year in enumerate(years, start=first):
        write(sheet, at, 0, str(year.year.year), book.format("cell"))
        count = f"=COUNT({year.cells('number')})"
        sheet.write_formula(at, 1, count, book.format("cell", Form.WHOLE.value), len(year.year.rows))
        for index, key in enumerate(_SUMMARY_KEYS, start=2):
            look = book.format("cell", _number_form(key))
            sheet.write_formula(at, index, f"={year.total(key)}", look, summed_value(key, year.year.rows))
    end = first + len(years)
    write(sheet, end, 0, str(text("Total")), book.format("total"))
    every = [row for year in years for row in year.year.rows]
    values = [float(len(every)), *(summed_value(key, every) for key in _SUMMARY_KEYS)]
    forms = [Form.WHOLE.value, *(_number_form(key) for key in _SUMMARY_KEYS)]
    for index, (value, form) in enumerate(zip(values, forms, strict=True), start=1):
        sheet.write_formula(end, index, _column_sum(index, first, end), book.format("total", form), value)
    return end


def _places_block(book: Book, sheet: Worksheet, row: int, years: Sequence[YearSheet]) -> None:
    """Write one row per supplier and district, with buildings, households and cost of every year."""
    keys = ("number", "flats", "cost_total")
    head = book.format("head")
    sheet.merge_range(row, 0, row + 1, 0, str(text("Heat supplier")), head)
    sheet.merge_range(row, 1, row + 1, 1, str(text("District")), head)
    names = (text("Number of buildings"), text("Number of households"), text("Cost (yuan)"))
    groups = [*(str(year.year.year) for year in years), str(text("All years"))]
    for block, group in enumerate(groups):
        sheet.merge_range(row, 2 + 3 * block, row, 4 + 3 * block, group, head)
        for index, name in enumerate(names):
            write(sheet, row + 1, 2 + 3 * block + index, str(name), head)
    every = [one for year in years for one in year.year.rows]
    first = at = row + 2
    for supplier, district in sorted({(one.supplier, one.district) for one in every}):
        write(sheet, at, 0, supplier, book.format("wrapped"))
        write(sheet, at, 1, district, book.format("wrapped"))
        for block, year in enumerate(years):
            for index, key in enumerate(keys):
                _place_sum(book, sheet, at, 2 + 3 * block + index, year, key, (supplier, district))
        held = _of_place(every, (supplier, district))
        for index, key in enumerate(keys):
            blocks = [xl_rowcol_to_cell(at, 2 + 3 * block + index) for block in range(len(years))]
            look = book.format("cell", _number_form(key))
            column = 2 + 3 * len(years) + index
            sheet.write_formula(at, column, f"={'+'.join(blocks)}", look, _value(key, held))
        at += 1
    write(sheet, at, 0, str(text("Total")), book.format("total"))
    write(sheet, at, 1, None, book.format("total"))
    for block, rows in enumerate([*(year.year.rows for year in years), every]):
        for index, key in enumerate(keys):
            column = 2 + 3 * block + index
            look = book.format("total", _number_form(key))
            sheet.write_formula(at, column, _column_sum(column, first, at), look, _value(key, rows))


def _place_sum(
    book: Book, sheet: Worksheet, row: int, column: int, year: YearSheet, key: str, place: tuple[str, str]
) -> None:
    """Write one supplier's sum in one district and year; names are compared, never read as patterns."""
    here = f"({year.cells('supplier')}=$A{row + 1})*({year.cells('district')}=$B{row + 1})"
    counted = f'({year.cells("number")}<>"")' if key == "number" else year.cells(key)
    value = _value(key, _of_place(year.year.rows, place))
    sheet.write_formula(
        row, column, f"=SUMPRODUCT({here}*{counted})", book.format("cell", _number_form(key)), value
    )


def _of_place(rows: Sequence[ScheduleRow], place: tuple[str, str]) -> list[ScheduleRow]:
    return [row for row in rows if (row.supplier, row.district) == place]


def _value(key: str, rows: Sequence[ScheduleRow]) -> float:
    return len(rows) if key == "number" else summed_value(key, rows)


def _number_form(key: str) -> str:
    return Form.WHOLE.value if key == "number" else COLUMNS[column_number(key)].form.value


def _column_sum(column: int, first: int, end: int) -> str:
    """Return the sum of the rows from ``first`` up to the one above ``end``; nothing sums to 0."""
    name = xl_col_to_name(column)
    return f"=SUM({name}{first + 1}:{name}{end})" if end > first else "=0"


def _notes(schedule: Schedule) -> tuple[Text, ...]:
    policy = text(
        "Rules: policy {id}, version {version}, digest {digest}",
        id=schedule.policy_id or "—",
        version=schedule.policy_version or "—",
        digest=schedule.policy_digest or "—",
    )
    blank = text("A blank cell means that the value is not known and is to be filled in by the office.")
    costs = text(
        "Costs are split between the payers by the rules of the policy; the parts add up to the total."
    )
    if not schedule.synthetic:
        return (policy, blank, costs)
    return (policy, blank, costs, text("All buildings, people and amounts are made up for demonstration."))
