"""The pipes of a scheme before they have sizes: joints of supply and return, ends, risers, mains."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import inf

from fenhu.building import Mains
from fenhu.design.basis import RadiatorPlace
from fenhu.design.catalogue import Size
from fenhu.design.values import Place, Role, Side


@dataclass(frozen=True, slots=True, kw_only=True)
class Pipe:
    """A pipe still without a size.

    ``flow_kg_s`` is its design flow; ``limit_kg_s`` the flow its size must bear (with the allowance for
    neighbours, inside flats). ``rise_m`` is the height gained along the flow. ``allowed`` are the sizes it
    may have, smallest first, where it does not take those of the catalogue that fit.
    """

    id: str
    role: Role
    side: Side
    place: Place
    start: str
    end: str
    length_m: float
    flow_kg_s: float
    limit_kg_s: float
    material: str
    least_dn: int
    most_pa_m: float
    fittings: tuple[tuple[str, int], ...]
    unit: int = 0
    riser: str = ""
    storey: int = 0
    flat: str = ""
    room: str = ""
    rise_m: float = 0.0
    insulated: bool = False
    quiet: bool = False
    allowed: tuple[Size, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One way to build an end: the sizes of its pipes and what it needs at its design flow."""

    sizes: tuple[Size, ...]
    need_pa: float


@dataclass(slots=True, kw_only=True)
class End:
    """Where a way ends: a radiator with its branch, or a whole line of radiators one after the other.

    ``least_pa`` is what must be available at its entrance for the balance's sake.
    """

    id: str
    pipes: tuple[Pipe, ...]
    choices: tuple[Choice, ...]
    flow_kg_s: float
    flat: str = ""
    least_pa: float = 0.0


@dataclass(slots=True, kw_only=True)
class Joint:
    """Pipes of one flow that are sized together (supply and return), and what hangs behind them.

    ``fixed_kv_m3_h`` is that of the devices on it but a lock valve, ``fixed_pa`` what all lose when open;
    ``least_pa`` what must be available at its entrance for
    the balance's sake; ``gained_m`` the height by which what hangs behind stands higher.
    """

    pipes: tuple[Pipe, ...]
    gained_m: float = 0.0
    behind: list[Joint | End] = field(default_factory=list)
    fixed_kv_m3_h: float = inf
    fixed_pa: float = 0.0
    least_pa: float = 0.0
    flat: str = ""

    @property
    def flow_kg_s(self) -> float:
        """Return the design flow of its pipes."""
        return self.pipes[0].flow_kg_s


@dataclass(frozen=True, slots=True, kw_only=True)
class Hung:
    """A radiator in the scheme: between which nodes, on which riser, behind which other radiators.

    ``flow_kg_s`` is the flow that passes it or, in a line (``line`` names its end), the line's; ``before_w``
    is the load of the radiators the line's water has passed already.
    """

    place: RadiatorPlace
    unit: int
    riser: str
    storey: int
    start: str
    end: str
    flow_kg_s: float
    pipes: tuple[str, ...]
    line: str = ""
    bypass: str = ""
    before_w: float = 0.0


@dataclass(slots=True, kw_only=True)
class Riser:
    """A riser pair, or a single riser, from the mains on."""

    id: str
    unit: int
    root: Joint | End
    flats: tuple[int, ...]
    storeys: tuple[int, ...]
    flow_kg_s: float


@dataclass(slots=True, kw_only=True)
class Scheme:
    """All pipes of a building: risers in the order of the mains, and the mains' pieces between them.

    ``out`` leads to riser n, ``home`` from riser n: towards the inlet (direct) or onwards (reverse).
    """

    risers: tuple[Riser, ...]
    out: tuple[Pipe, ...]
    home: tuple[Pipe, ...]
    mains: Mains
    hung: tuple[Hung, ...]
    heights_m: Mapping[str, float]

    def main_ways(self) -> list[tuple[int, ...]]:
        """Return, for each riser, the pieces of main its water passes: numbers into ``out`` and ``home``."""
        count = len(self.risers)
        if self.mains is Mains.DIRECT:
            return [(*range(n + 1), *range(count, count + n + 1)) for n in range(count)]
        return [(*range(n + 1), *range(count + n, 2 * count)) for n in range(count)]
