"""Sending a photograph of a complaint: a picture and nothing else, whatever the browser thinks."""

from __future__ import annotations

from django.http import FileResponse

from fenhu.web.household.models import CasePhoto


def sent(photo: CasePhoto) -> FileResponse:
    """Return the photograph; nothing keeps it, nothing runs in it."""
    response = FileResponse(photo.file.open("rb"), content_type="image/jpeg")
    response["Cache-Control"] = "no-store"
    response["Content-Security-Policy"] = "default-src 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    return response
