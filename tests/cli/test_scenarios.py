"""``fenhu plan --scenarios``: what each leads to, with the same bytes on every engine."""

import json
from pathlib import Path

import pytest

SCENARIOS = """
[[scenario]]
name = "Half the money"
purses = [{ source = "CITY", factor = 0.5 }, { source = "DIST", factor = 0.5 }]

[[scenario]]
name = "Six years"
years = 6

[[scenario]]
name = "Another start"
seed = 7
"""
INSTANCE = Path(__file__).parents[1] / "data" / "planning" / "tiny60"


@pytest.fixture
def scenarios(tmp_path):
    path = tmp_path / "scenarios.toml"
    path.write_text(SCENARIOS, encoding="utf-8")
    return path


@pytest.fixture
def planned(fenhu, small_city, scenarios, tmp_path):
    def plan(*words):
        folder = tmp_path / "-".join(("out", *words)).replace("/", "")
        ran = fenhu(
            "plan", small_city, "--policy", "fuxin-2010", "--effort", 1, "--scenarios", scenarios, *words,
            "--out", folder, "--json",
        )  # fmt: skip
        assert ran.code == 0, ran.err
        return ran, folder

    return plan


def test_every_scenario_stands_in_plan_report_and_words(planned):
    ran, folder = planned("--engine", "serial")
    answer = ran.json()["what_if"]
    assert [one["name"] for one in answer["scenarios"]] == ["Half the money", "Six years", "Another start"]
    half, six, start = answer["scenarios"]
    assert half["changes"] == [
        "50 % of the city's reward money in every year",
        "50 % of every district's reward money in every year",
    ]
    assert half["flats"] <= answer["unchanged"]["flats"]
    assert (six["seed"], start["seed"], start["changes"]) == (0, 7, [])
    assert set(half["plan"]) == set(six["plan"])
    planned_in = [year for year in six["plan"].values() if year is not None]
    assert (len(planned_in), max(planned_in) <= 2015) == (six["buildings"], True)
    assert {"objective", "buildings", "flats", "fen"} == set(half["ranking"])
    assert json.loads((folder / "plan.json").read_text())["what_if"] == answer
    page = (folder / "report.html").read_text()
    for name in ("Half the money", "Six years", "Another start"):
        assert name in page
        assert f"{name}: " in ran.err


@pytest.mark.slow
def test_plan_and_report_have_the_same_bytes_on_every_engine(planned):
    ran, folder = planned("--engine", "serial")
    for engine in ("processes", "dask"):
        other, beside = planned("--engine", engine)
        assert other.out == ran.out
        for name in ("plan.json", "report.html"):
            assert (beside / name).read_bytes() == (folder / name).read_bytes()


def test_a_bare_instance_takes_scenarios_too(fenhu, tmp_path):
    path = tmp_path / "scenarios.toml"
    path.write_text('[[scenario]]\nname = "Two years"\nyears = 2\n', encoding="utf-8")
    ran = fenhu("plan", INSTANCE, "--effort", 1, "--engine", "serial", "--scenarios", path, "--json")
    assert ran.code == 0, ran.err
    [two] = ran.json()["what_if"]["scenarios"]
    assert {year for year in two["plan"].values() if year is not None} == {1, 2}
    assert ran.json()["what_if"]["unchanged"]["plan"] == ran.json()["plan"]
    assert "flats fewer than without the changes" in ran.err


@pytest.mark.parametrize(
    ("content", "expected"),
    [('[[scenario]]\nname = "x"\nforbidden = ["NO-1"]', "NO-1"), ("[[scenario]]", "scenario[1].name")],
)
def test_a_file_that_is_wrong_is_refused_before_a_bare_instance_is_planned(
    fenhu, tmp_path, content, expected
):
    path = tmp_path / "scenarios.toml"
    path.write_text(content, encoding="utf-8")
    ran = fenhu("plan", INSTANCE, "--scenarios", path)
    assert (ran.code, ran.out) == (2, "")
    assert expected in ran.err
    assert "Traceback" not in ran.err


def test_only_a_cluster_has_a_scheduler(fenhu, scenarios):
    ran = fenhu("plan", INSTANCE, "--scenarios", scenarios, "--scheduler", "tcp://10.0.0.1:8786")
    assert ran.code == 2
    assert "scheduler" in ran.err
