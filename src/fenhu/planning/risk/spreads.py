"""How far facts may stray from a plan: assumptions by name, and scenarios drawn from them by seed.

Only surprises that hurt a purse are counted. What it saves, and what a building leaves behind that slips a
year, comes too late in the season to be used: so a wider spread can never make a plan look safer.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from functools import cache
from types import MappingProxyType

import numpy as np

from fenhu import tables
from fenhu.errors import OutOfRange
from fenhu.planning.task.instance import BoolArray, FloatArray, Instance
from fenhu.planning.task.purses import Purses
from fenhu.planning.task.worth import consent_in
from fenhu.wording import Text, bilingual, text

CUT_SOURCES = frozenset({"CITY", "DIST", "UPPER"})
LATE_SOURCES = frozenset({"SUPPLIER", "OWNER", "REPAIR"})
SPREAD_MOST = 10.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Spreads:
    """How far facts may stray, as shares; every field is a row of ``tables/plan_spreads.toml``."""

    cost_common: float
    cost_building: float
    late_consent: float
    crew_loss_chance: float
    crew_loss: float
    money_cut_chance: float
    money_cut: float
    money_late_chance: float
    money_late: float

    def __post_init__(self) -> None:
        for one in fields(self):
            if not 0.0 <= getattr(self, one.name) <= SPREAD_MOST:
                raise OutOfRange(
                    text(
                        "The spread {name} is {value}; it lies between 0 and {most}.",
                        name=one.name,
                        value=getattr(self, one.name),
                        most=SPREAD_MOST,
                    )
                )

    def scaled(self, factor: float) -> Spreads:
        """Return every spread times ``factor``."""
        return replace(self, **{one.name: factor * getattr(self, one.name) for one in fields(self)})


@cache
def usual_spreads() -> Spreads:
    """Return the spreads assumed where a city states none."""
    return Spreads(**{row["code"]: float(row["value"]) for row in tables.load("plan_spreads")["spread"]})


@cache
def spread_names() -> Mapping[str, Text]:
    """Return what every spread is called."""
    return MappingProxyType(
        {row["code"]: bilingual(row["name"], row["name_en"]) for row in tables.load("plan_spreads")["spread"]}
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenarios:
    """So many possible worlds, one a row.

    ``rise`` is what all costs are multiplied by, ``own_rise`` what a building's stray by beside that. A
    building slips out of a year if its luck in ``slips`` stays below its ``slip_chance`` there (a row a
    building, a column a year). ``lost`` is the share of every purse's year that does not come, ``late`` the
    share that comes only the year after; ``upper_lost`` the same for upper-level money.
    """

    rise: FloatArray
    own_rise: FloatArray
    slips: FloatArray
    slip_chance: FloatArray
    lost: FloatArray
    late: FloatArray
    upper_lost: FloatArray

    def __len__(self) -> int:
        return len(self.rise)


def draw_scenarios(instance: Instance, purses: Purses, spreads: Spreads, count: int, seed: int) -> Scenarios:
    """Return ``count`` scenarios; the same seed draws the same luck whatever the spreads are."""
    luck = np.random.default_rng(seed)
    buildings, years, rows = len(instance.buildings), instance.years, len(purses.names)
    common = np.maximum(0.0, luck.standard_normal(count))
    own = luck.standard_normal((count, buildings))
    slips = luck.random((count, buildings))
    strikes, sizes = luck.random((count, rows + 1, years)), luck.random((count, rows + 1, years))
    sources = np.array([one.source for one in purses.names] + ["UPPER"])
    crew, cut = sources == "CREW", np.isin(sources, sorted(CUT_SOURCES))
    late = np.isin(sources, sorted(LATE_SOURCES))
    lost = _struck(strikes, sizes, crew, spreads.crew_loss_chance, spreads.crew_loss)
    lost += _struck(strikes, sizes, cut, spreads.money_cut_chance, spreads.money_cut)
    return Scenarios(
        rise=1.0 + spreads.cost_common * common,
        own_rise=spreads.cost_building * own,
        slips=slips,
        slip_chance=np.minimum(1.0, spreads.late_consent * (1.0 - consent_in(instance))),
        lost=lost[:, :-1],
        late=_struck(strikes, sizes, late, spreads.money_late_chance, spreads.money_late)[:, :-1],
        upper_lost=lost[:, -1],
    )


def _struck(
    strikes: FloatArray, sizes: FloatArray, concerned: BoolArray, chance: float, most: float
) -> FloatArray:
    """Return the share that is lost: nothing, or with ``chance`` up to ``most`` of it."""
    struck = (strikes < chance) & concerned[None, :, None]
    return np.where(struck, np.minimum(1.0, most * sizes), 0.0)
