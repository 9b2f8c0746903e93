"""Making people known and granting them roles."""

from __future__ import annotations

import secrets
from typing import Any

from django.db import transaction

from fenhu.errors import InputFault
from fenhu.programme import ROLE_NAMES, Role
from fenhu.web.access.models import Grant, User
from fenhu.web.journal import services as journal
from fenhu.wording import text


@transaction.atomic
def enrol(
    *,
    username: str,
    display_name: str,
    password: str | None,
    email: str = "",
    must_change_password: bool = False,
    actor: User | None = None,
) -> User:
    """Return a new user who can sign in with ``password``; with None he cannot sign in at all."""
    user = User(
        username=username, display_name=display_name, email=email,
        must_change_password=must_change_password,
    )  # fmt: skip
    user.set_password(password)
    user.save()
    journal.record(actor=actor, subject=user, kind="user.enrolled", data={})
    return user


@transaction.atomic
def renew_calendar(user: Any) -> str:
    """Return the new secret under which a person's due days are read; the one before is void."""
    key = secrets.token_urlsafe(32)
    User.objects.filter(pk=user.pk).update(calendar_key=key)
    journal.record(actor=user, subject=user, kind="user.calendar_renewed", data={})
    return key


@transaction.atomic
def grant(
    *,
    user: User,
    role: Role,
    organisation: Any = None,
    district: str = "",
    level: str = "",
    flat: Any = None,
    actor: User | None = None,
) -> Grant:
    """Return the new grant of ``role`` with its scope to ``user``.

    Raises
    ------
    InputFault
        If the organisation is not of the kind the role belongs to.
    """
    if organisation is not None and organisation.kind != role:
        raise InputFault(text(
            "{organisation} is no {role}; choose an organisation of that kind",
            organisation=organisation.name, role=ROLE_NAMES[role],
        ))  # fmt: skip
    given = Grant.objects.create(
        user=user, role=role, organisation=organisation, district=district, level=level, flat=flat
    )
    scope = {"organisation": organisation.pk if organisation else None, "district": district, "level": level,
             "flat": flat.pk if flat else None}  # fmt: skip
    journal.record(actor=actor, subject=user, kind="user.granted", data={"role": role.value, **scope})
    return given


@transaction.atomic
def household_of(flat: Any, *, name: str) -> User:
    """Return who acts for a flat through the link of its page; nobody can sign in as him.

    Parameters
    ----------
    name
        How lists and the journal call him: the flat, never a person.
    """
    username = f"flat-{flat.pk}"
    known = User.objects.filter(username=username).first()
    if known is not None:
        return known
    made = enrol(username=username, display_name=name, password=None)
    grant(user=made, role=Role.HOUSEHOLD, flat=flat)
    return made
