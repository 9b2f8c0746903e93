"""Every command of the documentation runs, in the order of its page, or says here why it cannot in a test."""

import re

import pytest
from tests.docs.shell import PAGES, ROOT, Sandbox, commands_of

from fenhu.cli.main import COMMANDS, build_parser

# What cannot run in a test: how it begins, why not, and what proves it instead.
ELSEWHERE = (
    ("make run", "serves until stopped", "tests/web/test_demo.py, tests/web/test_serving.py"),
    ("make test", "is what runs this test", ".ci/run"),
    ("dask ", "needs other machines", "tests/stock"),
    ("useradd", "needs root", "deploy/Containerfile"),
    ("install -", "needs root", "tests/docs/test_deploy.py"),
    ("cp deploy/", "needs root", "tests/docs/test_deploy.py"),
    ("systemctl", "needs systemd and root", "tests/docs/test_deploy.py, tests/web/test_restarting.py"),
    ("podman", "needs the network", "tests/docs/test_deploy.py"),
    ("python3 -m venv", "needs root", "tests/tools/test_packaging.py"),
    ("/opt/fenhu/bin/pip", "installs from the network", "tests/tools/test_packaging.py"),
    ("sudo -u fenhu /opt/fenhu/bin/fenhu upgrade", "needs root", "tests/web/keeping/test_upgrade.py"),
    ("sudo -u fenhu /opt/fenhu/bin/fenhu restore", "needs root", "tests/web/keeping"),
    ("curl", "asks a server that runs", "tests/web/watching/test_health.py"),
)  # fmt: skip
# The same command on a town where the page speaks of a city: sizes have tests and benchmarks of their own.
SMALLER = {
    "fenhu demo city": "fenhu demo city --buildings 40",
    "fenhu manage demo_city": "fenhu manage demo_city --buildings 40",
}
INLINE = re.compile(r"`(?:\.venv/bin/)?fenhu ([a-z_]+)([^`]*)`")
TARGET = re.compile(r"`make ([a-z-]+)[^`]*`")
TWINS = {page: page.parent / page.name.replace(".zh-CN", "") for page in PAGES if ".zh-CN" in page.name} | {
    page: ROOT / "docs" / page.relative_to(ROOT / "docs" / "zh")
    for page in PAGES
    if page.is_relative_to(ROOT / "docs" / "zh")
}
HOW_TO = set(ROOT.glob("docs/developers/add-*.md"))  # followed by test_how_to
OWN = {page: commands for page in PAGES if page not in {*TWINS, *HOW_TO} and (commands := commands_of(page))}


def elsewhere(words):
    bare = re.sub(r"^(?:[A-Z_]+=\S+ )+", "", words).replace(".venv/bin/", "")
    return any(bare.startswith(start) for start, _, _ in ELSEWHERE)


def smaller(script):
    for whole, small in SMALLER.items():
        script = re.sub(rf"{whole}$", small, script)
    return script


@pytest.mark.slow
@pytest.mark.parametrize("page", OWN, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_command_of_the_page_does_what_it_is_there_for(page, tmp_path):
    sandbox = Sandbox(tmp_path)
    for command in OWN[page]:
        if not elsewhere(command.words):
            sandbox.run(smaller(command.script))


def bare(page):
    """Return a page's commands without what they are said to be for."""
    return [re.sub(r"\s+#.*", "", command.script) for command in commands_of(page)]


@pytest.mark.parametrize("page", TWINS, ids=lambda page: str(page.relative_to(ROOT)))
def test_a_chinese_page_gives_the_same_commands(page):
    assert bare(page) == bare(TWINS[page])


def test_no_command_stands_in_a_block_that_is_not_run():
    others = re.compile(r"^```(?!sh$|console$)[^\n]*\n(.*?)^```", re.DOTALL | re.MULTILINE)
    told = re.compile(r"^(?:\$ )?(?:\.venv/bin/)?(?:fenhu|make) [a-z]", re.MULTILINE)
    blocks = {page: others.findall(page.read_text(encoding="utf-8")) for page in PAGES}
    assert [str(page) for page in PAGES if told.search("\n".join(blocks[page]))] == []


def test_whatever_runs_elsewhere_is_still_written_somewhere_and_proved_by_what_is_there():
    written = [command.words for page in OWN for command in OWN[page]]
    for start, _, proofs in ELSEWHERE:
        assert any(start in words for words in written), start
        assert all((ROOT / proof).exists() for proof in proofs.split(", ")), proofs


def options_of(name):
    """Return every option a command knows, those of what stands below it included."""
    parser = build_parser([name])
    (below,) = [action for action in parser._actions if hasattr(action, "choices") and action.choices]
    todo, found = [below.choices[name]], set()
    while todo:
        one = todo.pop()
        for action in one._actions:
            found.update(action.option_strings)
            if isinstance(action.choices, dict):
                todo += action.choices.values()
    return found


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_command_within_a_sentence_is_there_with_its_options(page):
    text = page.read_text(encoding="utf-8")
    names = {command.name for command in COMMANDS}
    for name, rest in INLINE.findall(text):
        assert name in names, name
        if name != "manage":
            assert set(re.findall(r"--[a-z-]+", rest)) - options_of(name) == set(), (name, rest)
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    assert set(TARGET.findall(text)) - targets == set()
