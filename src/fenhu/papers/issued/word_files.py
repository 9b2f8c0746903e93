"""A paper as .docx, filled into a template the office edits in Word; the same values give the same bytes."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from zipfile import BadZipFile

import segno
from docx.opc.exceptions import PackageNotFoundError
from docx.shared import Mm
from docxtpl import DocxTemplate, InlineImage
from jinja2 import StrictUndefined, TemplateError, TemplateSyntaxError, UndefinedError
from jinja2.sandbox import SandboxedEnvironment

from fenhu.errors import TemplateFault
from fenhu.papers.issued.faults import no_such_field, template_fault
from fenhu.papers.issued.heading import Heading
from fenhu.papers.issued.plain import Speller
from fenhu.papers.issued.templates import template_path
from fenhu.papers.words import DEMO_DATA
from fenhu.wording import text

# What a template that is no Word file, or whose fields are written wrongly, can raise.
_FAULTS = (
    TemplateError, PackageNotFoundError, BadZipFile, ArithmeticError, LookupError, SyntaxError, TypeError,
    ValueError,
)  # fmt: skip
_UNKNOWN_FIELD = re.compile(r"'(?P<field>[^']+)' is undefined|has no attribute '(?P<attribute>[^']+)'")
_CODE, _GAP = Mm(18), "　"
_DAY = (1980, 1, 1, 0, 0, 0)


def paper_docx(template: str, title: str, values: object, heading: Heading, folder: Path | None) -> bytes:
    """Return the paper as a Word file.

    Raises
    ------
    TemplateFault
        If a template of the office cannot be used: with its file and what to do.
    """
    path = template_path(template, folder)
    context: dict[str, object] = {}
    try:
        document = DocxTemplate(path)
        document.init_docx()
        context = _context(document, title, values, heading)
        document.render(context, _environment(), autoescape=True)
    except _FAULTS as fault:
        raise _fault(fault, template, context) from None
    held = io.BytesIO()
    document.save(held)
    return _undated(held)


def _environment() -> SandboxedEnvironment:
    return SandboxedEnvironment(undefined=StrictUndefined, autoescape=True)


def _context(document: DocxTemplate, title: str, values: object, heading: Heading) -> dict[str, object]:
    speller = Speller(None)
    spelt = speller.words(values)
    assert isinstance(spelt, dict)
    return spelt | {
        "paper_title": title,
        "heading": speller.words(heading),
        "demo_mark": _GAP.join(_marks(heading)),
        "verify_code": _code(document, heading.verify_url),
    }


def _marks(heading: Heading) -> Iterator[str]:
    """Yield what is written at the head of every page."""
    if heading.demo:
        yield str(DEMO_DATA)
    if heading.draft:
        yield str(text("Draft; what counts is the paper that is issued as PDF"))


def _code(document: DocxTemplate, address: str) -> object:
    if not address:
        return ""
    held = io.BytesIO()
    segno.make(address, error="m", micro=False).save(held, kind="png", scale=8, border=2)
    held.seek(0)
    return InlineImage(document, held, width=_CODE)


def _undated(held: io.BytesIO) -> bytes:
    """Return the file with the day of packing taken out of it."""
    made = io.BytesIO()
    with zipfile.ZipFile(held) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name, _DAY), old.read(name), zipfile.ZIP_DEFLATED)
    return made.getvalue()


def _fault(fault: Exception, template: str, context: Mapping[str, object]) -> TemplateFault:
    line = fault.lineno if isinstance(fault, TemplateSyntaxError) else None
    unknown = _UNKNOWN_FIELD.search(str(fault)) if isinstance(fault, UndefinedError) else None
    said = no_such_field(unknown["field"] or unknown["attribute"], context) if unknown else str(fault)
    return template_fault(file=template, line=line, said=said)
