"""What people give, checked before it is kept: days, telephone numbers, files."""

from __future__ import annotations

from datetime import date

from django.core.files.base import File

from fenhu.errors import InputFault
from fenhu.web import clock
from fenhu.wording import text

MAX_FILE_BYTES = 20 * 1024 * 1024
# What a file begins with tells what it is, whatever it calls itself.
_MEDIA = {b"%PDF-": "application/pdf", b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg"}


def media_type_of(file: File) -> str:
    """Return what a file is by its content.

    Raises
    ------
    InputFault
        If it is empty, too large, or neither PDF, PNG nor JPEG.
    """
    if not file.size or file.size > MAX_FILE_BYTES:
        most = MAX_FILE_BYTES // 1024 // 1024
        raise InputFault(text("The file is empty or larger than {most} MB", most=most))
    begins = file.read(8)
    file.seek(0)
    for mark, media_type in _MEDIA.items():
        if begins.startswith(mark):
            return media_type
    raise InputFault(
        text("The file {name} is neither PDF, PNG nor JPEG; save it as one of these", name=file.name)
    )


def past_day(day: date | None) -> date:
    """Return the day something happened; today where none is given.

    Raises
    ------
    InputFault
        If it lies ahead.
    """
    today = clock.today()
    if day is not None and day > today:
        raise InputFault(text("{day} lies ahead; record it when it has happened", day=day.isoformat()))
    return day or today
