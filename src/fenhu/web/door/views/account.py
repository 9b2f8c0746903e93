"""One's own account: who one is here, the password, the browsers one is signed in with."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.password_validation import password_validators_help_texts
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from fenhu.web.access.queries import person
from fenhu.web.door import factor, queries, services, sessions
from fenhu.web.door.entering import proves
from fenhu.web.door.forms import NewPasswordForm
from fenhu.wording import text


def account(request: HttpRequest) -> HttpResponse:
    """Show the reader his account."""
    return render(request, "door/account.html", {
        "person": person(request.user),
        "factor": _factor(request.user),
        "sign_ins": queries.sign_ins(request.user, request.session.session_key),
    })  # fmt: skip


@sensitive_post_parameters()
def password(request: HttpRequest) -> HttpResponse:
    """Let the reader choose a new password; whoever else is signed in with the old one is signed out."""
    user: Any = request.user
    form = NewPasswordForm(request.POST or None, user=user)
    if request.method == "POST" and form.is_valid():
        if proves(request, form.cleaned_data["old"]):
            return _changed(request, form.cleaned_data["new"])
        form.add_error("old", _("This is not your password."))
    return render(request, "door/password.html", {
        "form": form, "hints": password_validators_help_texts(), "must": user.must_change_password,
    }, status=422 if form.errors else 200)  # fmt: skip


@require_POST
def end_session(request: HttpRequest, sign_in_id: int) -> HttpResponse:
    """Sign the reader out in one of his browsers."""
    if sessions.end(actor=request.user, user=request.user, only=sign_in_id):
        messages.success(request, str(text("That browser is signed out")))
    return redirect("account")


@require_POST
def end_others(request: HttpRequest) -> HttpResponse:
    """Sign the reader out in every browser but this one."""
    sessions.end(actor=request.user, user=request.user, but=request.session.session_key)
    messages.success(request, str(text("Every other browser is signed out")))
    return redirect("account")


def _factor(user: Any) -> dict[str, object] | None:
    """Return how the reader's second factor stands, None where there is none for him."""
    if settings.SECOND_FACTOR == factor.OFF or not queries.is_of_an_office(user):
        return None
    return {"set": factor.has_one(user), "left": factor.papers_left(user)}


def _changed(request: HttpRequest, new: str) -> HttpResponse:
    user: Any = request.user
    before = request.session.session_key
    services.change_password(user=user, password=new, here=before)
    update_session_auth_hash(request, user)
    sessions.renamed(before, request.session.session_key)
    messages.success(request, str(text("The new password counts from now on; other browsers are signed out")))
    return redirect("account")
