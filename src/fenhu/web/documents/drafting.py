"""Papers as Word files for whoever edits them: drafts, marked so, without number and code."""

from __future__ import annotations

from typing import Any

from django.conf import settings

from fenhu.papers import issued
from fenhu.web import clock
from fenhu.web.documents.issuing import covers, gathered, issuing_office, kind_of
from fenhu.web.documents.kinds import Kind
from fenhu.web.documents.templating import template_folder

WORD = "docx"
WORD_MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def word_draft(actor: Any, *, kind: str, subject: Any) -> bytes:
    """Return the paper of a kind about a subject as a Word file, by what is known today.

    Raises
    ------
    UnknownItem
        If there is no such kind of paper, or it is not made as a Word file.
    NotAllowed
        If none of the actor's offices issues it about this subject.
    """
    row = kind_of(kind)
    office = issuing_office(actor, row, subject)
    [values] = gathered(actor, row, [subject])
    heading = issued.Heading(office=office.name, date=clock.today(), demo=settings.DEMO, draft=True)
    with template_folder(office) as folder:
        return issued.make(kind, values, heading=heading, folder=folder, format=WORD)


def drafts_of(kind: Kind, grants: list[Any], subject: Any) -> bool:
    """Return whether whoever holds these grants may have the Word file of a paper about a subject."""
    fitting = (grant for grant in grants if grant.role in kind.issuers)
    return WORD in issued.KINDS[kind.kind].formats and any(covers(grant, subject) for grant in fitting)
