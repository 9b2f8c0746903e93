"""Many buildings through the heat engine, before and after their conversion."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from fenhu.building import Building, simulate
from fenhu.engines import SERIAL, Engine, worked
from fenhu.errors import FenhuError
from fenhu.records import HeatSummary, StockHeat
from fenhu.wording import Text, text

Pair = tuple[Building, Building]
# Starting workers takes as long as this many pairs do on one.
_PAIRS_WORTH_PROCESSES = 400


def simulate_stock(
    pairs: Sequence[Pair],
    *,
    engine: Engine = SERIAL,
    progress: Callable[[int, int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> list[StockHeat]:
    """Return the heat of every building before and after its conversion, in the order given.

    Parameters
    ----------
    pairs : (before, after) of every building.
    engine, progress, cancelled : as ``fenhu.engines.worked`` takes them.

    Raises
    ------
    InputFault
        If the engine is a cluster that does not answer.
    fenhu.engines.Cancelled
        If ``cancelled`` said so.
    """
    return worked(
        _row, pairs, engine=engine, worth_processes=_PAIRS_WORTH_PROCESSES, progress=progress,
        cancelled=cancelled,
    )  # fmt: skip


def _row(pair: Pair) -> StockHeat:
    before, after = pair
    faults: list[FenhuError] = []
    states = [_state(building, faults) for building in (before, after)]
    return StockHeat(
        code=before.code,
        status="; ".join(f"{fault.code}: {fault}" for fault in faults) or "converged",
        before=states[0],
        after=states[1],
        assumed=before.assumed,
        reason=_reason(states, faults),
    )


def _state(building: Building, faults: list[FenhuError]) -> HeatSummary | None:
    try:
        return simulate(building)
    except FenhuError as fault:
        faults.append(fault)
        return None


def _reason(states: Sequence[HeatSummary | None], faults: Sequence[FenhuError]) -> Text | None:
    """Say which state could not be simulated, and why; the sentence speaks either language later."""
    if not faults:
        return None
    if len(faults) == len(states):
        return text(
            "Neither as it is ({before}) nor after the conversion ({after}) has the building an answer.",
            before=faults[0].message,
            after=faults[1].message,
        )
    if states[0] is None:
        return text("As it is, the building has no answer: {fault}", fault=faults[0].message)
    return text("After the conversion, the building has no answer: {fault}", fault=faults[0].message)
