"""Papers of the flat, handed out by its own page: notice, contract, receipts, acceptance record."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from io import BytesIO

from django.http import FileResponse, Http404
from django.http.response import HttpResponseBase

from fenhu.web.documents import queries as documents
from fenhu.web.handing_out import handed_out
from fenhu.web.household.doors import Door
from fenhu.web.ledger import queries as ledger
from fenhu.web.terms.receipts import receipt_paper


def file_of(door: Door, kind: str, key: str) -> HttpResponseBase:
    """Return one of the flat's papers as a file; nothing keeps it on the way.

    Raises
    ------
    django.http.Http404
        If there is none, it is another flat's, or the household has not proved itself.
    """
    if kind not in FILES or not door.proved:
        raise Http404
    response = FILES[kind](door, key)
    response["Cache-Control"] = "no-store"
    return response


def _paper(door: Door, key: str) -> HttpResponseBase:
    found = documents.paper_of_flat(door.flat, int(key)) if key.isdecimal() else None
    if found is None:
        raise Http404
    return handed_out(found.file, title=found.number.words, media_type=found.media_type)


def _receipt(door: Door, key: str) -> HttpResponseBase:
    view = ledger.home_receipt(door.flat, key)
    if view is None:
        raise Http404
    return _pdf(receipt_paper(view), key)


def _acceptance(door: Door, key: str) -> HttpResponseBase:
    content = documents.acceptance_extract(door.flat, int(key)) if key.isdecimal() else None
    if content is None:
        raise Http404
    return _pdf(content, key)


def _pdf(content: bytes, name: str) -> FileResponse:
    return FileResponse(
        BytesIO(content), as_attachment=True, filename=f"{name}.pdf", content_type="application/pdf"
    )


FILES: Mapping[str, Callable[[Door, str], HttpResponseBase]] = {
    "papers": _paper, "receipts": _receipt, "acceptances": _acceptance,
}  # fmt: skip
