"""A paper as PDF/A: values beside a typst template, the same bytes for the same values."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any

import typst

from fenhu.errors import TemplateFault
from fenhu.papers.issued.heading import Heading
from fenhu.papers.issued.plain import Speller
from fenhu.papers.issued.templates import PACKAGED, typst_files
from fenhu.papers.issued.typefaces import typefaces
from fenhu.wording import text

_PLACE = re.compile(r"┌─ (?P<file>[^\n:]+):(?P<line>\d+):")


def paper_pdf(template: str, title: str, values: object, heading: Heading, folder: Path | None) -> bytes:
    """Return the paper as PDF/A-2a.

    Raises
    ------
    TemplateFault
        If a template of the office cannot be used: with its file, its line and what to do.
    """
    fonts, printable = typefaces(folder)
    data = _data(title, values, heading, printable)
    # The typesetter takes files by name; its type stubs know only a single one.
    files: Any = typst_files(folder) | {"main": f'#include "{template}"'.encode()}
    try:
        made = typst.Compiler(root=PACKAGED, font_paths=fonts).compile(
            input=files, format="pdf", sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
            pdf_standards="a-2a", timestamp=_seconds(heading),
        )  # fmt: skip
    except typst.TypstError as fault:
        raise _fault(fault, template) from None
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


def _fault(fault: typst.TypstError, template: str) -> TemplateFault:
    """Return what is wrong in words a person can act on; the typesetter's own words stay within."""
    place = _PLACE.search(fault.diagnostic or "")
    file = place["file"] if place else template
    line = int(place["line"]) if place else None
    said = "; ".join((fault.message, *fault.hints))
    return TemplateFault(
        text(
            "The template {file} cannot be used, line {line}: {said}. Correct the line, or take the file out "
            "of the template folder to return to the one that comes with the product.",
            file=file, line=line or "—", said=said,
        ),
        file=file, line=line,
    )  # fmt: skip
