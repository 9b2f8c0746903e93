"""Judging a file by its size and content, never by what it calls itself."""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import Any

from django.conf import settings
from django.core.files import File

from fenhu.errors import UnreadableFile
from fenhu.web.uploads import DAMAGED, Kind, judge
from fenhu.wording import text

WORKBOOK_MARK = "[Content_Types].xml"
MIB = 1024 * 1024
MOST_NAME = 60  # signs of a table's name, of which each may take four bytes


def judged(file: File) -> str:
    """Return the SHA-256 of an uploaded file that may be read.

    Raises
    ------
    InputFault
        If the file is empty, too large, dangerous, or neither a workbook nor a zip of CSV files.
    """
    judge(file, (Kind.WORKBOOK, Kind.TABLES), most_bytes=settings.MAX_UPLOAD_BYTES)
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    file.seek(0)
    return digest.hexdigest()


@contextmanager
def readable(path: Path) -> Iterator[Path]:
    """Yield what the register's reader takes: the workbook itself, or a folder with the zip's CSV files.

    Raises
    ------
    UnreadableFile
        If the zip is damaged, or holds more than may be unpacked.
    """
    with TemporaryDirectory() as folder:
        try:
            with zipfile.ZipFile(path) as archive:
                is_workbook = WORKBOOK_MARK in archive.namelist()
                if not is_workbook:
                    _unpack(archive, Path(folder))
        except DAMAGED as fault:
            raise UnreadableFile(text("The file is damaged; save it again and upload it again")) from fault
        yield path if is_workbook else Path(folder)


def _unpack(archive: zipfile.ZipFile, folder: Path) -> None:
    """Unpack the CSV files, flat, and never more bytes than a file may have."""
    left = settings.MAX_UPLOAD_BYTES
    for info in archive.infolist():
        name = PurePosixPath(info.filename).name[-MOST_NAME:]
        if info.is_dir() or not name.lower().endswith(".csv"):
            continue
        if (folder / name).exists():
            raise UnreadableFile(text("The zip holds two files called {name}; keep one of them", name=name))
        with archive.open(info) as source, (folder / name).open("wb") as target:
            left -= _copy(source, target, left)


def _copy(source: Any, target: Any, left: int) -> int:
    copied = 0
    while chunk := source.read(MIB):
        copied += len(chunk)
        if copied > left:
            raise UnreadableFile(text("The zip unpacks to more than may be imported; split it by supplier"))
        target.write(chunk)
    return copied
