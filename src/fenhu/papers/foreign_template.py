"""The workbook in which an owner or an institute enters its own design: fenhu's values, to be overwritten."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from xlsxwriter.workbook import Workbook

from fenhu.design.foreign import SHEETS
from fenhu.design.foreign.reading import LOOP_NAMES, MAINS_NAMES, WATER_NAMES
from fenhu.design.foreign.values import materials, radiator_kinds, settings_of
from fenhu.design.values import Design
from fenhu.papers.sheet import Book, demo_marked, page_setup, write
from fenhu.wording import text
from fenhu.worksheets import GUIDE, Sheet

Row = Sequence[object]
_WIDTHS = {"id": 22, "start": 14, "end": 14, "flat": 14, "material": 14, "kind": 16, "key": 20, "value": 14}
_USUAL_WIDTH = 10
# A workbook of the same design has the same bytes.
_FIXED_DATE = datetime(2010, 5, 10)


def foreign_template_xlsx(design: Design, path: Path, *, synthetic: bool = False) -> None:
    """Write the template of a design made elsewhere, filled in with what fenhu designed.

    What stands in a white cell is a decision; a cell left blank leaves the matter to fenhu. The grey cells
    name the pipe, radiator or valve and are not read otherwise.

    Parameters
    ----------
    design : fenhu's own design of the building.
    path : the workbook to write; an existing one is replaced.
    synthetic : whether the data are those of the demo.
    """
    with Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False}) as workbook:
        workbook.set_properties({"created": _FIXED_DATE})
        book = Book(workbook, synthetic)
        _guide(book, design)
        for sheet in SHEETS:
            _table(book, sheet, _ROWS[sheet.key](design))


def _guide(book: Book, design: Design) -> None:
    sheet = book.sheet(str(GUIDE))
    sheet.set_column(0, 0, 100)
    title = text("Design of {building} made elsewhere", building=design.building.code)
    write(sheet, 0, 0, demo_marked(book, str(title)), book.format("section"))
    for number, line in enumerate(_guide_lines(), start=1):
        write(sheet, number, 0, line, book.format("note"))


def _guide_lines() -> Iterator[str]:
    yield str(text("Grey cells name the pipe, radiator or valve; do not change them."))
    yield str(text("White cells hold what fenhu designed: overwrite what you decided otherwise."))
    yield str(
        text("A cell left blank leaves the matter to fenhu, for instance presettings after other sizes.")
    )
    yield str(text("Materials: {names}", names=_names(materials())))
    yield str(text("Radiators: {names}", names=_names(radiator_kinds())))
    yield str(text("Mains: {names}", names=_names(MAINS_NAMES)))
    yield str(text("Loops inside flats: {names}", names=_names(LOOP_NAMES)))


def _names(names: Mapping[str, str]) -> str:
    return "、".join(f"{chinese} ({key})" for key, chinese in names.items())


def _table(book: Book, sheet: Sheet, rows: Sequence[Row]) -> None:
    page = book.sheet(str(sheet.name))
    looks = [book.format("subtotal label" if column.given else "cell") for column in sheet.columns]
    for n, column in enumerate(sheet.columns):
        page.set_column(n, n, _WIDTHS.get(column.key, _USUAL_WIDTH))
        write(page, 0, n, str(column.name), book.format("head"))
    for number, row in enumerate(rows, start=1):
        for n, value in enumerate(row):
            write(page, number, n, value, looks[n])
    page.freeze_panes(1, 1)
    page_setup(book, page, pages_wide=1, head_from=0, head_to=0)


def _segments(design: Design) -> list[Row]:
    return [
        (one.id, one.start, one.end, one.unit or None, one.riser, one.storey or None, one.flat,
         round(one.length_m, 2), one.material, one.dn, round(3600.0 * one.flow_kg_s, 1))
        for one in design.segments
    ]  # fmt: skip


def _radiators(design: Design) -> list[Row]:
    return [
        (one.id, one.flat, one.room, round(one.load_w), one.kind, one.sections) for one in design.radiators
    ]


def _valves(design: Design) -> list[Row]:
    return [
        (one.id, one.kind.value, one.flat, one.dn, one.preset, None)
        for one in design.devices
        if settings_of(one)
    ]


def _water(design: Design) -> list[Row]:
    values = {
        "supply_c": design.supply_c,
        "fall_k": design.supply_c - design.return_c,
        "mains": MAINS_NAMES[design.mains.value],
        "loop": LOOP_NAMES[design.loop.value],
    }
    return [(WATER_NAMES[key], value) for key, value in values.items()]


_ROWS: Mapping[str, Callable[[Design], list[Row]]] = {
    "segments": _segments, "radiators": _radiators, "valves": _valves, "water": _water,
}  # fmt: skip
