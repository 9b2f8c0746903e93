"""What pages show of the interface: tokens, webhooks with what was sent to them, the operations."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Min, Q
from django.utils import timezone

from fenhu.web.access.scope import get_visible, visible_to
from fenhu.web.api.delivering import PAUSES_S
from fenhu.web.api.events import EVENTS as EVENTS
from fenhu.web.api.models import Delivery, Token, Webhook
from fenhu.web.api.repeating import KEPT_DAYS as KEPT_DAYS
from fenhu.web.api.rights import RIGHTS as RIGHTS
from fenhu.web.api.rights import Right
from fenhu.web.api.rights import rights_of as rights_of
from fenhu.web.api.tokens import MOST_DAYS as MOST_DAYS
from fenhu.web.api.tokens import OFFICES as OFFICES
from fenhu.web.api.tokens import USUAL_DAYS as USUAL_DAYS
from fenhu.web.api.webhooks import secret_of as secret_of
from fenhu.wording import Text, text

SHOWN = 50
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
class DeliveryRow:
    """One message to a webhook."""

    id: int
    event: Text
    number: str
    made_at: datetime
    state: str
    attempts: int
    most: int
    due_at: datetime
    finished_at: datetime | None
    fault: Text | None


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookRow:
    """One webhook of an office, with its newest message."""

    id: int
    address: str
    events: tuple[Text, ...]
    made_at: datetime
    made_by: str
    ended_at: datetime | None
    newest: DeliveryRow | None


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


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryFigures:
    """Messages to webhooks that wait, and those given up within a day; how long the longest has waited."""

    waiting: int
    given_up: int
    longest_wait_s: float


def delivery_figures() -> DeliveryFigures:
    """Return what an operator watches of messages to webhooks."""
    now = timezone.now()
    lately = Q(state=Delivery.GIVEN_UP, finished_at__gte=now - timedelta(days=1))
    waiting = Q(state=Delivery.WAITING)
    found = Delivery.objects.filter(waiting | lately).aggregate(
        waiting=Count("pk", filter=waiting), given_up=Count("pk", filter=lately),
        oldest=Min("made_at", filter=waiting),
    )  # fmt: skip
    oldest = found.pop("oldest")
    return DeliveryFigures(longest_wait_s=(now - oldest).total_seconds() if oldest else 0.0, **found)


def tokens_of(user: Any) -> tuple[TokenRow, ...]:
    """Return a person's tokens, the newest first."""
    return tuple(_row(one) for one in visible_to(Token, user).order_by("-pk"))


def webhooks_of(user: Any) -> tuple[WebhookRow, ...]:
    """Return the webhooks of a person's office, the newest first."""
    found = visible_to(Webhook, user).select_related("made_by").order_by("-pk")
    return tuple(_webhook(one) for one in found)


def webhook_view(user: Any, webhook_id: int) -> tuple[WebhookRow, tuple[DeliveryRow, ...]]:
    """Return a webhook of a person's office and the newest messages to it.

    Raises
    ------
    django.http.Http404
        If it is not of his office.
    """
    webhook = get_visible(Webhook.objects.select_related("made_by"), user, pk=webhook_id)
    rows = webhook.deliveries.order_by("-pk")[:SHOWN]
    return _webhook(webhook), tuple(_delivery(one) for one in rows)


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


def _webhook(webhook: Webhook) -> WebhookRow:
    newest = webhook.deliveries.order_by("-pk").first()
    return WebhookRow(
        id=webhook.pk, address=webhook.address, made_at=webhook.made_at, made_by=str(webhook.made_by),
        events=tuple(EVENTS[name].label for name in webhook.events if name in EVENTS),
        ended_at=webhook.ended_at, newest=_delivery(newest) if newest else None,
    )  # fmt: skip


def _delivery(delivery: Delivery) -> DeliveryRow:
    event = EVENTS.get(delivery.event)
    return DeliveryRow(
        id=delivery.pk, event=event.label if event else text("A test"), number=f"msg_{delivery.number.hex}",
        made_at=delivery.made_at, state=delivery.state, attempts=delivery.attempts, most=len(PAUSES_S),
        due_at=delivery.due_at, finished_at=delivery.finished_at,
        fault=Text.from_json(delivery.last_fault) if delivery.last_fault else None,
    )  # fmt: skip


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
