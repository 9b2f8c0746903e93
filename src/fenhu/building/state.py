"""A building's steady state as one object: arrays by flat, a table, a picture, a heat balance."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from fenhu import drawing, heat
from fenhu.building.reading import parse_building
from fenhu.building.simulate import BuildingNetwork, network_of, summary
from fenhu.building.spec import Building
from fenhu.errors import InputFault
from fenhu.heat import PIPE, RADIATOR, Floats, Solution
from fenhu.heat.network import KIND, ROOM
from fenhu.records import HeatSummary
from fenhu.wording import Text, text

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True, kw_only=True)
class Balance:
    """Where a building's heat comes from and goes, in W.

    ``supplied_w`` is what the water gave: ``to_flats_w`` inside flats, ``to_surroundings_w`` from pipes
    elsewhere. Flats lose ``outdoors_w``; ``error_w`` is what the flats' balance lacks of zero.
    """

    supplied_w: float
    to_flats_w: float
    to_surroundings_w: float
    gains_w: float
    outdoors_w: float

    @property
    def error_w(self) -> float:
        """Return what came into the flats less what left them."""
        return self.to_flats_w + self.gains_w - self.outdoors_w


class Svg(str):
    """A picture as SVG; a notebook shows it, ``save`` writes it to a file."""

    __slots__ = ()

    def _repr_svg_(self) -> str:
        return str(self)

    def save(self, path: Path | str) -> None:
        """Write the picture to a file, replacing an existing one."""
        Path(path).write_text(self, encoding="utf-8")


@dataclass(frozen=True, slots=True)
class State:
    """A building in steady state; arrays are in the order of ``building.flats``."""

    building: Building
    made: BuildingNetwork
    solution: Solution

    @property
    def flat_ids(self) -> tuple[str, ...]:
        """Return the flats' ids."""
        return self.made.flat_ids

    @property
    def room_c(self) -> Floats:
        """Return the flats' temperatures."""
        return self.solution.room_c

    @property
    def mass_flow_kg_s(self) -> Floats:
        """Return the water each flat is given."""
        flow = self.solution.mass_flow_kg_s
        return np.array([abs(flow[list(links)].sum()) for links in self.made.flow_links])

    @property
    def heat_w(self) -> Floats:
        """Return the heat each flat gets from its radiators and the pipes inside it."""
        given = np.zeros(len(self.made.flat_ids))
        join = self.made.network.topology.join
        inside = join[:, ROOM] >= 0
        np.add.at(given, join[inside, ROOM], self._given_w[inside])
        return given

    @property
    def _given_w(self) -> Floats:
        """Return what the water of each link gives to what is around it."""
        kind = self.made.network.topology.join[:, KIND]
        sign = np.where(kind == RADIATOR, 1.0, np.where(kind == PIPE, -1.0, 0.0))
        given: Floats = sign * self.solution.heat_w
        return given

    def summary(self) -> HeatSummary:
        """Return the state as the plain record that is stored and diagnosed."""
        return summary(self.building, self.made, self.solution)

    def balance(self) -> Balance:
        """Return where the heat comes from and goes."""
        figures, inside = self.made.network.figures, self.made.network.topology.join[:, ROOM] >= 0
        given = self._given_w
        return Balance(
            supplied_w=float(given.sum()),
            to_flats_w=float(given[inside].sum()),
            to_surroundings_w=float(given[~inside].sum()),
            gains_w=float(figures.room_gains_w.sum()),
            outdoors_w=float((figures.room_ua_w_k * (self.room_c - figures.outdoor_c)).sum()),
        )

    def to_frame(self) -> pd.DataFrame:
        """Return a table with a row a flat: place, area, temperature, water, heat.

        Raises
        ------
        InputFault
            If pandas is not installed: ``pip install fenhu[frames]``.
        """
        try:
            import pandas as pd
        except ImportError as missing:
            raise InputFault(text("Tables need pandas: pip install fenhu[frames]")) from missing
        flats = self.building.flats
        columns = {
            "unit": [flat.unit for flat in flats],
            "storey": [flat.storey for flat in flats],
            "position": [flat.position for flat in flats],
            "area_m2": [flat.area_m2 for flat in flats],
            "room_c": self.room_c,
            "mass_flow_kg_s": self.mass_flow_kg_s,
            "heat_w": self.heat_w,
        }
        return pd.DataFrame(columns, index=pd.Index(self.flat_ids, name="flat"))

    def plot_elevation(self, title: Text | str = "") -> Svg:
        """Return the elevation of the flats, coloured by temperature.

        Parameters
        ----------
        title : what to write above it; how many flats are below 18 °C if not given.
        """
        below, count = self.summary().below_18, len(self.flat_ids)
        said = title or text("{below} of {count} flats below 18 °C", below=below, count=count)
        return Svg(
            drawing.elevation_svg(
                [
                    drawing.ElevationCell(
                        unit=flat.unit, storey=flat.storey, position=flat.position, label=flat.id,
                        value_c=float(value),
                    )
                    for flat, value in zip(self.building.flats, self.room_c, strict=True)
                ],
                title=said,
                desc=text("Simulated room temperature of every flat, from the ground up"),
            )
        )  # fmt: skip


def describe(name: str = "building", **known: object) -> Building:
    """Return the building with these keys of the building file; everything else is assumed by name.

    Raises
    ------
    InputFault
        Naming the key: unknown, missing, of the wrong kind, impossible.

    References
    ----------
    docs/engineers/heat.md#building-file
    """
    return parse_building(known, name)


def solve(building: Building) -> State:
    """Return the steady state of a building.

    Raises
    ------
    fenhu.errors.NotConverged
        If the building's network does not settle.
    """
    made = network_of(building)
    return State(building, made, heat.solve(made.network))
