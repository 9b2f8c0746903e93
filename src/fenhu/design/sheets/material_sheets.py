"""材料表: every article once, over as many sheets as it needs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from fenhu.design.quantities import MaterialRow
from fenhu.design.sheets.frame import named
from fenhu.design.sheets.pens import Column, table
from fenhu.drawing.model import Shape, Wording
from fenhu.wording import Text, text

_X, _Y, _ROWS, _ABREAST = 30.0, 20.0, 32, 2
_COLUMNS = (
    Column(text("No."), 12.0), Column(text("Article"), 62.0, "start"), Column(text("Specification"), 42.0),
    Column(text("Unit"), 12.0), Column(text("Quantity"), 22.0), Column(text("Remarks"), 35.0),
)  # fmt: skip


def material_sheets(rows: Sequence[MaterialRow]) -> Iterator[tuple[Text, list[Shape]]]:
    """Yield title and shapes of the sheets of materials, two tables abreast."""
    title = text("List of materials")
    written: list[Sequence[Wording]] = [
        (str(n), row.name, row.specification, row.unit, f"{row.quantity.normalize():f}", row.remarks)
        for n, row in enumerate(rows, start=1)
    ]
    blocks = [written[n : n + _ROWS] for n in range(0, len(written), _ROWS)] or [[]]
    width = sum(column.width for column in _COLUMNS) + 5.0
    for first in range(0, len(blocks), _ABREAST):
        shapes: list[Shape] = []
        for n, block in enumerate(blocks[first : first + _ABREAST]):
            shapes += table(_X + n * width, _Y, _COLUMNS, block)
        yield title, [*shapes, *named(130.0, 272.0, title)]
