"""Imports as background work."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from fenhu.web.access.scope import get_visible
from fenhu.web.exchange import services
from fenhu.web.exchange.models import Upload
from fenhu.wording import Text, text


def stage(params: Mapping[str, Any], actor: Any, report: Callable[[Text, int, int], None]) -> dict[str, Any]:
    """Check an upload and say what importing it would do."""
    upload = services.stage(get_visible(Upload, actor, pk=params["upload"]), report=report)
    return {"upload": upload.pk, "state": upload.state}


def apply(params: Mapping[str, Any], actor: Any, report: Callable[[Text, int, int], None]) -> dict[str, Any]:
    """Import a checked upload."""
    report(text("Writing the register"), 0, 1)
    upload = services.apply(get_visible(Upload, actor, pk=params["upload"]), actor)
    return {"upload": upload.pk, "state": upload.state}
