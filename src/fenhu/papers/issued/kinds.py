"""The kinds of paper there are, a row each, and the one door through which a paper is made."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

from fenhu.errors import InputFault, UnknownItem
from fenhu.papers.issued.acceptances import AcceptanceRecord
from fenhu.papers.issued.briefings import TechnicalBriefing
from fenhu.papers.issued.commendations import CommendationList
from fenhu.papers.issued.contracts import Contract
from fenhu.papers.issued.heading import Heading
from fenhu.papers.issued.notices import BuildingNotice, FlatNotice
from fenhu.papers.issued.pages import paper_pdf
from fenhu.papers.issued.publications import Publication
from fenhu.papers.issued.schemes import ImplementationScheme
from fenhu.papers.issued.tables import printed, written
from fenhu.papers.issued.word_files import paper_docx
from fenhu.papers.reward_allocation import RewardAllocation, allocation_table, reward_allocation_xlsx
from fenhu.papers.schedule import schedule_xlsx
from fenhu.papers.schedule_values import Schedule
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


def _docx(kind: PaperKind, values: object, heading: Heading, folder: Path | None) -> bytes:
    return paper_docx(f"{kind.template}.docx", str(kind.title), values, heading, folder)


def _allocation_pdf(
    kind: PaperKind, values: RewardAllocation, heading: Heading, folder: Path | None
) -> bytes:
    return _pdf(kind, printed(allocation_table(values)), heading, folder)


def _allocation_xlsx(
    kind: PaperKind, values: RewardAllocation, heading: Heading, folder: Path | None
) -> bytes:
    return written(reward_allocation_xlsx, replace(values, synthetic=heading.demo))


def _schedule_xlsx(kind: PaperKind, values: Schedule, heading: Heading, folder: Path | None) -> bytes:
    return written(schedule_xlsx, replace(values, synthetic=heading.demo))


_PDF: Mapping[str, Maker] = MappingProxyType({"pdf": _pdf})
_EDITED: Mapping[str, Maker] = MappingProxyType({"pdf": _pdf, "docx": _docx})
_ROWS = (
    PaperKind(
        kind="scheme", title=text("Implementation scheme of the year"), values=ImplementationScheme,
        makers=_EDITED, template="scheme",
    ),
    PaperKind(
        kind="schedule", title=text("Building schedule for per-household heating control"), values=Schedule,
        makers=MappingProxyType({"xlsx": _schedule_xlsx}),
    ),
    PaperKind(
        kind="building_notice", title=text("Notice of conversion to per-household heating control"),
        values=BuildingNotice, makers=_PDF, template="building_notice",
    ),
    PaperKind(
        kind="flat_notice", title=text("Notice of conversion to per-household heating control (flat)"),
        values=FlatNotice, makers=_PDF, template="flat_notice",
    ),
    PaperKind(
        kind="contract", title=text("Contract of the conversion"), values=Contract, makers=_EDITED,
        template="contract",
    ),
    PaperKind(
        kind="briefing", title=text("Record of the technical briefing"), values=TechnicalBriefing,
        makers=_PDF, template="briefing",
    ),
    PaperKind(
        kind="publication", title=text("Public announcement"), values=Publication, makers=_PDF,
        template="publication",
    ),
    PaperKind(
        kind="acceptance", title=text("Acceptance record of the works"), values=AcceptanceRecord, makers=_PDF,
        template="acceptance",
    ),
    PaperKind(
        kind="reward_allocation", title=text("Allocation of the reward"), values=RewardAllocation,
        makers=MappingProxyType({"pdf": _allocation_pdf, "xlsx": _allocation_xlsx}), template="table",
    ),
    PaperKind(
        kind="commendations", title=text("List of commendations"), values=CommendationList, makers=_EDITED,
        template="commendations",
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
