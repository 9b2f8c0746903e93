"""Calls that change something, sent twice by a network that failed: done once, answered twice.

What a call changed and the answer that is kept for it stand in one transaction: neither is there without the
other, whenever the program stops.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.utils import timezone

from fenhu.web.api.faults import KeyUsed
from fenhu.web.api.models import KeptAnswer, Token
from fenhu.wording import text

KEPT_DAYS = 7
_PRUNED_AT_ONCE = 50


def once(request: HttpRequest, key: str, change: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """Return what ``change`` answered when this key was sent first; it is called only then.

    A call that fails changes nothing, and its key is free again.

    Raises
    ------
    KeyUsed
        If the key was sent with another call.
    """
    token: Token = request.auth  # type: ignore[attr-defined]
    asked = _digest(request)
    _prune()
    try:
        with transaction.atomic():
            kept = _take_key(token, key, asked)
            answer = change()
            KeptAnswer.objects.filter(pk=kept.pk).update(answer=answer)
    except _Known as known:
        return _kept_answer(request, known.kept, asked)
    return answer


class _Known(Exception):
    """The key was sent before."""

    def __init__(self, kept: KeptAnswer) -> None:
        super().__init__()
        self.kept = kept


def _take_key(token: Token, key: str, asked: str) -> KeptAnswer:
    """Return the row of a key nobody sent yet; where another call is at it, wait until that is through."""
    until = timezone.now() + timedelta(days=KEPT_DAYS)
    try:
        with transaction.atomic():
            return KeptAnswer.objects.create(token=token, key=key, asked=asked, expires_at=until)
    except IntegrityError:
        raise _Known(KeptAnswer.objects.get(token=token, key=key)) from None


def _kept_answer(request: HttpRequest, kept: KeptAnswer, asked: str) -> dict[str, Any]:
    if kept.asked != asked:
        raise KeyUsed(text("This Idempotency-Key was sent with another call; send a new one each time"))
    request.repeated = True  # type: ignore[attr-defined]
    return dict(kept.answer or {})


def _digest(request: HttpRequest) -> str:
    said = (request.method or "", request.get_full_path(), request.body)
    parts = (part if isinstance(part, bytes) else part.encode() for part in said)
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def _prune() -> None:
    """Forget a few answers whose time is over."""
    over = KeptAnswer.objects.filter(expires_at__lt=timezone.now()).order_by("expires_at")
    ids = list(over.values_list("pk", flat=True)[:_PRUNED_AT_ONCE])
    if ids:
        KeptAnswer.objects.filter(pk__in=ids).delete()
