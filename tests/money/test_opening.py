"""Balances of older books by file."""

import pytest

from fenhu.money.opening import OpeningBalance, read_openings
from fenhu.papers.fill_in import opening_template_xlsx
from fenhu.records import Payer

HEAD = "楼栋编号,户,付款方,应收,已收"


def read(tmp_path, *rows, encoding="utf-8"):
    path = tmp_path / "opening.csv"
    path.write_text("\n".join([HEAD, *rows]), encoding=encoding)
    return read_openings(path)


def codes(reading):
    assert reading.balances is None
    return [(finding.code, finding.row, finding.column) for finding in reading.findings]


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_households_and_public_payers_are_read(tmp_path, encoding):
    reading = read(tmp_path, "A2,1-1-101,住户,1200.50,0", "A2,,产权单位,3000,1000", encoding=encoding)
    assert reading.balances == (
        OpeningBalance(code="A2", flat="1-1-101", payer=Payer.USER, owed_fen=120_050, paid_fen=0),
        OpeningBalance(code="A2", flat="", payer=Payer.OWNER, owed_fen=300_000, paid_fen=100_000),
    )


def test_every_fault_has_its_place_and_nothing_is_taken(tmp_path):
    reading = read(
        tmp_path,
        "A2,1-1-101,住户,1,0",
        "A2,1-1-101,user,2,0",
        "A2,,住户,1,0",
        "A2,1-1-101,市财政,1,0",
        "A2,,房东,1,0",
        "A2,,市财政,-1,",
        ",,区财政,1,0",
    )
    assert codes(reading) == [
        ("duplicate-row", 3, "楼栋编号"),
        ("flat-and-payer", 4, "户"),
        ("flat-and-payer", 5, "户"),
        ("unknown-payer", 6, "付款方"),
        ("not-a-number", 7, "应收"),
        ("empty", 7, "已收"),
        ("empty", 8, "楼栋编号"),
    ]


def test_the_empty_template_can_be_read_and_is_empty(tmp_path):
    path = tmp_path / "opening.xlsx"
    opening_template_xlsx(path)
    assert [code for code, _, _ in codes(read_openings(path))] == ["empty"]
