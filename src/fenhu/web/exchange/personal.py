"""What imports hold of people: whole workbooks, kept only until they are of no use any more."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any

from django.db import transaction

from fenhu.web.exchange.models import Upload
from fenhu.web.holding import Lapse, lapse
from fenhu.wording import text

DONE = (Upload.APPLIED, Upload.REFUSED, Upload.DISCARDED)


def begin() -> None:
    """Name what lapses."""
    lapse(Lapse(
        rule="imports", name=text("Imported workbooks and their previews"), due=_due, forget=_forget
    ))  # fmt: skip


def _due(day: date) -> Any:
    return Upload.objects.filter(state__in=DONE, created_at__date__lt=day).exclude(file="")


def _forget(rows: Any) -> int:
    """Take the files and rows away; that something was imported, by whom and its digest stay."""
    found = list(rows)
    for one in found:
        one.rows.all().delete()
        stored = one.file.name
        Upload.objects.filter(pk=one.pk).update(file="", findings=[], preview={})
        transaction.on_commit(partial(one.file.storage.delete, stored))
    return len(found)
