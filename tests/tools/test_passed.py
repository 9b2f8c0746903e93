"""What ``make test`` passed on is not run again by ``make test-all``, unless a file has changed."""

import pytest

from tools import passed


@pytest.fixture
def tree(tmp_path, monkeypatch):
    (tmp_path / "src" / "__pycache__").mkdir(parents=True)
    (tmp_path / "src" / "a.py").write_text("a = 1")
    for name in ("pyproject.toml", "Makefile", "package-lock.json"):
        (tmp_path / name).write_text(name)
    monkeypatch.setattr(passed, "digest", lambda: DIGEST(tmp_path))
    return tmp_path


DIGEST = passed.digest


def test_the_mark_holds_until_a_file_changes_appears_or_goes(tree):
    mark = tree / "mark"
    assert passed.main("holds", mark) == 1
    assert passed.main("note", mark) == 0
    assert passed.main("holds", mark) == 0
    (tree / "src" / "b.py").write_text("")
    assert passed.main("holds", mark) == 1
    (tree / "src" / "b.py").unlink()
    assert passed.main("holds", mark) == 0
    (tree / "src" / "a.py").write_text("a = 2")
    assert passed.main("holds", mark) == 1


def test_what_is_made_on_the_way_changes_nothing(tree):
    before = DIGEST(tree)
    (tree / "src" / "__pycache__" / "a.pyc").write_bytes(b"x")
    (tree / "src" / "django.mo").write_bytes(b"x")
    assert DIGEST(tree) == before
