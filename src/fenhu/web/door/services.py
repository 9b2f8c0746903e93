"""What changes about how somebody signs in; each change ends the sessions it must and is journaled."""

from __future__ import annotations

import secrets
from contextlib import suppress
from typing import Any

from django.db import transaction

from fenhu.errors import NotAllowed, WrongState
from fenhu.programme import Role
from fenhu.web.access.queries import active_of
from fenhu.web.door import factor, sessions
from fenhu.web.door.models import Telephone
from fenhu.web.door.sealing import opened, sealed
from fenhu.web.journal import services as journal
from fenhu.wording import text

# Letters and digits nobody takes for another when reading from paper.
_CLEAR = "abcdefghjkmnpqrstuvwxyz23456789"


@transaction.atomic
def change_password(*, user: Any, password: str, here: str | None = None) -> None:
    """Give ``user`` the password he chose; every browser but ``here`` is signed out."""
    user.set_password(password)
    user.must_change_password = False
    user.save(update_fields=["password", "must_change_password"])
    journal.record(actor=user, subject=user, kind="user.password_changed", data={})
    sessions.end(actor=user, user=user, but=here)


@transaction.atomic
def reset_password(*, user: Any, actor: Any = None) -> str:
    """Return a password ``user`` can sign in with once, to choose his own; he is signed out everywhere.

    His tokens for other systems end, too: they follow the entry.

    Raises
    ------
    NotAllowed
        If somebody resets his own: whoever sits at his browser must not learn a password of his.
    """
    _not_oneself(user, actor)
    password = "-".join("".join(secrets.choice(_CLEAR) for _ in range(5)) for _ in range(3))
    user.set_password(password)
    user.must_change_password = True
    user.save(update_fields=["password", "must_change_password"])
    journal.record(actor=actor, subject=user, kind="user.password_reset", data={})
    sessions.end(actor=actor, user=user)
    return password


@transaction.atomic
def reset_factor(*, user: Any, actor: Any = None) -> None:
    """Ask ``user``, whose telephone is lost, for no code any more; he is signed out everywhere.

    Raises
    ------
    NotAllowed
        If somebody does it to himself: with a code he takes it away on his own account.
    """
    _not_oneself(user, actor)
    factor.take_away(user=user, actor=actor)


@transaction.atomic
def deactivate(*, user: Any, actor: Any = None) -> None:
    """Let ``user`` sign in no more, and sign him out everywhere.

    Raises
    ------
    NotAllowed
        If somebody shuts himself out.
    WrongState
        If nobody of the city construction bureau could sign in any more.
    """
    _not_oneself(user, actor)
    if list(active_of(Role.CITY_BUREAU)[:2]) == [user]:
        raise WrongState(
            text("{name} is the last of the bureau who can sign in; enrol somebody first", name=str(user))
        )
    user.is_active = False
    user.save(update_fields=["is_active"])
    journal.record(actor=actor, subject=user, kind="user.deactivated", data={})
    sessions.end(actor=actor, user=user)


@transaction.atomic
def reactivate(*, user: Any, actor: Any = None) -> None:
    """Let ``user`` sign in again."""
    user.is_active = True
    user.save(update_fields=["is_active"])
    journal.record(actor=actor, subject=user, kind="user.reactivated", data={})


@transaction.atomic
def seal_all() -> None:
    """Seal under the present key what was stored before there were seals or sealed under a key before."""
    for telephone in Telephone.objects.select_for_update():
        with suppress(WrongState):
            key = sealed(opened(telephone.key, telephone.user_id), telephone.user_id)
            Telephone.objects.filter(pk=telephone.pk).update(key=key)


def _not_oneself(user: Any, actor: Any) -> None:
    if actor is not None and actor.pk == user.pk:
        raise NotAllowed(text("Nobody does this to himself; ask a colleague, or the operator"))
