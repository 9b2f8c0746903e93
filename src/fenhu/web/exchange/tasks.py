"""Imports as background work."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from fenhu.web.access.scope import get_visible
from fenhu.web.exchange import services
from fenhu.web.exchange.models import Upload
from fenhu.wording import Text, text


def stage(params: Mapping[str, Any], actor: Any, report: Callable[[Text, int, int], None]) -> dict[str, Any]:
    """Check an upload and say what importing it would do; one that is checked already stays as it is."""
    upload = get_visible(Upload, actor, pk=params["upload"])
    if upload.state == Upload.RECEIVED:
        upload = services.stage(upload, report=report)
    return {"upload": upload.pk, "state": upload.state}


def apply(
    params: Mapping[str, Any], actor: Any, report: Callable[[Text, int, int], None]
) -> Callable[[], dict[str, Any]]:
    """Return what imports a checked upload."""
    report(text("Writing the register"), 0, 1)
    upload = get_visible(Upload, actor, pk=params["upload"])

    def imported() -> dict[str, Any]:
        return {"upload": upload.pk, "state": services.apply(upload, actor).state}

    return imported
