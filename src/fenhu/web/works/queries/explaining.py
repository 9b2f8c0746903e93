"""What explains the measured rooms of one building, calculated when somebody asks."""

from __future__ import annotations

from typing import Any

from fenhu import study
from fenhu.errors import FenhuError
from fenhu.stock import Explained
from fenhu.web.access.scope import get_visible
from fenhu.web.registry.queries import flat_records_of, record_of, visible_buildings
from fenhu.web.rules import current_policy


def explained(user: Any, code: str) -> Explained:
    """Return what explains the measured rooms of a building ``user`` may see.

    Raises
    ------
    django.http.Http404
        If there is no such building, or it is not the user's to see.
    """
    building = get_visible(visible_buildings(user), user, code=code)
    try:
        return study.explain_building(record_of(building), flat_records_of(building), current_policy())
    except FenhuError as fault:
        return Explained(code=code, status=fault.code, measured=0, sentences=(fault.message,))
