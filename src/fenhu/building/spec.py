"""What a building is, for heat: its flats, its shell, its radiators, its pipework, and what was assumed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from fenhu.records import Assumption, SystemForm


class Mains(StrEnum):
    """How the mains return: 异程 or 同程."""

    DIRECT = "direct"
    REVERSE = "reverse"


class Loop(StrEnum):
    """What lies inside a flat behind risers in the stairwell: 户内双管, 户内单管跨越, 放射式, 地面盘管."""

    DOUBLE_PIPE = "double_pipe"
    SINGLE_BYPASS = "single_bypass"
    RADIAL = "radial"
    FLOOR_COIL = "floor_coil"


@dataclass(frozen=True, slots=True, kw_only=True)
class Flat:
    """A flat and its place: unit and storey from 1, position along the storey from 0."""

    id: str
    unit: int
    storey: int
    position: int
    area_m2: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Surface:
    """A surface of a room that loses heat; ``facing`` is N, NE … or empty.

    ``difference_k`` is what lies between the room and the other side, None where that is the outdoors.
    """

    kind: str
    area_m2: float
    u_w_m2k: float
    facing: str = ""
    difference_k: float | None = None
    door: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """A room of a flat as surveyed; ``radiators`` is how many it has."""

    flat: str
    id: str
    kind: str
    area_m2: float
    height_m: float
    air_changes_1_h: float
    surfaces: tuple[Surface, ...]
    radiators: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Shell:
    """What the building loses: the load at 18 °C and design outdoor temperature; U-values share it out."""

    heat_load_w_m2: float
    outdoor_design_c: float
    wall_u_w_m2k: float
    window_u_w_m2k: float
    roof_u_w_m2k: float
    ground_u_w_m2k: float
    air_changes_1_h: float
    window_ratio: float
    depth_m: float
    floor_u_w_m2k: float
    partition_u_w_m2k: float
    gains_w_m2: float
    heat_capacity_j_m2k: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Radiators:
    """The radiators: for which form and temperatures they were chosen, and what is left of their output.

    With ``sections`` every radiator has that many of the named kind; without, each was chosen for its room's
    load times ``oversize_ratio``.
    """

    kind: str
    sections: int | None
    oversize_ratio: float
    chosen_for: SystemForm
    output_ratio: float
    room_area_m2: float
    fewest: int
    most: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Pipework:
    """The pipes: form, mains, materials, sizes where known (0: chosen by flow), and their condition.

    ``roughness_m`` and ``bore_ratio`` are those of steel; plastic pipes inside flats stay as new. ``loop`` is
    what flats have inside where the risers stand in the stairwell; other forms have none of their own.
    """

    form: SystemForm
    mains: Mains
    loop: Loop = Loop.DOUBLE_PIPE
    indoor_material: str
    roughness_m: float
    bore_ratio: float
    design_fall_k: float
    specific_loss_pa_m: float
    main_dn: int = 0
    riser_dn: int = 0
    branch_dn: int = 0
    thermostats: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Building:
    """A building ready to be simulated; ``assumed`` names every value nobody gave.

    Water is driven by the inlet's pressure difference ``inlet_pa``, unless a flow ``inlet_kg_s`` is fixed or
    the building has a pump of its own, given by points (m³/h, Pa); sizes are chosen for ``inlet_pa``.
    ``front`` is where the stairwells' side faces; ``rooms`` are those that were surveyed.
    """

    code: str
    storeys: int
    storey_height_m: float
    units: int
    flats: tuple[Flat, ...]
    shell: Shell
    radiators: Radiators
    pipework: Pipework
    inlet_pa: float
    supply_c: float
    outdoor_c: float
    front: str = "N"
    rooms: tuple[Room, ...] = ()
    inlet_kg_s: float | None = None
    pump: tuple[tuple[float, float], ...] = ()
    measured_c: Mapping[str, float] = field(default_factory=dict)
    assumed: tuple[Assumption, ...] = ()

    @property
    def system_form(self) -> SystemForm:
        """Return the form of the pipework."""
        return self.pipework.form
