"""Making, revoking and recognising tokens; their times are real ones, whatever day the product plays."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Collection, Mapping
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from fenhu.errors import InputFault
from fenhu.programme import Role
from fenhu.web.access.gates import require_role
from fenhu.web.access.scope import get_visible
from fenhu.web.api.faults import BadToken
from fenhu.web.api.models import Token, Usage
from fenhu.web.api.rights import rights_of
from fenhu.web.journal import services as journal
from fenhu.wording import text

PREFIX = "fenhu_"
USUAL_DAYS, MOST_DAYS, MOST_TOKENS = 365, 730, 20
_SHOWN = len(PREFIX) + 6
_NOTED_EVERY = timedelta(minutes=1)
OFFICES = tuple(role for role in Role if role is not Role.HOUSEHOLD)


@transaction.atomic
def make_token(
    actor: Any, *, name: str, rights: Collection[str], days: int = USUAL_DAYS
) -> tuple[Token, str]:
    """Return a new token of the actor and its secret, which nobody can read again.

    Raises
    ------
    NotAllowed
        If the actor is in no office.
    InputFault
        If it is to be for nothing, for something that is not the actor's, or for too long.
    """
    require_role(actor, *OFFICES)
    if not rights:
        raise InputFault(text("Choose at least one thing the token is for"))
    foreign = sorted(set(rights) - {right.name for right in rights_of(actor)})
    if foreign:
        raise InputFault(text("Your office cannot use {rights}; leave it out", rights=", ".join(foreign)))
    if not 1 <= days <= MOST_DAYS:
        raise InputFault(text("A token is valid for 1 to {most} days", most=MOST_DAYS))
    now = timezone.now()
    standing = Token.objects.filter(owner=actor, revoked_at=None, expires_at__gt=now)
    if standing.count() >= MOST_TOKENS:
        raise InputFault(text("You have {most} tokens; revoke one that is not used", most=MOST_TOKENS))
    secret = PREFIX + secrets.token_urlsafe(32)
    token = Token.objects.create(
        owner=actor, name=name.strip(), beginning=secret[:_SHOWN], digest=digest_of(secret),
        rights=sorted(rights), expires_at=now + timedelta(days=days),
    )  # fmt: skip
    Usage.objects.create(token=token)
    data = {"rights": ", ".join(token.rights), "days": days}
    journal.record(actor=actor, subject=token, kind="api.token_made", data=data)
    return token, secret


@transaction.atomic
def revoke_token(actor: Any, token_id: int) -> Token:
    """Return the token, which opens nothing any more; a second time changes nothing.

    Raises
    ------
    django.http.Http404
        If it is not the actor's.
    """
    token = get_visible(Token, actor, pk=token_id)
    _revoke(actor, token)
    return token


def end_with_passwords() -> None:
    """Revoke from now on the tokens of whoever gets a password from somebody else.

    A token acts as its owner: whoever had the password may have made it, or read its secret.
    """
    journal.follow("user.password_reset", _password_reset)


def _password_reset(actor: Any, user: Any, data: Mapping[str, Any]) -> None:
    for token in Token.objects.filter(owner=user, revoked_at=None).order_by("pk"):
        _revoke(actor, token)


def _revoke(actor: Any, token: Token) -> None:
    if Token.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=timezone.now()):
        journal.record(actor=actor, subject=token, kind="api.token_revoked", data={})


def token_for(secret: str) -> Token:
    """Return the token with this secret.

    Raises
    ------
    BadToken
        If there is none, it was revoked or ran out, or its owner may not sign in any more.
    """
    now = timezone.now()
    token = Token.objects.select_related("owner").filter(digest=digest_of(secret)).first()
    if token is None:
        raise BadToken(text("No such token is known; check that the whole of it was sent"))
    if token.revoked_at is not None or not token.owner.is_active:
        raise BadToken(text("This token was revoked; make a new one on the page of your tokens"))
    if token.expires_at <= now:
        raise BadToken(text("This token ran out; make a new one on the page of your tokens"))
    if token.last_used_at is None or now - token.last_used_at >= _NOTED_EVERY:
        Token.objects.filter(pk=token.pk).update(last_used_at=now)
    return token


def digest_of(secret: str) -> str:
    """Return what the database keeps of a secret; one of 256 random bits needs no slow hash."""
    return hashlib.sha256(secret.encode(errors="surrogateescape")).hexdigest()
