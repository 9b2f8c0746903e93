"""The interface for other systems: tokens, webhooks, and what can be asked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from fenhu.errors import UnknownItem
from fenhu.web.access.gates import for_roles
from fenhu.web.api import queries, services
from fenhu.web.ui.api_forms import TokenForm, WebhookForm
from fenhu.web.ui.forms import read
from fenhu.web.ui.navigation import OFFICES
from fenhu.wording import Text, text


@login_not_required
def docs(request: HttpRequest) -> HttpResponse:
    """Show what can be asked, with what and how it is answered."""
    return render(request, "ui/api/docs.html", {"subjects": queries.operations()})


@for_roles(*OFFICES)
def tokens(request: HttpRequest) -> HttpResponse:
    """Show a person's tokens."""
    return _tokens(request)


@require_POST
@never_cache
@for_roles(*OFFICES)
def make_token(request: HttpRequest) -> HttpResponse:
    """Make a token and show its secret, this once."""
    asked = read(TokenForm(request.POST))
    token, secret = services.make_token(
        request.user, name=asked["name"], rights=asked["rights"], days=asked["days"]
    )
    return _tokens(request, made=token, secret=secret)


@require_POST
@for_roles(*OFFICES)
def revoke_token(request: HttpRequest, token_id: int) -> HttpResponse:
    """Revoke a token."""
    token = services.revoke_token(request.user, token_id)
    messages.success(request, str(text("Token “{name}” is revoked", name=token.name)))
    return redirect("api-tokens")


def _tokens(request: HttpRequest, **more: Any) -> HttpResponse:
    rows = queries.tokens_of(request.user)
    return render(request, "ui/api/tokens.html", {
        "rows": rows, "valid": sum(row.state == queries.VALID for row in rows),
        "rights": queries.rights_of(request.user), "days": queries.USUAL_DAYS, "most": queries.MOST_DAYS,
        **more,
    })  # fmt: skip


@for_roles(*OFFICES)
def webhooks(request: HttpRequest) -> HttpResponse:
    """Show the webhooks of a person's office."""
    return render(request, "ui/api/webhooks.html", {
        "rows": queries.webhooks_of(request.user), "events": queries.EVENTS.values(),
    })  # fmt: skip


@require_POST
@never_cache
@for_roles(*OFFICES)
def make_webhook(request: HttpRequest) -> HttpResponse:
    """Register a webhook and show its secret, this once."""
    asked = read(WebhookForm(request.POST))
    made = services.make_webhook(request.user, address=asked["address"], events=asked["events"])
    return _webhook(request, made.pk, secret=queries.secret_of(made))


@for_roles(*OFFICES)
def webhook(request: HttpRequest, webhook_id: int) -> HttpResponse:
    """Show a webhook and what was sent to it."""
    return _webhook(request, webhook_id)


@require_POST
@never_cache
@for_roles(*OFFICES)
def renew_secret(request: HttpRequest, webhook_id: int) -> HttpResponse:
    """Give a webhook a new secret and show it, this once."""
    renewed = services.renew_secret(request.user, webhook_id)
    return _webhook(request, webhook_id, secret=queries.secret_of(renewed))


@require_POST
@for_roles(*OFFICES)
def webhook_act(request: HttpRequest, webhook_id: int, verb: str) -> HttpResponse:
    """Do something with a webhook."""
    if verb not in VERBS:
        raise UnknownItem(text("There is nothing called {verb} to do with a webhook", verb=verb))
    messages.success(request, str(VERBS[verb](request, webhook_id)))
    return redirect("api-webhook", webhook_id=webhook_id)


@require_POST
@for_roles(*OFFICES)
def replay(request: HttpRequest, delivery_id: int) -> HttpResponse:
    """Send a message once more."""
    delivery = services.replay(request.user, delivery_id)
    messages.success(request, str(text("The message is sent once more")))
    return redirect("api-webhook", webhook_id=delivery.webhook_id)


def _end(request: HttpRequest, webhook_id: int) -> Text:
    services.end_webhook(request.user, webhook_id)
    return text("Nothing is told there any more")


def _try(request: HttpRequest, webhook_id: int) -> Text:
    services.try_webhook(request.user, webhook_id)
    return text("A test is on its way; look here again in a moment")


VERBS: Mapping[str, Callable[[HttpRequest, int], Text]] = {"end": _end, "try": _try}


def _webhook(request: HttpRequest, webhook_id: int, **more: Any) -> HttpResponse:
    row, deliveries = queries.webhook_view(request.user, webhook_id)
    return render(request, "ui/api/webhook.html", {"row": row, "deliveries": deliveries, **more})
