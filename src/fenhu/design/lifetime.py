"""What the optimisation weighs: pipes and valves once, pumping over the years."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from fenhu import tables
from fenhu.design.catalogue import Size
from fenhu.design.prices import PriceBook
from fenhu.design.values import Device, DeviceKind

_J_PER_KWH, _S_PER_DAY, _FEN_PER_YUAN = 3.6e6, 86400.0, 100.0
_BALANCING = {
    DeviceKind.TRV: "trv",
    DeviceKind.LOCK_VALVE: "lock_valve",
    DeviceKind.RISER_BALANCING: "balancing_valve",
    DeviceKind.BUILDING_BALANCING: "balancing_valve",
    DeviceKind.PRESSURE_CONTROLLER: "pressure_controller",
}


@dataclass(slots=True)
class Weights:
    """The prices of one book as the optimisation needs them, looked up once each."""

    book: PriceBook
    metres: dict[tuple[str, int, bool], float] = field(default_factory=dict)

    def pipe_fen_m(self, size: Size, *, insulated: bool) -> float:
        """Return what a metre of pipe costs with fittings, laid and, in the cold, insulated."""
        key = (size.material, size.dn, insulated)
        if key not in self.metres:
            self.metres[key] = self._metre(size, insulated)
        return self.metres[key]

    def _metre(self, size: Size, insulated: bool) -> float:
        book = self.book
        pipe = float(book.for_size(f"pipe.{size.material}", size.dn).yuan)
        pipe *= 1.0 + float(book.price("fittings").yuan) / 100.0
        pipe += float(book.for_size("labour.pipe", size.dn).yuan)
        if insulated:
            pipe += float(book.for_size("insulation", size.dn).yuan)
        return pipe * _FEN_PER_YUAN

    def valves_fen(self, devices: Iterable[Device]) -> int:
        """Return what the valves cost that balance a design."""
        yuan = sum(
            self.book.for_size(_BALANCING[device.kind], device.dn).yuan
            for device in devices if device.kind in _BALANCING
        )  # fmt: skip
        return round(yuan * 100)


def pumping_fen_pa(flow_kg_s: float, season_days: float) -> float:
    """Return what a pascal of the building's pressure costs over the system's life.

    Hydraulic power over the efficiency of pump, motor and drive, for all hours of all seasons.
    """
    life = tables.load("design")["lifetime"]
    density = tables.load("pipes")["sizing"]["reference_density_kg_m3"]
    efficiency = tables.load("eras")["circulation"]["efficiency_ratio"]
    kwh_pa = flow_kg_s / density / efficiency * season_days * _S_PER_DAY / _J_PER_KWH
    return float(kwh_pa * life["years"] * life["yuan_per_kwh"] * _FEN_PER_YUAN)
