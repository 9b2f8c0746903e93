"""The second factor of one's own account: setting it up, paper codes, taking it away."""

from __future__ import annotations

from typing import Any

import segno
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from fenhu.web.access.gates import OFFICES, for_roles
from fenhu.web.door import factor
from fenhu.web.door.entering import PROVED, proves
from fenhu.web.door.sealing import opened, sealed
from fenhu.wording import text

SECRET = "door-secret"


@never_cache
@for_roles(*OFFICES)
@sensitive_post_parameters()
def second_factor(request: HttpRequest) -> HttpResponse:
    """Show the reader his second factor, or how to set one up; take the first code of a new one."""
    if settings.SECOND_FACTOR == factor.OFF:
        raise Http404
    if factor.has_one(request.user):
        return _kept(request)
    if request.method == "POST" and SECRET in request.session:
        return _try(request)
    user: Any = request.user
    request.session[SECRET] = sealed(factor.new_secret(), user.pk)
    return _offered(request, {})


@require_POST
@never_cache
@for_roles(*OFFICES)
def papers(request: HttpRequest) -> HttpResponse:
    """Show new paper codes to who gives a code, this once."""
    if not _proves_by_code(request):
        return _kept(request, wrong=True)
    return _shown(request, factor.renew_papers(user=request.user))


@require_POST
@never_cache
@for_roles(*OFFICES)
def remove(request: HttpRequest) -> HttpResponse:
    """Take the second factor away from who gives a code."""
    if not _proves_by_code(request):
        return _kept(request, wrong=True)
    factor.take_away(user=request.user, actor=request.user, here=request.session.session_key)
    request.session.pop(PROVED, None)
    messages.success(request, str(text("From now on your password alone lets you in")))
    return redirect("account")


def _try(request: HttpRequest) -> HttpResponse:
    user: Any = request.user
    if user.has_usable_password() and not proves(request, request.POST.get("password", "")):
        return _offered(request, {"password": _("This is not your password.")})
    codes = factor.enrol(
        user=user, secret=opened(request.session[SECRET], user.pk),
        code="".join(request.POST.get("code", "").split()), here=request.session.session_key,
    )  # fmt: skip
    if not codes:
        fault = _(
            "This code does not fit. Codes change every half minute; the telephone's clock must be right."
        )
        return _offered(request, {"code": fault})
    del request.session[SECRET]
    request.session[PROVED] = True
    return _shown(request, codes)


def _proves_by_code(request: HttpRequest) -> bool:
    return factor.check(request.user, request.POST.get("code", "")) is factor.Checked.RIGHT


def _offered(request: HttpRequest, faults: dict[str, str]) -> HttpResponse:
    user: Any = request.user
    secret = opened(request.session[SECRET], user.pk)
    picture = segno.make(factor.address_of(user, secret), error="m", micro=False)
    return render(request, "door/second_factor_new.html", {
        "picture": mark_safe(picture.svg_inline(border=4, omitsize=True, svgclass="qr", lineclass=None)),
        "secret": factor.typed_secret(secret), "faults": faults,
        "required": settings.SECOND_FACTOR == factor.REQUIRED,
    }, status=422 if faults else 200)  # fmt: skip


def _kept(request: HttpRequest, wrong: bool = False) -> HttpResponse:
    return render(request, "door/second_factor.html", {
        "left": factor.papers_left(request.user), "wrong": wrong,
        "required": settings.SECOND_FACTOR == factor.REQUIRED,
    }, status=422 if wrong else 200)  # fmt: skip


def _shown(request: HttpRequest, codes: tuple[str, ...]) -> HttpResponse:
    return render(request, "door/paper_codes.html", {"codes": codes})
