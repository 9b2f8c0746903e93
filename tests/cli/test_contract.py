"""The commands' fixed words: help, exit codes, and stdout kept for the answer alone."""

import pytest

COMMANDS = (
    "demo",
    "check",
    "simulate",
    "season",
    "diagnose",
    "plan",
    "share",
    "policy",
    "import",
    "serve",
    "worker",
    "verify",
)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(fenhu, command):
    ran = fenhu(command, "--help")
    assert ran.code == 0
    assert len(ran.out) > 100


@pytest.mark.parametrize("command", COMMANDS)
def test_help_is_chinese_first(fenhu, command, monkeypatch):
    monkeypatch.delenv("FENHU_LANG")
    assert any("\u4e00" <= sign <= "\u9fff" for sign in fenhu(command, "--help").out)


def test_an_unknown_command_exits_2_and_points_to_the_help(fenhu):
    ran = fenhu("frobnicate")
    assert ran.code == 2
    assert "--help" in ran.err
    assert ran.out == ""


@pytest.mark.parametrize(
    "words",
    [
        ("check", "nowhere.xlsx"),
        ("simulate", "nowhere.json"),
        ("simulate", "nowhere.toml"),
        ("season", "nowhere.toml"),
        ("share", "nowhere.csv", "--policy", "fuxin-2010"),
        ("diagnose", "nowhere.xlsx", "--policy", "fuxin-2010", "--out", "o"),
        ("plan", "nowhere.xlsx", "--policy", "fuxin-2010", "--out", "o"),
        ("plan", "nowhere.xlsx"),
        ("policy", "check", "nowhere.toml"),
    ],
)
def test_a_missing_file_exits_2_in_one_sentence_without_a_traceback(fenhu, words, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    ran = fenhu(*words)
    assert ran.code == 2
    assert ran.out == ""
    assert "Traceback" not in ran.err
    assert ran.err.strip()


def test_an_unknown_policy_exits_2_and_names_it(fenhu, small_city, tmp_path):
    ran = fenhu("diagnose", small_city, "--policy", "atlantis-1999", "--out", tmp_path)
    assert ran.code == 2
    assert "atlantis-1999" in ran.err


def test_verify_says_all_that_it_proves(fenhu):
    for ran in (fenhu("--help"), fenhu("verify", "--help")):
        words = " ".join(ran.out.split())
        assert "journal is whole, the books balance, and issued papers are unaltered" in words
