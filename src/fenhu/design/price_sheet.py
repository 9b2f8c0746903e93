"""A city's own prices by workbook: the table clerks fill in, read to the rows of a price book."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from fenhu.records import Finding, Severity
from fenhu.wording import text
from fenhu.worksheets import Column, Faults, Line, Sheet, open_sheets, single_table, values

PRICES = Sheet(
    "prices",
    "价目",
    (
        Column("code", "编码", required=True, note=text("as given; a new article has a code of its own")),
        Column("name", "名称", given=True, note=text("a new article needs it")),
        Column("specification", "规格", given=True),
        Column("unit", "单位", given=True, note=text("a new article needs it")),
        Column("kind", "类别", given=True, note=text("material, labour or charge; a new article needs it")),
        Column("now_yuan", "现行价", given=True, note=text("the price in force, for comparison")),
        Column("low_yuan", "本市价", note=text("yuan for a unit; leave blank what keeps its price")),
        Column("high_yuan", "最高价", note=text("only for a range: the price is then the middle")),
        Column("source", "来源", note=text("if other than that of the whole list")),
    ),
)
KIND_SPELLINGS = {
    "材料": "material", "人工": "labour", "费率": "charge",
    "material": "material", "labour": "labour", "charge": "charge",
}  # fmt: skip
_LONGEST_CODE, _LONGEST_WORDS = 60, 200


@dataclass(frozen=True, slots=True, kw_only=True)
class PriceSheetReading:
    """The rows of a price book in the file's order, and what was found; None where a finding is an error."""

    rows: tuple[Mapping[str, Any], ...] | None
    findings: tuple[Finding, ...]


def read_price_sheet(path: Path) -> PriceSheetReading:
    """Return the priced rows of a workbook (.xlsx) or a CSV file (UTF-8 or GBK), headed as the template.

    Rows without a price are passed over: they keep the price they have. Whether a code, a unit or a kind is
    right is for ``price_book_of``.

    Raises
    ------
    UnreadableFile
        If the file cannot be opened as what it claims to be.
    """
    faults = Faults()
    rows = [_row(line, faults) for line in single_table(PRICES, open_sheets(path), faults)]
    priced = tuple(row for row in rows if row is not None)
    failed = any(finding.severity is Severity.ERROR for finding in faults.findings)
    return PriceSheetReading(rows=None if failed else priced, findings=tuple(faults.findings))


def _row(line: Line, faults: Faults) -> Mapping[str, Any] | None:
    """Return a line as a row of a price book; None where it has no price, or a wrong one."""
    code = values.short_text(line, "code", _LONGEST_CODE, faults, required=True)
    if not line.words("low_yuan") and not line.words("high_yuan"):
        return None
    low = values.number(line, "low_yuan", faults)
    high = values.number(line, "high_yuan", faults) if line.words("high_yuan") else low
    if code is None or low is None or high is None:
        return None
    if high < low:
        message = text("The highest price is below the lowest; correct one of them")
        faults.add("range", line.sheet, message, row=line.number, column=line.head("high_yuan"))
        return None
    return {"code": code, "yuan": [low, high]} | _words(line, faults)


def _words(line: Line, faults: Faults) -> dict[str, Any]:
    found = {
        key: words
        for key in ("name", "specification", "unit", "source")
        if (words := values.short_text(line, key, _LONGEST_WORDS, faults))
    }
    kind = line.words("kind").casefold()
    if kind:
        found["kind"] = KIND_SPELLINGS.get(kind, kind)
    if "name" in found:
        found["name_en"] = found["name"]
    return found


def kept(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return a row of a price book as JSON values, prices as text."""
    yuan = row["yuan"] if isinstance(row["yuan"], list) else [row["yuan"]] * 2
    return {**row, "yuan": [str(end) for end in yuan]}


def from_kept(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return a row of a price book from its JSON values."""
    return {**row, "yuan": [Decimal(end) for end in row["yuan"]]}
