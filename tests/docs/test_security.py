"""The threat model names tests that exist, and every threat has one."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
THREATS = PAGE.split("## Threats", 1)[1].split("\n## ", 1)[0]


def names_of_tests():
    files = (ROOT / "tests").rglob("test_*.py")
    return {name for file in files for name in re.findall(r"^def (test_\w+)", file.read_text("utf-8"), re.M)}


def test_every_test_the_threat_model_names_exists():
    assert set(re.findall(r"`(test_\w+)`", PAGE)) - names_of_tests() == set()


@pytest.mark.parametrize("row", [line for line in THREATS.splitlines() if line.startswith("| ")][1:])
def test_every_threat_has_what_stands_against_it_and_a_proof(row):
    threat, against, proof = (cell.strip() for cell in row.strip("|").split("|"))
    assert threat
    assert against
    assert "`test_" in proof
