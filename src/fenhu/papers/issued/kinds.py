"""The kinds of paper there are, a row each, and the one door through which a paper is made."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

from fenhu.errors import InputFault, UnknownItem
from fenhu.papers.issued.heading import Heading
from fenhu.papers.issued.notices import BuildingNotice, FlatNotice
from fenhu.papers.issued.pages import paper_pdf
from fenhu.wording import CHINESE, Text, speaking, text

Maker = Callable[["PaperKind", Any, Heading, Path | None], bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperKind:
    """One kind of paper: its title, the values it is made of, its formats with what makes them.

    ``template`` is the stem of its template files, empty where a paper has none an office could change.
    """

    kind: str
    title: Text
    values: type
    makers: Mapping[str, Maker]
    template: str = ""

    @property
    def formats(self) -> tuple[str, ...]:
        """The formats the paper is made in, the usual one first."""
        return tuple(self.makers)


def _pdf(kind: PaperKind, values: object, heading: Heading, folder: Path | None) -> bytes:
    return paper_pdf(f"{kind.template}.typ", str(kind.title), values, heading, folder)


_PDF: Mapping[str, Maker] = MappingProxyType({"pdf": _pdf})
_ROWS = (
    PaperKind(
        kind="building_notice", title=text("Notice of conversion to per-household heating control"),
        values=BuildingNotice, makers=_PDF, template="building_notice",
    ),
    PaperKind(
        kind="flat_notice", title=text("Notice of conversion to per-household heating control (flat)"),
        values=FlatNotice, makers=_PDF, template="flat_notice",
    ),
)  # fmt: skip
KINDS: Mapping[str, PaperKind] = MappingProxyType({row.kind: row for row in _ROWS})
"""Every kind of paper by its name."""


def make(
    kind: str, values: object, *, heading: Heading, folder: Path | None = None, format: str = "pdf"
) -> bytes:
    """Return a paper in Chinese, whatever language its maker reads; the same values give the same bytes.

    Parameters
    ----------
    kind : one of ``KINDS``.
    values : an instance of the kind's ``values``.
    heading : office, number, day and where the paper can be verified.
    folder : an office's template folder; its file of a template's name is used in place of the packaged one.
    format : one of the kind's ``formats``.

    Raises
    ------
    UnknownItem
        If there is no such kind, or it is not made in this format.
    InputFault
        If the values are those of another kind.
    TemplateFault
        If a template cannot be used: with its file, its line and what to do.
    """
    row = KINDS.get(kind)
    if row is None:
        raise UnknownItem(
            text("There is no paper {kind}; there are: {kinds}", kind=kind, kinds=", ".join(KINDS))
        )
    maker = row.makers.get(format)
    if maker is None:
        raise UnknownItem(
            text(
                "{paper} is not made as {format}; it is made as {formats}",
                paper=row.title, format=format, formats=", ".join(row.formats),
            )
        )  # fmt: skip
    if not isinstance(values, row.values):
        raise InputFault(
            text("{paper} is made of {expected}, not of {given}",
                 paper=row.title, expected=row.values.__name__, given=type(values).__name__)
        )  # fmt: skip
    with speaking(CHINESE):
        return maker(row, values, heading, folder)
