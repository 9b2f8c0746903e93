"""What people really type is read; what had to be assumed is said as a warning."""

from __future__ import annotations

import dataclasses
import zipfile
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from tests.register.workbooks import Rows, position, save_folder, save_workbook, sound, with_cell

from fenhu.records import FlatUse, OwnerKind, Register, Severity, SystemForm
from fenhu.register import read_register


def _read(tmp_path: Path, tables: dict[str, Rows]) -> Register:
    reading = read_register(save_workbook(tables, tmp_path / "register.xlsx"))
    assert reading.findings == ()
    assert reading.register is not None
    return reading.register


@pytest.mark.parametrize(
    ("sheet", "column", "typed", "attribute", "meant"),
    [
        ("楼栋", "供热面积", "３２０", "heated_area_m2", 320.0),
        ("楼栋", "供热面积", " 320.0 ", "heated_area_m2", 320.0),
        ("楼栋", "欠费", "1,250.5", "arrears_fen", 125050),
        ("楼栋", "欠费", "１，２５０．５０", "arrears_fen", 125050),
        ("楼栋", "欠费", 0.1 + 0.2, "arrears_fen", 30),
        ("楼栋", "收费率", "92%", "fee_collection_percent", 92.0),
        ("楼栋", "收费率", "92％", "fee_collection_percent", 92.0),
        ("楼栋", "收费率", "0.5%", "fee_collection_percent", 0.5),
        ("楼栋", "产权类别", "Municipal", "owner_kind", OwnerKind.MUNICIPAL),
        ("楼栋", "产权类别", " 市 直 ", "owner_kind", OwnerKind.MUNICIPAL),
        ("楼栋", "现有供暖形式", "vertical_single_bypass", "system_form", SystemForm.VERTICAL_SINGLE_BYPASS),
        ("楼栋", "现有供暖形式", "共用立管分户双管", "system_form", SystemForm.HOUSEHOLD_DOUBLE),
        ("楼栋", "可维修", "YES", "maintainable", True),
        ("楼栋", "可维修", 0, "maintainable", False),
        ("楼栋", "可维修", True, "maintainable", True),
        ("楼栋", "可维修", "", "maintainable", None),
        ("楼栋", "楼栋名称", "甲\n1号楼", "name", "甲 1号楼"),
        ("楼栋", "楼栋名称", 101.0, "name", "101"),
        ("楼栋", "楼栋名称", "=1+1", "name", "=1+1"),
        ("楼栋", "建成年份", "1985", "year_built", 1985),
        ("楼栋", "平均室温", "", "mean_room_c", None),
    ],
)
def test_what_people_type_is_understood(
    tmp_path: Path, sheet: str, column: str, typed: Any, attribute: str, meant: Any
) -> None:
    register = _read(tmp_path, with_cell(sheet, 2, column, typed))
    assert getattr(register.buildings[0], attribute) == meant


@pytest.mark.parametrize(
    ("column", "typed", "attribute", "meant"),
    [
        ("房号", 101.0, "room", "101"),
        ("房号", "0101", "room", "0101"),
        ("电话", 4185551234.0, "phone", "4185551234"),
        ("用途", "", "use", FlatUse.DWELLING),
        ("用途", "shop", "use", FlatUse.SHOP),
        ("同意改造", "", "consent", None),
        ("同意改造", "no", "consent", False),
    ],
)
def test_flats_keep_room_and_phone_as_text(
    tmp_path: Path, column: str, typed: Any, attribute: str, meant: Any
) -> None:
    register = _read(tmp_path, with_cell("住户", 2, column, typed))
    assert getattr(register.flats[0], attribute) == meant


def test_headers_may_be_english_and_untidy_and_columns_in_any_order(tmp_path: Path) -> None:
    tables = sound()
    names = {"楼栋编号": " CODE* ", "单元": "Unit", "楼层": "楼 层", "房号": "房号（室）", "面积": "Area_m2"}
    tables["住户"][0] = [names.get(name, name) for name in tables["住户"][0]]
    tables["住户"] = [list(reversed(row)) for row in tables["住户"]]
    assert _read(tmp_path, tables) == _read(tmp_path, sound())


