"""工程量清单 as a workbook: every sum agrees, every line opens, text stays text."""

from dataclasses import replace
from datetime import date

import pytest
from openpyxl import load_workbook
from tests.design.hand_made import a_design

from fenhu.design.prices import price_book
from fenhu.design.quantities import bill_of_quantities, bill_totals, material_rows
from fenhu.papers import BillPaper, bill_xlsx
from fenhu.wording import speaking

PAPER = BillPaper(title="12号楼", prepared_by="设计室", prepared_on=date(2011, 3, 1))
BILL = bill_of_quantities(a_design(), price_book(2010))
SUMMARY, LINES, MATERIALS, PRICES = (
    "Summary",
    "Bill of quantities",
    "Table of materials",
    "Where prices are from",
)


@pytest.fixture
def written(tmp_path):
    """Return a function that writes a bill in English and reads its values back."""

    def write(bill=BILL, paper=PAPER):
        path = tmp_path / "bill.xlsx"
        with speaking("en"):
            bill_xlsx(bill, path, paper)
        return load_workbook(path, data_only=True)

    return write


def everything(sheet):
    return [one.value for row in sheet for one in row if one.value is not None]


def test_the_sheets_are_summary_lines_materials_and_prices(written):
    assert written().sheetnames == [SUMMARY, LINES, MATERIALS, PRICES]


def test_the_lines_sum_to_the_total_below_them(written):
    sheet = written()[LINES]
    amounts = [sheet.cell(row, 10).value for row in range(3, sheet.max_row)]
    assert len(amounts) == len(BILL.lines)
    assert round(sum(amounts) * 100) == BILL.cost_fen
    assert sheet.cell(sheet.max_row, 10).value == pytest.approx(BILL.cost_fen / 100)


def test_the_total_is_a_formula(tmp_path):
    bill_xlsx(BILL, tmp_path / "bill.xlsx", PAPER)
    sheet = load_workbook(tmp_path / "bill.xlsx")["工程量清单"]
    assert sheet.cell(sheet.max_row, 10).value == f"=SUM(J3:J{sheet.max_row - 1})"


def test_a_line_shows_place_code_quantity_price_and_what_it_counts(written):
    sheet = written()[LINES]
    row = next(row for row in sheet.iter_rows(min_row=3, values_only=True) if row[3] == "lock_valve.20")
    assert row[1:] == (
        "1-101", "Indoor pipes and valves: material", "lock_valve.20", "Lock valve", "DN20", "个", 1, 62.5,
        62.5, "valves, meters and instruments in the design", "1-101.lock",
    )  # fmt: skip


def test_the_summary_has_every_item_part_and_flat_and_the_warning_of_demo_prices(written):
    said = everything(written()[SUMMARY])
    totals = bill_totals(BILL)
    for fen in (*totals.items_fen.values(), *totals.parts_fen.values(), *totals.flats_fen.values()):
        assert fen / 100 in said
    assert "demo price, to be replaced by the local cost bulletin" in said
    assert any(BILL.digest in str(one) for one in said)
    assert totals.total_fen / 100 in said


def test_the_material_table_and_the_prices_are_complete(written):
    book = written()
    assert len(list(book[MATERIALS].iter_rows(min_row=3))) == len(material_rows(BILL))
    assert len(list(book[PRICES].iter_rows(min_row=3))) == len({one.code for one in BILL.lines})
    assert "facts E" in everything(book[PRICES])


def test_text_that_looks_like_a_formula_stays_text(tmp_path):
    evil = "=HYPERLINK(1)"
    design = a_design(1)
    flats = tuple(replace(one, id=evil) for one in design.flats)
    segments = tuple(replace(one, flat=evil) if one.flat else one for one in design.segments)
    bill = bill_of_quantities(
        replace(design, flats=flats, segments=segments, devices=(), radiators=()), price_book(2010)
    )
    bill_xlsx(bill, tmp_path / "bill.xlsx", replace(PAPER, title=evil))
    for sheet in load_workbook(tmp_path / "bill.xlsx"):
        for row in sheet:
            for cell in row:
                assert cell.data_type != "f" or cell.value.startswith("=SUM(")


def test_the_same_bill_gives_the_same_bytes(tmp_path):
    for name in ("a.xlsx", "b.xlsx"):
        bill_xlsx(BILL, tmp_path / name, PAPER)
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_a_bill_of_demo_data_says_so_on_every_sheet(written):
    book = written(paper=replace(PAPER, synthetic=True))
    assert all("Demo data" in sheet["A1"].value for sheet in book)
