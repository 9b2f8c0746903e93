"""A building as its substation sees it: what flows, and what the water gives, by pressure and temperature."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from fenhu.building import Building, State, network_of
from fenhu.errors import OutOfRange
from fenhu.heat import Floats, Solution, solve
from fenhu.wording import text

# Pressure differences at which the full model is solved, as parts of the building's own, and temperatures.
DRIVES = (0.1, 0.2, 0.35, 0.6, 1.0, 1.6, 2.5, 4.0)
SUPPLIES_K = (-20.0, -15.0, -10.0, -5.0, 0.0, 5.0, 10.0)


@dataclass(frozen=True, slots=True)
class ReducedBuilding:
    """A building's curves at one outdoor temperature.

    ``flow_kg_s`` and ``heat_w`` have a row a supply temperature ``supply_c`` and a column a pressure
    difference ``drop_pa`` at the inlet; both rise.
    """

    code: str
    outdoor_c: float
    supply_c: Floats
    drop_pa: Floats
    flow_kg_s: Floats
    heat_w: Floats

    def flows_at(self, supply_c: float) -> Floats:
        """Return the flow at every pressure difference.

        Raises
        ------
        OutOfRange
            If the curves do not reach a supply temperature.
        """
        # thermostats shut by so many per cent a kelvin, so flows lie straighter on a logarithmic scale
        flows: Floats = np.exp(self._between(np.log(self.flow_kg_s), supply_c))
        return flows

    def heat_at(self, supply_c: float, flow_kg_s: float) -> float:
        """Return what the water gives at a supply temperature and a flow; raises as ``flows_at``."""
        flows, heats = self.flows_at(supply_c), self._between(self.heat_w, supply_c)
        return float(np.interp(flow_kg_s, np.append(0.0, flows), np.append(0.0, heats)))

    def _between(self, values: Floats, supply_c: float) -> Floats:
        low, high = float(self.supply_c[0]), float(self.supply_c[-1])
        if not low <= supply_c <= high:
            raise OutOfRange(
                text(
                    "Building {code} is reduced for supply temperatures from {low} to {high} °C; {value} °C "
                    "arrive. Reduce it for a wider range.",
                    code=self.code,
                    low=round(low, 1),
                    high=round(high, 1),
                    value=round(supply_c, 1),
                )
            )
        above = max(1, int(np.searchsorted(self.supply_c, supply_c)))
        share = (supply_c - self.supply_c[above - 1]) / (self.supply_c[above] - self.supply_c[above - 1])
        between: Floats = (1.0 - share) * values[above - 1] + share * values[above]
        return between


def reduce_building(
    building: Building, *, drives: Sequence[float] = DRIVES, supplies_k: Sequence[float] = SUPPLIES_K
) -> ReducedBuilding:
    """Return the curves of a building, from its full model solved over a grid of inlet states.

    Parameters
    ----------
    building : the building; pipes and presettings stay as for its own inlet pressure.
    drives : parts of that pressure, rising.
    supplies_k : differences from its supply temperature, rising.

    Raises
    ------
    fenhu.errors.NotConverged
        If the model does not settle somewhere on the grid.
    """
    driven = replace(building, inlet_kg_s=None, pump=())
    supplies: Floats = building.supply_c + np.array(supplies_k)
    pressures: Floats = building.inlet_pa * np.array(drives)
    found = np.array([_row(driven, float(supply_c), pressures) for supply_c in supplies])
    return ReducedBuilding(
        building.code, building.outdoor_c, supplies, pressures, found[:, :, 0], found[:, :, 1]
    )


def _row(building: Building, supply_c: float, pressures_pa: Floats) -> list[tuple[float, float]]:
    """Return flow and heat at every pressure, each state begun from the one before."""
    made = network_of(building)
    inlet = np.arange(len(made.network.node_ids)) == made.supply
    figures = made.network.figures
    back_pa = float(np.nanmin(figures.pressure_pa))
    rows: list[tuple[float, float]] = []
    solution: Solution | None = None
    for pressure_pa in pressures_pa:
        network = replace(
            made.network,
            figures=figures._replace(
                pressure_pa=np.where(inlet, back_pa + pressure_pa, figures.pressure_pa),
                entering_c=np.where(inlet, supply_c, figures.entering_c),
            ),
        )
        solution = solve(network, start=solution)
        seen = State(building, replace(made, network=network), solution).summary()
        rows.append((seen.mass_flow_kg_s, seen.heat_w))
    return rows
