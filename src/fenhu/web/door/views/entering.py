"""Signing in."""

from __future__ import annotations

from django.contrib.auth import views
from django.contrib.auth.decorators import login_not_required
from django.utils.decorators import method_decorator

from fenhu.web.access.queries import demo_logins


@method_decorator(login_not_required, name="dispatch")
class Login(views.LoginView):
    """The sign-in page; a demo shows its logins, one per role."""

    template_name = "door/login.html"
    redirect_authenticated_user = True

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        """Return the form, and the demo's logins where there are any."""
        return super().get_context_data(**kwargs) | {"demo_logins": demo_logins()}
