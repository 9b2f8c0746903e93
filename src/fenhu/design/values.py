"""What a design is made of: pipes, devices, radiators, flats, risers, how well they balance, and the proof.

A ``Design`` is plain values from end to end: the review reads it, the bill counts it, the sheets draw it, the
web product stores it. Sizes are nominal (``dn``), everything else SI.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from fenhu.building import Building, Loop, Mains
from fenhu.records import Assumption, SystemForm
from fenhu.wording import Text


class Role(StrEnum):
    """What a pipe is: 干管, 立管, 入户管, 户内环管, 散热器支管, 跨越管, 地面盘管."""

    MAIN = "main"
    RISER = "riser"
    CONNECTION = "connection"
    RUN = "run"
    BRANCH = "branch"
    BYPASS = "bypass"
    COIL = "coil"


class Side(StrEnum):
    """Whether a pipe brings the water or takes it back."""

    SUPPLY = "supply"
    RETURN = "return"


class Place(StrEnum):
    """Where a pipe lies: 地沟, 顶层, 楼梯间, 户内."""

    TRENCH = "trench"
    TOP = "top"
    STAIRWELL = "stairwell"
    FLAT = "flat"


class DeviceKind(StrEnum):
    """What sits in or on a pipe."""

    TRV = "trv"
    LOCK_VALVE = "lock_valve"
    HOUSEHOLD_STRAINER = "household_strainer"
    HOUSEHOLD_METER = "household_meter"
    METER_SPOOL = "meter_spool"
    RISER_GATE = "riser_gate"
    RISER_BALANCING = "riser_balancing"
    DRAIN = "drain"
    VENT = "vent"
    INLET_GATE = "inlet_gate"
    INLET_BYPASS = "inlet_bypass"
    INLET_STRAINER = "inlet_strainer"
    BUILDING_METER = "building_meter"
    BUILDING_BALANCING = "building_balancing"
    PRESSURE_CONTROLLER = "pressure_controller"
    THERMOMETER = "thermometer"
    GAUGE = "gauge"


class Action(StrEnum):
    """What becomes of a radiator: 保留, 加片, 更换, 新装."""

    KEEP = "keep"
    EXTEND = "extend"
    REPLACE = "replace"
    NEW = "new"


class Level(StrEnum):
    """Between which parallel ways water is shared: risers, the flats of a riser, the radiators of a flat."""

    RISERS = "risers"
    FLATS = "flats"
    RADIATORS = "radiators"


@dataclass(frozen=True, slots=True, kw_only=True)
class SurfaceLoss:
    """What one surface of a room loses: K·F·Δt·(1 + corrections); ``orientation`` is N, NE … or empty."""

    kind: str
    orientation: str
    area_m2: float
    u_w_m2k: float
    difference_k: float
    correction_ratio: float
    loss_w: float


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomLoad:
    """The design load of a room, or of a whole flat (``room`` empty) where its rooms are not known.

    ``allowance_w`` is what neighbours who are away take (GB 50736 5.2.10): for the flat's own radiators and
    pipes, never for shared ones.
    """

    flat: str
    room: str
    kind: str
    area_m2: float
    surfaces: tuple[SurfaceLoss, ...]
    infiltration_w: float
    load_w: float
    allowance_w: float


@dataclass(frozen=True, slots=True, kw_only=True)
class HeatLoads:
    """The loads of all rooms; ``scaled_by`` is what the sums by surfaces were multiplied with to meet the
    building's known area load (1 where rooms with their surfaces are given)."""

    rooms: tuple[RoomLoad, ...]
    by_room: bool
    scaled_by: float
    index_w_m2: float
    assumed: tuple[Assumption, ...] = ()

    def of_flat(self, flat: str) -> tuple[RoomLoad, ...]:
        """Return the rooms of a flat."""
        return tuple(room for room in self.rooms if room.flat == flat)


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A pipe of one size between two nodes, with its flow and what it loses at design.

    ``unit`` and ``storey`` are 0, ``riser``, ``flat`` and ``room`` empty where they do not apply; a piece of
    riser carries the storey it leads to. ``fittings`` name rows of ``tables/zeta.toml`` with their count.
    ``smallest`` says that no smaller size may be used here.
    """

    id: str
    role: Role
    side: Side
    place: Place
    start: str
    end: str
    unit: int
    riser: str
    storey: int
    flat: str
    room: str
    length_m: float
    rise_m: float
    fittings: tuple[tuple[str, int], ...]
    material: str
    dn: int
    inner_diameter_m: float
    flow_kg_s: float
    velocity_m_s: float
    velocity_limit_m_s: float
    specific_loss_pa_m: float
    friction_pa: float
    local_pa: float
    insulated: bool
    smallest: bool
    pinned: bool

    @property
    def loss_pa(self) -> float:
        """Return what the pipe loses by friction and fittings."""
        return self.friction_pa + self.local_pa


@dataclass(frozen=True, slots=True, kw_only=True)
class Device:
    """A valve, meter or instrument; ``segment`` is the pipe it sits on, ``preset`` its mark, if any.

    ``kv_m3_h`` is that of its setting (infinite: no loss), ``loss_pa`` what it takes at the design flow.
    """

    id: str
    kind: DeviceKind
    segment: str
    unit: int
    riser: str
    storey: int
    flat: str
    dn: int
    kv_m3_h: float
    preset: str
    flow_kg_s: float
    loss_pa: float
    pinned: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RadiatorDesign:
    """A radiator of the design: what it must give, what stands there now and what shall stand there.

    ``load_w`` includes ``allowance_w``, the part for absent neighbours, which a radiator that stays need not
    carry; ``sections_before`` is 0 where none stood.
    """

    id: str
    flat: str
    room: str
    unit: int
    riser: str
    storey: int
    load_w: float
    allowance_w: float
    kind: str
    kind_before: str
    sections_before: int
    sections: int
    action: Action
    connection: str
    flow_kg_s: float
    supply_c: float
    return_c: float
    output_w: float
    trv: str
    pinned: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FlatDesign:
    """A flat of the design; ``risers`` are those it hangs on (one, where it has a loop of its own)."""

    id: str
    unit: int
    storey: int
    position: int
    area_m2: float
    load_w: float
    allowance_w: float
    flow_kg_s: float
    risers: tuple[str, ...]
    radiators: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RiserDesign:
    """A pair of risers (or a single one, in single-pipe forms) and the flats that hang on it."""

    id: str
    unit: int
    flats: tuple[str, ...]
    storeys: tuple[int, ...]
    flow_kg_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Weather:
    """A state the balance must hold in: outdoors, the water, and the gravity head per metre of height."""

    name: str
    outdoor_c: float
    supply_c: float
    return_c: float
    gravity_pa_m: float


@dataclass(frozen=True, slots=True, kw_only=True)
class BranchBalance:
    """What a parallel way has and what it loses at its design flow in one weather, shared pipes left out."""

    level: Level
    id: str
    riser: str
    flat: str
    weather: str
    available_pa: float
    lost_pa: float

    @property
    def imbalance_ratio(self) -> float:
        """Return (available − lost) / available."""
        return (self.available_pa - self.lost_pa) / self.available_pa if self.available_pa > 0 else 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class LifetimeCost:
    """What the optimisation weighs, in fen: pipes and valves once, pumping over the years."""

    pipes_fen: int
    valves_fen: int
    pumping_fen: int

    @property
    def total_fen(self) -> int:
        """Return the sum."""
        return self.pipes_fen + self.valves_fen + self.pumping_fen


@dataclass(frozen=True, slots=True, kw_only=True)
class WeatherProof:
    """The designed building simulated in one weather; a flow is a ratio to the design's."""

    weather: Weather
    temperature_c: Mapping[str, float]
    flow_ratio: Mapping[str, float]
    heat_w: float
    flow_kg_s: float
    return_c: float


