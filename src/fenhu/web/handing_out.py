"""Handing out a stored file: pictures stand in the page, everything else is saved."""

from __future__ import annotations

from typing import Any

from django.http import FileResponse

from fenhu.errors import UnknownItem
from fenhu.wording import text

_HEADERS = {
    "X-Content-Type-Options": "nosniff", "Content-Security-Policy": "sandbox; default-src 'none'",
}  # fmt: skip
_SUFFIXES = {"application/pdf": ".pdf", "image/png": ".png", "image/jpeg": ".jpg"}


def handed_out(file: Any, *, title: str, media_type: str) -> FileResponse:
    """Return a stored file as an answer a browser neither guesses at nor runs.

    Raises
    ------
    UnknownItem
        If it is not in the store.
    """
    try:
        content = file.open("rb")
    except FileNotFoundError as fault:
        raise UnknownItem(text(
            "The file of “{title}” is not in the store; ask the operator to restore it", title=title
        )) from fault  # fmt: skip
    return FileResponse(
        content, as_attachment=not media_type.startswith("image/"), content_type=media_type,
        filename=f"{title}{_SUFFIXES.get(media_type, '')}",
        headers=_HEADERS,
    )  # fmt: skip
