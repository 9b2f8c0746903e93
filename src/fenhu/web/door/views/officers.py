"""Who acts for the offices, and how they sign in: for the city construction bureau."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from fenhu.programme import Role
from fenhu.web.access.gates import for_roles
from fenhu.web.door import queries, services, sessions
from fenhu.wording import text

Verb = Callable[[HttpRequest, Any], HttpResponse]


@for_roles(Role.CITY_BUREAU)
def officers(request: HttpRequest) -> HttpResponse:
    """Show everybody who acts for an office."""
    page, find = request.GET.get("page", ""), request.GET.get("find", "").strip()
    found = queries.officers(find=find, page=int(page) if page.isdecimal() else 1)
    return render(request, "door/officers.html", {"found": found, "find": find})


@for_roles(Role.CITY_BUREAU)
def officer(request: HttpRequest, username: str) -> HttpResponse:
    """Show how one of them signs in."""
    user = _known(username)
    return render(request, "door/officer.html", {
        "one": queries.officer(user), "sign_ins": queries.sign_ins(user, None),
        "himself": user == request.user,
    })  # fmt: skip


@require_POST
@for_roles(Role.CITY_BUREAU)
def act(request: HttpRequest, username: str, verb: str) -> HttpResponse:
    """Change how one of them signs in."""
    if verb not in VERBS:
        raise Http404
    return VERBS[verb](request, _known(username))


def _known(username: str) -> Any:
    user = queries.officer_named(username)
    if user is None:
        raise Http404
    return user


def _password(request: HttpRequest, user: Any) -> HttpResponse:
    """Show the new password, this once: it is kept nowhere."""
    password = services.reset_password(user=user, actor=request.user)
    return render(request, "door/officer_password.html", {"one": queries.officer(user), "password": password})


def _sign_out(request: HttpRequest, user: Any) -> HttpResponse:
    sessions.end(actor=request.user, user=user)
    messages.success(request, str(text("{name} is signed out everywhere", name=str(user))))
    return redirect("officer", username=user.username)


def _second_factor(request: HttpRequest, user: Any) -> HttpResponse:
    services.reset_factor(user=user, actor=request.user)
    messages.success(request, str(text("{name} is asked for no code any more", name=str(user))))
    return redirect("officer", username=user.username)


def _deactivate(request: HttpRequest, user: Any) -> HttpResponse:
    services.deactivate(user=user, actor=request.user)
    messages.success(request, str(text("{name} cannot sign in any more", name=str(user))))
    return redirect("officer", username=user.username)


def _reactivate(request: HttpRequest, user: Any) -> HttpResponse:
    services.reactivate(user=user, actor=request.user)
    messages.success(request, str(text("{name} can sign in again", name=str(user))))
    return redirect("officer", username=user.username)


VERBS: Mapping[str, Verb] = {
    "password": _password, "second-factor": _second_factor, "sign-out": _sign_out,
    "deactivate": _deactivate, "reactivate": _reactivate,
}  # fmt: skip
