"""The page of verification cases says what the engine says today, and no test file is left out of it."""

from pathlib import Path

from tools.verification import MODULES, PAGE, page

WITHOUT_CASES = {"test_laws", "test_page"}


def test_page_is_fresh():
    assert PAGE.read_text(encoding="utf-8") == page(), "run: make verification"


def test_every_file_with_cases_is_on_the_page():
    files = {path.stem for path in Path(__file__).parent.glob("test_*.py")}
    assert files == set(MODULES) | WITHOUT_CASES
