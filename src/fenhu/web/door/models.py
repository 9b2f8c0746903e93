"""The browsers people are signed in with."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models


class SignIn(models.Model):
    """One browser in which one person is signed in, until he signs out, is signed out, or it expires."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="sign_ins")
    session_key = models.CharField(max_length=40, unique=True)
    browser = models.CharField(max_length=20, blank=True)
    system = models.CharField(max_length=20, blank=True)
    address = models.GenericIPAddressField(null=True)
    since = models.DateTimeField()
    seen_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-seen_at"]

    def __str__(self) -> str:
        return f"{self.user_id} {self.browser} {self.since}"
