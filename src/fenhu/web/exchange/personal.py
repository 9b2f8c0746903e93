"""What imports hold of people: workbooks, staged rows and findings, only until they are of no use."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import date
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import Q

from fenhu.programme import Role
from fenhu.records import PERSONAL_OF_FLATS
from fenhu.web.exchange.models import StagedRow, Upload
from fenhu.web.holding import Holding, Lapse, Row, hold, lapse
from fenhu.web.journal import services as journal
from fenhu.wording import Text, text

# Shorter words name nobody in what is said of a file.
SHORTEST = 2


def begin() -> None:
    """Name what imports hold, and that it lapses."""
    hold(Holding(
        key="imports", name=text("Uploaded workbooks and their rows"), rows=_rows, erase=_erase, kept=_kept,
        rule="imports",
    ))  # fmt: skip
    lapse(Lapse(
        rule="imports", name=text("Imported workbooks and their previews"), due=_due, forget=_forget
    ))  # fmt: skip


def _rows(flat: Any) -> Iterator[Row]:
    for one in _staged(flat).select_related("upload"):
        yield _told(one.upload, row="/".join(one.key), values=one.values)
    for upload in _workbooks(flat):
        yield _told(upload, workbook="stored")
    for upload, said in _quoting(flat):
        yield _told(upload, findings=[str(Text.from_json(one["message"])) for one in said])


def _told(upload: Upload, **said: Any) -> Row:
    held = {"upload": upload.pk, "state": upload.state, "came_in": upload.created_at}
    return held | {"row": "", "values": {}, "workbook": "", "findings": []} | said


def _staged(flat: Any) -> Any:
    key = [flat.building.code, flat.flat_id]
    return StagedRow.objects.filter(sheet="flats", key=key).order_by("pk")


def _near(flat: Any) -> Any:
    """Return the uploads in which the flat may stand: of who imports its building, or with a row of it."""
    importers = Q(owner__grants__role=Role.CITY_BUREAU) | Q(
        owner__grants__role=Role.HEAT_SUPPLIER, owner__grants__organisation=flat.building.supplier_id
    )
    near = Upload.objects.filter(importers | Q(pk__in=_staged(flat).values("upload")))
    return Upload.objects.filter(pk__in=near.values("pk")).order_by("pk")


def _workbooks(flat: Any) -> Any:
    """Return the uploads whose workbook is stored: no search reads what stands in it."""
    return _near(flat).exclude(file="")


def _kept(flat: Any) -> int:
    """Return how many workbooks stay because they are still to be checked; all others have been read."""
    count: int = _workbooks(flat).filter(state=Upload.RECEIVED).count()
    return count


def _quoting(flat: Any) -> Iterator[tuple[Upload, list[Mapping[str, Any]]]]:
    """Yield the uploads with findings that quote the flat's people, and these findings."""
    words = [word for name in PERSONAL_OF_FLATS if len(word := getattr(flat, name)) >= SHORTEST]
    for upload in _near(flat).exclude(findings=[]):
        said = [one for one in upload.findings if _quotes(one, words)]
        if said:
            yield upload, said


def _quotes(finding: Mapping[str, Any], words: list[str]) -> bool:
    said = json.dumps(finding["message"], ensure_ascii=False)
    return any(word in said for word in words)


def _erase(flat: Any) -> int:
    """Take the people out of rows and findings, and away every workbook that was read already."""
    return _empty_rows(flat) + _empty_findings(flat) + _delete_workbooks(flat)


def _empty_rows(flat: Any) -> int:
    rows = [one for one in _staged(flat) if any(name in one.values for name in PERSONAL_OF_FLATS)]
    for one in rows:
        one.values = {name: value for name, value in one.values.items() if name not in PERSONAL_OF_FLATS}
    StagedRow.objects.bulk_update(rows, ["values"])
    return len(rows)


def _empty_findings(flat: Any) -> int:
    found = list(_quoting(flat))
    erased = {"message": text("What stood here quoted a person and was erased").to_json()}
    for upload, said in found:
        findings = [one | erased if one in said else one for one in upload.findings]
        Upload.objects.filter(pk=upload.pk).update(findings=findings)
    return sum(len(said) for _, said in found)


def _delete_workbooks(flat: Any) -> int:
    read = list(_workbooks(flat).exclude(state=Upload.RECEIVED))
    Upload.objects.filter(pk__in=[one.pk for one in read]).update(file="")
    for one in read:
        _delete_file(one)
    return len(read)


def _due(day: date) -> Any:
    """Return what came in before a day and was not emptied, whatever became of it."""
    return Upload.objects.filter(created_at__date__lt=day).exclude(file="", findings=[], preview={})


def _forget(rows: Any) -> int:
    """Take the files and rows away; that something was uploaded, by whom and its digest stay.

    What nobody decided about is put aside, so that no empty preview can be imported.
    """
    found = list(rows)
    for one in found:
        one.rows.all().delete()
        waits = one.state in Upload.OPEN
        state = Upload.DISCARDED if waits else one.state
        Upload.objects.filter(pk=one.pk).update(state=state, file="", findings=[], preview={})
        if waits:
            journal.record(actor=None, subject=one, kind="upload.discarded", data={})
        if one.file:
            _delete_file(one)
    return len(found)


def _delete_file(upload: Any) -> None:
    """Delete a workbook once that is certain."""
    transaction.on_commit(partial(upload.file.storage.delete, upload.file.name))
