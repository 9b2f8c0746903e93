"""Tokens and their use, answers kept for repeated calls, webhooks and what is sent to them."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q, UniqueConstraint

from fenhu.programme import Role
from fenhu.web.access.scope import Scope, ScopedQuerySet

if TYPE_CHECKING:
    from fenhu.web.access.models import Grant


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


def _of_office(path: str) -> Scope:
    """Return the scope of an office's own rows; whoever is of the office sees them."""

    def rule(grant: Grant) -> Q:
        said = {"role": grant.role, "organisation": grant.organisation_id, "district": grant.district,
                "level": grant.level}  # fmt: skip
        return Q(**{f"{path}{column}": value for column, value in said.items()})

    return Scope({role: rule for role in Role if role != Role.HOUSEHOLD})


class Webhook(models.Model):
    """An address an office wants to be told at; of the secret only what it is made from is kept.

    A secret that was renewed signs beside the new one until ``renewed_at`` is a day past.
    """

    SCOPE = _of_office("")

    role = models.CharField(max_length=20)
    organisation = models.ForeignKey("registry.Organisation", models.PROTECT, null=True, related_name="+")
    district = models.CharField(max_length=40, blank=True)
    level = models.CharField(max_length=10, blank=True)
    address = models.CharField(max_length=500)
    events = models.JSONField()
    salt = models.CharField(max_length=40)
    salt_before = models.CharField(max_length=40, blank=True)
    renewed_at = models.DateTimeField(null=True)
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)

    objects = ScopedQuerySet.as_manager()

    def __str__(self) -> str:
        return self.address


class Delivery(models.Model):
    """One thing told to one webhook, written with what it tells of; sent until it is taken or given up."""

    WAITING, DELIVERED, GIVEN_UP = "waiting", "delivered", "given_up"
    SCOPE = _of_office("webhook__")

    webhook = models.ForeignKey(Webhook, models.CASCADE, related_name="deliveries")
    event = models.CharField(max_length=40)
    number = models.UUIDField()
    body = models.TextField()
    state = models.CharField(max_length=10, default=WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField()
    last_status = models.PositiveSmallIntegerField(null=True)
    last_fault = models.JSONField(null=True)
    made_at = models.DateTimeField(auto_now_add=True, db_index=True)
    finished_at = models.DateTimeField(null=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["state", "finished_at"], name="delivery_by_state")]

    def __str__(self) -> str:
        return f"{self.event} {self.number}"
