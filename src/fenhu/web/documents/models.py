"""Offices that issue papers, the numbers they give, the papers themselves, their end, and offices' templates.

Numbers, papers and ends are never changed: the database refuses it. A paper without an end is valid; a number
without a paper is one whose paper is still being made.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import Q, UniqueConstraint

from fenhu.programme import Role
from fenhu.web.access.scope import Rule, Scope, ScopedQuerySet, everything, nothing, through_building
from fenhu.web.documents.codes import CODE_LENGTH

if TYPE_CHECKING:
    from fenhu.web.access.models import Grant

REPLACED, WITHDRAWN = "replaced", "withdrawn"
# Papers of a building that also those who only live there may read.
TOLD_RESIDENTS = ("building_notice", "publication")


def _choices(kinds: object) -> list[tuple[str, str]]:
    return [(str(kind), str(kind)) for kind in kinds]  # type: ignore[attr-defined]


def _of_office(grant: Grant, path: str = "") -> Q:
    """Return the condition of an office's own rows: those of its organisation, or of its government."""
    if grant.organisation_id is not None:
        return Q(**{f"{path}organisation": grant.organisation_id})
    return Q(**{f"{path}role": grant.role, f"{path}district": grant.district, f"{path}organisation": None})


ISSUING = (Role.CITY_BUREAU, Role.DISTRICT_GOV, Role.HEAT_SUPPLIER, Role.OWNER_UNIT)


def _of_issuers(path: str) -> Scope:
    own = dict.fromkeys(ISSUING, lambda grant: _of_office(grant, path))
    return Scope({**own, Role.CITY_BUREAU: everything})


class Office(models.Model):
    """Who issues papers: an organisation or a government.

    ``name`` heads its papers, ``mark`` begins their numbers.
    """

    SCOPE = _of_issuers("")

    key = models.CharField(max_length=60, unique=True)
    role = models.CharField(max_length=20, choices=_choices(ISSUING))
    organisation = models.ForeignKey("registry.Organisation", models.PROTECT, null=True, related_name="+")
    district = models.CharField(max_length=40, blank=True)
    name = models.CharField(max_length=120)
    mark = models.CharField(max_length=20, unique=True)

    objects = ScopedQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name


class Numbering(models.Model):
    """How an office writes the numbers of one kind of paper, e.g. ``阜热改〔{year}〕{n}号``."""

    office = models.ForeignKey(Office, models.CASCADE, related_name="numberings", db_index=False)
    kind = models.CharField(max_length=30)
    pattern = models.CharField(max_length=60)

    class Meta:
        constraints: ClassVar = [
            UniqueConstraint(fields=["office", "kind"], name="one_numbering_an_office_and_kind"),
        ]

    def __str__(self) -> str:
        return self.pattern


class Number(models.Model):
    """The ``n``-th number of an office's papers of a kind in a year, given for one edition of one subject.

    ``subject`` is named as the journal names it; ``code`` is what the public asks by.
    """

    office = models.ForeignKey(Office, models.PROTECT, related_name="numbers", db_index=False)
    kind = models.CharField(max_length=30)
    year = models.PositiveSmallIntegerField()
    n = models.PositiveIntegerField()
    words = models.CharField(max_length=80, unique=True)
    subject = models.CharField(max_length=80)
    edition = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=CODE_LENGTH, unique=True)
    given_on = models.DateField()
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints: ClassVar = [
            UniqueConstraint(fields=["office", "kind", "year", "n"], name="a_number_is_given_once"),
            UniqueConstraint(fields=["kind", "subject", "edition"], name="an_edition_has_one_number"),
        ]

    def __str__(self) -> str:
        return self.words


class TemplateFile(models.Model):
    """One version of a template file an office uploaded; which is in force says ``TemplateChoice``."""

    SCOPE = _of_issuers("office__")

    office = models.ForeignKey(Office, models.PROTECT, related_name="template_files", db_index=False)
    name = models.CharField(max_length=80)
    version = models.PositiveIntegerField()
    content = models.BinaryField()
    digest = models.CharField(max_length=64)
    uploaded_on = models.DateField()
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints: ClassVar = [
            UniqueConstraint(fields=["office", "name", "version"], name="template_versions_are_numbered"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.version}"


class TemplateChoice(models.Model):
    """From when an office's papers are made by which version of a template; ``file`` None: the packaged one.

    The newest counts.
    """

    office = models.ForeignKey(Office, models.PROTECT, related_name="template_choices")
    name = models.CharField(max_length=80)
    file = models.ForeignKey(TemplateFile, models.PROTECT, null=True, related_name="choices")
    since = models.DateField()
    chosen_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.name} {self.file_id}"


