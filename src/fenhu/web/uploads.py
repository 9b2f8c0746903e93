"""Judging what somebody uploads by its size and content before anything reads it; one judge for every door.

A name proves nothing and is only compared with what the file is. Packed files are judged by what they declare
and never unpacked here; what is read later is read with the same limits.
"""

from __future__ import annotations

import re
import stat
import zipfile
import zlib
from collections.abc import Collection, Iterator, Mapping
from enum import StrEnum
from pathlib import PurePosixPath
from typing import IO, Any
from warnings import catch_warnings, simplefilter

from django.core.files.base import File
from PIL import Image, UnidentifiedImageError

from fenhu.errors import InputFault
from fenhu.wording import Text, text

MIB = 1024 * 1024
MOST_PARTS = 2_000
# How much of a file's name is kept, from its end.
MOST_NAME = 200
MOST_UNPACKED_BYTES = 600 * MIB
SMALL_UNPACKED_BYTES = 20 * MIB
MOST_RATIO = 150
MOST_PIXELS = 50_000_000
_HEAD_BYTES = 4_096
_NESTED = (".zip", ".gz", ".xz", ".bz2", ".7z", ".rar", ".tar", ".xlsx", ".xlsm", ".docx", ".jar")


class Kind(StrEnum):
    """What a file is."""

    WORKBOOK = "workbook"
    TABLES = "tables"
    TEXT = "text"
    PDF = "pdf"
    PNG = "png"
    JPEG = "jpeg"


NAMES: Mapping[Kind, Text] = {
    Kind.WORKBOOK: text("an .xlsx workbook"), Kind.TABLES: text("a .zip of CSV files"),
    Kind.TEXT: text("a text file"), Kind.PDF: text("a PDF"), Kind.PNG: text("a PNG picture"),
    Kind.JPEG: text("a JPEG picture"),
}  # fmt: skip
SUFFIXES: Mapping[str, Kind] = {
    ".xlsx": Kind.WORKBOOK, ".xlsm": Kind.WORKBOOK, ".zip": Kind.TABLES, ".csv": Kind.TEXT,
    ".toml": Kind.TEXT, ".typ": Kind.TEXT, ".pdf": Kind.PDF, ".png": Kind.PNG, ".jpg": Kind.JPEG,
    ".jpeg": Kind.JPEG,
}  # fmt: skip
_MARKS: Mapping[bytes, Kind] = {
    b"%PDF-": Kind.PDF, b"\x89PNG\r\n\x1a\n": Kind.PNG, b"\xff\xd8\xff": Kind.JPEG,
}  # fmt: skip
# Parts of a workbook that run, call out or hide another file, and how they are called to people.
_ACTIVE: tuple[tuple[re.Pattern[str], Text], ...] = (
    (re.compile(r"vbaproject\.bin$|/macrosheets/|/dialogsheets/", re.I), text("macros")),
    (re.compile(r"/activex/|/ctrlprops/", re.I), text("controls that run programs")),
    (re.compile(r"/embeddings/|oleobject", re.I), text("embedded files")),
    (re.compile(r"/externallinks/", re.I), text("links to other files or programs")),
    (re.compile(r"/(?:querytables|connections\.xml|customdata)", re.I), text("connections to other data")),
)
# What reading a damaged zip raises, in its table of parts or in a part.
DAMAGED = (zipfile.BadZipFile, zlib.error, OSError, ValueError, NotImplementedError, RuntimeError, EOFError)
_ENTITIES = re.compile(rb"<!DOCTYPE|<!ENTITY", re.I)
# A PDF may write any sign of a name by its number: /J#53 is /JS.
_PDF_NUMBERED = re.compile(rb"#([0-9A-Fa-f]{2})")
_PDF_ACTIVE = re.compile(rb"/(?:JavaScript|JS|Launch|EmbeddedFile|RichMedia|XFA)\b")


def judge(file: File, takes: Collection[Kind], *, most_bytes: int) -> Kind:
    """Return what a file is, one of ``takes``; it is left at its beginning.

    Raises
    ------
    InputFault
        If it is empty, too large, something else, called something else, or dangerous to open.
    """
    name = PurePosixPath((file.name or "").replace("\\", "/")).name
    if not file.size or file.size > most_bytes:
        raise InputFault(text(
            "The file {name} is empty or larger than {most}; choose another or split it",
            name=name, most=f"{most_bytes // MIB} MB" if most_bytes >= MIB else f"{most_bytes // 1024} kB",
        ))  # fmt: skip
    file.seek(0)
    try:
        kind = _kind_of(file, name, takes)
        _as_called(kind, name)
        _CHECKS[kind](file, name)
    finally:
        file.seek(0)
    return kind


def _kind_of(file: IO[Any], name: str, takes: Collection[Kind]) -> Kind:
    head: bytes = file.read(_HEAD_BYTES)
    found = next((kind for mark, kind in _MARKS.items() if head.startswith(mark)), None)
    if found is None and head.startswith(b"PK"):
        found = _packed_kind(file, name)
    if found is None and b"\x00" not in head:
        found = Kind.TEXT
    if found is None or found not in takes:
        wanted = ", ".join(str(NAMES[kind]) for kind in takes)
        raise InputFault(text("The file {name} is not {wanted}; save it as that", name=name, wanted=wanted))
    return found


