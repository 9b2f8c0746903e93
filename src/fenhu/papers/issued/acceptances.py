"""竣工验收单: what was built, measured and decided in one round of acceptance (三（四）)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from fenhu.papers.issued.parts import Basis, Material, Party


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkDone:
    """A quantity as planned and as done."""

    what: str
    unit: str
    planned: Decimal | None = None
    done: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TestResult:
    """A test with its limit in words and what was measured; ``passed`` None while it is not measured."""

    __test__ = False  # no test of pytest's

    what: str
    standard: str = ""
    limit: str = ""
    measured: str = ""
    passed: bool | None = None
    measured_on: date | None = None
    assumed: bool = False
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomSample:
    """A flat's room temperature as measured, °C; ``before_c`` is the simulated one before the conversion."""

    flat: str
    measured_c: Decimal | None = None
    before_c: Decimal | None = None
    passed: bool | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DefectRow:
    """A defect found at the acceptance, and the day it was mended."""

    what: str
    found_on: date | None = None
    mended_on: date | None = None
    how: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptanceRecord:
    """One round of a building's acceptance; ``passed`` None while the round is open.

    ``extract_of`` is the number of the record this is cut from for one flat; empty, it is the whole.
    """

    building: str
    supplier: str
    contractor: str
    flats: int
    area_m2: Decimal
    round_number: int = 1
    address: str = ""
    units: int = 0
    designer: str = ""
    supervisor: str = ""
    drawings: str = ""
    form_after: str = ""
    begins: date | None = None
    ends: date | None = None
    held_on: date | None = None
    flats_passed: int = 0
    basis: tuple[Basis, ...] = ()
    works: tuple[WorkDone, ...] = ()
    materials: tuple[Material, ...] = ()
    tests: tuple[TestResult, ...] = ()
    rooms: tuple[RoomSample, ...] = ()
    defects: tuple[DefectRow, ...] = ()
    parties: tuple[Party, ...] = ()
    passed: bool | None = None
    conclusion: str = ""
    warranty_seasons: int | None = None
    assumptions: tuple[str, ...] = ()
    extract_of: str = ""
