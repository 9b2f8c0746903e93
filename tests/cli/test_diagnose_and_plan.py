"""``fenhu diagnose`` and ``fenhu plan REGISTER``: the whole chain on a small city."""

import json

import openpyxl
import pytest

from fenhu.policy import load


@pytest.fixture(scope="module")
def years():
    return [2010, 2011, 2012, 2013, 2014]


def test_diagnose_answers_for_every_building(fenhu, small_city, tmp_path):
    ran = fenhu("diagnose", small_city, "--policy", "fuxin-2010", "--out", tmp_path, "--json")
    assert ran.code == 0
    buildings = ran.json()["buildings"]
    assert len(buildings) == 20
    assert {"code", "status", "before", "after", "criteria", "priority"} == set(buildings[0])
    assert {"code", "met", "evidence"} == set(buildings[0]["criteria"][0])
    explained = ran.json()["explained"]
    assert [one["code"] for one in explained] == [one["code"] for one in buildings]
    assert {"code", "status", "measured", "sentences"} == set(explained[0])
    assert all(one["sentences"] for one in explained if one["status"] in ("explained", "agrees"))
    assert json.loads((tmp_path / "diagnosis.json").read_text()) == ran.json()


def test_plan_writes_schedule_plan_report_and_plan_book(fenhu, small_city, tmp_path, years):
    ran = fenhu("plan", small_city, "--policy", "fuxin-2010", "--out", tmp_path, "--effort", 2, "--json")
    assert ran.code == 0
    plan = ran.json()
    assert {"status", "stopped_by", "gap", "objective", "bound", "years", "unplanned"} <= set(plan)
    assert [one["year"] for one in plan["years"]] == years
    planned = [code for year in plan["years"] for code in year["buildings"]]
    assert len(planned) == len(set(planned))
    assert len(planned) + len(plan["unplanned"]) == 20
    assert json.loads((tmp_path / "plan.json").read_text()) == plan
    assert {one.key for one in load("fuxin-2010").assumptions()} < {one["key"] for one in plan["assumed"]}
    assert "Building schedule" in openpyxl.load_workbook(tmp_path / "楼栋明细表.xlsx").active["A1"].value
    assert "<svg" in (tmp_path / "report.html").read_text()
    book = openpyxl.load_workbook(tmp_path / "分年改造计划.xlsx", read_only=True)
    assert "Buildings by year" in book.sheetnames
    assert (tmp_path / "分年改造计划.pdf").read_bytes().startswith(b"%PDF")


def test_the_same_seed_and_effort_give_the_same_plan(fenhu, small_city, tmp_path):
    words = (
        "plan",
        small_city,
        "--policy",
        "fuxin-2010",
        "--out",
        tmp_path,
        "--effort",
        2,
        "--seed",
        4,
        "--json",
    )
    assert fenhu(*words).json()["years"] == fenhu(*words).json()["years"]


def test_a_register_with_errors_exits_1_and_writes_nothing(fenhu, small_city, tmp_path):
    broken = tmp_path / "broken.xlsx"
    workbook = openpyxl.load_workbook(small_city)
    del workbook["住户"]
    workbook.save(broken)
    out = tmp_path / "out"
    ran = fenhu("plan", broken, "--policy", "fuxin-2010", "--out", out, "--json")
    assert ran.code == 1
    assert ran.out == ""
    assert not out.exists()


def test_a_register_needs_a_policy_and_a_folder(fenhu, small_city):
    ran = fenhu("plan", small_city)
    assert ran.code == 2
    assert "--policy" in ran.err


def test_a_file_in_the_folders_place_exits_2_and_says_so(fenhu, small_city, tmp_path):
    taken = tmp_path / "out"
    taken.write_text("a file")
    ran = fenhu("diagnose", small_city, "--policy", "fuxin-2010", "--out", taken)
    assert ran.code == 2
    assert str(taken) in ran.err
    assert taken.read_text() == "a file"


@pytest.mark.parametrize(
    ("option", "value"),
    [*(("--seconds", one) for one in (-1, 0, "nan", "soon")), *(("--seed", one) for one in (-1, 1.5, 2**63))],
)
def test_an_option_of_the_search_that_cannot_be_is_named_before_any_work(fenhu, tmp_path, option, value):
    ran = fenhu("plan", tmp_path / "none.xlsx", "--policy", "fuxin-2010", "--out", tmp_path, option, value)
    assert ran.code == 2
    assert f"{option}: {value} is no" in ran.err


def test_an_effort_below_one_is_refused_before_any_work(fenhu, small_city, tmp_path):
    ran = fenhu("plan", small_city, "--policy", "fuxin-2010", "--out", tmp_path, "--effort", 0)
    assert ran.code == 2
    assert "1 or more" in ran.err


def test_cost_design_prices_every_building_by_its_design(fenhu, small_city, tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    words = ("plan", small_city, "--policy", "fuxin-2010", "--out", tmp_path, "--effort", 2, "--json")
    by_design = fenhu(*words, "--cost", "design")
    assert by_design.code == 0
    plan, estimated = by_design.json(), fenhu(*words).json()
    assert (plan["cost"], estimated["cost"]) == ("design", "estimate")
    assert "price_book" in {one["key"] for one in plan["assumed"]}
    assert "price_book" not in {one["key"] for one in estimated["assumed"]}
    assert plan["years"] != estimated["years"]
    prices = tmp_path / "prices.toml"
    prices.write_text(
        'year = 2011\ncity = "阜新"\nsource = "x"\ntrust = "S"\n'
        '[[price]]\ncode = "labour.repair"\nyuan = 9000\n',
        encoding="utf-8",
    )
    dearer = fenhu(*words, "--cost", "design", "--prices", prices).json()
    assert any(one["value"].startswith("2011 ") for one in dearer["assumed"] if one["key"] == "price_book")
    assert dearer["years"] != plan["years"]
    kept = len(list((tmp_path / "cache" / "fenhu" / "designs").glob("*.json")))
    assert kept == 2 * (20 - len(plan["not_designed"]))


def test_a_building_that_cannot_be_designed_is_estimated_and_the_plan_says_why(
    fenhu, small_city, tmp_path, monkeypatch
):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    cold = tmp_path / "cold.xlsx"
    workbook = openpyxl.load_workbook(small_city)
    sheet = workbook["楼栋"]
    heads = [cell.value for cell in sheet[1]]
    sheet.cell(2, heads.index("供水温度") + 1).value = 36  # returns at 16 °C, cooler than the rooms
    code = sheet.cell(2, heads.index("楼栋编号") + 1).value
    workbook.save(cold)
    words = ("plan", cold, "--policy", "fuxin-2010", "--out", tmp_path, "--effort", 2, "--cost", "design")
    ran = fenhu(*words, "--json")
    assert ran.code == 0
    (one,) = [one for one in ran.json()["not_designed"] if one["code"] == code]
    assert "36" in one["reason"]
    assert code in {assumed["value"] for assumed in ran.json()["assumed"]}
    assert code in ran.err


def test_a_price_book_without_designs_exits_2(fenhu, small_city, tmp_path):
    ran = fenhu("plan", small_city, "--policy", "fuxin-2010", "--out", tmp_path, "--prices", "prices.toml")
    assert ran.code == 2
    assert "--cost design" in ran.err