@dataclass(frozen=True, slots=True, kw_only=True)
class ShutAlone:
    """One flat shut: how cold it gets, and what others feel.

    ``flow_change_ratio`` is the largest change of any other flat's flow with thermostats held where they are,
    in ``most_disturbed``; ``coldest_other_c`` how cold the coldest other flat gets, thermostats at work.
    """

    flat: str
    own_c: float
    most_disturbed: str
    flow_change_ratio: float
    coldest_other_c: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """What simulating the designed system shows; ``shut`` has a row a flat that can be shut alone.

    Where the inlet is too weak, it is simulated with what the design needs.
    """

    weathers: tuple[WeatherProof, ...]
    shut: tuple[ShutAlone, ...]


@dataclass(frozen=True, kw_only=True)
class Design:
    """A building's conversion as designed.

    ``needed_pa`` is what the inlet must offer for all flows at design, ``inlet_pa`` what it offers;
    ``worst_loop`` lists the segments of the loop that decides. ``notes`` say what could not hold, and why.
    """

    building: Building
    form: SystemForm
    loop: Loop
    mains: Mains
    room_c: float
    supply_c: float
    return_c: float
    outdoor_c: float
    inlet_pa: float
    needed_pa: float
    loads: HeatLoads
    flats: tuple[FlatDesign, ...]
    risers: tuple[RiserDesign, ...]
    segments: tuple[Segment, ...]
    devices: tuple[Device, ...]
    radiators: tuple[RadiatorDesign, ...]
    weathers: tuple[Weather, ...]
    balances: tuple[BranchBalance, ...]
    worst_loop: tuple[str, ...]
    lifetime: LifetimeCost
    proof: Proof
    notes: tuple[Text, ...] = ()
    assumed: tuple[Assumption, ...] = ()

    @cached_property
    def segment_by_id(self) -> Mapping[str, Segment]:
        """Return the segments by their ids."""
        return {segment.id: segment for segment in self.segments}

    @property
    def flow_kg_s(self) -> float:
        """Return the design flow of the building, without the allowance for neighbours."""
        return sum(flat.flow_kg_s for flat in self.flats)
