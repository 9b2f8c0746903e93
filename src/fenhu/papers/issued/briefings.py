"""技术交底记录: what those who build were told, by whom, from which drawings (三（三）)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from fenhu.papers.issued.parts import Basis, Material, Work


@dataclass(frozen=True, slots=True, kw_only=True)
class PipeSize:
    """A stretch of the design: where it runs, its size as drawn and its length in metres."""

    part: str
    size: str
    length_m: Decimal | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BriefingPoint:
    """A point of the briefing with the clause it rests on; ``assumed`` where that was not read."""

    topic: str
    said: str
    clause: str = ""
    assumed: bool = False
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TechnicalBriefing:
    """The technical briefing of one building's works.

    ``points`` are this building's own, after the usual ones of the template; those present sign by hand.
    """

    building: str
    supplier: str
    contractor: str
    address: str = ""
    flats: int = 0
    form_after: str = ""
    drawings: str = ""
    technician: str = ""
    technician_phone: str = ""
    briefed_by: str = ""
    briefed_on: date | None = None
    place: str = ""
    basis: tuple[Basis, ...] = ()
    sizes: tuple[PipeSize, ...] = ()
    works: tuple[Work, ...] = ()
    materials: tuple[Material, ...] = ()
    points: tuple[BriefingPoint, ...] = ()
    pressure_test: str = ""
    pressure_reason: str = ""
    assumptions: tuple[str, ...] = ()
