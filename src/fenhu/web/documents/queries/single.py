"""One issued paper: its state, what came before and after, what may be done with it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from fenhu.web.access.scope import get_visible, grants_of
from fenhu.web.documents.codes import grouped
from fenhu.web.documents.drafting import drafts_of
from fenhu.web.documents.issuing import kind_of, may_end, verify_address
from fenhu.web.documents.models import Document
from fenhu.web.documents.queries.rows import WITH, DocumentRow, row_of
from fenhu.web.documents.subjects import subject_for
from fenhu.web.journal.queries import EntryView, entries_of


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentView:
    """One issued paper with its state, what came before and after, and what the reader may do.

    ``word_subject`` names what a Word file of it is made about; empty where the reader may have none.
    """

    row: DocumentRow
    digest: str
    size_bytes: int
    media_type: str
    verify_code: str
    verify_url: str
    template_version: int | None
    ended_on: date | None
    reason: str
    replaced_by: DocumentRow | None
    replaces: DocumentRow | None
    subject_url: tuple[str, str]
    history: tuple[EntryView, ...]
    may_end: bool
    word_subject: str


def document_view(user: Any, document_id: int) -> DocumentView:
    """Return one paper ``user`` may see.

    Raises
    ------
    django.http.Http404
        If there is none, or it is not his to see.
    """
    document = document_for(user, document_id)
    ending = getattr(document, "ending", None)
    ended = getattr(document, "replaces", None)
    return DocumentView(
        row=row_of(document), digest=document.digest, size_bytes=document.size_bytes,
        media_type=document.media_type, verify_code=grouped(document.number.code),
        verify_url=verify_address(document.number.code),
        template_version=document.template.version if document.template else None,
        ended_on=ending.on_date if ending else None, reason=ending.reason if ending else "",
        replaced_by=row_of(ending.replaced_by) if ending and ending.replaced_by else None,
        replaces=row_of(ended.document) if ended else None, subject_url=_subject_url(document),
        history=entries_of(document), may_end=ending is None and may_end(user, document),
        word_subject=_word_subject(user, document),
    )  # fmt: skip


def document_for(user: Any, document_id: int) -> Document:
    """Return the paper itself, for whoever is about to hand it out or to end its validity.

    Raises
    ------
    django.http.Http404
        If there is none, or it is not his to see.
    """
    return get_visible(Document.objects.select_related(*WITH), user, pk=document_id)


def _word_subject(user: Any, document: Document) -> str:
    subject = str(document.number.subject)
    kind = kind_of(document.number.kind)
    own = may_end(user, document) and drafts_of(kind, list(grants_of(user)), subject_for(user, subject))
    return subject if own else ""


def _subject_url(document: Document) -> tuple[str, str]:
    """Return the address's name and key of the page a paper was issued from; empty where there is none."""
    if document.project is not None and document.building is not None:
        return "project", document.building.code
    if document.plan_id is not None:
        return "annual-plan", str(document.plan_id)
    if document.reward_id is not None:
        return "reward", str(document.reward_id)
    return "", ""
