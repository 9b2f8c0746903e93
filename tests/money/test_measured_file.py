"""Measured quantities by file: the template goes out, what was measured comes back, or its faults do."""

from decimal import Decimal

import openpyxl
import pytest

from fenhu.money import measured_bill
from fenhu.money.measured_file import read_measured
from fenhu.papers.fill_in import measured_template_xlsx
from fenhu.records import BillLine, Severity


def a_line(name, quantity, price, cost_fen, flat=""):
    return BillLine(
        line=name, item="common_material", flat=flat, quantity=Decimal(quantity), unit="m",
        unit_price_yuan=Decimal(price), cost_fen=cost_fen,
    )  # fmt: skip


LINES = (
    a_line("001", "12.5", "9.99", 124_87),
    a_line("002", "2", "35.00", 70_00, "1-1-101"),
    a_line("=1+1", "3", "1.005", 3_02),
)
MEASURED_COLUMN = 8


def filled(tmp_path, *measured, change=None):
    path = tmp_path / "measured.xlsx"
    measured_template_xlsx(LINES, path, articles={"001": "=HYPERLINK(1)"}, synthetic=True)
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    for row, value in enumerate(measured, start=2):
        sheet.cell(row, MEASURED_COLUMN).value = value
    if change:
        change(sheet)
    book.save(path)
    return read_measured(path, LINES)


def codes(reading):
    return [(finding.code, finding.row, finding.column) for finding in reading.findings]


def test_what_was_measured_is_priced_by_the_contract(tmp_path):
    reading = filled(tmp_path, 10, 2, 0)
    assert reading.quantities == {"001": Decimal(10), "002": Decimal(2), "=1+1": Decimal(0)}
    assert reading.findings == ()
    # 10 m × 9.99 = 99.90; 2 as contracted; nothing of the third.
    assert [line.cost_fen for line in measured_bill(LINES, reading.quantities)] == [99_90, 70_00, 0]


def test_a_blank_quantity_keeps_the_contracts(tmp_path):
    assert filled(tmp_path, None, "1.5", None).quantities == {"002": Decimal("1.5")}


def test_floating_point_adds_nothing_to_what_was_measured(tmp_path):
    assert filled(tmp_path, 0.1 + 0.2, None, None).quantities == {"001": Decimal("0.3")}


@pytest.mark.parametrize("measured", [-1, "十米", "1..2", "#REF!"])
def test_what_is_no_quantity_is_a_fault_with_its_place(tmp_path, measured):
    reading = filled(tmp_path, 10, measured)
    assert reading.quantities is None
    assert codes(reading) == [("not-a-number", 3, "实测数量")]


def test_unknown_duplicate_and_missing_lines_are_faults(tmp_path):
    def change(sheet):
        sheet["A3"], sheet["A4"] = "001", "X"

    reading = filled(tmp_path, 1, 1, 1, change=change)
    assert reading.quantities is None
    assert codes(reading) == [
        ("duplicate-line", 3, "清单行"),
        ("unknown-line", 4, "清单行"),
        ("missing-line", None, None),
        ("missing-line", None, None),
    ]


def test_a_template_nobody_filled_in_is_a_fault(tmp_path):
    assert codes(filled(tmp_path)) == [("nothing-measured", 2, "实测数量")]


def test_more_than_contracted_and_another_price_are_warned_of_and_the_price_stays(tmp_path):
    def change(sheet):
        sheet["G2"] = 12.00

    reading = filled(tmp_path, 13, None, None, change=change)
    assert {finding.severity for finding in reading.findings} == {Severity.WARNING}
    assert [code for code, _, _ in codes(reading)] == ["more-than-contracted", "other-price"]
    # 13 m × 9.99 = 129.87, not × 12.00.
    assert measured_bill(LINES, reading.quantities)[0].cost_fen == 129_87


def test_the_template_says_that_its_data_are_of_the_demo_and_keeps_names_text(tmp_path):
    path = tmp_path / "measured.xlsx"
    measured_template_xlsx(LINES, path, articles={"001": "=HYPERLINK(1)"}, synthetic=True)
    sheet = openpyxl.load_workbook(path).worksheets[0]
    assert (sheet["A4"].value, sheet["A4"].data_type) == ("=1+1", "s")
    assert (sheet["D2"].value, sheet["D2"].data_type) == ("=HYPERLINK(1)", "s")
    assert "演示数据" in sheet.oddHeader.right.text


def test_a_line_called_like_a_number_is_found_again(tmp_path):
    def change(sheet):
        sheet["A2"] = "001"

    assert filled(tmp_path, 5, None, None, change=change).quantities == {"001": Decimal(5)}
