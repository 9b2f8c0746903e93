"""The interface for other systems: a person's tokens, and what can be asked."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from fenhu.web.access.gates import for_roles
from fenhu.web.api import queries, services
from fenhu.web.ui.api_forms import TokenForm
from fenhu.web.ui.forms import read
from fenhu.web.ui.navigation import OFFICES
from fenhu.wording import text


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
