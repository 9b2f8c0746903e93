"""Small registers to be spoilt: a sound one as plain rows, and the files it can be written to."""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import xlsxwriter

Rows = list[list[Any]]

BUILDING_HEADER = [
    "楼栋编号", "小区", "楼栋名称", "区", "供热单位", "片区", "产权单位", "产权类别", "建成年份",
    "层数", "单元数", "户数", "供热面积", "现有供暖形式", "管道年份",
    "失水率", "收费率", "欠费", "可维修", "平均室温", "最低室温",
]  # fmt: skip
FLAT_HEADER = ["楼栋编号", "单元", "楼层", "房号", "面积", "用途", "电话", "实测室温", "同意改造"]


def sound() -> dict[str, Rows]:
    """Return a register of two buildings with four flats each in which nothing is wrong."""
    return {
        "楼栋": [
            list(BUILDING_HEADER),
            ["A-1", "甲小区", "甲1号楼", "海州", "示范一公司", "C1", "示范厂", "市直", 1985, 2, 2, 4, 320,
             "单管顺流", 1985, 2.5, 80, 1200, "否", 16, 13],
            ["A-2", "甲小区", "甲2号楼", "海州", "示范一公司", "C1", "示范厂", "区属", 1990, 2, 2, 4, 320,
             "水平双管", 1995, 1.5, 80, 0, "是", 17, 15],
        ],
        "住户": [list(FLAT_HEADER)] + [
            [code, unit, storey, f"{storey}0{unit}", 80, "住宅", "00000000001", 15.5, "是"]
            for code in ("A-1", "A-2") for unit in (1, 2) for storey in (1, 2)
        ],
        "资金": [["来源", "单位", "年度", "金额"], ["市财政", "", 2010, 50000],
                 ["供热单位", "示范一公司", 2010, 80000]],
        "施工能力": [["供热单位", "年度", "工日"], ["示范一公司", 2010, 40]],
        "片区": [["片区", "区", "供热单位", "主管网费用", "进场费用"],
                 ["C1", "海州", "示范一公司", 200000, 15000]],
        "先后": [["先", "后"], ["A-1", "A-2"]],
    }  # fmt: skip


def position(sheet: str, column: str, tables: Mapping[str, Rows]) -> int:
    """Return where a column stands in a sheet."""
    return tables[sheet][0].index(column)


def with_cell(sheet: str, row: int, column: str, value: Any) -> dict[str, Rows]:
    """Return the sound register with one cell replaced; ``row`` counts as the spreadsheet does."""
    tables = sound()
    tables[sheet][row - 1][position(sheet, column, tables)] = value
    return tables


def save_workbook(
    tables: Mapping[str, Rows], path: Path, spoil: Callable[[xlsxwriter.Workbook], None] | None = None
) -> Path:
    """Write tables as a workbook; ``spoil`` may do to it what a person does."""
    workbook = xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_numbers": False})
    for name, rows in tables.items():
        worksheet = workbook.add_worksheet(name)
        for row, cells in enumerate(rows):
            for column, cell in enumerate(cells):
                if cell is not None and cell != "":
                    worksheet.write(row, column, cell)
    if spoil is not None:
        spoil(workbook)
    workbook.close()
    return path


def save_folder(
    tables: Mapping[str, Rows], path: Path, encoding: str = "utf-8", delimiter: str = ","
) -> Path:
    """Write tables as CSV files named as the sheets."""
    path.mkdir()
    for name, rows in tables.items():
        with (path / f"{name}.csv").open("w", encoding=encoding, newline="") as stream:
            csv.writer(stream, delimiter=delimiter).writerows(rows)
    return path