def _within(field: str, model: str) -> Rule:
    """Return the rule that lets somebody read what hangs on a row he may see."""

    def rule(grant: Grant) -> Q:
        rows = apps.get_model(model).objects.covered_by([grant])
        return Q(**{f"{field}__in": rows.values("pk")})

    return rule


_AT_BUILDING = through_building("building__", {Role.PUBLIC_SECURITY: nothing}).rules
_ON_PLAN, _ON_REWARD = _within("plan", "works.AnnualPlan"), _within("reward", "ledger.RewardProposal")
_OF_NO_FLAT = Q(flat__isnull=True)


def _of_building(grant: Grant) -> Q:
    return _AT_BUILDING[Role(grant.role)](grant) & Q(building__isnull=False)


def _by_office(grant: Grant) -> Q:
    return _of_office(grant, "number__office__") & Q(building__isnull=True)


def _at_home(grant: Grant) -> Q:
    told = _of_building(grant) & _OF_NO_FLAT & Q(number__kind__in=TOLD_RESIDENTS)
    return Q(flat=grant.flat_id) | told


DOCUMENT_SCOPE = Scope({
    Role.CITY_BUREAU: everything,
    Role.DISTRICT_GOV: lambda grant: (
        (_of_building(grant) & _OF_NO_FLAT) | _ON_PLAN(grant) | _ON_REWARD(grant) | _by_office(grant)
    ),
    Role.FINANCE: lambda grant: (_of_building(grant) & _OF_NO_FLAT) | _ON_REWARD(grant),
    Role.HEAT_SUPPLIER: lambda grant: _of_building(grant) | _ON_PLAN(grant) | _by_office(grant),
    Role.OWNER_UNIT: lambda grant: (_of_building(grant) & _OF_NO_FLAT) | _by_office(grant),
    Role.COMMUNITY: _of_building,
    Role.CONTRACTOR: lambda grant: Q(project__contractor=grant.organisation_id) & _OF_NO_FLAT,
    Role.HOUSEHOLD: _at_home,
})  # fmt: skip


class Document(models.Model):
    """An issued paper, byte for byte as it left the office; what it is about tells who may read it.

    A paper of a flat is personal. ``template`` is the office's own it was made by, None for the packaged one.
    """

    SCOPE = DOCUMENT_SCOPE

    number = models.OneToOneField(Number, models.PROTECT, related_name="document")
    title = models.CharField(max_length=160)
    building = models.ForeignKey("registry.Building", models.PROTECT, null=True, related_name="documents")
    project = models.ForeignKey("works.Project", models.PROTECT, null=True, related_name="documents")
    flat = models.ForeignKey("registry.Flat", models.PROTECT, null=True, related_name="documents")
    plan = models.ForeignKey("works.AnnualPlan", models.PROTECT, null=True, related_name="documents")
    reward = models.ForeignKey("ledger.RewardProposal", models.PROTECT, null=True, related_name="documents")
    file = models.FileField(max_length=120)
    media_type = models.CharField(max_length=80)
    size_bytes = models.BigIntegerField()
    digest = models.CharField(max_length=64, db_index=True)
    issued_on = models.DateField(db_index=True)
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    template = models.ForeignKey(TemplateFile, models.PROTECT, null=True, related_name="documents")

    objects = ScopedQuerySet.as_manager()

    def __str__(self) -> str:
        return str(self.number_id)


class Ending(models.Model):
    """Why and since when a paper is not valid any more, and which one stands in its place."""

    document = models.OneToOneField(Document, models.PROTECT, related_name="ending")
    state = models.CharField(max_length=10, choices=_choices((REPLACED, WITHDRAWN)))
    reason = models.CharField(max_length=300)
    on_date = models.DateField()
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    replaced_by = models.OneToOneField(Document, models.PROTECT, null=True, related_name="replaces")

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="what_is_replaced_names_its_successor",
                condition=Q(state=REPLACED, replaced_by__isnull=False)
                | Q(state=WITHDRAWN, replaced_by__isnull=True),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.document_id} {self.state}"


class ErasedFile(models.Model):
    """A paper whose file left the store with the person it was about; its row stays as it was."""

    document = models.OneToOneField(Document, models.PROTECT, related_name="erased")
    on_date = models.DateField()

    def __str__(self) -> str:
        return f"{self.document_id} {self.on_date}"
