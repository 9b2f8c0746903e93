"""Everything held of a person as one zip: JSON for machines, and a workbook to read that computes nothing."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import xlsxwriter

from fenhu.web.journal.queries import EntryView, personal_digest
from fenhu.web.persons.queries import PersonView
from fenhu.wording import text

_DAY = (1980, 1, 1, 0, 0, 0)
_LONGEST_CELL = 32_000


def packed(view: PersonView) -> bytes:
    """Return the zip."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name, content in (("person.json", _json(view)), ("person.xlsx", _workbook(view))):
            archive.writestr(zipfile.ZipInfo(name, _DAY), content, zipfile.ZIP_DEFLATED)
    return held.getvalue()


def _json(view: PersonView) -> bytes:
    told = {
        "flat": {"building": view.code, "flat": view.flat_id, "name": view.owner_name, "phone": view.phone},
        "held": {
            one.key: {
                "rows": [_plain(row) for row in one.rows], "kept_after_erasure": one.kept,
                "rule": {"years": one.rule.years, "from": str(one.rule.since), "source": one.rule.source}
                if one.rule else None,
            }
            for one in view.held
        },
        "mentions": [
            {"where": one.key, "place": one.place, "said": one.said} for one in view.mentions
        ],
        "journal": [_entry(one, view.told) for one in view.entries],
    }  # fmt: skip
    return json.dumps(told, ensure_ascii=False, indent=1).encode()


def _entry(entry: EntryView, told: Mapping[str, str]) -> dict[str, Any]:
    return {
        "subject": entry.subject, "kind": entry.kind, "on_date": entry.on_date.isoformat(),
        "recorded_at": entry.recorded_at.isoformat(), "digest": entry.digest,
        "data": {key: _value(value, told) for key, value in entry.data.items()},
    }  # fmt: skip


def _value(value: Any, told: Mapping[str, str]) -> Any:
    digest = personal_digest(value)
    return told.get(digest, "") if digest else value


def _plain(row: Mapping[str, Any]) -> dict[str, Any]:
    return {key: _cell(value) for key, value in row.items()}


def _cell(value: Any) -> Any:
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


def _workbook(view: PersonView) -> bytes:
    held = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(held, options) as book:
        sheet = book.add_worksheet(str(text("Held of you")))
        bold = book.add_format({"bold": True})
        sheet.set_column(0, 0, 28)
        sheet.set_column(1, 9, 20)
        for number, (is_head, cells) in enumerate(_lines(view)):
            for place, cell in enumerate(cells):
                sheet.write_string(number, place, str(cell)[:_LONGEST_CELL], bold if is_head else None)
    return held.getvalue()


def _lines(view: PersonView) -> Iterator[tuple[bool, list[object]]]:
    yield True, [f"{view.place} {view.flat_id}", view.owner_name, view.phone]
    for one in view.held:
        yield False, []
        yield True, [one.name, len(one.rows)]
        if one.rows:
            yield True, list(one.rows[0])
        yield from ((False, ["" if cell is None else cell for cell in row.values()]) for row in one.rows)
        if one.kept and one.rule:
            said = text("Kept for {years} years: {source}", years=one.rule.years, source=one.rule.source)
            yield False, [said]
    if view.mentions:
        yield False, []
        yield True, [text("Mentioned in free words, or perhaps in files"), len(view.mentions)]
        yield from ((False, [one.name, one.place, one.said]) for one in view.mentions)
    yield False, []
    yield True, [text("Journal")]
    for entry in view.entries:
        values = {key: _value(value, view.told) for key, value in entry.data.items()}
        yield False, [entry.recorded_at.isoformat(), entry.kind, json.dumps(values, ensure_ascii=False)]
