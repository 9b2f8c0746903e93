"""Sending what is to be told, in the worker: again after growing pauses, until it is taken or given up.

Before a message is sent, the next attempt is put down in the same transaction as that this one began: a
worker that dies while sending loses nothing, and the listener knows a message that comes twice by its number.
What a worker took from the queue and never began is looked for, and put into the queue again.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from fenhu.errors import FenhuError, WrongState
from fenhu.web.access.scope import get_visible
from fenhu.web.api.models import Delivery
from fenhu.web.api.sending import Unreached, send
from fenhu.web.api.webhooks import signatures
from fenhu.web.journal import services as journal
from fenhu.wording import text

# After each attempt so many seconds, from half a minute to a day; after the last it is given up.
PAUSES_S = (30, 120, 600, 3600, 10_800, 21_600, 43_200, 86_400)
OVERDUE_S = 10
_TAKEN = range(200, 300)
_TAKEN_UP_AT_ONCE = 500


@task(priority=10)
def deliver(delivery_id: int, attempt: int) -> None:
    """Send a message for the ``attempt``-th time, counted from 0, unless it was sent so often already."""
    delivery = _begun(delivery_id, attempt)
    if delivery is None:
        return
    try:
        status = send(delivery.webhook.address, delivery.body.encode(), _headers(delivery))
        if status not in _TAKEN:
            raise Unreached(text("Answered with {status}", status=status))
    except FenhuError as fault:
        _failed(delivery, fault)
        return
    _finished(delivery, Delivery.DELIVERED, last_status=status, last_fault=None)


@transaction.atomic
def replay(actor: Any, delivery_id: int) -> Delivery:
    """Return a message that was delivered or given up, to be sent once more under the same number.

    Raises
    ------
    django.http.Http404
        If it is not of the actor's office.
    WrongState
        If it is on its way, or its webhook was ended.
    """
    delivery = get_visible(Delivery.objects.select_related("webhook"), actor, pk=delivery_id)
    again = Delivery.objects.filter(pk=delivery.pk, webhook__ended_at=None).exclude(state=Delivery.WAITING)
    if not again.update(state=Delivery.WAITING, attempts=0, due_at=timezone.now(), finished_at=None):
        raise WrongState(text("This message is on its way, or its webhook was ended"))
    deliver.enqueue(delivery.pk, 0)
    data = {"number": str(delivery.number)}
    journal.record(actor=actor, subject=delivery.webhook, kind="api.delivery_replayed", data=data)
    delivery.refresh_from_db()
    return delivery


def take_up_lost() -> int:
    """Return how many messages are in the queue again: their turn is over, and nobody will come for them.

    Their ticket was taken by a worker that was lost before the attempt began. An attempt that comes twice is
    made once, so it matters nothing where a worker was only slow.
    """
    overdue = Delivery.objects.filter(
        state=Delivery.WAITING, due_at__lt=timezone.now() - timedelta(seconds=OVERDUE_S)
    )
    waiting = list(overdue.values_list("pk", "attempts")[:_TAKEN_UP_AT_ONCE])
    if not waiting:
        return 0
    tickets = DBTaskResult.objects.filter(task_path=deliver.module_path, status=TaskResultStatus.READY)
    queued = {tuple(one["args"]) for one in tickets.values_list("args_kwargs", flat=True)}
    lost = [one for one in waiting if one not in queued]
    for delivery_id, attempt in lost:
        deliver.enqueue(delivery_id, attempt)
    return len(lost)


@transaction.atomic
def _begun(delivery_id: int, attempt: int) -> Delivery | None:
    """Return the message whose turn it is, the attempt after this one put down; None where it is not."""
    mine = Delivery.objects.filter(pk=delivery_id, state=Delivery.WAITING, attempts=attempt)
    if attempt >= len(PAUSES_S):
        mine.update(state=Delivery.GIVEN_UP, finished_at=timezone.now())
        return None
    again = timezone.now() + timedelta(seconds=PAUSES_S[attempt])
    if not mine.update(attempts=attempt + 1, due_at=again):
        return None
    delivery = Delivery.objects.select_related("webhook").get(pk=delivery_id)
    if delivery.webhook.ended_at is not None:
        _finished(delivery, Delivery.GIVEN_UP, last_fault=text("The webhook was ended").to_json())
        return None
    deliver.using(run_after=again).enqueue(delivery_id, attempt + 1)
    return delivery


def _headers(delivery: Delivery) -> dict[bytes | str, bytes | str]:
    timestamp, number = int(timezone.now().timestamp()), f"msg_{delivery.number.hex}"
    return {
        "Content-Type": "application/json", "User-Agent": "fenhu-webhook/1", "webhook-id": number,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": signatures(delivery.webhook, number, timestamp, delivery.body),
    }  # fmt: skip


def _failed(delivery: Delivery, fault: FenhuError) -> None:
    status = fault.message.params.get("status") if isinstance(fault, Unreached) else None
    said = {"last_status": status, "last_fault": fault.message.to_json()}
    if delivery.attempts >= len(PAUSES_S):
        _finished(delivery, Delivery.GIVEN_UP, **said)
    else:
        Delivery.objects.filter(pk=delivery.pk, attempts=delivery.attempts).update(**said)


def _finished(delivery: Delivery, state: str, **said: Any) -> None:
    Delivery.objects.filter(pk=delivery.pk).update(state=state, finished_at=timezone.now(), **said)
