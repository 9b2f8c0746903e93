"""Many buildings through a heating season."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from fenhu.building import Building, SeasonSummary, Winter, simulate_season
from fenhu.engines import SERIAL, Engine, worked
from fenhu.errors import FenhuError
from fenhu.wording import Text

# A season by days takes a house some ten milliseconds; starting workers takes seconds.
_HOUSES_WORTH_PROCESSES = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseSeason:
    """One building's season in figures; ``fault`` says why there is none."""

    code: str
    summary: SeasonSummary | None
    fault: Text | None = None


def season_stock(
    houses: Sequence[tuple[Building, Winter]],
    *,
    engine: Engine = SERIAL,
    progress: Callable[[int, int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> list[HouseSeason]:
    """Return the season of every building through its winter, in the order given.

    Parameters
    ----------
    houses : every building with its winter, as ``fenhu.building.winter_for`` makes it.
    engine, progress, cancelled : as ``fenhu.engines.worked`` takes them.

    Raises
    ------
    InputFault
        If the engine is a cluster that does not answer.
    fenhu.engines.Cancelled
        If ``cancelled`` said so.

    References
    ----------
    docs/engineers/heat.md#season
    """
    return worked(
        _row, houses, engine=engine, worth_processes=_HOUSES_WORTH_PROCESSES, progress=progress,
        cancelled=cancelled,
    )  # fmt: skip


def _row(house: tuple[Building, Winter]) -> HouseSeason:
    building, winter = house
    try:
        season = simulate_season(building, winter.weather, winter.curve)
    except FenhuError as fault:
        return HouseSeason(code=building.code, summary=None, fault=fault.message)
    return HouseSeason(code=building.code, summary=season.summary())
