"""What the building schedule says, as plain values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from fenhu.records import CriterionResult, OwnerKind, Payer, SystemForm
from fenhu.wording import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedAssumption:
    """A value the documents leave open: what was taken, why, and the clause it fills."""

    key: str
    value: str
    reason: Text
    clause: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduleRow:
    """One building of a year's schedule; what is None or empty stays blank for the office to fill in.

    ``shops`` counts the flats that are no dwellings; ``consent_agreed`` of ``consent_asked`` agree.
    """

    code: str
    district: str
    supplier: str
    estate: str
    building: str
    address: str
    year_built: int
    storeys: int
    units: int
    flats: int
    heated_area_m2: float
    owner_kind: OwnerKind
    present_form: SystemForm
    planned_form: SystemForm
    cost_fen: Mapping[Payer, int]
    shops: int | None = None
    owner: str = ""
    station: str = ""
    pipe_age_years: int | None = None
    water_loss_percent: float | None = None
    mean_room_c: float | None = None
    min_room_c: float | None = None
    complaints: int | None = None
    fee_collection_percent: float | None = None
    arrears_fen: int | None = None
    repair_fund_fen: int | None = None
    consent_agreed: int | None = None
    consent_asked: int | None = None
    consent_area_m2: float | None = None
    planned_start: date | None = None
    planned_finish: date | None = None
    supplier_contact: str = ""
    contractor_contact: str = ""
    remarks: Text | str = ""
    priority: float | None = None
    reasons: tuple[Text, ...] = ()
    criteria: tuple[CriterionResult, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduleYear:
    """The buildings of one year, in any order: the workbook sorts them by supplier, district and code."""

    year: int
    rows: tuple[ScheduleRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """《供热分户控制改造楼栋明细表》: one sheet per year; ``supplier`` is empty for all suppliers together.

    ``basis`` names the document the schedule is filed under, ``assumptions`` everything that was assumed.
    """

    city: Text | str
    basis: Text | str
    years: tuple[ScheduleYear, ...]
    supplier: str = ""
    prepared_by: str = ""
    prepared_on: date | None = None
    policy_id: str = ""
    policy_version: str = ""
    policy_digest: str = ""
    synthetic: bool = False
    assumptions: tuple[NamedAssumption, ...] = ()
