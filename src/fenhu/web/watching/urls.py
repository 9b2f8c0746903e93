"""Addresses of probes and figures; none of them is a page."""

from __future__ import annotations

from django.urls import path

from fenhu.web.watching import views

urlpatterns = [
    path("healthz", views.healthz, name="health"),
    path("healthz/ready", views.ready, name="ready"),
    path("metrics", views.metrics, name="metrics"),
]
