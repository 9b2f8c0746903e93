"""A paper as PDF/A: values beside a typst template, the same bytes for the same values."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any

import typst

from fenhu.errors import TemplateFault
from fenhu.papers.issued.apart import Refused, set_apart
from fenhu.papers.issued.faults import no_such_field, template_fault
from fenhu.papers.issued.heading import Heading
from fenhu.papers.issued.plain import Speller
from fenhu.papers.issued.templates import PACKAGED, typst_files
from fenhu.papers.issued.typefaces import font_folders, typefaces
from fenhu.wording import Text

_UNKNOWN_FIELD = re.compile(r'dictionary does not contain key "(?P<field>[^"]+)"')
_PLACE = re.compile(r"^error: .*?┌─ (?:[^\n:]*/)?(?P<file>[^\n:/]+):(?P<line>\d+):", re.DOTALL | re.MULTILINE)


def paper_pdf(template: str, title: str, values: object, heading: Heading, folder: Path | None) -> bytes:
    """Return the paper as PDF/A-2a.

    Raises
    ------
    TemplateFault
        If a template of the office cannot be used: with its file, its line and what to do.
    """
    data = _data(title, values, heading, typefaces(folder)[1])
    files = typst_files(folder) | {"main": f'#include "{template}"'.encode()}
    words, timestamp = json.dumps(data, ensure_ascii=False), _seconds(heading)
    made = (
        _set_here(files, words, timestamp)
        if folder is None
        else set_apart(files, words, root=folder, fonts=font_folders(folder), timestamp=timestamp)
    )
    if isinstance(made, Refused):
        raise _fault(made, template, data)
    return made


def _set_here(files: Mapping[str, bytes], data: str, timestamp: int) -> bytes | Refused:
    """Return a PDF by the packaged templates, or why there is none."""
    # The typesetter takes files by name; its type stubs know only a single one.
    given: Any = files
    try:
        made = typst.Compiler(root=PACKAGED, font_paths=typefaces(None)[0]).compile(
            input=given, format="pdf", sys_inputs={"data": data}, pdf_standards="a-2a", timestamp=timestamp
        )
    except typst.TypstError as fault:
        return Refused(message=fault.message, diagnostic=fault.diagnostic or "", hints=tuple(fault.hints))
    assert isinstance(made, bytes)
    return made


def _data(title: str, values: object, heading: Heading, printable: frozenset[int]) -> dict[str, object]:
    speller = Speller(printable)
    spelt = speller.words(values)
    assert isinstance(spelt, dict)
    head = speller.words(heading)
    missing = [f"U+{ord(one):04X}" for one in speller.missing]
    return spelt | {"heading": head, "paper_title": title, "missing": missing}


def _seconds(heading: Heading) -> int:
    """Return the paper's day as the document's time stamp; undated it is the first day there is."""
    day = heading.date
    return 0 if day is None else int(datetime.combine(day, time(), tzinfo=UTC).timestamp())


def _fault(fault: Refused, template: str, data: Mapping[str, object]) -> TemplateFault:
    """Return what is wrong in words a person can act on."""
    place = _PLACE.search(fault.diagnostic)
    return template_fault(
        file=place["file"] if place else template,
        line=int(place["line"]) if place else None,
        said=_said(fault, data),
    )


def _said(fault: Refused, data: Mapping[str, object]) -> Text | str:
    if fault.said is not None:
        return fault.said
    unknown = _UNKNOWN_FIELD.search(fault.message)
    if unknown is None:
        return "; ".join((fault.message, *fault.hints))
    return no_such_field(unknown["field"], data)
