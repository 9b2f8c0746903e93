"""What an estate is: a substation, the pipes of its secondary network, the buildings that hang on it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from fenhu.design.catalogue import Size
from fenhu.records import Assumption, SystemForm


@dataclass(frozen=True, slots=True, kw_only=True)
class Trench:
    """Supply and return pipe of one size between two nodes, ``start`` the nearer to the substation.

    ``dn`` is 0 where the size is to be chosen; ``keep`` says that the pipes lie there and stay, with the rust
    of ``corrosion``.
    """

    id: str
    start: str
    end: str
    length_m: float
    dn: int
    keep: bool
    corrosion: int
    u_w_m2k: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Substation:
    """Where the water comes from: its temperatures, its pump and what it loses itself at design.

    ``head`` are the points (m³/h, Pa) of the pump, one for a constant head, none where a pump is to be
    chosen. A ``regulated`` pump holds the difference at the station's outlet, another runs along its points.
    """

    node: str
    supply_c: float
    return_c: float
    loss_pa: float
    head: tuple[tuple[float, float], ...]
    regulated: bool
    least_flow_m3_h: float

    def head_pa(self, flow_m3_h: float) -> float:
        """Return the pump's head at a flow, straight between its points and beyond them."""
        points = self.head
        if len(points) == 1 or flow_m3_h <= points[0][0]:
            return points[0][1]
        after = next((n for n in range(1, len(points)) if flow_m3_h <= points[n][0]), len(points) - 1)
        (low, low_pa), (high, high_pa) = points[after - 1], points[after]
        return low_pa + (high_pa - low_pa) * (flow_m3_h - low) / (high - low)


@dataclass(frozen=True, slots=True, kw_only=True)
class Taker:
    """A building as the network sees it: its load, its flow, what its inlet needs and of which size it is.

    ``dn`` is 0 where the inlet is as large as the pipe before it.
    """

    id: str
    node: str
    load_w: float
    flow_kg_s: float
    needed_pa: float
    dn: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildingFile:
    """A building that still has to be designed: its file, and the form it is to have, if told."""

    id: str
    node: str
    path: Path
    form: SystemForm | None
    dn: int = 0


@dataclass(frozen=True, kw_only=True)
class Estate:
    """An estate as its file describes it; ``trenches`` form a tree, those nearer the substation first."""

    name: str
    substation: Substation
    trenches: tuple[Trench, ...]
    buildings: tuple[Taker | BuildingFile, ...]
    ground_c: float
    outdoor_c: float
    assumed: tuple[Assumption, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Network:
    """A tree of trenches with the buildings on it, and which trenches lead to which building."""

    estate: Estate
    takers: tuple[Taker, ...]

    @cached_property
    def feeding(self) -> Mapping[str, Trench]:
        """Return the trench that leads to each node but the substation's."""
        return {trench.end: trench for trench in self.estate.trenches}

    def way(self, node: str) -> tuple[Trench, ...]:
        """Return the trenches from the substation to a node."""
        found: list[Trench] = []
        while node != self.estate.substation.node:
            found.append(self.feeding[node])
            node = found[-1].start
        return tuple(reversed(found))

    @cached_property
    def behind(self) -> Mapping[str, tuple[Taker, ...]]:
        """Return the buildings behind each trench."""
        found: dict[str, list[Taker]] = {trench.id: [] for trench in self.estate.trenches}
        for taker in self.takers:
            for trench in self.way(taker.node):
                found[trench.id].append(taker)
        return {name: tuple(takers) for name, takers in found.items()}

    def flow_kg_s(self, trench: Trench) -> float:
        """Return the design flow of a trench."""
        return sum(taker.flow_kg_s for taker in self.behind[trench.id])

    @property
    def total_kg_s(self) -> float:
        """Return the design flow of the whole estate."""
        return sum(taker.flow_kg_s for taker in self.takers)


@dataclass(frozen=True, slots=True, kw_only=True)
class PipeDesign:
    """A trench of the design: its size, its flow, and what supply and return lose together."""

    trench: Trench
    size: Size
    flow_kg_s: float
    velocity_m_s: float
    specific_loss_pa_m: float
    loss_pa: float
    fen: int

    @property
    def id(self) -> str:
        """Return the trench's id."""
        return self.trench.id
