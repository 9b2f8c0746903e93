"""The door of every operation: whose token it is, what it is for, and how often it was used this minute."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils import translation
from ninja.security import HttpBearer

from fenhu.errors import InputFault
from fenhu.policy.words import joined
from fenhu.programme import ROLE_NAMES
from fenhu.web.access.gates import has_role
from fenhu.web.api.faults import BadToken, MissingRight
from fenhu.web.api.limiting import count_call, too_many
from fenhu.web.api.models import Token
from fenhu.web.api.rights import RIGHTS
from fenhu.web.api.tokens import token_for
from fenhu.wording import set_language, text


class Bearer(HttpBearer):
    """Lets in whoever sends a token that is for this, as the token's owner; a session opens nothing here."""

    def __init__(self, right: str = "") -> None:
        super().__init__()
        self.right = right

    def __call__(self, request: HttpRequest) -> Token:
        """Return the token.

        Raises
        ------
        BadToken
            If none is sent, or nobody is known by it.
        """
        found = super().__call__(request)
        if found is None:
            raise BadToken(text("Send a token: “Authorization: Bearer fenhu_…”; people in an office make one"
                                " on the page of their tokens"))  # fmt: skip
        return found

    def authenticate(self, request: HttpRequest, token: str) -> Token:
        """Return the token with this secret, if it is for this and its calls are not used up."""
        found = token_for(token)
        request.user = found.owner
        _speak(request, found.owner)
        allowance = count_call(found)
        request.allowance = allowance  # type: ignore[attr-defined]
        if allowance.left < 0:
            raise too_many(allowance)
        if self.right:
            _require(found, self.right)
        _refuse_repeated(request)
        return found


def _refuse_repeated(request: HttpRequest) -> None:
    """Let nobody say a parameter twice: one of the two would be passed over in silence."""
    for name, values in request.GET.lists():
        if len(values) > 1:
            raise InputFault(text("{name} is said more than once; say it once", name=name[:40]))


def _speak(request: HttpRequest, owner: Any) -> None:
    """Let faults speak the owner's language where the call names none."""
    if owner.language and "Accept-Language" not in request.headers:
        translation.activate(owner.language)
        set_language(owner.language)


def _require(token: Token, name: str) -> None:
    if name not in token.rights:
        raise MissingRight(
            text("This token is not for {right}; make one that is, on the page of your tokens", right=name)
        )
    roles = RIGHTS[name].roles
    if not has_role(token.owner, *roles):
        office = joined([ROLE_NAMES[role] for role in roles])
        raise MissingRight(text("{right} is for: {office}; ask there", right=name, office=office))
