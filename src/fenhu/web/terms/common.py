"""What several papers say alike: the basis, the contacts, the liabilities, the form to be built."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from fenhu.papers import issued
from fenhu.policy import Policy
from fenhu.programme import ROLE_NAMES, Role
from fenhu.web.registry.queries import full_name
from fenhu.web.works import queries as works


def basis_of(policy: Policy, clause: str) -> tuple[issued.Basis, ...]:
    """Return what a paper stands on: the city's document with the clause, and what that stands on."""
    own = issued.Basis(name=_quoted(policy.cited_as), number=policy.document, clause=clause)
    return (own, *(issued.Basis(name=_quoted(str(one.name))) for one in policy.basis))


def contacts_of(project: Any) -> tuple[issued.Contact, ...]:
    """Return who answers for the works, as published; a name not yet published stays blank."""
    supplier = project.building.supplier.name
    known = [
        issued.Contact(role=f"{lead.party}负责人", name=lead.name, phone=lead.phone, office=lead.organisation)
        for lead in works.leads_of(project, supplier)
    ]  # fmt: skip
    return tuple(known) or (
        issued.Contact(role=f"{ROLE_NAMES[Role.HEAT_SUPPLIER]}负责人", name="", phone="", office=supplier),
    )


def consequences(policy: Policy) -> tuple[issued.Consequence, ...]:
    """Return who is liable in which case by a policy."""
    return tuple(
        issued.Consequence(
            case=str(rule.name), clause=rule.clause,
            liable="或".join(str(works.LIABLE[party]) for party in rule.liable),
        )
        for rule in policy.liability
    )  # fmt: skip


def target_form(policy: Policy, existing: str) -> str:
    """Return in words what a form of heating becomes under a policy."""
    for change in policy.form.change:
        if existing in change.existing:
            return next(str(one.name) for one in policy.form.target if one.form == change.becomes)
    return ""


def building_name(building: Any) -> str:
    """Return a building's name with its estate."""
    return full_name(building.estate, building.name)


def bureau() -> str:
    """Return the office that hears complaints."""
    return str(ROLE_NAMES[Role.CITY_BUREAU])


def first_day(project: Any) -> date | None:
    """Return when the works of a project begin; None while nobody has said."""
    day: date | None = project.started_on or project.ready_by
    return day


def tenths(value: float | Decimal) -> Decimal:
    """Return a figure with one decimal."""
    return Decimal(str(value)).quantize(Decimal("0.1"))


def _quoted(name: str) -> str:
    return name if "《" in name else f"《{name}》"
