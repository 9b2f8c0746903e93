"""Handing out the papers of projects to those who may read them."""

from __future__ import annotations

from django.http import FileResponse, HttpRequest

from fenhu.web.handing_out import handed_out
from fenhu.web.works import queries


def paper(request: HttpRequest, paper_id: int) -> FileResponse:
    """Hand out a paper of a project."""
    found = queries.paper_for(request.user, paper_id)
    return handed_out(found.file, title=found.title, media_type=found.media_type)
