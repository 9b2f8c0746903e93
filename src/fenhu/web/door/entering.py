"""Coming in: what happens once somebody proved who he is."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import authenticate
from django.http import HttpRequest


def proves(request: HttpRequest, password: str) -> bool:
    """Return whether who is signed in knows his password; wrong ones count as at the sign-in page."""
    user: Any = request.user
    found = authenticate(request, username=user.get_username(), password=password)
    return found is not None and found.pk == user.pk
