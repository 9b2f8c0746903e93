"""Radiators by the catalogue: how many sections carry a load, with the corrections of the textbook."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

from fenhu import tables
from fenhu.building.fitting import section_w
from fenhu.errors import UnknownItem
from fenhu.wording import text


@dataclass(frozen=True, slots=True)
class Sizing:
    """A radiator as chosen: heat transfer coefficient, area before β1, sections before and after rounding."""

    transfer_w_m2k: float
    area_m2: float
    needed_sections: float
    sections: int


def leaving_temperatures_c(loads_w: Sequence[float], supply_c: float, return_c: float) -> tuple[float, ...]:
    """Return the temperature after each radiator of a series riser at design, in the order of the flow.

    Parameters
    ----------
    loads_w : design loads in the order the water passes them.
    supply_c, return_c : design temperatures before the first and after the last.
    """
    per_w = (supply_c - return_c) / sum(loads_w)
    return tuple(supply_c - taken_w * per_w for taken_w in accumulate(loads_w))


def chosen_radiator(
    kind: str,
    load_w: float,
    mean_water_c: float,
    room_c: float,
    *,
    connection: str = "same_side_top_in",
    enclosure: str = "open",
) -> Sizing:
    """Return the sections that carry a load: F = Q·β1·β2·β3/(K·Δt), Δt on the arithmetic mean.

    Parameters
    ----------
    kind : a radiator of ``tables/radiators.toml``.
    load_w : heat to the room.
    mean_water_c, room_c : mean of entering and leaving water; the room.
    connection : how the pipes are joined, a key of ``connection`` in the table (β2).
    enclosure : how the radiator is covered, a key of ``enclosure`` in the table (β3).

    Raises
    ------
    UnknownItem
        If the table has no such kind, connection or enclosure.

    References
    ----------
    docs/sources.md#heping (A4, B3)
    """
    table = tables.load("radiators")
    row = _row(table, "radiator", kind)
    ratio = _row(table, "connection", connection)["ratio"] * _row(table, "enclosure", enclosure)["ratio"]
    excess_k = mean_water_c - room_c
    bare = load_w * ratio / section_w(kind, 1, excess_k)
    needed = bare * _by_sections(table, whole_sections(bare, row["area_m2"]))
    return Sizing(
        row["coefficient"] * excess_k ** row["power"],
        bare * row["area_m2"],
        needed,
        whole_sections(needed, row["area_m2"]),
    )


def whole_sections(needed: float, section_area_m2: float) -> int:
    """Return whole sections: a remainder of at most 0.1 m² is dropped, a larger one is a section more.

    References
    ----------
    docs/sources.md#heping (A4)
    """
    whole = math.floor(needed)
    dropped_m2 = float(tables.load("radiators")["rounding"]["dropped_area_m2"])
    return max(whole + ((needed - whole) * section_area_m2 > dropped_m2), 1)


def _by_sections(table: Mapping[str, Any], sections: int) -> float:
    """Return β1 of a radiator of so many sections."""
    return float(next(band["ratio"] for band in table["by_sections"] if sections <= band["until"]))


def _row(table: Mapping[str, Any], group: str, key: str) -> Mapping[str, Any]:
    rows: Mapping[str, Mapping[str, Any]] = table[group]
    if key not in rows:
        raise UnknownItem(
            text(
                "The table of radiators has no {key} under {group}; there are {known}.",
                key=repr(key),
                group=group,
                known=", ".join(rows),
            )
        )
    return rows[key]
