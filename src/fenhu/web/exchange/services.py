"""From an uploaded file to changed rows: receive, stage, apply or discard."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from django.core.files import File
from django.db import transaction
from django.utils import timezone

from fenhu.errors import Conflict, InputFault, WrongState
from fenhu.programme import Role
from fenhu.records import Finding, Register, Severity
from fenhu.register import RegisterReading, read_register
from fenhu.web.access.gates import has_role, require_role
from fenhu.web.access.queries import organisation_names
from fenhu.web.exchange.changing import ChangedRows as ChangedRows
from fenhu.web.exchange.changing import change_buildings as change_buildings
from fenhu.web.exchange.changing import change_flats as change_flats
from fenhu.web.exchange.models import StagedRow, Upload
from fenhu.web.exchange.receiving import judged, readable
from fenhu.web.jobs.queries import is_at_work
from fenhu.web.journal import services as journal
from fenhu.web.registry.comparing import Action, RowChange, compare, foreign_now
from fenhu.web.registry.services import apply_changes
from fenhu.web.rules import current_policy
from fenhu.web.uploads import MOST_NAME
from fenhu.wording import Text, text

IMPORTERS = (Role.CITY_BUREAU, Role.HEAT_SUPPLIER)
BATCH = 1000
MOST_FINDINGS = 2000
Report = Callable[[Text, int, int], None]


def _silent(phase: Text, done: int, total: int) -> None:
    """Report to nobody."""


@transaction.atomic
def receive(file: File, actor: Any) -> Upload:
    """Return the stored upload; nothing of it is read yet.

    Raises
    ------
    NotAllowed
        If the actor may not import.
    InputFault
        If the file is too large, or no file that could hold a register.
    """
    require_role(actor, *IMPORTERS)
    digest = judged(file)
    name = Path(file.name or "").name
    upload = Upload(name=name[-MOST_NAME:], size_bytes=file.size, digest=digest, owner=actor)
    upload.file.save(f"{digest[:16]}.xlsx", file, save=False)
    upload.save()
    journal.record(actor=actor, subject=upload, kind="upload.received", data={"digest": digest})
    return upload


def stage(upload: Upload, *, report: Report = _silent) -> Upload:
    """Return the upload with its findings and, if none is an error, what importing it would do."""
    report(text("Reading the file"), 0, 3)
    try:
        with readable(Path(upload.file.path)) as path:
            reading = read_register(path)
    except InputFault as fault:
        return _refuse(upload, (_unreadable(upload, fault),))
    if reading.register is None:
        return _refuse(upload, reading.findings)
    report(text("Comparing with the register"), 1, 3)
    changes = list(compare(reading.register, _own_suppliers(upload.owner)))
    report(text("Keeping the preview"), 2, 3)
    return _keep(upload, reading, changes)


@transaction.atomic
def apply(upload: Upload, actor: Any) -> Upload:
    """Return the upload after all its new and changed rows were written in one transaction.

    Raises
    ------
    NotAllowed
        If the actor may not import.
    WrongState
        If the upload is not staged.
    Conflict
        If somebody else applied it, the register changed since the preview, or a row is not its uploader's
        to change any more.
    """
    require_role(actor, *IMPORTERS)
    _leave(upload, (Upload.STAGED,), Upload.APPLIED, applied_at=timezone.now())
    rows = StagedRow.objects.filter(upload=upload).exclude(action=Action.REFUSED).order_by("position")
    changes = tuple(_changes(rows.iterator(chunk_size=BATCH)))
    _still_his(upload, changes)
    apply_changes(
        changes,
        policy=current_policy(),
        synthetic=upload.synthetic,
        actor=actor,
    )
    journal.record(
        actor=actor,
        subject=upload,
        kind="upload.applied",
        data={"digest": upload.digest, "rows": upload.preview},
    )
    upload.refresh_from_db()
    return upload


@transaction.atomic
def import_register(register: Register) -> dict[str, dict[str, int]]:
    """Return the counts per sheet after the operator imported a register without a preview."""
    changes = list(compare(register, None))
    counts = _counts(changes)
    if any(count["new"] or count["changed"] for count in counts.values()):
        apply_changes(changes, policy=current_policy(), synthetic=register.synthetic)
        journal.record(actor=None, subject="register", kind="register.imported", data={"rows": counts})
    return counts


@transaction.atomic
def discard(upload: Upload, actor: Any) -> Upload:
    """Return the upload, put aside: nothing of it was or will be imported.

    Raises
    ------
    WrongState
        If it was decided about, or is being checked.
    Conflict
        If somebody else decided about it meanwhile.
    """
    require_role(actor, *IMPORTERS)
    if is_at_work("stage-upload", {"upload": upload.pk}):
        raise WrongState(text("The file is being checked; put it aside when that is done or stopped"))
    _leave(upload, Upload.OPEN, Upload.DISCARDED)
    StagedRow.objects.filter(upload=upload).delete()
    journal.record(actor=actor, subject=upload, kind="upload.discarded", data={})
    upload.refresh_from_db()
    return upload


def _leave(upload: Upload, states: Sequence[str], state: str, **stamps: object) -> None:
    """Let an upload that is in one of ``states`` come into another, once."""
    if upload.state not in states:
        raise WrongState(text("Only a previewed file can be applied or discarded; upload it again"))
    if not Upload.objects.filter(pk=upload.pk, state=upload.state).update(state=state, **stamps):
        raise Conflict(text("Somebody else decided about this file; look at it again"))


def _still_his(upload: Upload, changes: Collection[RowChange]) -> None:
    """Go on only if every row is within what the uploader may change today."""
    found = foreign_now(changes, _own_suppliers(upload.owner))
    if found is not None:
        raise Conflict(text(
            "{row} belongs to {supplier} now, and whoever uploaded the file may not change it any more; "
            "nothing was imported, preview the file again",
            row="/".join(found.key), supplier=", ".join(found.suppliers),
        ))  # fmt: skip


def _own_suppliers(user: Any) -> frozenset[str] | None:
    """Return the suppliers whose rows ``user`` may import; None for everybody's."""
    if has_role(user, Role.CITY_BUREAU):
        return None
    return frozenset(organisation_names(user, Role.HEAT_SUPPLIER))


