"""A developer who follows a how-to page to the letter, in a copy of the house, has added what it promises."""

import re
import shutil

import pytest
from tests.docs.shell import ROOT, Sandbox

PAGES = sorted(ROOT.glob("docs/developers/add-*.md"))
FILE = (
    r"^(?P<how>New file|At the end of|In) `(?P<path>[^`]+)`"
    r"(?:, (?P<where>after|before|instead of) `(?P<anchor>[^`]+)`)?:\n\n"
)
STEP = re.compile(rf"(?:{FILE})?^```(?P<language>\w+)\n(?P<block>.*?)^```", re.DOTALL | re.MULTILINE)


@pytest.fixture
def house(tmp_path):
    """Return a sandbox whose programs run a copy of the house that lies in it."""
    sandbox = Sandbox(tmp_path)
    copy = tmp_path / "src" / "fenhu"
    shutil.copytree(ROOT / "src" / "fenhu", copy, ignore=shutil.ignore_patterns("docs"))
    (copy / "docs").symlink_to(ROOT / "docs")
    sandbox.environment["PYTHONPATH"] = f"{tmp_path / 'src'}:{sandbox.environment['PYTHONPATH']}"
    return sandbox


def write(folder, step):
    """Do what a step says to its file."""
    path, block, anchor = folder / step["path"], step["block"], step["anchor"]
    if step["how"] == "New file":
        assert not path.exists()
        path.write_text(block, encoding="utf-8")
        return
    before = path.read_text(encoding="utf-8")
    if step["how"] == "At the end of":
        path.write_text(before.rstrip("\n") + "\n" + block, encoding="utf-8")
        return
    line = f"{anchor}\n"
    assert before.count(line) == 1, f"{step['path']} has {before.count(line)} lines {anchor}"
    now = {"after": line + block, "before": block + line, "instead of": block}[step["where"]]
    path.write_text(before.replace(line, now), encoding="utf-8")


@pytest.mark.slow
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_whoever_follows_the_page_gets_there(page, house):
    ran = 0
    for step in STEP.finditer(page.read_text(encoding="utf-8")):
        if step["path"]:
            write(house.folder, step)
        elif step["language"] == "sh":
            house.run(step["block"])
            ran += 1
    assert ran


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_every_block_of_the_page_is_a_step(page):
    steps = STEP.finditer(page.read_text(encoding="utf-8"))
    assert [step["block"] for step in steps if not step["path"] and step["language"] != "sh"] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_every_line_a_page_leans_on_is_there_once(page):
    for step in STEP.finditer(page.read_text(encoding="utf-8")):
        path = ROOT / (step["path"] or "")
        if step["anchor"] and path.exists():
            assert path.read_text(encoding="utf-8").count(f"{step['anchor']}\n") == 1, step["anchor"]