def test_rows_may_come_in_any_order_and_blank_rows_do_not_count(tmp_path: Path) -> None:
    tables = sound()
    tables["楼栋"] = [tables["楼栋"][0], [], tables["楼栋"][2], ["", "　"], tables["楼栋"][1]]
    assert [building.code for building in _read(tmp_path, tables).buildings] == ["A-2", "A-1"]


def test_optional_sheets_may_be_absent_without_a_word(tmp_path: Path) -> None:
    tables = {name: rows for name, rows in sound().items() if name in ("楼栋", "住户")}
    reading = read_register(save_workbook(tables, tmp_path / "register.xlsx"))
    assert reading.findings == ()
    assert reading.absent_sheets == ("budgets", "crews", "clusters", "order")
    assert reading.register is not None
    assert reading.register.budgets == ()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
def test_csv_is_read_in_any_encoding_a_spreadsheet_writes(tmp_path: Path, encoding: str) -> None:
    reading = read_register(save_folder(sound(), tmp_path / "register", encoding))
    assert reading.findings == ()
    assert reading.register == _read(tmp_path, sound())


@pytest.mark.parametrize("delimiter", ["\t", ";"])
def test_csv_may_be_separated_by_tabs_or_semicolons(tmp_path: Path, delimiter: str) -> None:
    reading = read_register(save_folder(sound(), tmp_path / "register", "gbk", delimiter))
    assert reading.register == _read(tmp_path, sound())


def test_the_small_hand_made_folder_is_read() -> None:
    reading = read_register(Path(__file__).parents[1] / "data" / "registers" / "two_buildings_gbk")
    assert reading.findings == ()
    assert reading.register is not None
    assert [flat.flat_id for flat in reading.register.flats] == ["1-1-101", "1-2-201", "1-1-101", "1-2-201"]
    assert reading.register.buildings[0].supplier == "示范一公司"


def test_bytes_that_are_no_text_are_named_with_their_row(tmp_path: Path) -> None:
    folder = save_folder(sound(), tmp_path / "register")
    content = (folder / "住户.csv").read_bytes().split(b"\r\n")
    content[3] += b"\xff\xff"
    (folder / "住户.csv").write_bytes(b"\r\n".join(content))
    reading = read_register(folder)
    assert reading.register is None
    assert [(f.code, f.sheet, f.row) for f in reading.findings] == [("encoding", "住户", 4)]


def test_a_quotation_mark_out_of_place_is_named_with_its_row(tmp_path: Path) -> None:
    folder = save_folder(sound(), tmp_path / "register")
    lines = (folder / "住户.csv").read_text(encoding="utf-8").splitlines()
    lines[2] = '"A-1"x,1,1,101,80'
    (folder / "住户.csv").write_text("\n".join(lines), encoding="utf-8")
    reading = read_register(folder)
    assert reading.register is None
    assert [(f.code, f.sheet, f.row) for f in reading.findings] == [("broken-csv", "住户", 3)]


def _extra_building() -> dict[str, Rows]:
    tables = sound()
    tables["楼栋"].append([*tables["楼栋"][2]])
    tables["楼栋"][3][0] = "A-3"
    return tables


def _with_total_row() -> dict[str, Rows]:
    tables = sound()
    tables["住户"].append(["合计", "", "", "", 640])
    return tables


def _under_a_title() -> dict[str, Rows]:
    tables = sound()
    tables["楼栋"].insert(0, ["示范市楼栋登记表"])
    return tables


def _with_column(name: str) -> dict[str, Rows]:
    tables = sound()
    tables["楼栋"][0].append(name)
    return tables


def _unused_cluster() -> dict[str, Rows]:
    tables = sound()
    tables["片区"].append(["C9", "海州", "示范一公司", 1, 1])
    return tables


