"""Remember on which files ``make test`` passed, so that ``make test-all`` runs only the rest on the same.

``python -m tools.passed note`` writes the mark, ``python -m tools.passed holds`` ends with 0 where nothing
that tests depend on has changed since.
"""

from __future__ import annotations

import hashlib
import os
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
READ = (
    "src",
    "tests",
    "tools",
    "docs",
    "benchmarks",
    "deploy",
    "requirements",
    "pyproject.toml",
    "Makefile",
    "package-lock.json",
)
MADE = {"__pycache__", ".mo", "fenhu.egg-info"}


def digest(root: Path = ROOT) -> str:
    """Return a digest over every file tests depend on, by name and content."""
    found = hashlib.sha256(sys.version.encode())
    for name in READ:
        top = root / name
        for path in sorted(top.rglob("*")) if top.is_dir() else [top]:
            if path.is_file() and not MADE & {path.suffix, *path.parts}:
                content = hashlib.sha256(path.read_bytes()).hexdigest()
                found.update(f"{path.relative_to(root)} {content}\n".encode())
    return found.hexdigest()


def main(what: str, mark: Path) -> int:
    """Write the mark, or say by the exit code whether it holds."""
    if what == "note":
        mark.write_text(digest(), encoding="utf-8")
        return 0
    return int(not mark.is_file() or mark.read_text(encoding="utf-8") != digest())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], Path(os.environ["FENHU_DATA_DIR"], ".passed")))
