"""How purses, buildings and amounts are called in sentences."""

from __future__ import annotations

from decimal import ROUND_CEILING, Decimal

import numpy as np

from fenhu.planning.task.changes import TABLES
from fenhu.planning.task.instance import Instance
from fenhu.planning.task.purses import CREW_PARTS, Purse
from fenhu.units import yuan_from_fen
from fenhu.wording import Text, text

_NAMED = {"DIST": "district_names", "OWNER": "owner_names", "SUPPLIER": "supplier_names",
          "CREW": "supplier_names"}  # fmt: skip


def purse_name(instance: Instance, purse: Purse) -> Text:
    """Return what people call ``purse``."""
    scope = purse.scope
    if purse.source == "CITY":
        return text("the city's reward money")
    if purse.source == "DIST":
        return text("the reward money of district {name}", name=_named(instance.district_names, scope))
    if purse.source == "REPAIR":
        return text("the repair fund")
    if purse.source == "OWNER":
        return text("owner unit {name}", name=_named(instance.owner_names, scope))
    if purse.source == "UPPER":
        return text("the upper-level project money")
    if purse.source == "CREW":
        return text("the crews of supplier {name}", name=_named(instance.supplier_names, scope))
    return text("the money of supplier {name}", name=_named(instance.supplier_names, scope))


def amount_said(purse: Purse, amount: int) -> Text:
    """Return fen as yuan, rounded up to whole yuan, or thousandths of a day as crew days."""
    if purse.source == "CREW":
        days = (Decimal(amount) / CREW_PARTS).quantize(Decimal("0.1"), rounding=ROUND_CEILING)
        return text("{days} crew days", days=f"{days:,}")
    yuan = yuan_from_fen(amount).to_integral_value(rounding=ROUND_CEILING)
    return text("{yuan} yuan", yuan=f"{yuan:,}")


def district_name(instance: Instance, district: int) -> str:
    """Return the name of a district, its number if it has none."""
    return _named(instance.district_names, district)


def scope_names(instance: Instance, source: str) -> tuple[str, ...]:
    """Return what the purses of a source are called, in their order; the only one of its kind has no name."""
    count = len(np.atleast_2d(getattr(instance.budgets, TABLES[source])))
    if source not in _NAMED:
        return ("",) * count
    names: tuple[str, ...] = getattr(instance, _NAMED[source])
    return tuple(_named(names, scope) for scope in range(count))


def _named(names: tuple[str, ...], scope: int) -> str:
    return names[scope] if scope < len(names) else str(scope)
