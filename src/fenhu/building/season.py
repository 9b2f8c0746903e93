"""A building through a heating season: its heat, what goes out of windows, who is cold for how long."""

from __future__ import annotations

import os
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np

from fenhu import tables
from fenhu.building.simulate import BuildingNetwork, comfort_c, network_of
from fenhu.building.spec import Building
from fenhu.errors import FenhuError
from fenhu.heat.curve import HeatingCurve
from fenhu.heat.network import Floats
from fenhu.heat.transient import Drive, Transient, simulate_transient
from fenhu.heat.weather import Weather

# Above this people open windows; a limit of people, not of engineering, until a city measures its own.
WARM_C = float(tables.load("eras")["network"]["warm_c"])
_W_PER_KW = 1000.0
_SECONDS_PER_H = 3600.0


@dataclass(frozen=True, slots=True, kw_only=True)
class SeasonSummary:
    """A season in figures; by flat in the order of ``building.flats``.

    ``energy_kwh`` is all heat the water gave, of which ``to_surroundings_kwh`` outside the flats;
    ``ventilated_kwh`` went out of opened windows. ``pump_kwh`` is the electricity that moves the water.
    ``below_18_h`` are each flat's hours below 18 °C, ``below_18_k_h`` the kelvin hours it lacked;
    ``above_20_h`` its hours above 20 °C, ``flat_mean_c`` its mean, ``flat_ventilated_kwh`` what its windows
    took.
    """

    code: str
    duration_h: float
    energy_kwh: float
    to_surroundings_kwh: float
    ventilated_kwh: float
    pump_kwh: float
    mean_c: float
    below_18_h: Floats
    below_18_k_h: Floats
    above_20_h: Floats
    flat_mean_c: Floats
    flat_ventilated_kwh: Floats

    @property
    def flats_below_18(self) -> int:
        """Return how many flats were below 18 °C at any time."""
        return int((self.below_18_h > 0.0).sum())

    @property
    def flats_above_20(self) -> int:
        """Return how many flats were above 20 °C at any time."""
        return int((self.above_20_h > 0.0).sum())


@dataclass(frozen=True, slots=True, kw_only=True)
class Season:
    """A building through time: a row a step, by flat in the order of ``building.flats``.

    ``heat_w`` is what the water gave, of it ``to_surroundings_w`` outside the flats; ``outdoors_w`` is what
    the shell lost, ``ventilated_w`` what opened windows took, by flat. ``start_c`` are the flats before.
    """

    building: Building
    weather: Weather
    supply_c: Floats
    start_c: Floats
    room_c: Floats
    heat_w: Floats
    to_surroundings_w: Floats
    gains_w: float
    outdoors_w: Floats
    ventilated_w: Floats
    pump_w: Floats
    mass_flow_kg_s: Floats

    @property
    def flat_ids(self) -> tuple[str, ...]:
        """Return the flats' ids."""
        return tuple(flat.id for flat in self.building.flats)

    @property
    def stored_kwh(self) -> float:
        """Return by how much the flats hold more heat at the end than before the first step."""
        warmed_k = self.room_c[-1] - self.start_c
        return float((_capacity_j_k(self.building) * warmed_k).sum()) / _SECONDS_PER_H / _W_PER_KW

    @property
    def error_kwh(self) -> float:
        """Return what came into the flats less what left them and what they stored."""
        net_w = self.heat_w - self.to_surroundings_w + self.gains_w - self.outdoors_w
        return self._kwh(net_w) - self._kwh(self.ventilated_w) - self.stored_kwh

    def summary(self) -> SeasonSummary:
        """Return the season in figures."""
        area_m2 = np.array([flat.area_m2 for flat in self.building.flats])
        short_k = np.maximum(comfort_c() - self.room_c, 0.0)
        step_h = self.weather.step_h
        return SeasonSummary(
            code=self.building.code,
            duration_h=len(self.heat_w) * step_h,
            energy_kwh=self._kwh(self.heat_w),
            to_surroundings_kwh=self._kwh(self.to_surroundings_w),
            ventilated_kwh=self._kwh(self.ventilated_w),
            pump_kwh=self._kwh(self.pump_w),
            mean_c=float((self.room_c @ area_m2).mean() / area_m2.sum()),
            below_18_h=(self.room_c < comfort_c()).sum(axis=0) * step_h,
            below_18_k_h=short_k.sum(axis=0) * step_h,
            above_20_h=(self.room_c > WARM_C).sum(axis=0) * step_h,
            flat_mean_c=self.room_c.mean(axis=0),
            flat_ventilated_kwh=self.ventilated_w.sum(axis=0) * step_h / _W_PER_KW,
        )

    def _kwh(self, power_w: Floats) -> float:
        return float(power_w.sum()) * self.weather.step_h / _W_PER_KW


