"""Registering webhooks, and the secret by which a listener knows that it is told by us."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
from collections.abc import Collection
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from fenhu.errors import InputFault, WrongState
from fenhu.web.access.gates import require_role
from fenhu.web.access.scope import get_visible, grants_of, visible_to
from fenhu.web.api.events import EVENTS
from fenhu.web.api.judging import judged
from fenhu.web.api.models import Webhook
from fenhu.web.api.tokens import OFFICES
from fenhu.web.journal import services as journal
from fenhu.wording import text

MOST_WEBHOOKS = 10
BOTH_SIGN = timedelta(days=1)
_SALT = "fenhu.web.api.webhook"


@transaction.atomic
def make_webhook(actor: Any, *, address: str, events: Collection[str]) -> Webhook:
    """Return a new webhook of the actor's office.

    Raises
    ------
    NotAllowed
        If the actor is in no office.
    InputFault
        If nothing is to be told, the address may not be called, or there are too many.
    """
    require_role(actor, *OFFICES)
    if not events or set(events) - set(EVENTS):
        raise InputFault(text("Choose at least one thing to be told"))
    judged(address)
    if visible_to(Webhook, actor).filter(ended_at=None).count() >= MOST_WEBHOOKS:
        raise InputFault(text("Your office has {most} webhooks; end one not used", most=MOST_WEBHOOKS))
    grant = next(one for one in grants_of(actor) if one.role in OFFICES)
    made = Webhook.objects.create(
        role=grant.role, organisation=grant.organisation, district=grant.district, level=grant.level,
        address=address, events=sorted(events), salt=secrets.token_hex(16), made_by=actor,
    )  # fmt: skip
    data = {"address": address, "events": ", ".join(made.events)}
    journal.record(actor=actor, subject=made, kind="api.webhook_made", data=data)
    return made


@transaction.atomic
def end_webhook(actor: Any, webhook_id: int) -> Webhook:
    """Return the webhook, which is told nothing any more; a second time changes nothing.

    Raises
    ------
    django.http.Http404
        If it is not of the actor's office.
    """
    webhook = get_visible(Webhook, actor, pk=webhook_id)
    if Webhook.objects.filter(pk=webhook.pk, ended_at=None).update(ended_at=timezone.now()):
        journal.record(actor=actor, subject=webhook, kind="api.webhook_ended", data={})
    return webhook


@transaction.atomic
def renew_secret(actor: Any, webhook_id: int) -> Webhook:
    """Return the webhook with a new secret; the one before signs beside it for a day.

    Raises
    ------
    django.http.Http404
        If it is not of the actor's office.
    WrongState
        If it was ended.
    """
    webhook = get_visible(Webhook, actor, pk=webhook_id)
    if webhook.ended_at is not None:
        raise WrongState(text("This webhook was ended; register a new one"))
    webhook.salt_before, webhook.salt = webhook.salt, secrets.token_hex(16)
    webhook.renewed_at = timezone.now()
    webhook.save(update_fields=["salt", "salt_before", "renewed_at"])
    journal.record(actor=actor, subject=webhook, kind="api.webhook_renewed", data={})
    return webhook


def secret_of(webhook: Webhook) -> str:
    """Return the secret as the listener keeps it (Standard Webhooks)."""
    return "whsec_" + base64.b64encode(_key(webhook.salt)).decode()


def signatures(webhook: Webhook, number: str, timestamp: int, body: str) -> str:
    """Return the signatures of a message, by the secret, and for a day by the one before it."""
    salts = [webhook.salt]
    if webhook.renewed_at is not None and timezone.now() - webhook.renewed_at < BOTH_SIGN:
        salts.append(webhook.salt_before)
    said = f"{number}.{timestamp}.{body}".encode()
    macs = (hmac.new(_key(salt), said, hashlib.sha256).digest() for salt in salts)
    return " ".join(f"v1,{base64.b64encode(mac).decode()}" for mac in macs)


def _key(salt: str) -> bytes:
    return salted_hmac(_SALT, salt, algorithm="sha256").digest()
