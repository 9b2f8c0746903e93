"""The building's inlet: meter, strainer, and a balancing valve or a pressure controller only where needed."""

from __future__ import annotations

from dataclasses import dataclass

from fenhu import tables
from fenhu.design.catalogue import (
    Meter,
    Setting,
    balancing_settings,
    chosen_meter,
    nearest_setting,
    setting_of,
    strainer_kv_m3_h,
    valve_loss_pa,
)
from fenhu.design.changes import Changes

BUILDING_VALVE = "inlet.balancing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Inlet:
    """What the inlet has: its size and meter, what these lose, and the valve that takes what is to spare.

    ``held_pa`` is the pressure a controller holds behind it, None without one; ``setting`` that of a
    balancing valve, where there is one instead.
    """

    dn: int
    flow_kg_s: float
    meter: Meter
    strainer_kv_m3_h: float
    setting: Setting | None
    held_pa: float | None

    @property
    def devices_pa(self) -> float:
        """Return what meter and strainer lose at the design flow."""
        return inlet_loss_pa(self.meter, self.strainer_kv_m3_h, self.flow_kg_s)


def inlet_loss_pa(meter: Meter, strainer_kv: float, flow_kg_s: float) -> float:
    """Return what a meter and a strainer lose one after the other."""
    return valve_loss_pa(meter.kv_m3_h, flow_kg_s) + valve_loss_pa(strainer_kv, flow_kg_s)


def metered_loss_pa(dn: int, flow_kg_s: float) -> float:
    """Return what meter and strainer of an inlet of a size lose at the design flow."""
    return inlet_loss_pa(chosen_meter("building_meter", flow_kg_s), strainer_kv_m3_h(dn), flow_kg_s)


def inlet_of(dn: int, flow_kg_s: float, needed_pa: float, offered_pa: float, changes: Changes) -> Inlet:
    """Return the inlet of a building that needs and is offered so much.

    A pressure controller is needed where thermostatic valves would have to throttle more than they do quietly
    once the others shut; otherwise a balancing valve takes what is to spare, if that is worth a valve.

    References
    ----------
    GB 50736-2012 5.9.3, 5.10.3, 5.10.6 (docs/sources.md#gb50736)
    """
    to_spare_pa = offered_pa - needed_pa
    noisy_pa = tables.load("valves")["trv_high"]["noisy_above_pa"]
    spare_ratio = tables.load("design")["balance"]["riser_valve_from_ratio"]
    held = needed_pa if offered_pa > noisy_pa and to_spare_pa > 0.0 else None
    pinned = changes.presets.get(BUILDING_VALVE)
    settings = balancing_settings(dn)
    setting = None
    if pinned is not None:
        setting = setting_of(settings, pinned)
    elif held is None and to_spare_pa > spare_ratio * offered_pa:
        setting = nearest_setting(settings, flow_kg_s, to_spare_pa)
    return Inlet(
        dn=dn, flow_kg_s=flow_kg_s, meter=chosen_meter("building_meter", flow_kg_s),
        strainer_kv_m3_h=strainer_kv_m3_h(dn), setting=setting, held_pa=held,
    )  # fmt: skip
