"""How long a crew works on a building, and a team on the mains of a cluster."""

from __future__ import annotations

from decimal import Decimal

from fenhu import tables
from fenhu.records import BuildingRecord


def crew_days(record: BuildingRecord) -> Decimal:
    """Return the crew days a conversion takes, from the building's flats and stairwell units.

    References
    ----------
    ``tables/unit_estimates.toml``, ``[[crew]]``: an assumption in the order of the planning cases.
    """
    counted = {"flat": record.flats, "unit": record.units}
    rows = tables.load("unit_estimates")["crew"]
    return sum((Decimal(row["days"]) * counted[row["per"]] for row in rows), Decimal(0))


def mains_days() -> int:
    """Return the days in which the mains of one cluster are laid.

    References
    ----------
    ``tables/unit_estimates.toml``, ``[[mains]]``: an assumption.
    """
    return sum(int(row["days"]) for row in tables.load("unit_estimates")["mains"])
