"""Issued papers: the list, one paper, and the file itself."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Any

from django.http import FileResponse, HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field

from fenhu.web.api.entering import Bearer
from fenhu.web.api.shapes import READS, AskedById, Day, IdInPath, Page, Words40, page
from fenhu.web.documents import queries as documents
from fenhu.web.handing_out import handed_out

router = Router(tags=["documents"], auth=Bearer("documents:read"))
FILE = {"responses": {200: {"description": "the paper, byte for byte as it was issued", "content": {
    "application/pdf": {"schema": {"type": "string", "contentMediaType": "application/pdf"}},
}}}}  # fmt: skip


class Document(Schema):
    """One issued paper in a list."""

    id: int
    number: str
    kind: str
    kind_name: str
    title: str
    office: str
    building: str = Field(description="number of the building; empty: it is about none")
    issued_on: date
    state: str = Field(description="valid, replaced or withdrawn")


class OneDocument(Document):
    """One issued paper; ``digest`` is the SHA-256 of its file."""

    digest: str
    size_bytes: int
    media_type: str
    verify_url: str
    ended_on: date | None
    replaced_by: int | None = Field(description="id of the paper that stands in its place")


class DocumentsAsked(AskedById):
    """What papers are narrowed by; empty: not at all."""

    kind: Words40 = ""
    building: Words40 = ""
    issued_since: Day | None = Field(None, description="issued on this day or later")


@router.get(
    "/documents", response={200: Page[Document]} | READS, url_name="api-documents",
    operation_id="list_documents",
)  # fmt: skip
def issued(request: HttpRequest, asked: Query[DocumentsAsked]) -> dict[str, Any]:
    """The papers the token's owner may read, in the order they were issued, page by page."""
    wanted = {"number__kind": asked.kind, "building__code": asked.building,
              "issued_on__gte": asked.issued_since}  # fmt: skip
    found = documents.documents_after(
        request.user, after=asked.after, limit=asked.limit + 1,
        asked={column: value for column, value in wanted.items() if value},
    )  # fmt: skip
    return page(map(_said, found), asked.limit, lambda row: row["id"])


@router.get(
    "/documents/{document_id}", response={200: OneDocument} | READS, url_name="api-document",
    operation_id="get_document",
)  # fmt: skip
def one(request: HttpRequest, document_id: IdInPath) -> dict[str, Any]:
    """One paper, its state and how anybody verifies it."""
    view = documents.document_view(request.user, document_id)
    return _said(view.row) | {
        "digest": view.digest, "size_bytes": view.size_bytes, "media_type": view.media_type,
        "verify_url": view.verify_url, "ended_on": view.ended_on,
        "replaced_by": view.replaced_by.id if view.replaced_by else None,
    }  # fmt: skip


@router.get(
    "/documents/{document_id}/file", response={200: None} | READS, url_name="api-document-file",
    operation_id="get_document_file", openapi_extra=FILE,
)  # fmt: skip
def file(request: HttpRequest, document_id: IdInPath) -> FileResponse:
    """The paper itself, byte for byte as it was issued."""
    found = documents.document_for(request.user, document_id)
    return handed_out(found.file, title=found.number.words, media_type=found.media_type)


def _said(row: documents.DocumentRow) -> dict[str, Any]:
    return asdict(row) | {"kind_name": str(row.kind_name), "building": row.code}
