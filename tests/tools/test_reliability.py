"""The page of what was measured and broken on purpose: parts written apart, missed targets said."""

from __future__ import annotations

from pathlib import Path

import pytest
from tools.reliability import renew, table


def test_a_part_is_renewed_and_the_others_stay(tmp_path: Path) -> None:
    page = tmp_path / "reliability.md"
    renew("Faults", ["### Power cut", "", "Nothing lost."], page=page)
    renew("Load", ["Slow."], page=page)
    renew("Load", ["Fast."], page=page)

    told = page.read_text(encoding="utf-8")
    assert "Slow." not in told
    assert told.index("## Load\n\nFast.") < told.index("## Faults\n\n### Power cut\n\nNothing lost.")


def test_a_part_nobody_knows_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no part Weather"):
        renew("Weather", [], page=tmp_path / "reliability.md")


def test_a_table_has_its_head_its_rule_and_its_rows() -> None:
    assert table(["page", "p95"], [["flats", 120]]) == ["| page | p95 |", "| --- | ---: |", "| flats | 120 |"]
