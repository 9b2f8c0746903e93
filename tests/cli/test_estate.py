"""``fenhu estate``: files, answer, exit codes; what a person gets wrong."""

import json
import re
import zipfile
from pathlib import Path

import pytest

MANUAL = (Path(__file__).parents[2] / "docs" / "engineers" / "estate.md").read_text(encoding="utf-8")
EXAMPLE = MANUAL.split("```toml\n")[1].split("```")[0]
HOUSE = """
storeys = 4
units = 2
flats_per_floor = 2
flat_area_m2 = 75
year_built = 1985
system_form = "vertical_single_series"
inlet_kpa = 25
"""


@pytest.fixture
def estate(tmp_path):
    (tmp_path / "12.toml").write_text(HOUSE, encoding="utf-8")
    path = tmp_path / "estate.toml"
    path.write_text(EXAMPLE, encoding="utf-8")
    return path


def test_the_example_of_the_manual_is_designed_with_its_files(fenhu, estate, tmp_path):
    ran = fenhu("estate", estate, "--out", tmp_path / "out", "--json")
    assert ran.code == 0, ran.err
    answer = ran.json()
    assert answer["status"] == "designed"
    assert [one["id"] for one in answer["pipes"]] == ["1", "2"]
    assert [one["building"] for one in answer["inlets"]] == ["12", "14"]
    assert {"building", "needed_kpa", "offered_kpa", "valve", "setting"} <= set(answer["inlets"][0])
    assert {"clause", "required", "found", "verdict"} <= set(answer["checks"][0])
    assert answer["pump"]["action"] == "none"
    assert all((tmp_path / "out" / name).stat().st_size > 0 for name in answer["files"])
    stored = json.loads((tmp_path / "out" / "estate.json").read_text(encoding="utf-8"))
    assert stored["pipes"] == answer["pipes"]


def test_the_building_file_gives_flow_and_need_by_its_design(fenhu, estate, tmp_path):
    ran = fenhu("estate", estate, "--out", tmp_path / "out", "--json")
    inlet = ran.json()["inlets"][0]
    # 16 flats of 75 m² at 54 W/m² (1985) and 25 K: 64.8 kW, 2.27 m³/h
    assert inlet["load_w"] == pytest.approx(16 * 75 * 54.0, rel=0.05)
    assert inlet["flow_m3_h"] == pytest.approx(inlet["load_w"] / (4187.0 * 25.0) / 983.248 * 3600.0, rel=1e-3)


def test_the_same_estate_gives_the_same_bytes(fenhu, estate, tmp_path):
    for name in ("one", "two"):
        fenhu("estate", estate, "--out", tmp_path / name)
    for path in (tmp_path / "one").iterdir():
        assert path.read_bytes() == (tmp_path / "two" / path.name).read_bytes()


def test_a_weak_pump_ends_with_exit_1_and_says_what_to_do(fenhu, estate, tmp_path):
    estate.write_text(re.sub(r"pump_curve = .*", "head_kpa = 100", EXAMPLE), encoding="utf-8")
    ran = fenhu("estate", estate, "--out", tmp_path / "out")
    assert ran.code == 1
    assert "Raise the pump's head from 100.0" in ran.out or "Add a booster" in ran.out
    answer = fenhu("estate", estate, "--out", tmp_path / "out", "--json").json()
    assert answer["status"] == "action_needed"
    assert set(answer["pump"]["missing_kpa"]) <= {"12", "14"}
    assert [one["cost_fen"] for one in answer["pump"]["weighed"]] == sorted(
        one["cost_fen"] for one in answer["pump"]["weighed"]
    )


def test_the_workbook_has_its_sheets_and_the_picture_is_svg(fenhu, estate, tmp_path):
    fenhu("estate", estate, "--out", tmp_path / "out")
    with zipfile.ZipFile(tmp_path / "out" / "二次网水力计算书.xlsx") as book:
        sheets = [name for name in book.namelist() if name.startswith("xl/worksheets/sheet")]
    assert len(sheets) == 6
    picture = (tmp_path / "out" / "network.svg").read_text(encoding="utf-8")
    assert picture.startswith("<svg")
    assert "DN100" in picture


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("length_m = 120.0", "length_m = -1"), "pipe '1': length_m is -1"),
        (('nodes = ["S", "A", "B"]', 'nodes = ["S", "A"]'), "names node 'B'"),
        (('file = "12.toml"', 'file = "13.toml"'), "13.toml"),
        (("[substation]", "[substation"), "estate.toml"),
        (("regulated = false", "regular = false"), "unknown key 'regular'"),
        (("dn = 100", "dn = 32"), "no pump of an estate gives that"),
    ],
)
def test_bad_input_ends_with_exit_2_and_the_reason(fenhu, estate, tmp_path, change, said):
    estate.write_text(EXAMPLE.replace(*change), encoding="utf-8")
    ran = fenhu("estate", estate, "--out", tmp_path / "out")
    assert ran.code == 2
    assert said in ran.err
    assert "Traceback" not in ran.err


def test_a_file_that_is_not_there_is_said(fenhu, tmp_path):
    ran = fenhu("estate", tmp_path / "none.toml", "--out", tmp_path / "out")
    assert (ran.code, "none.toml" in ran.err) == (2, True)
