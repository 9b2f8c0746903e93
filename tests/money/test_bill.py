"""Reading a bill: what is read, and what is said of faults."""

from decimal import Decimal

import pytest

from fenhu.errors import UnreadableFile
from fenhu.money import read_bill
from fenhu.records import Severity

HEADER = "line,item,flat,quantity,unit,unit_price_yuan,cost_fen\n"


@pytest.fixture
def reading(tmp_path):
    def read(text, encoding="utf-8"):
        path = tmp_path / "bill.csv"
        path.write_bytes(text.encode(encoding))
        return read_bill(path)

    return read


def codes(found):
    return [(finding.row, finding.column, finding.code) for finding in found.findings]


def test_a_bill_is_read(reading):
    found = reading(HEADER + "1,indoor_material,1-1-101,45,m,12.15,54675\n2,mains,,1,项,100,10000\n")
    assert found.findings == ()
    first, second = found.lines
    assert (first.flat, first.quantity, first.unit_price_yuan, first.cost_fen) == (
        "1-1-101",
        Decimal(45),
        Decimal("12.15"),
        54_675,
    )
    assert second.flat == ""


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk"])
def test_utf8_and_gbk_are_read(reading, encoding):
    (line,) = reading(HEADER + "一,mains,,1,项,100,10000\n", encoding).lines
    assert (line.line, line.unit) == ("一", "项")


def test_columns_may_stand_in_any_order_and_blank_rows_are_skipped(reading):
    found = reading("cost_fen,item,flat,line\n\n 10 ,mains,,1\n,,,\n")
    assert [line.cost_fen for line in found.lines] == [10]


def test_a_missing_cost_is_quantity_times_price(reading):
    (line,) = reading(HEADER + "1,mains,,2.5,m,0.33,\n").lines
    assert line.cost_fen == 83  # 0.825 yuan, half a fen up


def test_a_cost_that_disagrees_is_kept_and_warned_of(reading):
    found = reading(HEADER + "1,mains,,2,m,10,2500\n")
    assert found.lines[0].cost_fen == 2_500
    assert [finding.severity for finding in found.findings] == [Severity.WARNING]
    assert codes(found) == [(2, "cost_fen", "cost-disagrees")]


def test_every_fault_has_its_row_and_column(reading):
    found = reading(
        HEADER + ",mains,,1,m,1,100\n1,,,1,m,1,100\n2,mains,,many,m,1,100\n"
        "2,mains,,1,m,1,-5\n3,mains,,1,m,,\n"
    )
    assert found.lines is None
    assert codes(found) == [
        (2, "line", "empty"),
        (3, "item", "empty"),
        (4, "quantity", "not-a-number"),
        (5, "line", "duplicate"),
        (5, "cost_fen", "not-a-number"),
        (6, "cost_fen", "empty"),
    ]


def test_missing_columns_are_named(reading):
    found = reading("line,cost_fen\n1,100\n")
    assert codes(found) == [(1, "item", "missing-column"), (1, "flat", "missing-column")]


@pytest.mark.parametrize("number", ["nan", "1e999", "inf", "１２x", "99999999999999999999"])
def test_numbers_nobody_can_pay_are_refused(reading, number):
    assert reading(HEADER + f"1,mains,,1,m,1,{number}\n").lines is None


@pytest.mark.parametrize("content", [b"PK\x03\x04\xff\xff\xff\xff", b"x" * 200_000])
def test_a_file_that_is_no_csv_is_unreadable(tmp_path, content):
    path = tmp_path / "bill.csv"
    path.write_bytes(content)
    with pytest.raises(UnreadableFile):
        read_bill(path)


def test_a_missing_file_is_unreadable(tmp_path):
    with pytest.raises(UnreadableFile):
        read_bill(tmp_path / "none.csv")
