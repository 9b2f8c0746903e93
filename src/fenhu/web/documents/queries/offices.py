"""How an office numbers its papers, and by which templates it lays them out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count

from fenhu.web.documents.kinds import KINDS
from fenhu.web.documents.models import Number, TemplateChoice, TemplateFile
from fenhu.web.documents.numbering import pattern_of, written_out
from fenhu.web.documents.printing import page_count, page_png
from fenhu.web.documents.templating import chosen, content_of, packaged_content, previewed, templates
from fenhu.wording import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberingRow:
    """How an office numbers one kind of paper."""

    kind: str
    name: Text
    pattern: str
    example: str
    last: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateRow:
    """One template and which version of it is in force; None: the packaged one."""

    name: str
    paper: Text
    version: int | None
    versions: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateVersion:
    """One version an office uploaded."""

    version: int
    uploaded_on: date
    uploaded_by: str
    digest: str
    size_bytes: int
    in_force: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateView:
    """One template of an office: its versions, and when which was put in force by whom."""

    row: TemplateRow
    versions: tuple[TemplateVersion, ...]
    choices: tuple[tuple[date, str, int | None], ...]

    @property
    def newest(self) -> int:
        """Return the newest version's number; 0, the packaged one, where there is none."""
        return self.versions[0].version if self.versions else 0


def numberings(office: Any) -> tuple[NumberingRow, ...]:
    """Return how an office numbers each kind of paper."""
    last = {}
    for one in Number.objects.filter(office=office).order_by("year", "n"):
        last[one.kind] = one.words
    return tuple(
        NumberingRow(
            kind=kind, name=row.name, pattern=pattern_of(office, kind),
            example=written_out(pattern_of(office, kind)), last=last.get(kind, ""),
        )
        for kind, row in KINDS.items() if office.role in row.issuers
    )  # fmt: skip


def template_desk(office: Any) -> tuple[TemplateRow, ...]:
    """Return every template an office may replace, and which version is in force."""
    own = chosen(office)
    counts = dict(
        TemplateFile.objects.filter(office=office).order_by().values_list("name").annotate(n=Count("pk"))
    )
    return tuple(
        TemplateRow(
            name=name, paper=title, version=own[name].version if name in own else None,
            versions=counts.get(name, 0),
        )
        for name, (_, title) in templates().items()
    )  # fmt: skip


def template_view(office: Any, name: str) -> TemplateView | None:
    """Return one template of an office with its versions, None where there is none of that name."""
    row = next((one for one in template_desk(office) if one.name == name), None)
    if row is None:
        return None
    files = TemplateFile.objects.filter(office=office, name=name).select_related("uploaded_by")
    choices = TemplateChoice.objects.filter(office=office, name=name).select_related("file", "chosen_by")
    return TemplateView(
        row=row,
        versions=tuple(
            TemplateVersion(
                version=one.version, uploaded_on=one.uploaded_on, uploaded_by=str(one.uploaded_by),
                digest=one.digest, size_bytes=len(one.content), in_force=one.version == row.version,
            )
            for one in files.order_by("-version")
        ),
        choices=tuple(
            (one.since, str(one.chosen_by), one.file.version if one.file else None)
            for one in choices.order_by("-pk")
        ),
    )  # fmt: skip


def template_content(office: Any, name: str, version: int | None) -> bytes:
    """Return a version of a template, None: the packaged one; raises UnknownItem."""
    return packaged_content(name) if version is None else content_of(office, name, version)


def template_preview(office: Any, name: str, version: int | None) -> bytes:
    """Return a paper of sample values by a version of a template; raises UnknownItem, TemplateFault."""
    return previewed(office, name, version)


def template_pages(office: Any, name: str, version: int | None) -> int:
    """Return how many pages the preview has; raises UnknownItem, TemplateFault."""
    return page_count(previewed(office, name, version))


def template_picture(office: Any, name: str, version: int | None, page: int) -> bytes | None:
    """Return a page of the preview as PNG, None where there is no such page."""
    return page_png(previewed(office, name, version), page)
