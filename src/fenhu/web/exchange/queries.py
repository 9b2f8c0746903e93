"""Reading uploads: what was found, what would change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from fenhu.records import Finding, Severity
from fenhu.web.access.scope import get_visible
from fenhu.web.exchange.models import StagedRow, Upload
from fenhu.web.paging import placed
from fenhu.wording import Text

PAGE_SIZE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class UploadRow:
    """One upload in a list."""

    id: int
    name: str
    state: str
    owner: str
    size_bytes: int
    created_at: datetime
    applied_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetCounts:
    """What an import would do with one sheet."""

    sheet: str
    new: int
    changed: int
    same: int
    refused: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldChange:
    """One field of a changed row."""

    field: str
    old: Any
    new: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class StagedView:
    """One staged row; ``changes`` is empty for a new or refused one."""

    sheet: str
    key: str
    action: str
    changes: tuple[FieldChange, ...]
    values: Mapping[str, Any]
    reason: Text | None


@dataclass(frozen=True, slots=True, kw_only=True)
class UploadView:
    """One upload with its findings and preview; ``findings_count`` may be more than are kept."""

    row: UploadRow
    findings: tuple[Finding, ...]
    findings_count: int
    errors: int
    sheets: tuple[SheetCounts, ...]
    rows: tuple[StagedView, ...]
    page: int
    pages: int

    @property
    def changes_nothing(self) -> bool:
        """Return whether importing it would leave the register as it is."""
        return not any(sheet.new or sheet.changed for sheet in self.sheets)


def uploads(user: Any, *, most: int = 20) -> tuple[UploadRow, ...]:
    """Return the newest uploads ``user`` may see."""
    newest = Upload.objects.visible_to(user).select_related("owner").order_by("-pk")[:most]
    return tuple(_row(upload) for upload in newest)


def upload_view(user: Any, upload_id: int, *, sheet: str = "", action: str = "", page: int = 1) -> UploadView:
    """Return one upload with a page of its staged rows.

    Raises
    ------
    django.http.Http404
        If there is no such upload, or it is not the user's to see.
    """
    upload = get_visible(Upload.objects.select_related("owner"), user, pk=upload_id)
    staged = StagedRow.objects.filter(upload=upload).order_by("position")
    if sheet:
        staged = staged.filter(sheet=sheet)
    if action:
        staged = staged.filter(action=action)
    page, pages = placed(page, staged.count(), PAGE_SIZE)
    findings = tuple(_finding(stored) for stored in upload.findings)
    return UploadView(
        row=_row(upload),
        findings=findings,
        findings_count=upload.findings_count,
        errors=sum(finding.severity is Severity.ERROR for finding in findings),
        sheets=tuple(SheetCounts(sheet=name, **counts) for name, counts in upload.preview.items()),
        rows=tuple(_staged(row) for row in staged[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]),
        page=page,
        pages=pages,
    )


def _row(upload: Upload) -> UploadRow:
    return UploadRow(
        id=upload.pk, name=upload.name, state=upload.state, owner=str(upload.owner),
        size_bytes=upload.size_bytes, created_at=upload.created_at, applied_at=upload.applied_at,
    )  # fmt: skip


def _finding(stored: Mapping[str, Any]) -> Finding:
    return Finding(**{
        **stored, "severity": Severity(stored["severity"]), "message": Text.from_json(stored["message"]),
    })  # fmt: skip


def _staged(row: StagedRow) -> StagedView:
    changed = row.action == StagedRow.CHANGED
    return StagedView(
        sheet=row.sheet,
        key="/".join(row.key),
        action=row.action,
        changes=tuple(FieldChange(field=name, old=pair[0], new=pair[1]) for name, pair in row.values.items())
        if changed
        else (),
        values={} if changed else row.values,
        reason=Text.from_json(row.reason) if row.reason else None,
    )


def touched_buildings(upload_id: int) -> tuple[str, ...]:
    """Return the buildings an upload entered or changed, they themselves or their flats, by code."""
    moved = StagedRow.objects.filter(upload=upload_id, sheet__in=("buildings", "flats"))
    keys = moved.exclude(action=StagedRow.REFUSED).values_list("key", flat=True)
    return tuple(sorted({key[0] for key in keys}))


def upload_for(user: Any, upload_id: int) -> Upload:
    """Return the upload itself, for whoever is about to decide about it.

    Raises
    ------
    django.http.Http404
        If there is no such upload, or it is not the user's to see.
    """
    return get_visible(Upload, user, pk=upload_id)
