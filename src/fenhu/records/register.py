"""The register: buildings and flats as a city knows them, and the money and crews of its programme."""

from __future__ import annotations

from dataclasses import dataclass

from fenhu.records.kinds import FlatUse, OwnerKind, Source, SystemForm


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildingRecord:
    """One row of sheet 楼栋; ``None`` means the city does not know."""

    code: str
    name: str
    district: str
    supplier: str
    owner_kind: OwnerKind
    year_built: int
    storeys: int
    units: int
    flats: int
    heated_area_m2: float
    system_form: SystemForm
    estate: str = ""
    community: str = ""
    address: str = ""
    station: str = ""
    cluster: str = ""
    owner: str = ""
    pipe_year: int | None = None
    pipe_material: str = ""
    corrosion: int | None = None
    water_loss_percent: float | None = None
    fee_collection_percent: float | None = None
    arrears_fen: int | None = None
    complaints: int | None = None
    maintainable: bool | None = None
    inlet_kpa: float | None = None
    supply_c: float | None = None
    mean_room_c: float | None = None
    min_room_c: float | None = None
    repair_fund_fen: int | None = None
    pilot_2009: bool | None = None
    volunteered: bool | None = None
    main_ready: bool | None = None
    longitude: float | None = None
    latitude: float | None = None


# What a flat's row says of a person, words all of it: handed out when he asks, and erased.
PERSONAL_OF_FLATS = ("owner_name", "phone")


@dataclass(frozen=True, slots=True, kw_only=True)
class FlatRecord:
    """One row of sheet 住户; unit, storey and room name the flat within its building."""

    building: str
    unit: int
    storey: int
    room: str
    area_m2: float
    use: FlatUse = FlatUse.DWELLING
    owner_name: str = ""
    phone: str = ""
    measured_c: float | None = None
    consent: bool | None = None
    fee_paid: bool | None = None

    @property
    def flat_id(self) -> str:
        """Return the flat's name within its building, ``unit-storey-room``."""
        return f"{self.unit}-{self.storey}-{self.room}"


@dataclass(frozen=True, slots=True, kw_only=True)
class BudgetRecord:
    """One row of sheet 资金: what one purse may spend in one year; ``scope`` is empty for the city's own."""

    source: Source
    scope: str
    year: int
    amount_fen: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CrewRecord:
    """One row of sheet 施工能力: a supplier's crew days in one season."""

    supplier: str
    year: int
    crew_days: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ClusterRecord:
    """One row of sheet 片区: a substation branch with the cost of its mains and of setting up works."""

    cluster: str
    district: str
    supplier: str
    mains_fen: int
    mobilise_fen: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderRecord:
    """One row of sheet 先后: ``after`` may not start earlier than ``before`` (building codes)."""

    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    """A city's register; ``flats`` keeps sheet order, every flat's building is in ``buildings``."""

    buildings: tuple[BuildingRecord, ...]
    flats: tuple[FlatRecord, ...]
    budgets: tuple[BudgetRecord, ...] = ()
    crews: tuple[CrewRecord, ...] = ()
    clusters: tuple[ClusterRecord, ...] = ()
    orders: tuple[OrderRecord, ...] = ()
    synthetic: bool = False

    def flats_by_building(self) -> dict[str, tuple[FlatRecord, ...]]:
        """Return the flats of every building, empty where none is listed."""
        grouped: dict[str, list[FlatRecord]] = {building.code: [] for building in self.buildings}
        for flat in self.flats:
            grouped[flat.building].append(flat)
        return {code: tuple(flats) for code, flats in grouped.items()}
