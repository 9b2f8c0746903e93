"""Papers an office issues: from plain values, by templates the office can change, as PDF/A and .docx.

In come a kind, its frozen values and a ``Heading``; out come bytes, the same for the same values. Issued
papers follow GB/T 9704-2012; forms a plainer page. What papers there are and how to change a template:
``docs/clerks/papers.md``.
"""

from fenhu.papers.issued.acceptances import AcceptanceRecord, DefectRow, RoomSample, TestResult, WorkDone
from fenhu.papers.issued.articles import Article, Block, Rows, articles_from, digest_of
from fenhu.papers.issued.briefings import BriefingPoint, PipeSize, TechnicalBriefing
from fenhu.papers.issued.commendations import CommendationList, Praised
from fenhu.papers.issued.contracts import CONTRACT_TITLE, Contract
from fenhu.papers.issued.heading import Heading
from fenhu.papers.issued.kinds import KINDS, PaperKind, make
from fenhu.papers.issued.notices import BuildingNotice, FlatNotice
from fenhu.papers.issued.parts import (
    Basis,
    Consequence,
    Contact,
    CostLine,
    CostRule,
    Instalment,
    Material,
    Party,
    Stage,
    Work,
)
from fenhu.papers.issued.publications import Publication, PublishedLead, PublishedTable
from fenhu.papers.issued.samples import SAMPLE_HEADING, sample
from fenhu.papers.issued.schemes import ImplementationScheme, SchemeBuilding
from fenhu.papers.issued.templates import packaged_template

__all__ = [
    "CONTRACT_TITLE", "KINDS", "SAMPLE_HEADING", "AcceptanceRecord", "Article", "Basis", "Block",
    "BriefingPoint", "BuildingNotice", "CommendationList", "Consequence", "Contact", "Contract", "CostLine",
    "CostRule", "DefectRow", "FlatNotice", "Heading", "ImplementationScheme", "Instalment", "Material",
    "PaperKind", "Party", "PipeSize", "Praised", "Publication", "PublishedLead", "PublishedTable",
    "RoomSample", "Rows", "SchemeBuilding", "Stage", "TechnicalBriefing", "TestResult", "Work", "WorkDone",
    "articles_from", "digest_of", "make", "packaged_template", "sample",
]  # fmt: skip
