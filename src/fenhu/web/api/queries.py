"""What pages show of the interface: a person's tokens, and the operations there are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone

from fenhu.web.access.scope import visible_to
from fenhu.web.api.models import Token
from fenhu.web.api.repeating import KEPT_DAYS as KEPT_DAYS
from fenhu.web.api.rights import RIGHTS as RIGHTS
from fenhu.web.api.rights import Right
from fenhu.web.api.rights import rights_of as rights_of
from fenhu.web.api.tokens import MOST_DAYS as MOST_DAYS
from fenhu.web.api.tokens import OFFICES as OFFICES
from fenhu.web.api.tokens import USUAL_DAYS as USUAL_DAYS

VALID, REVOKED, OVER = "valid", "revoked", "over"


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenRow:
    """One token of a person."""

    id: int
    name: str
    beginning: str
    rights: tuple[Right, ...]
    made_at: datetime
    expires_at: datetime
    last_used_at: datetime | None
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """One operation as the documentation shows it."""

    id: str
    method: str
    path: str
    said: str
    parameters: tuple[Mapping[str, Any], ...]
    body: str
    errors: tuple[int, ...]


def tokens_of(user: Any) -> tuple[TokenRow, ...]:
    """Return a person's tokens, the newest first."""
    return tuple(_row(one) for one in visible_to(Token, user).order_by("-pk"))


def operations() -> tuple[tuple[str, tuple[Operation, ...]], ...]:
    """Return all operations by their subject."""
    by_tag: dict[str, list[Operation]] = {}
    for tag, operation in _operations():
        by_tag.setdefault(tag, []).append(operation)
    return tuple((tag, tuple(found)) for tag, found in by_tag.items())


def _operations() -> Iterator[tuple[str, Operation]]:
    # Only here: the operations reach every other app, and those may ask us what a page shows.
    from fenhu.web.api.operations import description

    for path, by_method in description()["paths"].items():
        for method, told in by_method.items():
            yield told["tags"][0], Operation(
                id=told["operationId"], method=method.upper(), path=path, said=told["description"],
                parameters=tuple(told["parameters"]), body=_body(told),
                errors=tuple(sorted(int(one) for one in told["responses"] if int(one) >= 400)),
            )  # fmt: skip


def _body(told: Mapping[str, Any]) -> str:
    """Return the name of the shape an operation is sent, empty where it is sent nothing."""
    content = told.get("requestBody", {}).get("content", {}).get("application/json", {})
    return str(content.get("schema", {}).get("$ref", "")).rpartition("/")[2]


def _row(token: Token) -> TokenRow:
    return TokenRow(
        id=token.pk, name=token.name, beginning=token.beginning, made_at=token.made_at,
        rights=tuple(RIGHTS[name] for name in token.rights if name in RIGHTS),
        expires_at=token.expires_at, last_used_at=token.last_used_at, state=_state(token),
    )  # fmt: skip


def _state(token: Token) -> str:
    if token.revoked_at is not None:
        return REVOKED
    return OVER if token.expires_at <= timezone.now() else VALID
