"""Which flats to measure, so that a blocked riser shows."""

from __future__ import annotations

from fenhu.building.calibration.model import FIGURES, Group, Model
from fenhu.building.spec import Building
from fenhu.errors import OutOfRange, SolverFault
from fenhu.wording import text


def flats_to_measure(building: Building, share_ratio: float = 0.2) -> tuple[str, ...]:
    """Return the flats whose temperature tells most about blocked risers, those of each riser in turn.

    Parameters
    ----------
    building : the building.
    share_ratio : how many of its flats can be measured, above 0 and at most 1; at least one is returned.

    Raises
    ------
    OutOfRange
        If the share is none.
    """
    if not 0.0 < share_ratio <= 1.0:
        raise OutOfRange(
            text("The share of flats to measure is {value}; it lies between 0 and 1.", value=share_ratio)
        )
    model = Model(building)
    ranked = [_most_cooled_first(model, group) for group in model.groups]
    wanted = max(1, round(share_ratio * len(building.flats)))
    rounds = [flats[n] for n in range(max(map(len, ranked))) for flats in ranked if n < len(flats)]
    return tuple(model.made.flat_ids[flat] for flat in dict.fromkeys(rounds))[:wanted]


def _most_cooled_first(model: Model, group: Group) -> list[int]:
    """Return the flats of a group, first those that a blockage cools most."""
    # The first carries somewhat less than half of its share; the others where that has no answer.
    for log in FIGURES["typical_blocked_logs"]:
        try:
            blocked = model.state(0.0, 0.0, {group.ways[0]: log})
        except SolverFault:
            continue
        cooled_k = model.base.room_c - blocked.room_c
        return sorted(group.flats, key=lambda flat: -float(cooled_k[flat]))
    return list(group.flats)
