"""``fenhu plan --why CODE`` and what it says about what a plan misses."""

from __future__ import annotations

import json
from pathlib import Path

TINY = Path(__file__).parents[1] / "data" / "planning" / "tiny60"


def test_a_building_of_an_instance_folder_is_explained_beside_the_fixed_json(fenhu):
    plain = fenhu("plan", TINY, "--effort", 1, "--json").json()
    left_out = next(code for code, year in plain["plan"].items() if year is None)
    planned = next(code for code, year in plain["plan"].items() if year == 2)
    ran = fenhu("plan", TINY, "--effort", 1, "--json", "--why", left_out, "--why", planned)
    answer = ran.json()
    assert {key: answer[key] for key in plain} == plain
    assert set(answer) - set(plain) == {"why"}
    assert set(answer["why"]) == {left_out, planned}
    assert answer["why"][left_out]["year"] is None
    assert answer["why"][planned]["year"] == 2
    assert answer["why"][planned]["without"]["loss"] >= 0.0
    assert f"{left_out}: not planned." in ran.err
    assert f"{planned}: planned in 2." in ran.err


def test_a_code_nobody_knows_is_refused_before_any_work(fenhu):
    ran = fenhu("plan", TINY, "--why", "B99999")
    assert ran.code == 2
    assert "B99999" in ran.err


def test_what_a_register_s_plan_misses_comes_with_its_conflict_and_ways_out(fenhu, small_city, tmp_path):
    # twenty buildings cannot reach a target of a hundred
    ran = fenhu("plan", small_city, "--policy", "fuxin-2010", "--out", tmp_path, "--effort", 1, "--json")
    help_given = ran.json()["help"]
    assert help_given[0]["demand"] == "the target of 100 buildings in 2010"
    assert help_given[0]["proven"]
    assert help_given[0]["ways_out"][0]["kind"] == "less"
    assert "cannot be had even without any limit: at least 80 buildings would be missing" in ran.err
    assert "Way out: For 2010 " in ran.err
    assert "cannot be had even without any limit" in (tmp_path / "report.html").read_text()
    assert json.loads((tmp_path / "plan.json").read_text())["help"] == help_given


def test_a_building_of_a_register_is_explained(fenhu, small_city, tmp_path):
    words = ("plan", small_city, "--policy", "fuxin-2010", "--out", tmp_path, "--effort", 1, "--json")
    code = fenhu(*words).json()["unplanned"][0]["code"]
    ran = fenhu(*words, "--why", code)
    assert set(ran.json()["why"]) == {code}
    assert f"{code}: not planned." in ran.err
