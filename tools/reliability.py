"""The page of what was measured and broken on purpose, docs/reliability.md; each script renews its part."""

from __future__ import annotations

import os
import platform
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from fenhu import __version__

PAGE = Path(__file__).parent.parent / "docs" / "reliability.md"
PARTS = ("Load", "Exports and imports", "Soak", "Faults", "Attacks")
HEAD = """# Reliability

Written by scripts, a part each: *Load*, *Exports and imports* and *Soak* by `make load`, *Faults* by
`make faults`, *Attacks* by `make attacks`. Every figure is of one run on the machine its part names; a
target that was missed says so.
"""


def renew(part: str, body: Iterable[str], *, page: Path = PAGE) -> None:
    """Write one part of the page anew and leave the others as they are.

    Raises
    ------
    ValueError
        If the page has no such part.
    """
    if part not in PARTS:
        raise ValueError(f"no part {part}; there are {', '.join(PARTS)}")
    kept = _parts(page.read_text(encoding="utf-8")) if page.exists() else {}
    kept[part] = "\n".join(body).strip()
    told = [f"## {name}\n\n{kept[name]}\n" for name in PARTS if name in kept]
    page.write_text("\n".join([HEAD, *told]), encoding="utf-8")


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> list[str]:
    """Return a table's lines; all columns but the first are aligned to the right."""
    rule = ["---", *("---:" for _ in head[1:])]
    return ["| " + " | ".join(str(cell) for cell in row) + " |" for row in (head, rule, *rows)]


def machine() -> str:
    """Return the machine and the product's release, without any name of it."""
    cpu = Path("/proc/cpuinfo")
    lines = cpu.read_text(encoding="utf-8").splitlines() if cpu.exists() else []
    models = [line.split(":")[1].strip() for line in lines if line.startswith("model name")]
    return (
        f"{os.cpu_count()} cores ({models[0] if models else platform.machine()}), "
        f"Python {platform.python_version()}, fenhu {__version__}"
    )


def _parts(page: str) -> dict[str, str]:
    pieces = re.split(r"^## (.+)$", page, flags=re.MULTILINE)[1:]
    return {name: body.strip() for name, body in zip(pieces[::2], pieces[1::2], strict=True)}
