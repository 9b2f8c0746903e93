"""What the programme does by itself when something happened elsewhere, in the same transaction."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fenhu.web.exchange.queries import touched_buildings
from fenhu.web.jobs import services as jobs
from fenhu.web.journal import services as journal
from fenhu.web.works.models import Study


def begin() -> None:
    """Follow the journal."""
    journal.follow("upload.applied", _register_imported)


def _register_imported(actor: Any, upload: Any, data: Mapping[str, Any]) -> None:
    """Have the buildings of an imported file diagnosed, once the city has a study they belong to."""
    if Study.objects.filter(current=True).exists() and touched_buildings(upload.pk):
        jobs.start("diagnosis", actor, {"upload": upload.pk})
