"""What explains the measured rooms of many buildings, each known from a register alone."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from fenhu import tables
from fenhu.building import Building, Measured, what_explains
from fenhu.building.calibration import AGREES
from fenhu.engines import SERIAL, Engine, worked
from fenhu.errors import FenhuError
from fenhu.wording import Text

_BUILDINGS_WORTH_PROCESSES = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Explained:
    """What explains a building's measured rooms; ``status`` is "explained", "agrees", "few" or the fault."""

    code: str
    status: str
    measured: int
    sentences: tuple[Text, ...]


def explain_stock(
    buildings: Sequence[Building],
    *,
    engine: Engine = SERIAL,
    progress: Callable[[int, int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> list[Explained]:
    """Return what explains the measured rooms of every building, in the order given.

    Parameters
    ----------
    buildings : with their ``measured_c``.
    engine, progress, cancelled : as ``fenhu.engines.worked`` takes them.

    Raises
    ------
    InputFault
        If the engine is a cluster that does not answer.
    fenhu.engines.Cancelled
        If ``cancelled`` said so.
    """
    return worked(
        explain, buildings, engine=engine, worth_processes=_BUILDINGS_WORTH_PROCESSES, progress=progress,
        cancelled=cancelled,
    )  # fmt: skip


def explain(building: Building) -> Explained:
    """Return what explains a building's measured rooms, beyond what thermometer and model are off by.

    References
    ----------
    ``tables/eras.toml``, measured_rooms; docs/engineers/heat.md#calibration
    """
    rooms = tables.load("eras")["measured_rooms"]
    count = len(building.measured_c)
    if count < rooms["least_share_ratio"] * len(building.flats):
        return Explained(code=building.code, status="few", measured=count, sentences=())
    doubt_k = math.hypot(rooms["thermometer_k"], rooms["model_k"])
    measured = Measured(room_c=building.measured_c, noise_k=doubt_k)
    try:
        said = what_explains(building, measured)
    except FenhuError as fault:
        return Explained(code=building.code, status=fault.code, measured=count, sentences=(fault.message,))
    status = "agrees" if said == (AGREES,) else "explained"
    return Explained(code=building.code, status=status, measured=count, sentences=said)
