"""What people give, checked before it is kept: days, telephone numbers, files."""

from __future__ import annotations

from datetime import date

from django.core.files.base import File

from fenhu.errors import InputFault
from fenhu.web import clock
from fenhu.web.uploads import Kind, judge
from fenhu.wording import text

MAX_FILE_BYTES = 20 * 1024 * 1024
_MEDIA = {Kind.PDF: "application/pdf", Kind.PNG: "image/png", Kind.JPEG: "image/jpeg"}


def media_type_of(file: File) -> str:
    """Return what a file is by its content.

    Raises
    ------
    InputFault
        If it is empty, too large, dangerous, or neither PDF, PNG nor JPEG.
    """
    return _MEDIA[judge(file, tuple(_MEDIA), most_bytes=MAX_FILE_BYTES)]


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
