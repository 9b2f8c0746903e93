"""Who may do something with meters: the building's heat supplier."""

from __future__ import annotations

from typing import Any

from fenhu.errors import NotAllowed
from fenhu.programme import Role
from fenhu.web.access.scope import grants_of
from fenhu.wording import text


def reads_meters_of(actor: Any, building: Any) -> bool:
    """Return whether the building's heat is supplied by the actor's office."""
    return any(
        grant.role == Role.HEAT_SUPPLIER and grant.organisation_id == building.supplier_id
        for grant in grants_of(actor)
    )


def require_supplier(actor: Any, building: Any) -> None:
    """Go on only for people of the building's heat supplier.

    Raises
    ------
    NotAllowed
        If the building is another supplier's.
    """
    if not reads_meters_of(actor, building):
        raise NotAllowed(text("Only the building's heat supplier keeps its meters and heat bills"))


def reading_office(actor: Any) -> Any:
    """Return the supplier whose meters the actor reads.

    Raises
    ------
    NotAllowed
        If he reads none.
    """
    for grant in grants_of(actor):
        if grant.role == Role.HEAT_SUPPLIER:
            return grant.organisation
    raise NotAllowed(text("Only heat suppliers read meters"))
