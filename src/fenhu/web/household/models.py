"""The links of flats' pages, what households declared there, and what they reported."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q, UniqueConstraint

from fenhu.programme import ROOM_REPORT, Role
from fenhu.web.access.scope import Scope, ScopedQuerySet, nothing, through_building

# Who brings a flat its notice, and who answers for it: nobody else needs to know what it does on its page.
_NOT_THEIRS = (
    Role.OWNER_UNIT, Role.DISTRICT_GOV, Role.FINANCE, Role.CONTRACTOR, Role.PUBLIC_SECURITY, Role.HOUSEHOLD,
)  # fmt: skip


def _of_informers() -> Scope:
    return through_building("flat__building__", dict.fromkeys(_NOT_THEIRS, nothing))


class FlatLink(models.Model):
    """A link printed on a flat's notice; of its secret only the digest is kept.

    ``failures`` are the wrong digits since the last right ones; none are taken before ``paused_until``.
    """

    SCOPE = _of_informers()

    flat = models.ForeignKey("registry.Flat", models.CASCADE, related_name="links", db_index=False)
    generation = models.PositiveIntegerField()
    digest = models.CharField(max_length=64, unique=True)
    made_on = models.DateField()
    revoked_on = models.DateField(null=True)
    opened_on = models.DateField(null=True)
    failures = models.PositiveIntegerField(default=0)
    paused_until = models.DateTimeField(null=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            UniqueConstraint(fields=["flat", "generation"], name="a_flats_links_are_numbered"),
        ]

    def __str__(self) -> str:
        return f"{self.flat_id} {self.generation}"


DECLARED = ("agree", "refuse", "contract")


class Declaration(models.Model):
    """What a household declared on its page; it stands as it is, a change of mind is another row.

    ``words`` is the text it read, letter by letter, and ``digest`` that text's; ``articles`` the same text of
    a contract by articles, as ``fenhu.papers.issued.articles`` reads them. ``drawn`` is its signature by hand
    as an SVG path, empty where it signed by writing its name.
    """

    SCOPE = through_building(
        "flat__building__",
        {**dict.fromkeys(_NOT_THEIRS, nothing), Role.HOUSEHOLD: lambda grant: Q(flat=grant.flat_id)},
    )

    flat = models.ForeignKey("registry.Flat", models.PROTECT, related_name="declarations")
    kind = models.CharField(max_length=10, choices=[(one, one) for one in DECLARED])
    name = models.CharField(max_length=80)
    made_at = models.DateTimeField()
    on_date = models.DateField()
    version = models.CharField(max_length=20)
    language = models.CharField(max_length=10)
    words = models.TextField()
    digest = models.CharField(max_length=64)
    articles = models.JSONField(null=True)
    reason = models.TextField(blank=True)
    drawn = models.TextField(blank=True)
    by_link = models.BooleanField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = ScopedQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.flat_id} {self.kind} {self.on_date}"


class Countersigning(models.Model):
    """The supplier's signature under a contract a household signed on its page: it binds both."""

    declaration = models.OneToOneField(Declaration, models.PROTECT, related_name="countersigned")
    number = models.CharField(max_length=40)
    on_date = models.DateField()
    signed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return self.number


class CasePhoto(models.Model):
    """A photograph that belongs to a complaint, written anew: only its picture was kept."""

    SCOPE = through_building(
        "case__building__",
        {Role.PUBLIC_SECURITY: lambda grant: Q(case__escalated=True), Role.FINANCE: nothing,
         Role.HOUSEHOLD: lambda grant: Q(case__flat=grant.flat_id)},
    )  # fmt: skip

    case = models.ForeignKey("works.Case", models.CASCADE, related_name="photos")
    file = models.FileField(upload_to="complaints")
    digest = models.CharField(max_length=64)

    objects = ScopedQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.case_id} {self.digest[:12]}"


class RoomReport(models.Model):
    """A room temperature the household measured, on the workflow ``ROOM_REPORT``."""

    SCOPE = through_building(
        "flat__building__",
        {**dict.fromkeys((Role.FINANCE, Role.CONTRACTOR, Role.PUBLIC_SECURITY), nothing),
         Role.HOUSEHOLD: lambda grant: Q(flat=grant.flat_id)},
    )  # fmt: skip

    flat = models.ForeignKey("registry.Flat", models.CASCADE, related_name="room_reports")
    value_c = models.DecimalField(max_digits=3, decimal_places=1)
    on_date = models.DateField()
    hour = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, default=ROOM_REPORT.initial, db_index=True)
    since = models.DateField(null=True)
    version = models.PositiveIntegerField(default=1)
    answer = models.TextField(blank=True)
    answered_on = models.DateField(null=True)

    objects = ScopedQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.flat_id} {self.on_date} {self.value_c}"
