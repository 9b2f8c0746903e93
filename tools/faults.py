"""Break the product on purpose, on both databases, and write the part “Faults” of the reliability page."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tools.reliability import machine, renew, table

PYTEST = (sys.executable, "-m", "pytest", "-q", "-n", "0", "tests/fault")
KEPT = ("fault", "where", "times", "before", "after", "outcome")
HEAD = ("fault", "database", "times", "before", "after", "outcome")
SAID = """Each row is a test of `tests/fault` that really did it: a child process killed by `SIGKILL`, a disk
that was full, a clock that was moved. *Times* is how often, for a kill once at every step: before
every statement that writes, before and after every commit and every stored file. *Before* and *after* are the
rows that differ between the city as it was and the city with the work done. After every single fault the city
holds one or the other (work in several transactions: a state between, from which the next worker goes on),
`fenhu verify` finds journal, books and papers whole, and the work done again is there once."""


def main() -> int:
    """Run the fault tests whole, on SQLite and on PostgreSQL, and write what they found."""
    with tempfile.TemporaryDirectory() as folder:
        record = Path(folder) / "faults"
        environment = os.environ | {"FAULTS_WHOLE": "1", "FAULTS_RECORD": str(record)}
        ended = [
            subprocess.run([*before, *PYTEST], env=environment, check=False).returncode
            for before in ((), (sys.executable, "-m", "tools.with_postgres"))
        ]
        rows = [json.loads(line) for line in record.read_text(encoding="utf-8").splitlines()]
    renew("Faults", part(rows))
    return max(ended)


def part(rows: list[dict[str, object]]) -> list[str]:
    """Return the part's lines: what failed is marked, and counted before anything else."""
    failed = sum(row["outcome"] == "FAILED" for row in rows)
    told = [[_cell(row[name]) for name in KEPT] for row in rows]
    notes = sorted({note for row in rows for note in row["notes"]})  # type: ignore[attr-defined]
    return [
        SAID, "", f"{machine()}. {len(rows)} faults, {failed} of them failed.", "", *table(HEAD, told),
        *(["", *(f"- {note}" for note in notes)] if notes else []),
    ]  # fmt: skip


def _cell(value: object) -> object:
    return f"**{value}**" if value == "FAILED" else value if value != "" else "–"


if __name__ == "__main__":
    sys.exit(main())
