"""What sits at each building's inlet: nothing, a balancing valve with its turns, or a pressure controller."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from fenhu import tables
from fenhu.design.catalogue import Setting, balancing_settings, valve_loss_pa
from fenhu.design.estate.values import Taker


class InletValve(StrEnum):
    """What takes at an inlet what is to spare."""

    NONE = "none"
    BALANCING = "balancing_valve"
    CONTROLLER = "pressure_controller"


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """What an inlet is offered at design, and at the part flow that thermostats shut down to."""

    design_pa: float
    part_pa: float


@dataclass(frozen=True, slots=True, kw_only=True)
class InletDesign:
    """An inlet of the design.

    ``kv_m3_h`` is that of the valve's setting, or of a controller when open; ``setting`` its mark (turns) or
    the difference it holds in kPa. ``behind_part_pa`` is what a static inlet leaves at part flow.
    """

    taker: Taker
    offered_pa: float
    valve: InletValve
    dn: int
    kv_m3_h: float
    setting: str
    lost_pa: float
    held_pa: float
    behind_part_pa: float

    @property
    def spare_pa(self) -> float:
        """Return what the inlet is offered beyond its need; below zero, what it lacks."""
        return self.offered_pa - self.taker.needed_pa

    @property
    def imbalance_before_ratio(self) -> float:
        """Return how far the inlet is from its need without any valve."""
        return self.spare_pa / self.offered_pa if self.offered_pa > 0.0 else -1.0

    @property
    def imbalance_after_ratio(self) -> float:
        """Return how far it is with its valve set."""
        return (self.spare_pa - self.lost_pa) / self.offered_pa if self.offered_pa > 0.0 else -1.0


def noisy_pa() -> float:
    """Return the difference beyond which thermostatic valves are heard."""
    return float(tables.load("valves")["trv_high"]["noisy_above_pa"])


def inlet_design(taker: Taker, dn: int, offer: Offer) -> InletDesign:
    """Return the inlet of a building that is offered so much.

    A static valve, unless what stands behind it at part flow is more than thermostatic valves throttle
    quietly; none, where there is little to spare.

    Parameters
    ----------
    taker : the building with its flow and need.
    dn : the size of its inlet.
    offer : the differences at its inlet.

    References
    ----------
    GB 50736-2012 5.10.6 (docs/sources.md#gb50736), not checked against the text
    """
    valve, setting = _static(taker, dn, offer.design_pa)
    lost_pa = valve_loss_pa(setting.kv_m3_h, taker.flow_kg_s) if setting else 0.0
    behind_pa = offer.part_pa - part_ratio() ** 2 * lost_pa
    if behind_pa > max(noisy_pa(), taker.needed_pa):
        return _controlled(taker, dn, offer, behind_pa)
    return InletDesign(
        taker=taker, offered_pa=offer.design_pa, valve=InletValve.BALANCING if setting else InletValve.NONE,
        dn=valve if setting else 0, kv_m3_h=setting.kv_m3_h if setting else 0.0,
        setting=setting.mark if setting else "", lost_pa=lost_pa, held_pa=0.0, behind_part_pa=behind_pa,
    )  # fmt: skip


def part_ratio() -> float:
    """Return the share of the design flow at which static inlets are judged."""
    return float(tables.load("estate")["inlet"]["part_flow_ratio"])


def _static(taker: Taker, dn: int, offered_pa: float) -> tuple[int, Setting | None]:
    """Return size and setting of a static valve that takes no more than there is to spare.

    It is as large as the inlet, or smaller where a large one would be almost shut.
    """
    spare_pa, row = offered_pa - taker.needed_pa, tables.load("estate")["inlet"]
    if spare_pa <= row["valve_from_ratio"] * offered_pa:
        return 0, None
    possible = [
        (size, sparing[0])
        for size in sorted(valve_sizes("balancing"), reverse=True)
        if size <= dn and (sparing := _sparing(size, taker.flow_kg_s, spare_pa))
    ]
    exact = (one for one in possible if float(one[1].mark) >= row["least_turns"])
    return next(exact, possible[-1] if possible else (0, None))


def _sparing(size: int, flow_kg_s: float, spare_pa: float) -> list[Setting]:
    """Return the settings that take no more than there is to spare, the one that takes most first."""
    return [one for one in balancing_settings(size) if valve_loss_pa(one.kv_m3_h, flow_kg_s) <= spare_pa]


@cache
def valve_sizes(kind: str) -> tuple[int, ...]:
    """Return the sizes balancing valves or controllers are made in."""
    return tuple(sorted(int(dn) for dn in tables.load("valves")[kind]["kvs_m3_h"] if dn.isdigit()))


def _controlled(taker: Taker, dn: int, offer: Offer, behind_pa: float) -> InletDesign:
    """Return an inlet with a controller: the smallest that takes no more than there is to spare."""
    kvs = tables.load("valves")["pressure_controller"]["kvs_m3_h"]
    sizes = [size for size in valve_sizes("pressure_controller") if size <= dn] or [20]
    spare_pa = offer.design_pa - taker.needed_pa
    fitting = [size for size in sizes if valve_loss_pa(kvs[str(size)], taker.flow_kg_s) <= spare_pa]
    size = fitting[0] if fitting else sizes[-1]
    open_pa = valve_loss_pa(kvs[str(size)], taker.flow_kg_s)
    return InletDesign(
        taker=taker, offered_pa=offer.design_pa, valve=InletValve.CONTROLLER, dn=size,
        kv_m3_h=float(kvs[str(size)]), setting=f"{taker.needed_pa / 1000.0:.1f}",
        lost_pa=max(spare_pa, open_pa), held_pa=taker.needed_pa, behind_part_pa=behind_pa,
    )  # fmt: skip


def controller_pa(inlet: InletDesign) -> float:
    """Return what a controller loses open; nothing where there is none."""
    if inlet.valve is not InletValve.CONTROLLER:
        return 0.0
    return valve_loss_pa(inlet.kv_m3_h, inlet.taker.flow_kg_s)
