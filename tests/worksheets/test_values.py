"""Cells of tables people fill in: days, money and texts as clerks and spreadsheets write them."""

from datetime import date, datetime
from decimal import Decimal

import pytest

from fenhu.worksheets import Column, Faults, Line, Sheet, single_table, values

HEADS = {"cell": "金额"}


def read(reader, cell, **more):
    faults = Faults()
    line = Line("表", 7, {} if cell is None else {"cell": cell}, HEADS)
    return reader(line, "cell", faults=faults, **more), [finding.code for finding in faults.findings]


@pytest.mark.parametrize(
    "cell",
    [
        date(2010, 5, 3), datetime(2010, 5, 3, 9, 30), "2010-05-03", "2010/5/3", "2010.05.03", "20100503",
        "2010年5月3日", "２０１０－０５－０３", "2010-05-03 12:30:01", 20100503.0,
    ],
)  # fmt: skip
def test_a_day_is_read_as_clerks_and_banks_write_it(cell):
    assert read(values.day, cell) == (date(2010, 5, 3), [])


@pytest.mark.parametrize("cell", ["2010-02-30", "3.5.2010", "昨天", 40301.0, "1010-05-03", True])
def test_what_is_no_day_is_a_fault(cell):
    assert read(values.day, cell) == (None, ["not-a-day"])


@pytest.mark.parametrize(
    ("cell", "fen"),
    [
        (1080.5, 108_050),
        ("1,080.50", 108_050),
        ("¥1080.5", 108_050),
        ("１０８０．５元", 108_050),
        (0.1 + 0.2, 30),
    ],
)
def test_money_is_read_to_the_fen(cell, fen):
    assert read(values.money_fen, cell) == (fen, [])


@pytest.mark.parametrize("cell", ["十元", "1e400", "nan", "1.2.3", "12,34", True])
def test_what_is_no_number_is_a_fault(cell):
    assert read(values.money_fen, cell) == (None, ["not-a-number"])


def test_parts_of_a_fen_are_a_fault():
    assert read(values.money_fen, "10.005") == (None, ["parts-of-a-fen"])


def test_less_than_nothing_is_a_fault_unless_allowed():
    assert read(values.money_fen, -5.0) == (None, ["not-a-number"])
    assert read(values.money_fen, -5.0, negative=True) == (-500, [])
    assert read(values.number, "3.25") == (Decimal("3.25"), [])


def test_an_empty_cell_of_a_column_that_is_there_is_a_fault():
    assert read(values.money_fen, None) == (None, ["empty"])


def test_a_text_too_long_for_the_books_is_a_fault():
    assert read(values.short_text, "长" * 11, most=10) == (None, ["too-long"])
    assert read(values.short_text, " =1+1\n 二 ", most=10) == ("=1+1 二", [])


TABLE = Sheet("payments", "到账明细", (Column("date", "日期", required=True), Column("remark", "摘要")))


def rows_of(sheets):
    faults = Faults()
    lines = single_table(TABLE, sheets, faults)
    return [line.words("date") for line in lines], [finding.code for finding in faults.findings]


def test_the_only_filled_sheet_is_read_whatever_it_is_called():
    assert rows_of({"Sheet1": [["日期"], ["a"]], "Sheet2": [[]], "填写说明": [["x"]]}) == (["a"], [])


def test_among_several_sheets_the_named_one_is_read():
    assert rows_of({"旧": [["日期"], ["a"]], "到账明细": [["date"], ["b"]]}) == (["b"], [])
    assert rows_of({"旧": [["日期"], ["a"]], "新": [["日期"], ["b"]]}) == ([], ["missing-sheet"])


def test_a_row_that_adds_up_the_others_is_left_out():
    assert rows_of({"s": [["日期", "摘要"], ["a", ""], ["合 计", ""]]}) == (["a"], [])


def test_a_missing_column_is_named():
    assert rows_of({"s": [["摘要"], ["x"]]}) == ([""], ["missing-column"])


@pytest.mark.parametrize(
    "typed", ["银行 1", " 银行 1", "银行\u30001\u3000", "\ufeff银行\t 1", "\x01 银行 1\u200b"]
)
def test_a_text_is_the_same_whatever_blanks_and_unseen_signs_are_typed_around_it(typed):
    assert read(values.short_text, typed, most=80) == ("银行 1", [])


@pytest.mark.parametrize("typed", ["\u200b", "\x01 \ufeff"])
def test_a_text_of_unseen_signs_alone_is_an_empty_cell(typed):
    assert read(values.short_text, typed, most=80, required=True) == (None, ["empty"])
