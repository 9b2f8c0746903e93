"""The checks as a page of the manual: clause, limits, what a fault means, and where the figures come from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from fenhu import tables
from fenhu.design.review.rows import is_read, limit_value, rows
from fenhu.design.review.values import VERDICT_NAMES, Row, Verdict

_ADD = ("source", "trust")
_LIGHT = {
    Verdict.ERROR: "blocks the filing",
    Verdict.WARNING: "needs a reason",
    Verdict.ADVICE: "advice",
}
_BEGIN = """# What a design is checked for

Every design carries a review sheet: a line for each rule below, with the clause, what it requires, what was
found and a verdict. An **error** blocks the filing of the drawings, a **warning** needs a reason in writing,
an **advice** is only said. A case is judged by what was in force on its day: a rule of a later standard is an
advice, unless an older one said the same, which is cited then. Clauses marked *read* were read in a published
copy or extract, which the source names; the others come from professional knowledge and say so on the sheet.

This page is written from `src/fenhu/tables/review.toml` by `python -m tools.review_page`; a test fails when
it is stale.
"""


def review_page() -> str:
    """Return the page as Markdown."""
    return "\n".join([_BEGIN, *_standards(), "", *_checks(), "", *_velocities(), "", *_verdicts()]) + "\n"


def _standards() -> Iterator[str]:
    yield "## Standards\n"
    yield "| standard | name | in force from | source |"
    yield "|---|---|---|---|"
    for name, row in tables.load("review")["standard"].items():
        said = f"{row['name']} · {row['name_en']}"
        since = row["valid_from"].isoformat() if name[-1].isdigit() else "always"
        yield f"| {_standard(name)} | {said} | {since} | {row['source']} ({row['trust']}) |"


def _checks() -> Iterator[str]:
    yield "## Checks\n"
    yield "| code | check | clause | limits | a fault | text of the clause | source |"
    yield "|---|---|---|---|---|---|---|"
    for code, row in rows().items():
        title = f"{row['title']} · {row['title_en']}"
        read = "read" if is_read(row["standard"], row["trust"]) else "not read"
        cells = (f"`{code}`", title, _clauses(row), _limits(row), _LIGHT[Verdict(row["severity"])], read)
        yield f"| {' | '.join(cells)} | {row['source']} |"


def _clauses(row: Row) -> str:
    own = f"{_standard(row['standard'])} {row['clause']}".strip()
    older = row.get("older")
    return f"{own}; before: {_standard(older['standard'])} {older['clause']}".strip() if older else own


def _standard(name: str) -> str:
    return name if name[-1].isdigit() else str(tables.load("review")["standard"][name]["name_en"])


def _limits(row: Row) -> str:
    said = [f"{key} = {_number(value)}" for key, value in row["limit"].items()]
    return ", ".join(said) or row.get("ask_en", "")


def _number(value: float) -> str:
    return f"{value:g}"


def _velocities() -> Iterator[str]:
    """The one limit that is a table."""
    by_size = {
        key: _by_size(limit_value(value))
        for key, value in rows()["velocity"]["by_size"].items()
        if key not in _ADD
    }
    sizes = sorted({dn for row in by_size.values() for dn in row})
    yield "## Largest velocity\n"
    yield "In m/s by nominal size of steel; a larger size than the last takes its value.\n"
    yield "| rooms | " + " | ".join(f"DN{dn}" for dn in sizes) + " |"
    yield "|---|" + "---|" * len(sizes)
    for key, row in by_size.items():
        name = key.removesuffix("_m_s")
        yield f"| {name} | " + " | ".join(f"{row[dn]:.2f}" if dn in row else "" for dn in sizes) + " |"


def _by_size(row: Mapping[str, Any]) -> dict[int, float]:
    return {int(key): float(value) for key, value in row.items() if key.isdigit()}


def _verdicts() -> Iterator[str]:
    yield "## Verdicts\n"
    yield "| verdict | word |"
    yield "|---|---|"
    for verdict, name in VERDICT_NAMES.items():
        yield f"| `{verdict.value}` | {name.in_language('zh-hans')} · {name.in_language('en')} |"
