"""A folder of CSV files to raw sheets: UTF-8, UTF-16 or GBK, whatever the spreadsheet program wrote."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from fenhu.wording import text
from fenhu.worksheets.container import check_size, unreadable
from fenhu.worksheets.raw import Cell, RawSheet, UnreadSheet

BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
DELIMITERS = (",", "\t", ";")
FORMULA_STARTS = ("=", "+", "-", "@", "'")


def read_folder(path: Path) -> tuple[RawSheet | UnreadSheet, ...]:
    """Return one sheet per CSV file of a folder, named as the file without its ending.

    Raises
    ------
    UnreadableFile
        If the folder holds no CSV file or one too large.
    """
    files = sorted(file for file in path.iterdir() if file.suffix.lower() == ".csv" and file.is_file())
    if not files:
        raise unreadable(
            "no-csv",
            text(
                "The folder {folder} holds no CSV file; buildings.csv and flats.csv were expected",
                folder=path.name,
            ),
        )
    for file in files:
        check_size(file)
    return tuple(read_csv(file) for file in files)


def read_csv(path: Path) -> RawSheet | UnreadSheet:
    """Return a CSV file as one sheet, named as the file without its ending."""
    content = path.read_bytes()
    words = _decoded(content)
    if words is None:
        return UnreadSheet(path.stem, "encoding", _undecodable_row(content))
    reader = csv.reader(io.StringIO(words, newline=""), delimiter=_delimiter(words), strict=True)
    rows: list[list[Cell]] = []
    try:
        for record in reader:
            rows.append([_unescaped(cell) for cell in record])
    except csv.Error:
        return UnreadSheet(path.stem, "broken-csv", len(rows) + 1)
    return RawSheet(path.stem, rows)


def _decoded(content: bytes) -> str | None:
    for bom, encoding in BOMS:
        if content.startswith(bom):
            return _decode(content[len(bom) :], encoding)
    if b"\0" in content:
        return None
    decoded = _decode(content, "utf-8")
    return decoded if decoded is not None else _decode(content, "gb18030")


def _decode(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        return None


def _undecodable_row(content: bytes) -> int:
    """Return the row, counted from 1, of the first byte that is no text in the likelier encoding."""
    if b"\0" in content:
        return content[: content.index(b"\0")].count(b"\n") + 1
    starts = []
    for encoding in ("utf-8", "gb18030"):
        try:
            content.decode(encoding)
        except UnicodeDecodeError as fault:
            starts.append(fault.start)
    return content[: max(starts)].count(b"\n") + 1


def _delimiter(words: str) -> str:
    header = words[: words.find("\n")] if "\n" in words else words
    return max(DELIMITERS, key=header.count)


def escaped(words: str) -> str:
    """Return text as it is written to CSV: what a spreadsheet would run as a formula gets a leading ``'``."""
    return f"'{words}" if words.startswith(FORMULA_STARTS) else words


def _unescaped(words: str) -> str:
    return words[1:] if words.startswith("'") and words[1:].startswith(FORMULA_STARTS) else words
