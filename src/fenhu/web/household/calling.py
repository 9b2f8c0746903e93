"""The telephone by which a household proves itself: set and corrected by whoever looks after the flat."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from fenhu.web.household.allowed import require_informer
from fenhu.web.registry import services as registry


@transaction.atomic
def set_phone(actor: Any, flat: Any, phone: str) -> None:
    """Let a flat have this telephone; whoever proved himself by the old one has to do it again.

    Raises
    ------
    NotAllowed
        If the flat is not in the actor's care.
    InputFault
        If it cannot be dialled.
    """
    require_informer(actor, flat)
    registry.set_phone(actor, flat, phone)
