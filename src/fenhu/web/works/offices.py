"""Whose scenario it is, and which buildings may move in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from fenhu.errors import NotAllowed
from fenhu.planning import Instance
from fenhu.programme import Role
from fenhu.web.access.gates import has_role
from fenhu.web.access.scope import grants_of
from fenhu.web.registry.queries import codes_answered_for
from fenhu.web.works.models import Scenario
from fenhu.wording import text

PLANNERS = (Role.CITY_BUREAU, Role.HEAT_SUPPLIER, Role.DISTRICT_GOV)


@dataclass(frozen=True, slots=True)
class Office:
    """Whose scenario it is: a supplier's, a district's, or, with neither, the bureau's."""

    supplier_id: int | None = None
    district: str = ""


def office_of(actor: Any) -> Office:
    """Return the office ``actor`` makes scenarios for.

    Raises
    ------
    NotAllowed
        If he plans nothing.
    """
    for role in PLANNERS:
        for grant in grants_of(actor):
            if grant.role == role:
                supplier = grant.organisation_id if role is Role.HEAT_SUPPLIER else None
                return Office(supplier, grant.district if role is Role.DISTRICT_GOV else "")
    raise NotAllowed(text("Only the bureau, a district and a heat supplier try out plans"))


def may_change(actor: Any, scenario: Scenario) -> bool:
    """Return whether the scenario is of the actor's own office."""
    return has_role(actor, *PLANNERS) and office_of(actor) == Office(scenario.supplier_id, scenario.district)


def own_codes(scenario: Scenario) -> frozenset[str] | None:
    """Return the buildings that may move in a scenario; None where all may."""
    if scenario.supplier_id is None and not scenario.district:
        return None
    return codes_answered_for(supplier_id=scenario.supplier_id, district=scenario.district)


def desk_suppliers(case: Scenario, instance: Instance) -> Sequence[int] | None:
    """Return the suppliers (numbers) whose money and crews a scenario may set; None for all."""
    own = own_codes(case)
    if own is None:
        return None
    if case.supplier_id is None:
        return ()
    mine = [instance.buildings.supplier[n] for n, code in enumerate(instance.buildings.ids) if code in own]
    return tuple(int(one) for one in np.unique(mine))
