"""All addresses: the language switch, and the pages."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.views.i18n import set_language

handler400 = "fenhu.web.ui.views.faults.unreadable"
urlpatterns = [
    path("i18n/setlang/", login_not_required(set_language), name="set-language"),
    path("", include("fenhu.web.household.urls")),
    path("", include("fenhu.web.ui.urls")),
]
