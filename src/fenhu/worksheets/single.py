"""Files of one table: the sheet that holds it, whatever else the workbook carries."""

from __future__ import annotations

from collections.abc import Mapping

from fenhu.wording import CHINESE, ENGLISH, bilingual, text
from fenhu.worksheets.columns import Sheet
from fenhu.worksheets.faults import Faults
from fenhu.worksheets.rows import Cells, Line, lines_of

GUIDE = bilingual("填写说明", "guide")
"""The sheet of a template that explains the others."""
_TOTALS = frozenset(("合计", "总计", "小计", "total", "sum"))


def single_table(sheet: Sheet, sheets: Mapping[str, Cells], faults: Faults) -> list[Line]:
    """Return the filled rows of the sheet of that name, or of the only one there is besides a guide.

    A row that adds up the others is left out.
    """
    guides = (GUIDE.in_language(CHINESE), GUIDE.in_language(ENGLISH))
    filled = {name: rows for name, rows in sheets.items() if name not in guides and any(map(any, rows))}
    named = [name for name in filled if name.strip().casefold() in (sheet.chinese, sheet.key)]
    if not named and len(filled) != 1:
        faults.add(
            "missing-sheet",
            "",
            text(
                "The file has {count} filled sheets and none is called {sheet}; name the one to be read so",
                count=len(filled),
                sheet=sheet.chinese,
            ),
        )
        return []
    name = named[0] if named else next(iter(filled))
    rows = lines_of(sheet, name, filled[name], faults)
    if not rows and not faults.findings:
        faults.add("empty", name, text("The sheet holds no row below its header; fill it in"))
    return [row for row in rows if not _adds_up(row)]


def _adds_up(line: Line) -> bool:
    return any(
        isinstance(cell, str) and cell.strip().replace(" ", "").casefold() in _TOTALS
        for cell in line.cells.values()
    )
