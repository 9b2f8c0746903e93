"""年度改造实施方案: what a supplier's implementation scheme of a year says (三（二）)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from fenhu.papers.issued.parts import Basis, Contact, CostLine, CostRule, Work, sum_fen


@dataclass(frozen=True, slots=True, kw_only=True)
class SchemeBuilding:
    """One building of the scheme, why it is in it, and its days."""

    building: str
    district: str
    flats: int
    area_m2: Decimal
    form_before: str = ""
    form_after: str = ""
    reason: str = ""
    begins: date | None = None
    ends: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ImplementationScheme:
    """A supplier's scheme of one year, filed with the bureau together with the building schedule.

    ``narrative`` is what the supplier writes itself about carrying it out, a paragraph each; ``purses`` the
    money by payer; ``crews`` what works where; ``finish_by`` the policy's last day of works.
    """

    year: int
    supplier: str
    to: str
    buildings: tuple[SchemeBuilding, ...]
    basis: tuple[Basis, ...] = ()
    narrative: tuple[str, ...] = ()
    purses: tuple[CostLine, ...] = ()
    cost_rules: tuple[CostRule, ...] = ()
    crews: tuple[Work, ...] = ()
    contacts: tuple[Contact, ...] = ()
    finish_by: date | None = None
    assumptions: tuple[str, ...] = ()

    @property
    def building_count(self) -> int:
        """How many buildings the scheme has."""
        return len(self.buildings)

    @property
    def flat_count(self) -> int:
        """How many flats they have."""
        return sum(one.flats for one in self.buildings)

    @property
    def total_area_m2(self) -> Decimal:
        """Their heated area."""
        return sum((one.area_m2 for one in self.buildings), Decimal(0))

    @property
    def total_fen(self) -> int:
        """What the scheme costs in all."""
        return sum_fen(self.purses)
