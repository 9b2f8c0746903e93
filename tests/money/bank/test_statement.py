"""Statements of banks and counters as files: what is read, and what is refused with its place."""

from datetime import date

import pytest
from xlsxwriter.workbook import Workbook

from fenhu.errors import UnreadableFile
from fenhu.money.bank import StatementLine, Way, read_statement
from fenhu.papers.fill_in import OPTIONS, statement_template_xlsx

HEAD = ["日期", "金额", "付款人", "摘要", "流水号", "方式"]
GOOD = ["2010-05-03", "1080.50", "张三", "HT-2010-00017", "L001", "柜台"]


def csv_file(tmp_path, *rows, encoding="utf-8", name="bank.csv"):
    path = tmp_path / name
    path.write_text("\n".join(",".join(row) for row in rows), encoding=encoding)
    return path


def faults(reading):
    assert reading.lines is None
    return [(finding.code, finding.row, finding.column) for finding in reading.findings]


LINE = StatementLine(
    reference="L001",
    date=date(2010, 5, 3),
    amount_fen=108_050,
    payer_name="张三",
    remark="HT-2010-00017",
    way=Way.COUNTER,
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_csv_file_is_read_in_either_encoding(tmp_path, encoding):
    reading = read_statement(csv_file(tmp_path, HEAD, GOOD, encoding=encoding))
    assert reading.lines == (LINE,)
    assert reading.findings == ()


def test_a_workbook_gives_the_same_lines_as_the_csv_file(tmp_path):
    path = tmp_path / "bank.xlsx"
    with Workbook(str(path), OPTIONS) as book:
        sheet = book.add_worksheet("明细")
        sheet.write(0, 0, "某银行代收明细")
        sheet.write_row(1, 0, ["date", "amount_yuan", "payer_name", "remark", "reference", "way"])
        sheet.write_datetime(2, 0, date(2010, 5, 3), book.add_format({"num_format": "yyyy-mm-dd"}))
        sheet.write_row(2, 1, [1080.5, "张三", "HT-2010-00017", "L001", "counter"])
    assert read_statement(path).lines == (LINE,)
    assert read_statement(path) == read_statement(path)


def test_a_returned_payment_is_negative_and_a_blank_way_is_the_bank(tmp_path):
    reading = read_statement(csv_file(tmp_path, HEAD, ["20100504", "-12.00", "", "", "L002", ""]))
    assert [(line.amount_fen, line.way) for line in reading.lines] == [(-1200, Way.BANK)]


def test_text_that_looks_like_a_formula_stays_text(tmp_path):
    row = ["2010-05-03", "1", "=1+1", "@SUM(A1)", "L1", ""]
    (line,) = read_statement(csv_file(tmp_path, HEAD, row)).lines
    assert (line.payer_name, line.remark) == ("=1+1", "@SUM(A1)")


def test_every_fault_names_its_row_and_column_and_nothing_is_taken(tmp_path):
    reading = read_statement(
        csv_file(
            tmp_path,
            HEAD,
            GOOD,
            ["昨天", "10", "", "", "L2", ""],
            ["2010-05-03", "十元", "", "", "L3", ""],
            ["2010-05-03", "0", "", "", "L4", ""],
            ["2010-05-03", "1.005", "", "", "L5", ""],
            ["2010-05-03", "1", "", "", "", ""],
            ["2010-05-03", "1", "", "", "L7", "牛"],
            ["2010-05-04", "2", "", "", "L001", ""],
        )
    )
    assert faults(reading) == [
        ("not-a-day", 3, "日期"),
        ("not-a-number", 4, "金额"),
        ("no-amount", 5, "金额"),
        ("parts-of-a-fen", 6, "金额"),
        ("empty", 7, "流水号"),
        ("unknown-way", 8, "方式"),
        ("duplicate-reference", 9, "流水号"),
    ]
    assert {finding.sheet for finding in reading.findings} == {"bank"}


def test_a_missing_column_and_an_empty_file_are_told(tmp_path):
    assert faults(read_statement(csv_file(tmp_path, ["日期", "金额"], ["2010-05-03", "1"])))[0] == (
        "missing-column", 1, "流水号",
    )  # fmt: skip
    assert faults(read_statement(csv_file(tmp_path, HEAD)))[0][0] == "empty"


def test_a_file_that_is_no_table_is_refused(tmp_path):
    path = tmp_path / "bank.xlsx"
    path.write_bytes(b"%PDF-1.4")
    with pytest.raises(UnreadableFile):
        read_statement(path)
    with pytest.raises(UnreadableFile):
        read_statement(tmp_path / "missing.csv")


def test_the_empty_template_is_read_as_empty_and_nothing_else(tmp_path):
    path = tmp_path / "template.xlsx"
    statement_template_xlsx(path)
    assert [code for code, _, _ in faults(read_statement(path))] == ["empty"]
