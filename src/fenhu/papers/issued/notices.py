"""《分户控制供暖改造通知》: what the notice of a building says, and that of one flat."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from fenhu.papers.issued.parts import (
    Basis,
    Consequence,
    Contact,
    CostLine,
    CostRule,
    Stage,
    Work,
    sum_fen,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildingNotice:
    """The notice to all households of a building, by the fields the policy asks for (三（一）, 三（三）).

    Temperatures are those of the simulation, in °C; what is not known stays empty and is printed as a blank
    to fill in by hand. ``helpers`` are the community and the property company that inform together with the
    supplier, ``preparations`` what this building's households prepare besides the usual, ``assumptions`` what
    else on the paper is assumed and why.
    """

    building: str
    year: int
    flats: int
    area_m2: Decimal
    address: str = ""
    units: int = 0
    form_before: str = ""
    form_after: str = ""
    lowest_before_c: Decimal | None = None
    lowest_after_c: Decimal | None = None
    basis: tuple[Basis, ...] = ()
    cost_rules: tuple[CostRule, ...] = ()
    begins: date | None = None
    ends: date | None = None
    stages: tuple[Stage, ...] = ()
    scheme_place: str = ""
    consent_place: str = ""
    consent_by: date | None = None
    payment_place: str = ""
    payment_by: date | None = None
    preparations: tuple[str, ...] = ()
    consequences: tuple[Consequence, ...] = ()
    contacts: tuple[Contact, ...] = ()
    complaint_office: str = ""
    complaint_phone: str = ""
    helpers: tuple[str, ...] = ()
    assumptions: tuple[str, ...] = ()
    building_url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FlatNotice:
    """The notice to one flat: what is done in it, when, what it pays and by which rule, and its own page.

    ``page_url`` is drawn as a QR code; it leads to the flat's page and is nobody else's business.
    Temperatures are those of the simulation, in °C.
    """

    whole: BuildingNotice
    flat: str
    owner_name: str
    area_m2: Decimal
    page_url: str = ""
    works: tuple[Work, ...] = ()
    costs: tuple[CostLine, ...] = ()
    begins: date | None = None
    ends: date | None = None
    before_c: Decimal | None = None
    after_c: Decimal | None = None

    @property
    def total_fen(self) -> int:
        """What the flat pays in all."""
        return sum_fen(self.costs)