def _as_called(kind: Kind, name: str) -> None:
    called = SUFFIXES.get(PurePosixPath(name).suffix.lower())
    if called not in (None, kind):
        raise InputFault(text(
            "The file {name} is {found} whatever its name says; give it its right name", name=name,
            found=NAMES[kind],
        ))  # fmt: skip


def _packed_kind(file: IO[Any], name: str) -> Kind:
    with _opened(file, name) as archive:
        return Kind.WORKBOOK if "[Content_Types].xml" in archive.namelist() else Kind.TABLES


def _opened(file: IO[Any], name: str) -> zipfile.ZipFile:
    file.seek(0)
    try:
        return zipfile.ZipFile(file)
    except DAMAGED as fault:
        raise InputFault(text("The file {name} is damaged; save it again", name=name)) from fault


def _check_tables(file: IO[Any], name: str) -> None:
    with _opened(file, name) as archive:
        _check_parts(archive.infolist(), name)


def _check_workbook(file: IO[Any], name: str) -> None:
    with _opened(file, name) as archive:
        parts = archive.infolist()
        _check_parts(parts, name)
        for part in parts:
            for pattern, what in _ACTIVE:
                if pattern.search(part.filename):
                    raise _dangerous(name, what)
            is_xml = part.filename.lower().endswith((".xml", ".rels", ".vml"))
            if is_xml and _ENTITIES.search(_head(archive, part, name)):
                raise _dangerous(name, text("entities"))


def _check_parts(parts: list[zipfile.ZipInfo], name: str) -> None:
    unpacked, packed = sum(part.file_size for part in parts), sum(part.compress_size for part in parts)
    dense = unpacked > SMALL_UNPACKED_BYTES and unpacked > MOST_RATIO * max(packed, 1)
    if len(parts) > MOST_PARTS or unpacked > MOST_UNPACKED_BYTES or dense:
        raise InputFault(text(
            "The file {name} would unpack to {size} MB in {parts} parts, more than people write; split it",
            name=name, size=unpacked // MIB, parts=len(parts),
        ))  # fmt: skip
    if any(part.flag_bits & 1 for part in parts):
        raise InputFault(text("The file {name} is protected by a password; save it without", name=name))
    for part in parts:
        if _leads_out(part) or part.filename.lower().endswith(_NESTED):
            raise _dangerous(name, text("files packed in files, or names that lead out of their folder"))
    if len({part.filename for part in parts}) < len(parts):
        raise _dangerous(name, text("two parts of one name"))


def _leads_out(part: zipfile.ZipInfo) -> bool:
    """Return whether a part's name climbs out of the folder it is unpacked to, or is a link."""
    path = part.filename.replace("\\", "/")
    is_link = stat.S_ISLNK(part.external_attr >> 16)
    return is_link or path.startswith("/") or ":" in path or ".." in path.split("/") or "\x00" in path


def _head(archive: zipfile.ZipFile, part: zipfile.ZipInfo, name: str) -> bytes:
    """Return the beginning of a part: a document type stands before the first element, or nowhere."""
    try:
        with archive.open(part) as stream:
            head: bytes = stream.read(_HEAD_BYTES)
    except DAMAGED as fault:
        raise InputFault(text("The file {name} is damaged; save it again", name=name)) from fault
    return head.replace(b"\x00", b"")


def _check_pdf(file: IO[Any], name: str) -> None:
    file.seek(0)
    content = _PDF_NUMBERED.sub(lambda found: bytes.fromhex(found[1].decode()), file.read())
    if _PDF_ACTIVE.search(content):
        raise _dangerous(name, text("scripts or embedded files"))


def _check_picture(file: IO[Any], name: str) -> None:
    file.seek(0)
    try:
        with catch_warnings():
            simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(file, formats=("JPEG", "PNG")) as image:
                pixels = image.width * image.height
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as fault:
        raise InputFault(text("The file {name} is damaged; save it again", name=name)) from fault
    except (Image.DecompressionBombWarning, Image.DecompressionBombError):
        pixels = MOST_PIXELS + 1
    if pixels > MOST_PIXELS:
        raise InputFault(text(
            "The picture {name} has more than {most} million pixels; make it smaller", name=name,
            most=MOST_PIXELS // 1_000_000,
        ))  # fmt: skip


def _check_text(file: IO[Any], name: str) -> None:
    file.seek(0)
    if any(b"\x00" in chunk for chunk in _chunks(file)):
        raise InputFault(text("The file {name} is no text; save it as UTF-8", name=name))


def _chunks(file: IO[Any]) -> Iterator[bytes]:
    while chunk := file.read(MIB):
        yield chunk


def _dangerous(name: str, what: Text) -> InputFault:
    return InputFault(text(
        "The file {name} holds {what}, and such files are not accepted; take that out and save it again",
        name=name, what=what,
    ))  # fmt: skip


_CHECKS = {
    Kind.WORKBOOK: _check_workbook, Kind.TABLES: _check_tables, Kind.PDF: _check_pdf, Kind.TEXT: _check_text,
    Kind.PNG: _check_picture, Kind.JPEG: _check_picture,
}  # fmt: skip
