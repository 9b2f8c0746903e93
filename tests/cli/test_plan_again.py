"""``fenhu plan REGISTER --approved``: what stays, what moves and why; ``--risk``: what may go wrong."""

import json
from pathlib import Path

import openpyxl
import pytest

from fenhu.cli import main

SMALL_INSTANCE = Path(__file__).parents[1] / "data" / "planning" / "tiny60"


@pytest.fixture(scope="module")
def words(small_city):
    return ("plan", small_city, "--policy", "fuxin-2010", "--effort", 1)


@pytest.fixture(scope="module")
def in_force(words, tmp_path_factory):
    folder = tmp_path_factory.mktemp("old")
    assert main([str(word) for word in (*words, "--out", folder)]) == 0
    return folder / "plan.json"


def planned(path):
    return {code: one["year"] for one in json.loads(path.read_text())["years"] for code in one["buildings"]}


def with_register(small_city, path, change):
    workbook = openpyxl.load_workbook(small_city)
    change(workbook)
    workbook.save(path)
    return path


def test_only_who_is_dropped_and_whoever_pays_its_price_changes(fenhu, words, in_force, tmp_path):
    old = planned(in_force)
    out = next(iter(old))
    ran = fenhu(*words, "--out", tmp_path / "new", "--approved", in_force, "--drop", out, "--json")
    assert ran.code == 0
    answer = ran.json()
    new = planned(tmp_path / "new" / "plan.json")
    assert out not in new
    changed = {one["code"] for one in answer["changes"]}
    assert changed == {code for code in {*old, *new} if old.get(code) != new.get(code)}
    assert next(one for one in answer["changes"] if one["code"] == out)["change"] == "dropped"
    assert all(one["why"] for one in answer["changes"])
    assert answer["gain_flats"] >= answer["price_flats"] - 1e-6
    sheet = openpyxl.load_workbook(tmp_path / "new" / "计划调整清单.xlsx").active
    cells = {str(cell.value) for row in sheet.iter_rows() for cell in row}
    assert changed <= cells
    assert "dropped out" in (tmp_path / "new" / "report.html").read_text()


def test_what_the_register_says_is_converted_stays_in_its_year(fenhu, small_city, words, in_force, tmp_path):
    old = planned(in_force)
    built = next(iter(old))

    def convert(workbook):
        sheet = workbook["楼栋"]
        heads = [cell.value for cell in sheet[1]]
        code, form = heads.index("楼栋编号"), heads.index("现有供暖形式")
        for row in sheet.iter_rows(min_row=2):
            if row[code].value == built:
                row[form].value = "household_double"

    register = with_register(small_city, tmp_path / "now.xlsx", convert)
    ran = fenhu(
        "plan", register, "--policy", "fuxin-2010", "--effort", 1, "--out", tmp_path / "new",
        "--approved", in_force, "--json",
    )  # fmt: skip
    assert ran.code == 0, ran.err
    assert planned(tmp_path / "new" / "plan.json")[built] == old[built]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("[1, 2", "JSON is not as in"),
        ('{"plan": {}}', "years is not as in"),
        ('{"years": 3}', "years is not as in"),
        ('{"years": [{"year": "2011", "buildings": ["A"]}]}', "years[1].year is not as in"),
        ('{"years": [{"year": 2011, "buildings": "A"}]}', "years[1].buildings is not as in"),
        ('{"years": [{"year": 2011, "buildings": ["NO-1"]}]}', "NO-1"),
        ('{"years": [{"year": 2050, "buildings": ["%s"]}]}', "2050"),
        ('{"years": [{"year": 2011, "buildings": ["A"]}, {"year": 2012, "buildings": ["A"]}]}', "two years"),
    ],
)
def test_a_plan_in_force_that_cannot_be_is_named(fenhu, words, in_force, tmp_path, content, expected):
    wrong = tmp_path / "wrong.json"
    code = next(iter(planned(in_force)))
    wrong.write_text(content % code if "%s" in content else content)
    ran = fenhu(*words, "--out", tmp_path / "new", "--approved", wrong)
    assert ran.code == 2
    assert expected in ran.err


def test_a_plan_in_force_that_is_not_there_is_said_to_be_missing(fenhu, words, tmp_path):
    ran = fenhu(*words, "--out", tmp_path / "new", "--approved", tmp_path / "none.json")
    assert ran.code == 2
    assert "none.json cannot be read: No such file" in ran.err


def test_a_drop_out_that_nobody_knows_is_named(fenhu, words, in_force, tmp_path):
    ran = fenhu(*words, "--out", tmp_path / "new", "--approved", in_force, "--drop", "NO-2")
    assert ran.code == 2
    assert "NO-2" in ran.err


def test_dropping_out_needs_a_plan_in_force(fenhu, words, tmp_path):
    ran = fenhu(*words, "--out", tmp_path / "new", "--drop", "X")
    assert ran.code == 2
    assert "--approved" in ran.err


def test_a_bare_instance_is_not_planned_again(fenhu):
    ran = fenhu("plan", SMALL_INSTANCE, "--approved", "old.json")
    assert ran.code == 2
    assert "speak of a register" in ran.err


def test_the_risk_and_the_pace_stand_in_plan_and_report(fenhu, words, tmp_path):
    ran = fenhu(*words, "--out", tmp_path / "new", "--risk", "--json")
    assert ran.code == 0
    answer = ran.json()
    assert 0.0 <= answer["risk"]["held_share"] <= 1.0
    assert answer["risk"]["secured"]["held_share"] >= answer["risk"]["held_share"]
    assert [one["flats_a_year"] for one in answer["pace"]["needed"]] == [22_500, 15_000, 11_250]
    page = (tmp_path / "new" / "report.html").read_text()
    assert "What may go wrong" in page
    assert "22,500" in page
