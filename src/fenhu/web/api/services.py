"""What people do with the interface: tokens, webhooks, and sending something once more."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from fenhu.web.access.scope import get_visible
from fenhu.web.api.delivering import replay, take_up_lost
from fenhu.web.api.models import Delivery, Webhook
from fenhu.web.api.telling import tell_test
from fenhu.web.api.tokens import make_token, revoke_token
from fenhu.web.api.webhooks import end_webhook, make_webhook, renew_secret

__all__ = [
    "end_webhook", "make_token", "make_webhook", "renew_secret", "replay", "revoke_token", "take_up_lost",
    "try_webhook",
]  # fmt: skip


@transaction.atomic
def try_webhook(actor: Any, webhook_id: int) -> Delivery:
    """Return the message by which an office sees whether its webhook is reached.

    Raises
    ------
    django.http.Http404
        If the webhook is not of the actor's office.
    """
    return tell_test(get_visible(Webhook.objects.filter(ended_at=None), actor, pk=webhook_id))
