"""The addresses of the door: signing in and out, one's account, the offices' people."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.views import LogoutView
from django.urls import path

from fenhu.web.door.views import account, entering, officers, second_factor

urlpatterns = [
    path("login/", entering.Login.as_view(), name="login"),
    path("login/code/", entering.code, name="login-code"),
    path("logout/", LogoutView.as_view(), name="logout"),
    path("account/", account.account, name="account"),
    path("account/password/", account.password, name="password"),
    path("account/second-factor/", second_factor.second_factor, name="second-factor"),
    path("account/second-factor/papers/", second_factor.papers, name="second-factor-papers"),
    path("account/second-factor/remove/", second_factor.remove, name="second-factor-remove"),
    path("account/sessions/<int:sign_in_id>/end/", account.end_session, name="session-end"),
    path("account/sessions/end-others/", account.end_others, name="sessions-end-others"),
    path("officers/", officers.officers, name="officers"),
    path("officers/<str:username>/", officers.officer, name="officer"),
    path("officers/<str:username>/<str:verb>/", officers.act, name="officer-act"),
]
if settings.SSO_ISSUER:
    from allauth.socialaccount.providers.openid_connect.views import callback, login

    provider = {"provider_id": settings.SSO_PROVIDER}
    urlpatterns += [
        path("login/sso/", login, provider, name="openid_connect_login"),
        path("login/sso/callback/", callback, provider, name="openid_connect_callback"),
    ]
