"""What is held of the people who sign in as a flat's household."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from fenhu.web.access.models import User
from fenhu.web.holding import Holding, Row, hold
from fenhu.wording import text


def begin() -> None:
    """Name the logins."""
    hold(Holding(key="logins", name=text("Logins of the household"), rows=_rows, erase=_erase))


def _users(flat: Any) -> Any:
    return User.objects.filter(grants__flat=flat.pk).order_by("pk")


def _rows(flat: Any) -> Iterator[Row]:
    for user in _users(flat):
        yield {
            "username": user.username, "name": user.display_name, "email": user.email,
            "last_login": user.last_login, "joined": user.date_joined,
        }  # fmt: skip


def _erase(flat: Any) -> int:
    """Close the logins and take the names off; who acts for the flat through its link has none to lose."""
    erased = 0
    for user in _users(flat).exclude(username__startswith="flat-").exclude(username__startswith="erased-"):
        user.set_unusable_password()
        user.username, user.display_name, user.email = f"erased-{user.pk}", "", ""
        user.first_name = user.last_name = ""
        user.is_active = False
        user.save()
        erased += 1
    return erased
