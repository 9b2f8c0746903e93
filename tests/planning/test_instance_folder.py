"""A wrong instance folder is refused with file, row and column; the folder itself is never changed."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from fenhu.errors import FenhuError, InputFault, UnreadableFile
from fenhu.planning import read_instance
from fenhu.wording import speaking

TINY = Path(__file__).parents[1] / "data" / "planning" / "tiny60"


@pytest.fixture
def folder(tmp_path):
    return Path(shutil.copytree(TINY, tmp_path / "tiny"))


def cell(folder, file, row, column, value):
    """Put ``value`` into a cell; rows count as the spreadsheet does, the header is 1."""
    lines = (folder / file).read_text().splitlines()
    place = lines[0].split(",").index(column)
    cells = lines[row - 1].split(",")
    cells[place] = value
    lines[row - 1] = ",".join(cells)
    (folder / file).write_text("\n".join(lines) + "\n")


@pytest.mark.parametrize(
    ("file", "row", "column", "value"),
    [
        ("buildings.csv", 3, "households", "many"),
        ("buildings.csv", 3, "households", "-4"),
        ("buildings.csv", 2, "consent", "1.2"),
        ("buildings.csv", 2, "c_supplier", "-1"),
        ("buildings.csv", 2, "c_owner", "nan"),
        ("buildings.csv", 5, "authority", "province"),
        ("buildings.csv", 3, "id", "B00000"),
        ("clusters.csv", 2, "mains_cost", ""),
        ("budgets.csv", 2, "source", "LOTTERY"),
        ("budgets.csv", 2, "year", "9"),
        ("crew.csv", 2, "crew_days", "inf"),
        ("precedence.csv", 2, "before", "B99999"),
    ],
)
def test_a_wrong_cell_is_named_by_file_row_and_column(folder, file, row, column, value):
    cell(folder, file, row, column, value)
    with pytest.raises(InputFault) as fault:
        read_instance(folder)
    said = fault.value.message.in_language("en")
    assert file in said
    assert str(row) in said
    assert column in said


@pytest.mark.parametrize("file", ["buildings.csv", "clusters.csv", "budgets.csv", "crew.csv", "params.json"])
def test_a_missing_file_is_named(folder, file):
    (folder / file).unlink()
    with pytest.raises(UnreadableFile) as fault:
        read_instance(folder)
    assert file in str(fault.value)


def test_a_missing_column_is_named_with_those_needed(folder):
    text = (folder / "clusters.csv").read_text().replace("mains_cost", "mains")
    (folder / "clusters.csv").write_text(text)
    with pytest.raises(InputFault) as fault:
        read_instance(folder)
    assert "mains_cost" in str(fault.value)


@pytest.mark.parametrize(
    ("key", "value"),
    [("years", 0), ("years", "three"), ("equity", 1.5), ("discount", -0.1), ("carry", "SUPPLIER"),
     ("max_active_years", 0), ("carry", ["LOTTERY"])],
)  # fmt: skip
def test_a_wrong_parameter_is_refused(folder, key, value):
    params = json.loads((folder / "params.json").read_text())
    (folder / "params.json").write_text(json.dumps(params | {key: value}))
    with pytest.raises(FenhuError):
        read_instance(folder)


@pytest.mark.parametrize("key", ["years", "carry"])
def test_a_parameter_that_is_not_there_is_said_to_be_missing(folder, key):
    params = json.loads((folder / "params.json").read_text())
    del params[key]
    (folder / "params.json").write_text(json.dumps(params))
    with speaking("en"), pytest.raises(InputFault, match=f"params.json: {key} is missing"):
        read_instance(folder)


@pytest.mark.parametrize("broken", ["", "[]", "{", '{"years": NaN}'])
def test_broken_parameters_are_refused(folder, broken):
    (folder / "params.json").write_text(broken)
    with pytest.raises(FenhuError):
        read_instance(folder)


def test_no_order_at_all_is_fine(folder):
    (folder / "precedence.csv").unlink()
    assert len(read_instance(folder).order) == 0
