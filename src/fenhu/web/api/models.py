"""Tokens, how often they were used, and the answers that are kept for calls that are repeated."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q, UniqueConstraint

from fenhu.programme import Role
from fenhu.web.access.scope import Scope, ScopedQuerySet


class Token(models.Model):
    """A key of one person for another system; of the secret only its digest and its beginning are kept."""

    SCOPE = Scope({role: lambda grant: Q(owner=grant.user_id) for role in Role if role != Role.HOUSEHOLD})

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="api_tokens")
    name = models.CharField(max_length=80)
    beginning = models.CharField(max_length=16)
    digest = models.CharField(max_length=64, unique=True)
    rights = models.JSONField()
    made_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    objects = ScopedQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name


class Usage(models.Model):
    """How many calls a token made in the minute it was used last; shared by all server processes."""

    token = models.OneToOneField(Token, models.CASCADE, primary_key=True, related_name="usage")
    minute = models.BigIntegerField(default=0)
    calls = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.token_id} {self.minute} {self.calls}"


class KeptAnswer(models.Model):
    """What a call that changed something was answered, for whoever sends the same again."""

    token = models.ForeignKey(Token, models.CASCADE, related_name="answers", db_index=False)
    key = models.CharField(max_length=64)
    asked = models.CharField(max_length=64)
    answer = models.JSONField(null=True)
    expires_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints: ClassVar = [
            UniqueConstraint(fields=["token", "key"], name="a_key_stands_for_one_call"),
        ]

    def __str__(self) -> str:
        return f"{self.token_id} {self.key}"
