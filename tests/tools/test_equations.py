"""The equations on disk are those of the table, and each is said in words where it is shown."""

import re

import pytest
from tests.docs.shell import PAGES
from tools.equations import EQUATIONS, PICTURES, picture

SHOWN = re.compile(r"!\[([^\]]+)\]\([./]*images/equations/(\w+)\.svg\)")


@pytest.mark.parametrize("name", EQUATIONS)
def test_a_picture_is_as_its_equation_is_written(name):
    assert (PICTURES / f"{name}.svg").read_bytes() == picture(name)


def test_every_equation_is_shown_and_said_in_words():
    shown = [found for page in PAGES for found in SHOWN.findall(page.read_text(encoding="utf-8"))]
    assert {name for _, name in shown} == {path.stem for path in PICTURES.iterdir()} == set(EQUATIONS)
    assert [words for words, _ in shown if "=" not in words] == []
