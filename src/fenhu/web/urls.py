"""All addresses: the first page, the language switch, everybody's pages and the offices'."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponseBase
from django.urls import include, path
from django.views.i18n import set_language

from fenhu.web.portal.views.pages import front as for_anybody
from fenhu.web.ui.views.front import front as for_who_signed_in

handler400 = "fenhu.web.ui.views.faults.unreadable"
handler500 = "fenhu.web.ui.views.faults.broken"


@login_not_required
def front(request: HttpRequest) -> HttpResponseBase:
    """Show the office its overview, and everybody else the portal."""
    return for_who_signed_in(request) if request.user.is_authenticated else for_anybody(request)


urlpatterns = [
    path("i18n/setlang/", login_not_required(set_language), name="set-language"),
    path("", front, name="front"),
    path("", include("fenhu.web.watching.urls")),
    path("", include("fenhu.web.door.urls")),
    path("", include("fenhu.web.portal.urls")),
    path("", include("fenhu.web.household.urls")),
    path("", include("fenhu.web.ui.urls")),
    path("api/v1/", include("fenhu.web.api.urls")),
]
