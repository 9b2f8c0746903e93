"""分户供暖改造合同: what the contract between the supplier and one flat says (三（三）)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from fenhu.papers.issued.articles import Article, articles_of, letter_by_letter
from fenhu.papers.issued.parts import (
    Basis,
    Consequence,
    CostLine,
    CostRule,
    Instalment,
    Material,
    Work,
    sum_fen,
)

CONTRACT_TITLE = "分户供暖改造合同"


@dataclass(frozen=True, slots=True, kw_only=True)
class Contract:
    """The contract of one flat: what is built, what it costs whom, warranty, boundary of ownership.

    ``costs`` are the lines the household pays. ``warranty_seasons`` None leaves the period to the law;
    ``warranty_reason`` says why it is assumed, where it is. ``agreed`` are the articles as they were signed,
    empty while nobody has. ``signed_by`` signed on a screen the text with ``signed_digest``, by hand where
    ``signature_svg`` is not empty; without it the paper is signed by hand.
    """

    supplier: str
    owner_name: str
    building: str
    flat: str
    area_m2: Decimal
    supplier_address: str = ""
    supplier_lead: str = ""
    supplier_phone: str = ""
    owner_phone: str = ""
    address: str = ""
    contractor: str = ""
    basis: tuple[Basis, ...] = ()
    form_after: str = ""
    works: tuple[Work, ...] = ()
    costs: tuple[CostLine, ...] = ()
    cost_rules: tuple[CostRule, ...] = ()
    instalments: tuple[Instalment, ...] = ()
    materials: tuple[Material, ...] = ()
    begins: date | None = None
    ends: date | None = None
    warranty_seasons: int | None = None
    warranty_reason: str = ""
    consequences: tuple[Consequence, ...] = ()
    complaint_office: str = ""
    complaint_phone: str = ""
    assumptions: tuple[str, ...] = ()
    contract_number: str = ""
    agreed: tuple[Article, ...] = ()
    signature_svg: str = ""
    signed_by: str = ""
    signed_on: date | None = None
    signed_digest: str = ""

    @property
    def total_fen(self) -> int:
        """What the household pays in all."""
        return sum_fen(self.costs)

    @property
    def articles(self) -> tuple[Article, ...]:
        """The contract's words: as they were signed, else as the values say them."""
        return self.agreed or articles_of(self)

    def whole_text(self) -> str:
        """Return the contract letter by letter, as its digest is taken of it."""
        return letter_by_letter(CONTRACT_TITLE, self.articles)
