"""Is this file a workbook we may open? Everything is judged before a row is read.

A workbook is a ZIP of XML. The limits keep a hostile or mistaken file from filling the memory: the packed
size, the unpacked size the archive declares (its checksums are verified, so it cannot lie), and how far
out cells may lie, because readers allocate the whole rectangle.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from pathlib import Path

from fenhu.errors import UnreadableFile
from fenhu.wording import Text, text

MAX_FILE_BYTES = 100 * 1024**2
MAX_UNPACKED_BYTES = 600 * 1024**2
SMALL_UNPACKED_BYTES = 20 * 1024**2
MAX_PACKING_RATIO = 150
MAX_PARTS = 2_000

OLE_MAGIC = bytes.fromhex("d0cf11e0a1b11ae1")
ENCRYPTED_MARK = "EncryptedPackage".encode("utf-16-le")
FAR_CELL = re.compile(rb"""\br\s*=\s*["'](?:[A-Z]{3,}\d+|[C-Z][A-Z]\d+|[A-Z]+(?:\d{7,}|[6-9]\d{5}))["']""")


def unreadable(code: str, message: Text) -> UnreadableFile:
    """Return the fault for a file that is no workbook of ours at all."""
    return UnreadableFile(message, code=code)


def check_size(path: Path) -> None:
    """Refuse a file too large to be filled in by people.

    Raises
    ------
    UnreadableFile
        With code ``too-large``.
    """
    size = path.stat().st_size
    if size > MAX_FILE_BYTES:
        raise unreadable(
            "too-large",
            text(
                "{file} has {size} MB; at most {limit} MB are read. Remove pictures and unused "
                "sheets, or hand in one file per district",
                file=path.name,
                size=size // 1024**2,
                limit=MAX_FILE_BYTES // 1024**2,
            ),
        )


def open_archive(path: Path) -> zipfile.ZipFile:
    """Return the workbook's archive after every check that needs no reading of rows.

    Raises
    ------
    UnreadableFile
        With the code of what it is instead: ``too-large``, ``password-protected``, ``old-workbook``,
        ``not-a-workbook``, ``broken-workbook``, ``macro-workbook``, ``zip-bomb``.
    """
    check_size(path)
    with path.open("rb") as stream:
        head = stream.read(8)
    if head == OLE_MAGIC:
        raise _ole_fault(path)
    if not head.startswith(b"PK"):
        raise unreadable(
            "not-a-workbook",
            text(
                "{file} is not an .xlsx workbook whatever its name says; open it and save it as .xlsx, or "
                "give the folder with the CSV files",
                file=path.name,
            ),
        )
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        raise broken(path) from None
    try:
        _check_parts(path, archive.infolist())
    except UnreadableFile:
        archive.close()
        raise
    return archive


def broken(path: Path) -> UnreadableFile:
    """Return the fault for a damaged workbook."""
    return unreadable(
        "broken-workbook",
        text(
            "{file} is damaged or incomplete and cannot be opened; copy it again, or open it and save it "
            "anew",
            file=path.name,
        ),
    )


def part(path: Path, archive: zipfile.ZipFile, name: str) -> bytes:
    """Return one part of the archive, unpacked and with its checksum verified.

    Raises
    ------
    UnreadableFile
        With code ``broken-workbook``.
    """
    try:
        return archive.read(name)
    except (zipfile.BadZipFile, zlib.error, KeyError, OSError, EOFError, RuntimeError, NotImplementedError):
        raise broken(path) from None


def check_extent(path: Path, sheet: str, xml: bytes) -> None:
    """Refuse a sheet with cells so far out that the rectangle around them would not fit into memory.

    Raises
    ------
    UnreadableFile
        With code ``cells-far-out``.
    """
    far = FAR_CELL.search(xml)
    if far is not None:
        raise unreadable(
            "cells-far-out",
            text(
                "{file}, sheet {sheet}: a cell at {cell} is in use; a table ends before column CA and "
                "row 600000. Delete the columns and rows outside the table",
                file=path.name,
                sheet=sheet,
                cell=far.group().split(b"=")[1].strip(b"\"' ").decode(),
            ),
        )


def _ole_fault(path: Path) -> UnreadableFile:
    if ENCRYPTED_MARK in path.read_bytes():
        return _password(path)
    return unreadable(
        "old-workbook",
        text("{file} is a workbook in the old .xls format; open it and save it as .xlsx", file=path.name),
    )


def _password(path: Path) -> UnreadableFile:
    return unreadable(
        "password-protected",
        text(
            "{file} is protected by a password; open it, remove the password and save it again",
            file=path.name,
        ),
    )


def _check_parts(path: Path, parts: list[zipfile.ZipInfo]) -> None:
    names = {info.filename for info in parts}
    if any(info.flag_bits & 1 for info in parts):
        raise _password(path)
    unpacked, packed = sum(info.file_size for info in parts), sum(info.compress_size for info in parts)
    too_dense = unpacked > SMALL_UNPACKED_BYTES and unpacked > MAX_PACKING_RATIO * max(packed, 1)
    if unpacked > MAX_UNPACKED_BYTES or too_dense or len(parts) > MAX_PARTS:
        raise unreadable(
            "zip-bomb",
            text(
                "{file} would unpack to {size} MB; at most {limit} MB are read. Remove empty "
                "formatted rows and pictures, or hand in one file per district",
                file=path.name,
                size=unpacked // 1024**2,
                limit=MAX_UNPACKED_BYTES // 1024**2,
            ),
        )
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise unreadable(
            "macro-workbook",
            text(
                "{file} contains macros, and files with macros are not accepted; save it as .xlsx without "
                "macros",
                file=path.name,
            ),
        )
    if "xl/workbook.xml" not in names:
        raise unreadable(
            "not-a-workbook",
            text("{file} is an archive but not an .xlsx workbook; save it as .xlsx", file=path.name),
        )
