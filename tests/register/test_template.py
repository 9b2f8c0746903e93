"""The template to download: headers with help, lists to choose from, and an explained sheet."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from fenhu.register import COLUMNS, SHEETS, read_register, write_template
from fenhu.register.cells import READERS
from fenhu.register.faults import CODES
from fenhu.register.notes import column_line, limits

DOCS = Path(__file__).parents[2] / "docs"
CHINESE_MANUAL, MANUAL = DOCS / "zh" / "clerks" / "register.md", DOCS / "clerks" / "register.md"


def _headers(worksheet: Worksheet) -> list[object]:
    return [cell.value for cell in worksheet[1]]


def test_the_template_has_every_sheet_with_every_column(tmp_path: Path) -> None:
    write_template(tmp_path / "template.xlsx")
    workbook = load_workbook(tmp_path / "template.xlsx")
    for sheet in SHEETS:
        assert _headers(workbook[sheet.chinese]) == [column.chinese for column in sheet.columns]


def test_every_header_explains_itself_in_a_comment(tmp_path: Path) -> None:
    write_template(tmp_path / "template.xlsx")
    worksheet = load_workbook(tmp_path / "template.xlsx")["楼栋"]
    comment = worksheet["P1"].comment
    assert comment is not None
    assert comment.text.splitlines() == [
        "供热面积（heated_area_m2）必填", "数字 10–500000 m²", "例：4320.5",
    ]  # fmt: skip


def test_kinds_are_chosen_from_a_list(tmp_path: Path) -> None:
    write_template(tmp_path / "template.xlsx")
    lists = [
        rule.formula1
        for rule in load_workbook(tmp_path / "template.xlsx")["楼栋"].data_validations.dataValidation
        if rule.type == "list"
    ]
    assert '"中央,省属,市直,开发商,区属"' in lists


def test_an_untouched_template_says_what_is_missing(tmp_path: Path) -> None:
    write_template(tmp_path / "template.xlsx")
    reading = read_register(tmp_path / "template.xlsx")
    assert reading.register is None
    assert [(f.code, f.sheet) for f in reading.findings] == [("empty-sheet", "楼栋"), ("empty-sheet", "住户")]


def test_every_column_stands_in_the_clerks_manual() -> None:
    manual = CHINESE_MANUAL.read_text(encoding="utf-8")
    lines = [
        "| " + " | ".join(column_line(sheet, column)[1:]) + " |"
        for sheet in SHEETS
        for column in sheet.columns
    ]
    assert [line for line in lines if line not in manual] == []


def test_every_column_stands_in_the_english_manual_with_what_is_possible() -> None:
    lines = MANUAL.read_text(encoding="utf-8").splitlines()
    for sheet in SHEETS:
        for column in sheet.columns:
            required = "required" if column.required else ""
            row = f"| {column.english} | {column.chinese} | {required} |"
            [line] = [
                one for one in lines[lines.index(_title(lines, sheet.english)) :] if one.startswith(row)
            ][:1]
            assert limits(column).removesuffix(column.unit).strip() in line
            assert all(word.value in line for word in column.words)


def _title(lines: list[str], sheet: str) -> str:
    return next(line for line in lines if line.startswith("### ") and f"`{sheet}`" in line)


@pytest.mark.parametrize("page", [MANUAL, CHINESE_MANUAL], ids=["en", "zh"])
def test_every_code_of_a_finding_stands_in_the_clerks_manual(page: Path) -> None:
    manual = page.read_text(encoding="utf-8")
    assert [code for code in CODES if f"`{code}`" not in manual] == []


def test_every_example_in_the_table_of_columns_can_be_read() -> None:
    for columns in COLUMNS.values():
        for column in columns:
            READERS[column.kind](column.example, column)