def simulate_season(
    building: Building, weather: Weather, curve: HeatingCurve, *, ventilate_above_c: float = WARM_C
) -> Season:
    """Return a building through the whole of ``weather``.

    Parameters
    ----------
    building : the building; its own outdoor and supply temperature are not used.
    weather : the outdoor temperatures; every step of it is simulated.
    curve : the supply temperature at the building's inlet.
    ventilate_above_c : no flat gets warmer: people open windows, and the heat that then leaves is counted. A
        flat with thermostats shuts these first and opens windows only where the last of them is shut.

    Raises
    ------
    fenhu.errors.NotConverged
        If a step does not settle.

    References
    ----------
    docs/engineers/heat.md#season
    """
    made = network_of(building)
    supply_c = curve.supply_c(weather.trailing_c(curve.averaging_h))
    drive = Drive(
        step_h=weather.step_h, outdoor_c=weather.outdoor_c, supply_c=supply_c,
        capacity_j_k=_capacity_j_k(building), open_above_c=np.full(len(building.flats), ventilate_above_c),
        supply=made.supply, back=made.network.node_ids.index("return"),
    )  # fmt: skip
    return _season(building, made, weather, supply_c, simulate_transient(made.network, drive))


def simulate_seasons(
    buildings: Iterable[Building],
    weather: Weather,
    curve: HeatingCurve,
    *,
    ventilate_above_c: float = WARM_C,
    threads: int | None = None,
) -> list[SeasonSummary | FenhuError]:
    """Return the season of every building in figures, or the fault that kept it from one, on all cores.

    Parameters
    ----------
    buildings, weather, curve, ventilate_above_c : as in ``simulate_season``.
    threads : how many to use; as many as there are cores if not given.
    """

    def figures_or_fault(building: Building) -> SeasonSummary | FenhuError:
        try:
            season = simulate_season(building, weather, curve, ventilate_above_c=ventilate_above_c)
        except FenhuError as fault:
            return fault
        return season.summary()

    with ThreadPoolExecutor(threads or os.cpu_count()) as pool:
        return list(pool.map(figures_or_fault, buildings))


def _capacity_j_k(building: Building) -> Floats:
    stored_j_m2k = building.shell.heat_capacity_j_m2k
    return np.array([stored_j_m2k * flat.area_m2 for flat in building.flats])


def _season(
    building: Building, made: BuildingNetwork, weather: Weather, supply_c: Floats, found: Transient
) -> Season:
    efficiency_ratio = tables.load("eras")["circulation"]["efficiency_ratio"]
    return Season(
        building=building, weather=weather, supply_c=supply_c, start_c=found.start_c, room_c=found.room_c,
        heat_w=found.to_rooms_w + found.to_surroundings_w, to_surroundings_w=found.to_surroundings_w,
        gains_w=float(made.network.figures.room_gains_w.sum()), outdoors_w=found.outdoors_w,
        ventilated_w=found.ventilated_w, pump_w=found.drive_pa * found.volume_m3_s / efficiency_ratio,
        mass_flow_kg_s=found.mass_flow_kg_s,
    )  # fmt: skip
