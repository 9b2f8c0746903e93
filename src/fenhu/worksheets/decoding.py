"""An .xlsx workbook to raw sheets, with what the fast reader leaves out: error cells, hidden rows, merges.

Run by ``read_workbook`` as a process of its own: a workbook may ask for any memory and any time, and this
process has nothing to lose. The sheets, or the fault, go out on stdout.
"""

from __future__ import annotations

import pickle
import re
import resource
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import cast
from xml.etree import ElementTree

from python_calamine import CalamineError, CalamineWorkbook

from fenhu.errors import UnreadableFile
from fenhu.worksheets.container import broken, check_extent, open_archive, part
from fenhu.worksheets.raw import BadCell, Cell, RawSheet

ERROR_CELL = re.compile(
    rb"""<(?:\w+:)?c\b([^>]*\bt\s*=\s*["']e["'][^>]*)>(?:(?!</(?:\w+:)?c>).)*?<(?:\w+:)?v>([^<]*)<""",
    re.DOTALL,
)
EMPTY_FORMULA = re.compile(
    rb"""<(?:\w+:)?c\b([^>]*)>\s*<(?:\w+:)?f\b(?:[^>]*/>|[^>]*>[^<]*</(?:\w+:)?f>)\s*"""
    rb"""(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"""
)
CELL_NAME = re.compile(rb"""\br\s*=\s*["']([A-Z]+)(\d+)["']""")
TEXT_RESULT = re.compile(rb"""\bt\s*=\s*["']str["']""")
HIDDEN_ROW = re.compile(
    rb"""<(?:\w+:)?row\b(?=[^>]*\bhidden\s*=\s*["'](?:1|true)["'])[^>]*?\br\s*=\s*["'](\d+)["']"""
)


OUT_OF_MEMORY = 3


def main(path: str, memory_bytes: int, seconds: int) -> None:
    """Say what is in a workbook, within limits for this whole process."""
    resource.setrlimit(resource.RLIMIT_DATA, (memory_bytes, memory_bytes))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        pickle.dump(decode(Path(path)), sys.stdout.buffer, pickle.HIGHEST_PROTOCOL)
    except UnreadableFile as fault:
        pickle.dump(fault, sys.stdout.buffer)
    except MemoryError:
        sys.exit(OUT_OF_MEMORY)


def decode(path: Path) -> tuple[RawSheet, ...]:
    """Return the sheets of a workbook, every cell as a plain value.

    Raises
    ------
    UnreadableFile
        If it is no workbook we may open, or a damaged one.
    """
    with open_archive(path) as archive:
        xml_of: dict[str, bytes] = {}
        for name, part_name in _worksheets(path, archive):
            if name in xml_of:
                raise broken(path)
            xml_of[name] = part(path, archive, part_name)
        for name, xml in xml_of.items():
            check_extent(path, name, xml)
        worksheets = frozenset(xml_of)
        for other in archive.namelist():
            if not other.startswith("xl/worksheets/"):
                part(path, archive, other)
    try:
        workbook = CalamineWorkbook.from_path(str(path))
        return tuple(
            _raw_sheet(workbook, name, xml_of[name]) for name in workbook.sheet_names if name in worksheets
        )
    except (CalamineError, OSError, ValueError):
        raise broken(path) from None


def _worksheets(path: Path, archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """Yield the name people see and the archive part of every worksheet."""
    targets = {
        relation.get("Id"): relation.get("Target", "")
        for relation in _xml(path, archive, "xl/_rels/workbook.xml.rels")
    }
    for element in _xml(path, archive, "xl/workbook.xml").iter():
        if element.tag.rpartition("}")[2] != "sheet":
            continue
        relation = next((value for key, value in element.attrib.items() if key.endswith("}id")), None)
        target = targets.get(relation, "")
        if "worksheets/" in target:
            name = target.lstrip("/") if target.startswith("/") else str(PurePosixPath("xl") / target)
            yield element.get("name", ""), name


def _xml(path: Path, archive: zipfile.ZipFile, name: str) -> ElementTree.Element:
    try:
        return ElementTree.fromstring(part(path, archive, name))
    except ElementTree.ParseError:
        raise broken(path) from None


def _raw_sheet(workbook: CalamineWorkbook, name: str, xml: bytes) -> RawSheet:
    sheet = workbook.get_sheet_by_name(name)
    rows = cast(list[list[Cell]], sheet.to_python(skip_empty_area=False))
    for row, column, shows in _bad_cells(xml):
        _place(rows, row, column, BadCell(shows))
    merged = tuple((*first, *last) for first, last in sheet.merged_cell_ranges or ())
    hidden = tuple(int(found) - 1 for found in HIDDEN_ROW.findall(xml))
    return RawSheet(name, rows, merged, hidden)


def _bad_cells(xml: bytes) -> Iterator[tuple[int, int, str]]:
    for attributes, shows in ERROR_CELL.findall(xml):
        if (place := _place_of(attributes)) is not None:
            yield *place, shows.decode("utf-8", "replace")
    if b"<f" in xml or b":f" in xml:
        for attributes in EMPTY_FORMULA.findall(xml):
            if not TEXT_RESULT.search(attributes) and (place := _place_of(attributes)) is not None:
                yield *place, ""


def _place_of(attributes: bytes) -> tuple[int, int] | None:
    found = CELL_NAME.search(attributes)
    if found is None:
        return None
    column = 0
    for letter in found[1]:
        column = column * 26 + letter - ord("A") + 1
    return int(found[2]) - 1, column - 1


def _place(rows: list[list[Cell]], row: int, column: int, cell: Cell) -> None:
    """Put a cell where the fast reader left a blank, widening the table where it ended earlier."""
    rows.extend([] for _ in range(row + 1 - len(rows)))
    rows[row].extend("" for _ in range(column + 1 - len(rows[row])))
    rows[row][column] = cell
