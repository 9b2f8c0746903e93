"""Every fault a register can have gets its code, sheet, row and column, and an error gives nothing back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.register.workbooks import Rows, position, save_workbook, sound, with_cell

from fenhu.records import Severity
from fenhu.register import read_register
from fenhu.register.faults import CODES


def test_the_sound_register_has_no_findings(tmp_path: Path) -> None:
    reading = read_register(save_workbook(sound(), tmp_path / "register.xlsx"))
    assert reading.findings == ()
    assert reading.register is not None
    assert [building.code for building in reading.register.buildings] == ["A-1", "A-2"]


ONE_CELL = [
    # sheet, row, column, what stands there, the code
    ("楼栋", 2, "楼栋名称", "", "missing-value"),
    ("楼栋", 3, "供热单位", "　", "missing-value"),
    ("楼栋", 2, "产权类别", "", "missing-value"),
    ("楼栋", 2, "建成年份", 3010, "out-of-range"),
    ("楼栋", 2, "建成年份", "八五年", "not-a-number"),
    ("楼栋", 2, "层数", 6.5, "not-whole"),
    ("楼栋", 2, "层数", 0, "out-of-range"),
    ("楼栋", 3, "户数", -4, "out-of-range"),
    ("楼栋", 2, "供热面积", 0, "out-of-range"),
    ("楼栋", 2, "供热面积", "320平方米", "not-a-number"),
    ("楼栋", 2, "供热面积", "1,25.5", "not-a-number"),
    ("楼栋", 2, "供热面积", "NaN", "not-a-number"),
    ("楼栋", 2, "供热面积", "inf", "not-a-number"),
    ("楼栋", 2, "供热面积", True, "not-a-number"),
    ("楼栋", 2, "产权类别", "私人", "unknown-word"),
    ("楼栋", 3, "现有供暖形式", "地热", "unknown-word"),
    ("楼栋", 2, "失水率", 250, "out-of-range"),
    ("楼栋", 2, "收费率", 130, "out-of-range"),
    ("楼栋", 2, "收费率", 0.92, "percent-ambiguous"),
    ("楼栋", 2, "欠费", -5, "out-of-range"),
    ("楼栋", 2, "可维修", "也许", "not-yes-no"),
    ("楼栋", 2, "平均室温", 80, "out-of-range"),
    ("楼栋", 2, "楼栋名称", "甲\x07楼", "control-character"),
    ("楼栋", 2, "楼栋名称", "楼" * 501, "too-long"),
    ("住户", 2, "单元", "一", "not-a-number"),
    ("住户", 4, "面积", 0, "out-of-range"),
    ("住户", 3, "面积", "", "missing-value"),
    ("住户", 3, "用途", "仓库", "unknown-word"),
    ("住户", 9, "实测室温", 80, "out-of-range"),
    ("住户", 9, "同意改造", 2, "not-yes-no"),
    ("资金", 2, "来源", "银行贷款", "unknown-word"),
    ("资金", 2, "年度", 3010, "out-of-range"),
    ("资金", 2, "金额", "五万", "not-a-number"),
    ("施工能力", 2, "工日", -1, "out-of-range"),
    ("片区", 2, "主管网费用", "", "missing-value"),
]


@pytest.mark.parametrize(("sheet", "row", "column", "value", "code"), ONE_CELL)
def test_one_impossible_cell_is_named_and_nothing_is_returned(
    tmp_path: Path, sheet: str, row: int, column: str, value: Any, code: str
) -> None:
    tables = with_cell(sheet, row, column, value)
    reading = read_register(save_workbook(tables, tmp_path / "register.xlsx"))
    assert reading.register is None
    named = [(f.code, f.sheet, f.row, f.column) for f in reading.findings if f.severity is Severity.ERROR]
    assert named == [(code, sheet, row, column)]


def _repeat_building() -> dict[str, Rows]:
    tables = sound()
    tables["楼栋"].append(tables["楼栋"][1])
    return tables


def _repeat_flat() -> dict[str, Rows]:
    tables = sound()
    tables["住户"].append(tables["住户"][1])
    return tables


def _repeat_budget() -> dict[str, Rows]:
    tables = sound()
    tables["资金"].append(["city", "", 2010, 7])
    return tables


def _repeat_crew() -> dict[str, Rows]:
    tables = sound()
    tables["施工能力"].append(["示范一公司", 2010, 7])
    return tables


def _order(*pairs: tuple[str, str]) -> dict[str, Rows]:
    tables = sound()
    tables["先后"] = [["先", "后"], *map(list, pairs)]
    return tables


BETWEEN_ROWS = [
    (_repeat_building(), "duplicate-code", "楼栋", 4, "楼栋编号"),
    (_repeat_flat(), "duplicate-flat", "住户", 10, "房号"),
    (_repeat_budget(), "duplicate-row", "资金", 4, "年度"),
    (_repeat_crew(), "duplicate-row", "施工能力", 3, "年度"),
    (with_cell("住户", 5, "楼栋编号", "Z-9"), "unknown-building", "住户", 5, "楼栋编号"),
    (with_cell("住户", 5, "楼层", 3), "storey-outside", "住户", 5, "楼层"),
    (with_cell("住户", 5, "单元", 4), "unit-outside", "住户", 5, "单元"),
    (with_cell("楼栋", 2, "最低室温", 18), "min-above-mean", "楼栋", 2, "最低室温"),
    (with_cell("楼栋", 3, "供热单位", "示范二公司"), "cluster-supplier", "楼栋", 3, "片区"),
    (with_cell("资金", 3, "单位", ""), "scope-missing", "资金", 3, "单位"),
    (_order(("A-1", "A-1")), "order-self", "先后", 2, "后"),
    (_order(("A-1", "Z-9")), "unknown-building", "先后", 2, "后"),
    (_order(("A-1", "A-2"), ("A-2", "A-1")), "order-cycle", "先后", 3, "后"),
]


@pytest.mark.parametrize(("tables", "code", "sheet", "row", "column"), BETWEEN_ROWS)
def test_rows_that_contradict_each_other_are_refused(
    tmp_path: Path, tables: dict[str, Rows], code: str, sheet: str, row: int, column: str
) -> None:
    reading = read_register(save_workbook(tables, tmp_path / "register.xlsx"))
    assert reading.register is None
    named = [(f.code, f.sheet, f.row, f.column) for f in reading.findings if f.severity is Severity.ERROR]
    assert named == [(code, sheet, row, column)]


def _without_column(sheet: str, column: str) -> dict[str, Rows]:
    tables = sound()
    index = position(sheet, column, tables)
    tables[sheet] = [row[:index] + row[index + 1 :] for row in tables[sheet]]
    return tables


def _without_sheet(sheet: str) -> dict[str, Rows]:
    return {name: rows for name, rows in sound().items() if name != sheet}


def _renamed(sheet: str, column: str, name: str) -> dict[str, Rows]:
    return with_cell(sheet, 1, column, name)


def _emptied(sheet: str, rows: Rows) -> dict[str, Rows]:
    return {**sound(), sheet: rows}


SHAPES = [
    (_without_sheet("楼栋"), "missing-sheet", "楼栋", None, None),
    (_without_sheet("住户"), "missing-sheet", "住户", None, None),
    (_without_column("楼栋", "供热单位"), "missing-column", "楼栋", 1, "供热单位"),
    (_without_column("住户", "面积"), "missing-column", "住户", 1, "面积"),
    (_renamed("楼栋", "小区", "区"), "duplicate-column", "楼栋", 1, "区"),
    (_emptied("楼栋", []), "empty-sheet", "楼栋", None, None),
    (_emptied("住户", sound()["住户"][:1]), "empty-sheet", "住户", None, None),
    ({**sound(), "flats": sound()["住户"]}, "duplicate-sheet", "flats", None, None),
]


@pytest.mark.parametrize(("tables", "code", "sheet", "row", "column"), SHAPES)
def test_a_sheet_of_the_wrong_shape_is_refused(
    tmp_path: Path, tables: dict[str, Rows], code: str, sheet: str, row: int | None, column: str | None
) -> None:
    reading = read_register(save_workbook(tables, tmp_path / "register.xlsx"))
    assert reading.register is None
    errors = {(f.code, f.sheet, f.row, f.column) for f in reading.findings if f.severity is Severity.ERROR}
    assert (code, sheet, row, column) in errors


def test_an_empty_workbook_misses_both_sheets(tmp_path: Path) -> None:
    reading = read_register(save_workbook({"Sheet1": []}, tmp_path / "empty.xlsx"))
    assert reading.register is None
    found = [(finding.code, finding.sheet) for finding in reading.findings]
    assert found == [("missing-sheet", "楼栋"), ("missing-sheet", "住户")]


def test_a_broken_building_row_does_not_make_its_flats_homeless(tmp_path: Path) -> None:
    tables = with_cell("楼栋", 2, "建成年份", 3010)
    reading = read_register(save_workbook(tables, tmp_path / "register.xlsx"))
    assert [f.code for f in reading.findings] == ["out-of-range"]


def test_a_name_that_stands_only_in_broken_building_rows_is_not_called_unknown(tmp_path: Path) -> None:
    tables = with_cell("楼栋", 2, "层数", "六层")
    tables["楼栋"][2][position("楼栋", "层数", tables)] = "六层"
    tables["资金"] += [["产权单位", "示范厂", 2010, 70000], ["区财政", "海州", 2010, 60000]]
    reading = read_register(save_workbook(tables, tmp_path / "register.xlsx"))
    assert [f.code for f in reading.findings] == ["not-a-number", "not-a-number"]


def test_of_one_kind_a_hundred_are_listed_and_the_rest_counted(tmp_path: Path) -> None:
    tables = sound()
    tables["住户"] += [["Z-9", 1, 1, str(room), 80] for room in range(250)]
    reading = read_register(save_workbook(tables, tmp_path / "register.xlsx"))
    homeless = [f for f in reading.findings if f.code == "unknown-building"]
    assert len(homeless) == 101
    assert homeless[-1].row is None
    assert homeless[-1].message.params["count"] == "150"  # 250 − 100


def test_every_message_says_what_to_do_and_speaks_english(tmp_path: Path) -> None:
    tables = with_cell("楼栋", 2, "供热面积", "320平方米")
    finding = read_register(save_workbook(tables, tmp_path / "register.xlsx")).findings[0]
    assert finding.message.in_language("en") == (
        "320平方米 is not a number; a bare number such as 4320.5 was expected, without unit or words"
    )


def test_every_code_met_here_is_in_the_table_of_codes() -> None:
    met = {case[4] for case in ONE_CELL} | {case[1] for case in BETWEEN_ROWS} | {case[1] for case in SHAPES}
    assert met <= set(CODES)
