"""Handing out the papers of projects to those who may read them."""

from __future__ import annotations

from django.http import FileResponse, HttpRequest

from fenhu.errors import UnknownItem
from fenhu.web.works import queries
from fenhu.wording import text

_SUFFIXES = {"application/pdf": ".pdf", "image/png": ".png", "image/jpeg": ".jpg"}


def paper(request: HttpRequest, paper_id: int) -> FileResponse:
    """Hand out a paper: pictures stand in the page, everything else is saved.

    Raises
    ------
    UnknownItem
        If its file is not in the store.
    """
    found = queries.paper_for(request.user, paper_id)
    try:
        content = found.file.open("rb")
    except FileNotFoundError as fault:
        raise UnknownItem(text(
            "The file of “{title}” is not in the store; ask the operator to restore it", title=found.title
        )) from fault  # fmt: skip
    return FileResponse(
        content, as_attachment=not found.media_type.startswith("image/"), content_type=found.media_type,
        filename=f"{found.title}{_SUFFIXES.get(found.media_type, '')}",
        headers={
            "X-Content-Type-Options": "nosniff", "Content-Security-Policy": "sandbox; default-src 'none'",
        },
    )  # fmt: skip
