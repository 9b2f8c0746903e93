"""The page of verification cases says what the engine says today, and no test file is left out of it."""

import re
from pathlib import Path

import pytest
from tools.verification import MODULES, PAGE, page

WITHOUT_CASES = {"test_laws", "test_page"}
NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?(?:e[+-]?\d+)?")


def numbers(line):
    return [float(one) for one in NUMBER.findall(line)]


def test_page_is_fresh():
    # Another processor may round the last digit another way: figures agree within a row's tolerance.
    kept, today = PAGE.read_text(encoding="utf-8").splitlines(), page().splitlines()
    assert [NUMBER.sub("", line) for line in kept] == [NUMBER.sub("", line) for line in today]
    for old, new in zip(kept, today, strict=True):
        allowed = numbers(new)[-1] if new.endswith("|") and numbers(new) else 0.0
        assert numbers(old) == pytest.approx(numbers(new), rel=0.0, abs=allowed), "run: make verification"


def test_every_file_with_cases_is_on_the_page():
    files = {path.stem for path in Path(__file__).parent.glob("test_*.py")}
    assert files == set(MODULES) | WITHOUT_CASES