WARNINGS = [
    (with_cell("楼栋", 2, "户数", 5), "flats-disagree", "楼栋", 2, "户数"),
    (with_cell("楼栋", 2, "户数", 3), "flats-disagree", "楼栋", 2, "户数"),
    (with_cell("楼栋", 2, "供热面积", 350), "area-disagrees", "楼栋", 2, "供热面积"),
    (_extra_building(), "no-flats", "楼栋", 4, "户数"),
    (with_cell("楼栋", 2, "管道年份", 1980), "pipe-older", "楼栋", 2, "管道年份"),
    (with_cell("楼栋", 2, "欠费", 10.005), "rounded-to-fen", "楼栋", 2, "欠费"),
    (with_cell("楼栋", 3, "片区", "C2"), "unknown-cluster", "楼栋", 3, "片区"),
    (with_cell("楼栋", 3, "区", "太平"), "cluster-district", "楼栋", 3, "片区"),
    (_unused_cluster(), "unused-cluster", "片区", 3, "片区"),
    (with_cell("资金", 2, "单位", "全市"), "scope-ignored", "资金", 2, "单位"),
    (with_cell("资金", 3, "单位", "示范二公司"), "unknown-scope", "资金", 3, "单位"),
    (with_cell("施工能力", 2, "供热单位", "示范二公司"), "unknown-supplier", "施工能力", 2, "供热单位"),
    (_with_column("建成年代"), "unknown-column", "楼栋", 1, "建成年代"),
    (_with_total_row(), "total-row", "住户", 10, None),
    (_under_a_title(), "title-rows", "楼栋", 1, None),
    ({**sound(), "通讯录": [["姓名"], ["张某某"]]}, "unknown-sheet", "通讯录", None, None),
]


@pytest.mark.parametrize(("tables", "code", "sheet", "row", "column"), WARNINGS)
def test_what_can_be_assumed_is_a_warning_and_the_register_is_returned(
    tmp_path: Path, tables: dict[str, Rows], code: str, sheet: str, row: int | None, column: str | None
) -> None:
    reading = read_register(save_workbook(tables, tmp_path / "register.xlsx"))
    assert reading.register is not None
    assert [(f.severity, f.code, f.sheet, f.row, f.column) for f in reading.findings] == [
        (Severity.WARNING, code, sheet, row, column)
    ]


def _assumed(tmp_path: Path, tables: dict[str, Rows]) -> Register:
    register = read_register(save_workbook(tables, tmp_path / "register.xlsx")).register
    assert register is not None
    return register


def test_more_listed_flats_than_stated_are_counted(tmp_path: Path) -> None:
    assert _assumed(tmp_path, with_cell("楼栋", 2, "户数", 3)).buildings[0].flats == 4
    assert _assumed(tmp_path, with_cell("楼栋", 2, "户数", 5)).buildings[0].flats == 5


def test_pipes_older_than_the_building_become_as_old_as_it(tmp_path: Path) -> None:
    assert _assumed(tmp_path, with_cell("楼栋", 2, "管道年份", 1980)).buildings[0].pipe_year == 1985


def test_a_percent_column_of_shares_is_read_as_shares(tmp_path: Path) -> None:
    tables = sound()
    index = position("楼栋", "收费率", tables)
    tables["楼栋"][1][index], tables["楼栋"][2][index] = 0.92, 0.8
    reading = read_register(save_workbook(tables, tmp_path / "register.xlsx"))
    assert [(f.code, f.row, f.column) for f in reading.findings] == [("percent-as-share", 2, "收费率")]
    assert reading.register is not None
    assert [building.fee_collection_percent for building in reading.register.buildings] == [92.0, 80.0]


def test_hidden_rows_are_read_and_mentioned(tmp_path: Path) -> None:
    def hide(workbook: xlsxwriter.Workbook) -> None:
        workbook.get_worksheet_by_name("住户").set_row(4, None, None, {"hidden": True})

    reading = read_register(save_workbook(sound(), tmp_path / "register.xlsx", hide))
    assert [(f.code, f.sheet, f.row) for f in reading.findings] == [("hidden-rows", "住户", 5)]
    assert reading.register is not None
    assert len(reading.register.flats) == 8


def test_merged_cells_give_every_row_their_value(tmp_path: Path) -> None:
    def merge(workbook: xlsxwriter.Workbook) -> None:
        workbook.get_worksheet_by_name("楼栋").merge_range(1, 1, 2, 1, "乙小区")

    reading = read_register(save_workbook(sound(), tmp_path / "register.xlsx", merge))
    assert [(f.code, f.sheet, f.row) for f in reading.findings] == [("merged-cells", "楼栋", 2)]
    assert reading.register is not None
    assert [building.estate for building in reading.register.buildings] == ["乙小区", "乙小区"]


