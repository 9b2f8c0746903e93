"""Receipts, statements, the reward's allocation and the list of arrears, read back from their files."""

from datetime import date
from decimal import Decimal

import openpyxl
import pypdfium2
import pytest

from fenhu.papers.arrears import ArrearsRow, arrears_xlsx
from fenhu.papers.receipt import ReceiptPaper, receipt_pdf
from fenhu.papers.reward_allocation import (
    AllocationRow,
    RewardAllocation,
    reward_allocation_pdf,
    reward_allocation_xlsx,
)
from fenhu.papers.statement import AccountStatement, StatementRow, statement_pdf, statement_xlsx

LONG = "阜新市海州区某某房屋开发建设有限责任公司第一分公司" * 2


def pages_of(made):
    with pypdfium2.PdfDocument(made) as document:
        return [page.get_textpage().get_text_range().replace("\r\n", "") for page in document]


def receipt(**more):
    known = {
        "number": "HZ-2010-000123", "payer": "张三", "building": "和平小区A2号楼", "flat": "1-1-101",
        "contract_number": "HT-2010-00017", "amount_fen": 108_050, "purpose": "户内材料费",
        "clause": "二(五)", "way": "银行", "reference": "L001", "issued_by": "第一供热公司",
        "issued_on": date(2010, 5, 3),
    }  # fmt: skip
    return ReceiptPaper(**(known | more))


def test_a_receipt_says_who_paid_what_for_what_by_which_clause():
    (page,) = pages_of(receipt_pdf(receipt()))
    for words in (
        "收款收据", "HZ-2010-000123", "张三", "1-1-101", "HT-2010-00017", "1,080.50", "壹仟零捌拾元伍角",
        "户内材料费", "二(五)", "L001", "第一供热公司", "2010-05-03",
    ):  # fmt: skip
        assert words in page.replace(" ", "") or words in page
    assert "作废" not in page
    assert "演示数据" not in page


def test_a_receipt_taken_back_says_so_with_day_and_reason():
    (page,) = pages_of(receipt_pdf(receipt(void_on=date(2010, 5, 9), void_reason="金额录错", synthetic=True)))
    assert page.count("作废") >= 2
    assert "金额录错" in page
    assert "演示数据" in page


def test_a_receipt_stays_on_its_page_and_its_words_stay_words():
    hostile = "#set page(width: 1mm) *x* $y$ =1+1"
    (page,) = pages_of(
        receipt_pdf(receipt(payer=LONG, building=LONG, purpose=hostile + LONG, void_on=date(2010, 5, 9)))
    )
    assert "#set page(width: 1mm)" in page


def test_the_same_receipt_has_the_same_bytes():
    assert receipt_pdf(receipt()) == receipt_pdf(receipt())


def statement(count=3, **more):
    rows = [
        StatementRow(on=date(2010, 5, 1), what="=1+1", document="HT-1", debit_fen=100_00),
        *(
            StatementRow(on=date(2010, 6, 1), what="收款", document=f"R{n}", credit_fen=30_01)
            for n in range(count)
        ),
    ]
    return AccountStatement(
        subject="和平小区A2号楼 1-1-101", first_day=date(2010, 1, 1), last_day=date(2010, 12, 31),
        opening_fen=5_00, rows=rows, **more,
    )  # fmt: skip


def test_a_statement_runs_from_opening_to_closing_balance(tmp_path):
    path = tmp_path / "s.xlsx"
    statement_xlsx(statement(synthetic=True), path)
    sheet = openpyxl.load_workbook(path).worksheets[0]
    rows = list(sheet.iter_rows(values_only=True))
    balances = [row[5] for row in rows if isinstance(row[5], int | float)]
    # 5 + 100 = 105, then 30.01 off three times: 74.99, 44.98, 14.97, which is the closing balance too.
    assert balances == [5, 105, 74.99, 44.98, 14.97, 14.97]
    assert "演示数据" in rows[0][0]
    (formula,) = [cell for row in sheet.iter_rows() for cell in row if cell.value == "=1+1"]
    assert formula.data_type == "s"


def test_a_long_statement_goes_over_pages_with_its_head_repeated():
    pages = pages_of(statement_pdf(statement(count=200)))
    assert len(pages) > 2
    assert all("借方" in page for page in pages)
    assert "200" not in pages[0].split("共")[0]


def test_an_empty_statement_still_closes():
    empty = AccountStatement(
        subject="", first_day=date(2010, 1, 1), last_day=date(2010, 12, 31), opening_fen=-7_00, rows=()
    )
    (page,) = pages_of(statement_pdf(empty))
    assert "-7.00" in page


def row(number, district, supplier, payment_fen):
    return AllocationRow(
        district=district, supplier=supplier, building=f"A{number}", acceptance_number=f"YS-{number}",
        households=50, area_m2=Decimal("4500.50"), base_fen=payment_fen + 100, payment_fen=payment_fen,
        progress_ratio=Decimal("1.2"), deduction_fen=100, cumulative_fen=payment_fen,
    )  # fmt: skip


ALLOCATION = RewardAllocation(
    city="阜新市", year=2010, basis="五(一)", synthetic=True,
    rows=[row(1, "海州", "甲", 10_00), row(2, "细河", "甲", 20_00), row(3, "海州", "乙", 40_00)],
)  # fmt: skip


def test_the_allocation_adds_up_by_district_and_supplier(tmp_path):
    path = tmp_path / "a.xlsx"
    reward_allocation_xlsx(ALLOCATION, path)
    rows = list(openpyxl.load_workbook(path).worksheets[0].iter_rows(values_only=True))
    totals = {
        (one[0], one[1]): one[12] for one in rows if one[3] is None and isinstance(one[12], int | float)
    }
    # 海州 10 + 40, 细河 20; 甲 10 + 20, 乙 40; all 70.
    assert totals == {
        ("海州", None): 50, ("细河", None): 20, (None, "甲"): 30, (None, "乙"): 40, (None, None): 70,
    }  # fmt: skip
    assert [one[3] for one in rows if one[3]][1:] == ["YS-3", "YS-1", "YS-2"]


def test_the_allocation_is_signed_by_both_bureaus():
    page = "".join(pages_of(reward_allocation_pdf(ALLOCATION)))
    for words in ("建设主管部门", "财政部门", "YS-1", "4,500.50", "1.20", "演示数据"):
        assert words in page


@pytest.mark.parametrize("count", [0, 3])
def test_arrears_are_listed_largest_first_with_their_sum(tmp_path, count):
    path = tmp_path / "d.xlsx"
    rows = [
        ArrearsRow(
            building="A2", flat=f"1-1-10{n}", payer="@住户", owed_fen=100, paid_fen=0, overdue_fen=n * 10
        )
        for n in range(count)
    ]
    arrears_xlsx(rows, path, office="第一供热公司", as_of=date(2010, 6, 1))
    sheet = openpyxl.load_workbook(path).worksheets[0]
    overdue = [row[6] for row in sheet.iter_rows(values_only=True) if isinstance(row[6], int | float)]
    assert overdue == ([0.2, 0.1, 0, 0.3] if count else [0])
