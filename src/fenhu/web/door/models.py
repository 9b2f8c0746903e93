"""The browsers people are signed in with, and the telephones that show their codes."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django_otp.plugins.otp_totp.models import TOTPDevice

from fenhu.web.door.sealing import opened


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


class Telephone(TOTPDevice):
    """A telephone that shows codes; ``key`` is the secret it shares with the product, sealed."""

    class Meta:
        proxy = True

    def __str__(self) -> str:
        return f"{self.user_id} {self.name}"

    @property
    def bin_key(self) -> bytes:
        """Return the secret."""
        return bytes.fromhex(opened(self.key, self.user_id))
