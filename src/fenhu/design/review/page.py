"""The checks as a page of the manual: clause, limits, what a fault means, and where the figures come from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from fenhu import tables
from fenhu.design.review.rows import is_read, limit_value, rows
from fenhu.design.review.values import VERDICT_NAMES, Row, Verdict
from fenhu.wording import CHINESE, ENGLISH, Text, current_language, speaking, text

_ADD = ("source", "trust")
_LIGHT = {
    Verdict.ERROR: text("blocks the filing"),
    Verdict.WARNING: text("needs a reason"),
    Verdict.ADVICE: text("advice"),
}
_OF_STEEL = text("In m/s by nominal size of steel; a larger size than the last takes its value.")
_ROOMS = {"quiet": text("quiet"), "general": text("general")}
_BEGIN = {
    ENGLISH: """# What a design is checked for

Every design carries a review sheet: a line for each rule below, with the clause, what it requires, what was
found and a verdict. An **error** blocks the filing of the drawings, a **warning** needs a reason in writing,
an **advice** is only said. A case is judged by what was in force on its day: a rule of a later standard is an
advice, unless an older one said the same, which is cited then. Clauses marked *read* were read in a published
copy or extract, which the source names; the others come from professional knowledge and say so on the sheet.

This page is written from `src/fenhu/tables/review.toml` by `python -m tools.review_page`; a test fails when
it is stale.
""",
    CHINESE: """# 设计审核哪些内容

每个设计都附有审核表：下列规则各占一行，写明条文、要求、实际值和结论。**不符合**的不能报审，**须说明理由**的要写明理由，
**建议**仅作提示。按设计当日有效的规定判定：之后才施行的标准只作建议；较早的标准有同样规定的，引用较早的标准。标为“已查阅”的条文，
已在来源所列的公开文本或摘录中查阅；其余出自专业常识，审核表上也会注明。

本页由 `python -m tools.review_page` 按 `src/fenhu/tables/review.toml` 生成，过期时测试不通过。
""",
}


def review_page(language: str) -> str:
    """Return the page as Markdown in ``language``."""
    with speaking(language):
        parts = (_standards(), _checks(), _velocities(), _verdicts())
        return "\n".join([_BEGIN[language], *("\n".join((*part, "")) for part in parts)])


def _head(title: Text, anchor: str, *columns: Text) -> Iterator[str]:
    yield f"## {title} {{#{anchor}}}\n"
    yield _row(*columns)
    yield "|---" * len(columns) + "|"


def _row(*cells: Text | str) -> str:
    return f"| {' | '.join(map(str, cells))} |"


def _both(chinese: str, english: str) -> str:
    """Return a name as its reader needs it: who reads English meets the Chinese one on every paper."""
    return chinese if current_language() == CHINESE else f"{chinese} · {english}"


def _standards() -> Iterator[str]:
    columns = (text("standard"), text("name"), text("in force from"), text("source"))
    yield from _head(text("Standards"), "standards", *columns)
    for name, row in tables.load("review")["standard"].items():
        since = row["valid_from"].isoformat() if name[-1].isdigit() else text("always")
        called = _both(row["name"], row["name_en"])
        yield _row(_standard(name), called, since, f"{row['source']} ({row['trust']})")


def _checks() -> Iterator[str]:
    columns = (
        text("code"), text("check"), text("clause"), text("limits"), text("a fault"),
        text("text of the clause"), text("source"),
    )  # fmt: skip
    yield from _head(text("Checks"), "checks", *columns)
    for code, row in rows().items():
        read = text("read") if is_read(row["standard"], row["trust"]) else text("not read")
        light = _LIGHT[Verdict(row["severity"])]
        title = _both(row["title"], row["title_en"])
        yield _row(f"`{code}`", title, _clauses(row), _limits(row), light, read, row["source"])


def _clauses(row: Row) -> str:
    own = f"{_standard(row['standard'])} {row['clause']}".strip()
    older = row.get("older")
    if not older:
        return own
    before = f"{_standard(older['standard'])} {older['clause']}".strip()
    return str(text("{clause}; before: {older}", clause=own, older=before))


def _standard(name: str) -> str:
    if name[-1].isdigit():
        return name
    row = tables.load("review")["standard"][name]
    return str(row["name" if current_language() == CHINESE else "name_en"])


def _limits(row: Row) -> str:
    said = [f"{key} = {_number(value)}" for key, value in row["limit"].items()]
    return ", ".join(said) or row.get("ask" if current_language() == CHINESE else "ask_en", "")


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
    title = text("Largest velocity")
    yield f"## {title} {{#largest-velocity}}\n"
    yield f"{_OF_STEEL}\n"
    yield _row(text("rooms"), *(f"DN{dn}" for dn in sizes))
    yield "|---|" + "---|" * len(sizes)
    for key, row in by_size.items():
        yield _row(_ROOMS[key.removesuffix("_m_s")], *(f"{row[dn]:.2f}" if dn in row else "" for dn in sizes))


def _by_size(row: Mapping[str, Any]) -> dict[int, float]:
    return {int(key): float(value) for key, value in row.items() if key.isdigit()}


def _verdicts() -> Iterator[str]:
    yield from _head(text("Verdicts"), "verdicts", text("verdict"), text("word"))
    for verdict, name in VERDICT_NAMES.items():
        yield _row(f"`{verdict.value}`", _both(name.in_language(CHINESE), name.in_language(ENGLISH)))
