"""What engineers' pages show in Python or TOML can be used as it stands there."""

import re

import pytest
from tests.docs.shell import ROOT, Sandbox

ENGINEERS = ROOT / "docs" / "engineers"
HOUSE = "storeys = 6\nunits = 3\nflats_per_floor = 2\nflat_area_m2 = 75\n"


def blocks(page, language):
    words = (ENGINEERS / page).read_text(encoding="utf-8")
    return re.findall(rf"^```{language}\n(.*?)^```", words, re.DOTALL | re.MULTILINE)


@pytest.mark.parametrize("page", ["design.md", "heat.md"])
def test_the_python_of_the_page_runs(page):
    (script,) = blocks(page, "python")
    exec(compile(script, page, "exec"), {})


@pytest.mark.slow
def test_the_design_made_elsewhere_is_taken_in(tmp_path):
    sandbox = Sandbox(tmp_path)
    (given,) = blocks("designs-made-elsewhere.md", "toml")
    (tmp_path / "given.toml").write_text(given, encoding="utf-8")
    (tmp_path / "house.toml").write_text(HOUSE, encoding="utf-8")
    sandbox.run(
        "fenhu design house.toml --out design --entered given.toml || test $? -eq 1  # it need not hold"
    )
    assert "main.1s" in (tmp_path / "design" / "design.json").read_text(encoding="utf-8")
