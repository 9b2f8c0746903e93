"""Signing in: the password, then the code of who has a second factor."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import views
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.forms import AuthenticationForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from fenhu.web.access.queries import demo_logins
from fenhu.web.door import entering
from fenhu.web.door.factor import Checked
from fenhu.web.door.spraying import tries_many_names
from fenhu.wording import text


@method_decorator(login_not_required, name="dispatch")
class Login(views.LoginView):
    """The sign-in page; a demo shows its logins, one per role."""

    template_name = "door/login.html"
    redirect_authenticated_user = True

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        """Return the form, and the demo's logins where there are any."""
        provider = settings.SSO_NAME if settings.SSO_ISSUER else ""
        return super().get_context_data(**kwargs) | {"demo_logins": demo_logins(), "provider": provider}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Let an address rest that tries many names."""
        if tries_many_names(request):
            return render(request, "door/address_rests.html", status=429)
        return super().post(request, *args, **kwargs)

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        """Go on to the code, or in."""
        return redirect(entering.first_proved(self.request, form.get_user(), self.get_success_url()))


@login_not_required
@never_cache
@sensitive_post_parameters()
def code(request: HttpRequest) -> HttpResponse:
    """Ask who proved his password for the code his telephone shows, or one from his paper."""
    user = entering.pending(request)
    if user is None:
        return redirect("login")
    checked = None
    if request.method == "POST":
        checked, leads_to = entering.try_code(request, user, request.POST.get("code", ""))
        if checked is Checked.RIGHT:
            return redirect(leads_to)
        if entering.pending(request) is None:
            messages.error(request, str(text("Too many wrong codes; begin again with your password")))
            return redirect("login")
    return render(request, "door/code.html", {"checked": checked}, status=422 if checked else 200)
