"""The tutorial does what it says, line by line."""

import doctest
import re
from pathlib import Path

import pytest

PAGE = Path(__file__).parents[2] / "docs" / "engineers" / "tutorial.md"
BLOCK = re.compile(r"```pycon\n(.*?)```", re.DOTALL)


def test_every_line_of_the_tutorial_gives_what_is_printed():
    session = "\n".join(BLOCK.findall(PAGE.read_text(encoding="utf-8")))
    test = doctest.DocTestParser().get_doctest(session, {}, "tutorial", str(PAGE), 0)
    said: list[str] = []
    outcome = doctest.DocTestRunner().run(test, out=said.append)
    assert outcome.attempted > 20
    if outcome.failed:
        pytest.fail("".join(said))
