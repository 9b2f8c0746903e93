"""公示: what an office makes public before and during the works — contacts, lists, results (三（三）)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from fenhu.papers.issued.parts import Basis


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedLead:
    """Who answers for a building's conversion at the supplier and at the contractor, with phones."""

    building: str
    supplier: str
    supplier_lead: str
    supplier_phone: str
    contractor: str
    contractor_lead: str
    contractor_phone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedTable:
    """A table made public: its title, the heads of its columns, its rows as words."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """A public announcement: its subject, its leads or tables, its period, and where to object."""

    subject: str
    leads: tuple[PublishedLead, ...] = ()
    tables: tuple[PublishedTable, ...] = ()
    basis: tuple[Basis, ...] = ()
    begins: date | None = None
    ends: date | None = None
    complaint_office: str = ""
    complaint_phone: str = ""
    assumptions: tuple[str, ...] = ()
