"""The audit of pins fails for a known fault, and never calls silence an all-clear."""

from tools import audit

CLEAN = {"name": "django", "version": "5.2", "vulns": []}
FAULTY = {"name": "old", "version": "1.0", "vulns": [{"id": "PYSEC-1", "fix_versions": ["1.1"]}]}
UNKNOWN = {"name": "strange", "version": "2.0", "skip_reason": "Dependency not found on PyPI"}


def test_a_known_fault_fails_and_says_what_mends_it():
    lines, faulty = audit.verdict([CLEAN, FAULTY], "")
    assert faulty
    assert lines[0] == "KNOWN FAULT PYSEC-1 in old 1.0; mended in 1.1"


def test_a_package_the_database_does_not_know_is_named_and_fails_nothing():
    lines, faulty = audit.verdict([CLEAN, UNKNOWN], "")
    assert not faulty
    assert "strange" in lines[0]
    assert lines[-1] == "1 packages checked, 0 known faults, 1 not checked"


def test_a_database_that_does_not_answer_is_said_loudly():
    for found, silence in (([], "no answer"), ([UNKNOWN], "")):
        lines, faulty = audit.verdict(found, silence)
        assert not faulty
        assert any(line.startswith("NOTHING WAS CHECKED") for line in lines)


def test_what_fails_to_answer_is_silence_not_an_all_clear(monkeypatch):
    monkeypatch.setattr(audit.sys, "executable", "/bin/false")
    assert audit.asked() == ([], "no answer")


def test_the_packages_of_npm_are_named():
    assert any(line.startswith("axe-core ") for line in audit.scripts())
