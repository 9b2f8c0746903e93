"""Coming in: what happens between proving who one is and being signed in.

Who is still to be asked for a code is not signed in: his session holds only who he would be, for a few
minutes and a few tries, and nothing once his password changes.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib.auth import authenticate, get_user_model, login
from django.db import transaction
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from fenhu.web.door import factor
from fenhu.web.door.queries import is_of_an_office
from fenhu.web.journal import services as journal

PENDING, PROVED, BY_PROVIDER = "door-pending", "door-proved", "door-by-provider"
PENDING_LASTS = timedelta(minutes=5)
TRIES = 5


def proves(request: HttpRequest, password: str) -> bool:
    """Return whether who is signed in knows his password; wrong ones count as at the sign-in page."""
    user: Any = request.user
    found = authenticate(request, username=user.get_username(), password=password)
    return found is not None and found.pk == user.pk


def first_proved(request: HttpRequest, user: Any, leads_to: str, *, by_provider: bool = False) -> str:
    """Return where somebody goes who proved who he is: to the page for his code, or in."""
    if not factor.has_one(user):
        _let_in(request, user, user.backend, by_provider=by_provider, proved=False)
        return leads_to
    request.session.cycle_key()
    request.session[PENDING] = {
        "user": user.pk, "backend": user.backend, "hash": user.get_session_auth_hash(), "tries": 0,
        "until": (timezone.now() + PENDING_LASTS).timestamp(), "leads_to": leads_to,
        "by_provider": by_provider,
    }  # fmt: skip
    return reverse("login-code")


def pending(request: HttpRequest) -> Any:
    """Return who is asked for his code in this browser, None where nobody is, or not any more."""
    kept = request.session.get(PENDING)
    if kept is None or kept["until"] < timezone.now().timestamp() or kept["tries"] >= TRIES:
        return None
    user: Any = get_user_model()._default_manager.filter(pk=kept["user"], is_active=True).first()
    if user is None or not constant_time_compare(user.get_session_auth_hash(), kept["hash"]):
        return None
    return user


def try_code(request: HttpRequest, user: Any, code: str) -> tuple[factor.Checked, str]:
    """Return what came of a code, and where it leads whoever it let in."""
    checked = factor.check(user, code)
    kept = request.session[PENDING]
    if checked is factor.Checked.RIGHT:
        del request.session[PENDING]
        _let_in(request, user, kept["backend"], by_provider=kept["by_provider"], proved=True)
        return checked, kept["leads_to"]
    request.session[PENDING] = kept | {"tries": kept["tries"] + 1}
    return checked, ""


@transaction.atomic
def _let_in(request: HttpRequest, user: Any, backend: str, *, by_provider: bool, proved: bool) -> None:
    """Sign somebody in; that an office's people came, and by what, stands in the journal."""
    login(request, user, backend=backend)
    request.session[PROVED], request.session[BY_PROVIDER] = proved, by_provider
    if is_of_an_office(user):
        data = {"by": "provider" if by_provider else "password", "code": proved}
        journal.record(actor=user, subject=user, kind="user.signed_in", data=data)
