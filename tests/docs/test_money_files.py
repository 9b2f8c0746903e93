"""The clerks' page on files of money names what the readers know."""

from pathlib import Path

import pytest

from fenhu.money.bank import STATEMENT
from fenhu.money.measured_file import MEASURED
from fenhu.money.opening import OPENINGS

PAGE = (Path(__file__).parents[2] / "docs/clerks/money-files.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("sheet", [STATEMENT, MEASURED, OPENINGS], ids=lambda sheet: sheet.key)
def test_every_column_has_its_row_in_the_sheets_table(sheet):
    (section,) = [part for part in PAGE.split("\n## ") if f"{sheet.chinese} ({sheet.key})" in part]
    rows = [line.split(" | ") for line in section.splitlines() if line.startswith("| ")]
    named = [(row[0].removeprefix("| "), row[1]) for row in rows]
    for column in sheet.columns:
        assert (column.chinese, column.key) in named
