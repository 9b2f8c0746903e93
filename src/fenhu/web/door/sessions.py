"""The browsers somebody is signed in with: noted when they come, seen now and then, ended for good.

Ending one deletes its session itself: the next request is nobody's, and no request asks one question more.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from fenhu.web.door.devices import told_apart
from fenhu.web.door.models import SignIn
from fenhu.web.journal import services as journal
from fenhu.web.proxies import address_of

SEEN = "door-seen"
SEEN_EVERY = timedelta(minutes=5)


def lasts() -> timedelta:
    """Return how long after signing in a browser is signed out, whatever is done in it."""
    return timedelta(seconds=settings.SESSION_COOKIE_AGE)


def listen() -> None:
    """Note from now on who signs in and out."""
    user_logged_in.connect(_came, dispatch_uid="door-came")
    user_logged_out.connect(_went, dispatch_uid="door-went")


def note_seen(request: HttpRequest) -> None:
    """Note that the browser is in use; written at most every few minutes."""
    now = timezone.now()
    if now.timestamp() - request.session.get(SEEN, 0) < SEEN_EVERY.total_seconds():
        return
    request.session[SEEN] = now.timestamp()
    SignIn.objects.filter(session_key=request.session.session_key).update(seen_at=now)


def living(user: Any) -> QuerySet[SignIn]:
    """Return the browsers in which ``user`` is signed in."""
    return SignIn.objects.filter(user=user, since__gt=timezone.now() - lasts())


@transaction.atomic
def end(*, actor: Any, user: Any, only: int | None = None, but: str | None = None) -> int:
    """Return in how many browsers ``user`` was signed out: in all, in ``only`` one, in all ``but`` this."""
    ended = SignIn.objects.filter(user=user)
    if only is not None:
        ended = ended.filter(pk=only)
    if but is not None:
        ended = ended.exclude(session_key=but)
    keys = list(ended.values_list("session_key", flat=True))
    Session.objects.filter(session_key__in=keys).delete()
    SignIn.objects.filter(session_key__in=keys).delete()
    if keys:
        journal.record(actor=actor, subject=user, kind="user.sessions_ended", data={"sessions": len(keys)})
    return len(keys)


def renamed(old: str | None, new: str | None) -> None:
    """Follow a browser whose session got a new key."""
    SignIn.objects.filter(session_key=old or "").update(session_key=new)


def _came(sender: object, request: HttpRequest, user: Any, **_: object) -> None:
    now = timezone.now()
    if request.session.session_key is None:
        request.session.save()
    request.session.set_expiry(now + lasts())
    request.session[SEEN] = now.timestamp()
    browser, system = told_apart(request.META.get("HTTP_USER_AGENT", ""))
    SignIn.objects.filter(user=user, since__lte=now - lasts()).delete()
    SignIn.objects.update_or_create(
        session_key=request.session.session_key,
        defaults={"user": user, "browser": browser, "system": system, "since": now, "seen_at": now,
                  "address": address_of(request) or None},
    )  # fmt: skip


def _went(sender: object, request: HttpRequest, user: Any, **_: object) -> None:
    SignIn.objects.filter(session_key=request.session.session_key or "").delete()