def _unreadable(upload: Upload, fault: InputFault) -> Finding:
    """Return the fault as a finding that calls the file as its owner does, not as it is stored."""
    said = fault.message
    own = {"file": upload.name} if "file" in said.params else {}
    return Finding(
        severity=Severity.ERROR,
        sheet=upload.name,
        row=None,
        column=None,
        code=fault.code,
        message=Text(said.pattern, {**said.params, **own}, said.chinese),
    )


@transaction.atomic
def _refuse(upload: Upload, findings: tuple[Finding, ...]) -> Upload:
    _leave(upload, (Upload.RECEIVED,), Upload.REFUSED)
    upload.state = Upload.REFUSED
    _note(upload, findings)
    upload.save()
    journal.record(
        actor=upload.owner, subject=upload, kind="upload.refused", data={"findings": upload.findings_count}
    )
    return upload


@transaction.atomic
def _keep(upload: Upload, reading: RegisterReading, changes: list[RowChange]) -> Upload:
    assert reading.register is not None
    refused = [_refused_finding(change) for change in changes if change.action is Action.REFUSED]
    _leave(upload, (Upload.RECEIVED,), Upload.STAGED)
    upload.state = Upload.STAGED
    upload.synthetic = reading.register.synthetic
    upload.preview = _counts(changes)
    _note(upload, (*reading.findings, *refused))
    upload.save()
    StagedRow.objects.filter(upload=upload).delete()
    StagedRow.objects.bulk_create(_staged(upload, changes), batch_size=BATCH)
    return upload


def _note(upload: Upload, findings: Iterable[Finding]) -> None:
    """Keep the findings, errors first; of very many only the first are kept, with their number."""
    ordered = sorted(findings, key=lambda finding: finding.severity is not Severity.ERROR)
    upload.findings_count = len(ordered)
    upload.findings = [
        {
            "severity": str(found.severity), "sheet": found.sheet, "row": found.row, "column": found.column,
            "code": found.code, "message": found.message.to_json(),
        }
        for found in ordered[:MOST_FINDINGS]
    ]  # fmt: skip


def _refused_finding(change: RowChange) -> Finding:
    assert change.reason is not None
    message = text("{row}: {reason}", row="/".join(change.key), reason=change.reason)
    return Finding(
        severity=Severity.WARNING,
        sheet=change.sheet,
        row=None,
        column=None,
        code="foreign-row",
        message=message,
    )


def _counts(changes: Iterable[RowChange]) -> dict[str, dict[str, int]]:
    counts: dict[str, Counter[str]] = {}
    for change in changes:
        counts.setdefault(change.sheet, Counter({action.value: 0 for action in Action}))[
            change.action.value
        ] += 1
    return {sheet: dict(counter) for sheet, counter in counts.items()}


def _staged(upload: Upload, changes: Iterable[RowChange]) -> Iterator[StagedRow]:
    moving = (change for change in changes if change.action is not Action.SAME)
    for position, change in enumerate(moving, start=1):
        yield StagedRow(
            upload=upload,
            position=position,
            sheet=change.sheet,
            key=list(change.key),
            action=change.action.value,
            values=dict(change.values),
            reason=change.reason.to_json() if change.reason else None,
        )


def _changes(rows: Iterable[StagedRow]) -> Iterator[RowChange]:
    for row in rows:
        yield RowChange(sheet=row.sheet, key=tuple(row.key), action=Action(row.action), values=row.values)
