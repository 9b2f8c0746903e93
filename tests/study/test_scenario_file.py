"""A file of scenarios: what it says is asked for, and whatever is wrong in it is named."""

import re

import pytest
from tests.planning.small import an_instance

from fenhu import study
from fenhu.errors import InputFault, UnreadableFile
from fenhu.planning import EVERY_SCOPE, EVERY_YEAR, PurseChange
from fenhu.planning.task.changes import RULES, SOURCES
from fenhu.study import scenario_file
from fenhu.wording import speaking

NAMED = '[[scenario]]\nname = "a"\n'


@pytest.fixture(autouse=True)
def _in_english():
    with speaking("en"):
        yield


@pytest.fixture
def written(tmp_path):
    def write(content):
        path = tmp_path / "scenarios.toml"
        path.write_text(content, encoding="utf-8")
        return path

    return write


@pytest.fixture
def task():
    return an_instance(
        flats=[20, 30, 40], benefit=[90, 80, 70], earliest=[0, 0, 0], priority=[True, False, False],
        cost_yuan=[2000, 3000, 4000], cluster=[0, 0, 0], district=[0, 1, 1], supplier_of_cluster=(0,),
        years=2, money_yuan=9000, crew_days=50, upper_yuan=1000, carry=frozenset(),
    )  # fmt: skip


def test_every_key_becomes_a_change_of_the_task(written, task):
    path = written("""
[[scenario]]
name = "everything"
seed = 5
years = 3
pinned = { B0 = 2 }
forbidden = ["B1"]
freed = ["B2"]
target_buildings = { "1" = 2 }
target_flats = { "2" = 0 }
rules = { equity_ratio = 0.25, max_active_years = 1 }
purses = [
  { source = "CITY", factor = 0.9 },
  { source = "DIST", scope = "west", year = 1, add_fen = -500 },
  { source = "CREW", scope = "0", add_crew_days = 2.5 },
]

[[scenario]]
name = "another start"
""")
    everything, start = study.scenarios_of(task, study.read_scenarios(path), seed=3)
    changes = everything.changes
    assert (everything.name, everything.seed, start.name, start.seed) == ("everything", 5, "another start", 3)
    assert changes.purses == (
        PurseChange(source="CITY", factor=0.9, scope=EVERY_SCOPE, year=EVERY_YEAR),
        PurseChange(source="DIST", scope=1, year=0, add=-500),
        PurseChange(source="CREW", scope=0, add=2500),
    )
    assert (changes.years, changes.pinned, changes.forbidden, changes.freed) == (3, {0: 1}, {1}, {2})
    assert (changes.target_buildings, changes.target_flats) == ({0: 2}, {1: 0})
    assert changes.rules == {"equity_ratio": 0.25, "max_active_years": 1}
    assert start.changes == type(changes)()


def test_the_file_knows_every_rule_the_planner_does():
    assert set(scenario_file._Rules.model_fields) == set(RULES)


@pytest.mark.parametrize("source", SOURCES)
def test_every_purse_of_the_planner_may_stand_in_a_file(source, tmp_path):
    path = tmp_path / "scenarios.toml"
    path.write_text(f'{NAMED}purses = [{{ source = "{source}", factor = 1.0 }}]', encoding="utf-8")
    (asked,) = study.read_scenarios(path)
    assert asked.changes["purses"][0]["source"] == source


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("", "scenario"),
        ("scenario = []", "scenario"),
        ("[[scenario]]\nseed = 1", "scenario[1].name"),
        ('[[scenario]]\nname = ""', "scenario[1].name"),
        (NAMED + NAMED, "two scenarios called “a”"),
        (NAMED + "colour = 1", "scenario[1].colour"),
        (NAMED + "seed = -1", "scenario[1].seed: It must be at least 0"),
        (NAMED + '[[scenario]]\nname = "b"\nyears = 101', "scenario[2].years: It may be at most 100"),
        (NAMED + 'purses = [{ source = "MOON" }]', "It must be one of: CITY, DIST,"),
        (NAMED + "years = 0", "scenario[1].years"),
        (NAMED + 'years = "6"', "scenario[1].years"),
        (NAMED + "rules = { kindness = 1 }", "scenario[1].rules.kindness"),
        (NAMED + "rules = { equity_ratio = nan }", "scenario[1].rules.equity_ratio"),
        (NAMED + "rules = { max_active_years = 0 }", "scenario[1].rules.max_active_years"),
        (NAMED + 'purses = [{ source = "BANK" }]', "scenario[1].purses[1].source"),
        (NAMED + 'purses = [{ source = "CITY", factor = inf }]', "scenario[1].purses[1].factor"),
        (NAMED + 'purses = [{ source = "CITY", add_fen = 99999999999999999 }]', "purses[1].add_fen"),
        (NAMED + 'purses = [{ source = "CITY", add_crew_days = 1.0 }]', "Crews take add_crew_days"),
        (NAMED + 'purses = [{ source = "CREW", add_fen = 1 }]', "every other purse add_fen"),
        (NAMED + "target_flats = { soon = 6 }", "scenario[1].target_flats"),
        (NAMED + "forbidden = 3", "scenario[1].forbidden"),
    ],
)
def test_what_is_wrong_is_named(written, content, expected):
    with pytest.raises(InputFault) as told:
        study.read_scenarios(written(content))
    assert expected in str(told.value)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ('forbidden = ["B7"]', "B7"),
        ("pinned = { B0 = 9 }", "not planned"),
        ('purses = [{ source = "DIST", scope = "north" }]', "north"),
        ('purses = [{ source = "CITY", year = 2050, add_fen = 1 }]', "2050; planned are 1 to 2"),
        ('purses = [{ source = "CITY", year = 0, add_fen = 1 }]', "0; planned are 1 to 2"),
        ('target_flats = { "9" = 6 }', "not planned"),
    ],
)
def test_what_the_task_does_not_have_is_named(written, task, content, expected):
    asked = study.read_scenarios(written(NAMED + content))
    with pytest.raises(InputFault) as told:
        study.scenarios_of(task, asked, seed=0)
    assert expected in str(told.value)
    assert "scenarios.toml, scenario “a”: " in str(told.value)


@pytest.mark.parametrize(
    "content", ["seed = -1", "colour = 1", 'purses = [{ source = "MOON" }]', "years = 1.5"]
)
def test_what_is_wrong_is_told_in_chinese_throughout(written, content):
    with pytest.raises(InputFault) as told:
        study.read_scenarios(written(NAMED + content))
    _file, _place, said, *_rest = re.split("[：。]", told.value.message.in_language("zh-hans"))
    assert not re.search("[a-z]", said)


def test_a_file_that_is_not_there_or_no_toml_is_said_so(written, tmp_path):
    with pytest.raises(UnreadableFile, match="cannot be read"):
        study.read_scenarios(tmp_path / "none.toml")
    with pytest.raises(UnreadableFile, match="no TOML"):
        study.read_scenarios(written("[[scenario"))
