"""What happened, written down for every webhook that wants it, in the transaction in which it happened."""

from __future__ import annotations

import json
import uuid
from collections.abc import Mapping
from datetime import timedelta
from functools import partial
from typing import Any

from django.db import models
from django.utils import timezone

from fenhu.web.access.queries import somebody_of
from fenhu.web.api.delivering import deliver
from fenhu.web.api.events import EVENTS, TEST, Event
from fenhu.web.api.models import Delivery, Webhook
from fenhu.web.journal import services as journal

KEPT_DAYS = 30
_PRUNED_AT_ONCE = 50


def begin() -> None:
    """Follow what the journal says of every event."""
    for event in EVENTS.values():
        for kind in event.kinds:
            journal.follow(kind, partial(_happened, event))


def tell_test(webhook: Webhook) -> Delivery:
    """Return the message that only shows that a webhook is reached."""
    return _write(webhook, TEST, {})


def _happened(event: Event, actor: Any, subject: Any, data: Mapping[str, Any]) -> None:
    wanted = [one for one in Webhook.objects.filter(ended_at=None) if event.name in one.events]
    told = [one for one in wanted if _concerns(event, one, subject)]
    if not told:
        return
    said = event.told(subject, data)
    _prune()
    for webhook in told:
        _write(webhook, event.name, said)


def _concerns(event: Event, webhook: Webhook, subject: Any) -> bool:
    """Return whether somebody is left in the webhook's office, and may see what it is about."""
    office = somebody_of(
        role=webhook.role, organisation=webhook.organisation_id, district=webhook.district,
        level=webhook.level,
    )  # fmt: skip
    if office is None:
        return False
    if event.roles:
        return office.role in event.roles
    assert isinstance(subject, models.Model)
    rows: Any = type(subject)._default_manager
    return bool(rows.filter(pk=subject.pk).covered_by([office]).exists())


def _write(webhook: Webhook, event: str, said: Mapping[str, Any]) -> Delivery:
    now = timezone.now()
    body = {"type": event, "timestamp": now.isoformat(), "data": said}
    made = Delivery.objects.create(
        webhook=webhook, event=event, number=uuid.uuid4(), due_at=now,
        body=json.dumps(body, ensure_ascii=False),
    )  # fmt: skip
    deliver.enqueue(made.pk, 0)
    return made


def _prune() -> None:
    """Forget a few deliveries that are over and older than they are kept."""
    old = Delivery.objects.filter(made_at__lt=timezone.now() - timedelta(days=KEPT_DAYS))
    over = old.exclude(state=Delivery.WAITING).order_by("made_at")
    ids = list(over.values_list("pk", flat=True)[:_PRUNED_AT_ONCE])
    if ids:
        Delivery.objects.filter(pk__in=ids).delete()
