"""Another house's word: an OpenID Connect provider says who somebody is, and only who is known here comes in.

Nobody gets an account by it. A person is known by the subject that was linked to him; the first time, by an
e-mail address the provider has verified and that exactly one person here has. allauth speaks the protocol
(state, PKCE, tokens); its own pages are not reachable, and of what is told only the subject is kept.
"""

from __future__ import annotations

from typing import Any, NoReturn

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest
from django.shortcuts import redirect, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme

from fenhu.web.access.queries import officers_with_address
from fenhu.web.door import entering
from fenhu.web.door.queries import is_of_an_office
from fenhu.web.journal import services as journal
from fenhu.wording import Text, text

BACKEND = "django.contrib.auth.backends.ModelBackend"


class ClosedAccounts(DefaultAccountAdapter):
    """Nobody makes an account for himself."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Return that nobody may."""
        return False


class KnownPeople(DefaultSocialAccountAdapter):
    """Lets in whom the product knows already, by the same door as everybody else."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Return that nobody may make an account for himself."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> NoReturn:
        """Lead whoever is known on to his code, or in; send everybody else back.

        Raises
        ------
        ImmediateHttpResponse
            Always: allauth's own way of signing in is never taken.
        """
        told = sociallogin.account.extra_data
        if told.get("id_token", {}).get("sub") != sociallogin.account.uid:
            _failed(request)
        user = known(sociallogin)
        if user is None:
            _back(request, text(
                "{provider} says who you are, but nobody here is known by that; ask the operator",
                provider=settings.SSO_NAME,
            ))  # fmt: skip
        user.backend = BACKEND
        leads_to = entering.first_proved(request, user, _wanted(request, sociallogin), by_provider=True)
        raise ImmediateHttpResponse(redirect(leads_to))

    def on_authentication_error(self, request: HttpRequest, *args: Any, **kwargs: Any) -> NoReturn:
        """Send back whom the provider did not vouch for."""
        _failed(request)


@transaction.atomic
def known(sociallogin: Any) -> Any:
    """Return who is meant, linked to the provider's subject from now on; None where nobody is known by it."""
    account = sociallogin.account
    mine = SocialAccount.objects.select_for_update().filter(provider=account.provider, uid=account.uid)
    mine.update(extra_data={})
    linked = mine.select_related("user").first()
    if linked is not None:
        return linked.user if linked.user.is_active and is_of_an_office(linked.user) else None
    verified = [one.email for one in sociallogin.email_addresses if one.verified]
    found = officers_with_address(verified[0]) if len(verified) == 1 else ()
    if len(found) != 1 or SocialAccount.objects.filter(provider=account.provider, user=found[0]).exists():
        return None
    SocialAccount.objects.create(provider=account.provider, uid=account.uid, user=found[0], extra_data={})
    journal.record(actor=found[0], subject=found[0], kind="user.provider_linked", data={})
    return found[0]


def _wanted(request: HttpRequest, sociallogin: Any) -> str:
    asked = sociallogin.state.get("next") or ""
    here = url_has_allowed_host_and_scheme(asked, {request.get_host()}, require_https=request.is_secure())
    return asked if here else resolve_url(settings.LOGIN_REDIRECT_URL)


def _failed(request: HttpRequest) -> NoReturn:
    _back(request, text(
        "{provider} did not say who you are; try again, or sign in with your password",
        provider=settings.SSO_NAME,
    ))  # fmt: skip


def _back(request: HttpRequest, said: Text) -> NoReturn:
    messages.error(request, str(said))
    raise ImmediateHttpResponse(redirect("login"))