def test_a_merged_header_is_refused(tmp_path: Path) -> None:
    def merge(workbook: xlsxwriter.Workbook) -> None:
        workbook.get_worksheet_by_name("楼栋").merge_range(0, 1, 0, 2, "楼栋名称")

    reading = read_register(save_workbook(sound(), tmp_path / "register.xlsx", merge))
    assert reading.register is None
    assert ("merged-header", "楼栋", 1) in [(f.code, f.sheet, f.row) for f in reading.findings]


@pytest.mark.parametrize("shows", ["#REF!", "#N/A", "#DIV/0!"])
def test_a_formula_that_failed_is_named(tmp_path: Path, shows: str) -> None:
    def break_formula(workbook: xlsxwriter.Workbook) -> None:
        workbook.get_worksheet_by_name("住户").write_formula("E4", "=Sheet9!A1", None, shows)

    reading = read_register(save_workbook(sound(), tmp_path / "register.xlsx", break_formula))
    assert reading.register is None
    assert [(f.code, f.sheet, f.row, f.column) for f in reading.findings] == [
        ("formula-error", "住户", 4, "面积")
    ]
    assert reading.findings[0].message.params["shows"] == shows


def test_a_formula_never_calculated_is_named(tmp_path: Path) -> None:
    source = save_workbook(sound(), tmp_path / "sound.xlsx")
    path = tmp_path / "register.xlsx"
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "xl/worksheets/sheet2.xml":
                content = content.replace(b'<c r="E3"><v>80</v></c>', b'<c r="E3"><f>8*10</f><v></v></c>')
            new.writestr(name, content)
    reading = read_register(path)
    assert reading.register is None
    assert [(f.code, f.sheet, f.row, f.column) for f in reading.findings] == [
        ("formula-without-value", "住户", 3, "面积")
    ]


def test_a_calculated_formula_gives_its_value(tmp_path: Path) -> None:
    def calculate(workbook: xlsxwriter.Workbook) -> None:
        workbook.get_worksheet_by_name("住户").write_formula("E4", "=8*10", None, 80)

    path = save_workbook(sound(), tmp_path / "register.xlsx", calculate)
    assert read_register(path).register == _read(tmp_path, sound())


def test_a_room_number_turned_into_a_date_is_named(tmp_path: Path) -> None:
    def turn(workbook: xlsxwriter.Workbook) -> None:
        dated = workbook.add_format({"num_format": "yyyy-mm-dd"})
        workbook.get_worksheet_by_name("住户").write_number("D4", 40180, dated)

    reading = read_register(save_workbook(sound(), tmp_path / "register.xlsx", turn))
    assert reading.register is None
    assert [(f.code, f.row, f.column) for f in reading.findings] == [("date-for-text", 4, "房号")]


def test_the_same_file_gives_the_same_findings_twice(tmp_path: Path) -> None:
    path = save_workbook(with_cell("楼栋", 2, "户数", 9), tmp_path / "register.xlsx")
    assert read_register(path) == read_register(path)


def test_a_register_read_from_english_names_reports_in_english_names(tmp_path: Path) -> None:
    tables = sound()
    tables["楼栋"][0] = ["code" if name == "楼栋编号" else name for name in tables["楼栋"][0]]
    tables["buildings"] = tables.pop("楼栋")
    tables["buildings"].append(tables["buildings"][1])
    reading = read_register(save_workbook(tables, tmp_path / "register.xlsx"))
    assert [(f.code, f.sheet, f.column) for f in reading.findings] == [
        ("duplicate-code", "buildings", "code")
    ]


def test_what_was_assumed_changes_only_the_record_it_is_about(tmp_path: Path) -> None:
    register = _assumed(tmp_path, with_cell("楼栋", 2, "管道年份", 1980))
    unchanged = _assumed(tmp_path, sound())
    assert register == dataclasses.replace(unchanged, buildings=unchanged.buildings)
