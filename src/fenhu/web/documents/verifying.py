"""Proving that every issued paper still lies in the store byte for byte as it left the office."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from fenhu.web.documents.models import Document
from fenhu.web.journal import queries as journal
from fenhu.wording import Text, text

_AT_ONCE = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class PapersReport:
    """What a walk through the store found; no fault means that every paper is as it was issued."""

    papers: int
    size_bytes: int
    faults: tuple[Text, ...]

    @property
    def valid(self) -> bool:
        """Return whether nothing is wrong."""
        return not self.faults


def verify() -> PapersReport:
    """Return whether every paper has the bytes whose digest was recorded, in its row and in the journal.

    The file of a paper that was erased with its person is not looked for.
    """
    recorded = dict(journal.said_of("documents.document", "digest"))
    papers, size_bytes = 0, 0
    faults: list[Text] = []
    standing = Document.objects.filter(erased__isnull=True).select_related("number")
    for one in standing.order_by("pk").iterator(chunk_size=_AT_ONCE):
        papers, size_bytes = papers + 1, size_bytes + one.size_bytes
        faults += _faults(one, recorded.get(one.pk, ""))
    return PapersReport(papers=papers, size_bytes=size_bytes, faults=tuple(faults))


def _faults(document: Document, recorded: str) -> Iterator[Text]:
    if recorded != document.digest:
        yield text("The journal does not know {number} as it is", number=document.number.words)
    try:
        with document.file.open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        yield text("{number}: its file {file} is missing", number=document.number.words,
                   file=document.file.name)  # fmt: skip
        return
    if found != document.digest:
        yield text("{number}: its file {file} is not what was issued", number=document.number.words,
                   file=document.file.name)  # fmt: skip
