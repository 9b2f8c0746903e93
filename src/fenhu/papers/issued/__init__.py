"""Papers an office issues: from plain values, by templates the office can change, as PDF/A and .docx.

In come a kind, its frozen values and a ``Heading``; out come bytes, the same for the same values. Issued
papers follow GB/T 9704-2012; forms a plainer page. What papers there are and how to change a template:
``docs/clerks/papers.md``.
"""

from fenhu.papers.issued.heading import Heading
from fenhu.papers.issued.kinds import KINDS, PaperKind, make
from fenhu.papers.issued.notices import BuildingNotice, FlatNotice
from fenhu.papers.issued.parts import Basis, Consequence, Contact, CostLine, CostRule, Stage, Work
from fenhu.papers.issued.samples import SAMPLE_HEADING, sample

__all__ = [
    "KINDS", "SAMPLE_HEADING", "Basis", "BuildingNotice", "Consequence", "Contact", "CostLine", "CostRule",
    "FlatNotice", "Heading", "PaperKind", "Stage", "Work", "make", "sample",
]  # fmt: skip
