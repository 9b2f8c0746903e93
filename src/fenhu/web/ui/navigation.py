"""Which pages stand in whose menu; what a person may do there is the access room's to say."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from fenhu.programme import Role
from fenhu.web.access.scope import grants_of
from fenhu.wording import Text, text

OFFICES = tuple(role for role in Role if role is not Role.HOUSEHOLD)
PLANNERS = (Role.CITY_BUREAU, Role.HEAT_SUPPLIER, Role.DISTRICT_GOV)
IMPORTERS = (Role.CITY_BUREAU, Role.HEAT_SUPPLIER)
CASE_PEOPLE = tuple(role for role in Role if role is not Role.FINANCE)
CAMPAIGNERS = (Role.HEAT_SUPPLIER, Role.COMMUNITY, Role.CITY_BUREAU, Role.DISTRICT_GOV)
PRAISERS = (Role.CITY_BUREAU, Role.DISTRICT_GOV)
PRAISE_READERS = (*CAMPAIGNERS, Role.OWNER_UNIT, Role.FINANCE)
MONEY_READERS = (
    Role.CITY_BUREAU, Role.DISTRICT_GOV, Role.FINANCE, Role.HEAT_SUPPLIER, Role.OWNER_UNIT,
)  # fmt: skip
METER_READERS = (Role.CITY_BUREAU, Role.DISTRICT_GOV, Role.HEAT_SUPPLIER)
FUND_READERS = (*MONEY_READERS, Role.COMMUNITY)
REWARDERS = (Role.CITY_BUREAU, Role.DISTRICT_GOV, Role.FINANCE)
BULLETIN_READERS = (Role.CITY_BUREAU, Role.DISTRICT_GOV, Role.FINANCE, Role.HEAT_SUPPLIER)
ISSUERS = (Role.HEAT_SUPPLIER, Role.CITY_BUREAU, Role.DISTRICT_GOV)
BATCHERS = (Role.HEAT_SUPPLIER,)
DOCUMENT_READERS = tuple(role for role in OFFICES if role is not Role.PUBLIC_SECURITY)
CHOOSERS = (*CAMPAIGNERS, Role.OWNER_UNIT, Role.CONTRACTOR)


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """One entry of the menu: the address's name, what it is called, who finds it there."""

    url: str
    label: Text
    roles: Collection[Role]
    also: Collection[str] = field(default=())


ROOMS = (
    Room(url="front", label=text("Overview"), roles=OFFICES),
    Room(url="worklist", label=text("My work"), roles=OFFICES),
    Room(url="bulletin", label=text("Bulletin"), roles=BULLETIN_READERS),
    Room(
        url="buildings",
        label=text("Buildings"),
        roles=OFFICES,
        also=("building", "building-why", "search"),
    ),
    Room(url="city-map", label=text("Map"), roles=OFFICES),
    Room(
        url="plan",
        label=text("Plan by year"),
        roles=OFFICES,
        also=("plan-year", "unplanned", "plan-limits"),
    ),
    Room(
        url="scenarios",
        label=text("What if"),
        roles=PLANNERS,
        also=("scenario", "scenarios-compare"),
    ),
    Room(url="replans", label=text("Plan again"), roles=(Role.CITY_BUREAU,), also=("replan",)),
    Room(url="risk", label=text("Risk and pace"), roles=(Role.CITY_BUREAU,)),
    Room(url="annual-plans", label=text("Annual plans"), roles=PLANNERS, also=("annual-plan",)),
    Room(
        url="projects",
        label=text("Conversions"),
        roles=OFFICES,
        also=("project", "project-site", "project-acceptance", "project-warranty"),
    ),
    Room(
        url="money",
        label=text("Money"),
        roles=MONEY_READERS,
        also=("purse", "statement", "collected", "receipt", "arrears", "bank", "building-money", "fund"),
    ),
    Room(
        url="metering",
        label=text("Heat meters"),
        roles=METER_READERS,
        also=("building-metering", "heat-bill"),
    ),
    Room(url="rewards", label=text("Rewards"), roles=REWARDERS, also=("reward",)),
    Room(url="cases", label=text("Cases"), roles=CASE_PEOPLE, also=("case", "case-open")),
    Room(url="contractors", label=text("Contractors"), roles=CHOOSERS, also=("contractor",)),
    Room(url="campaign", label=text("Campaign"), roles=CAMPAIGNERS),
    Room(url="commendations", label=text("Commendations"), roles=PRAISE_READERS),
    Room(
        url="documents",
        label=text("Issued papers"),
        roles=DOCUMENT_READERS,
        also=("document", "document-batch", "document-numbers", "document-templates", "document-template"),
    ),
    Room(url="import", label=text("Import"), roles=IMPORTERS, also=("upload", "job")),
    Room(url="my-flat", label=text("My flat"), roles=(Role.HOUSEHOLD,)),
    Room(
        url="assumptions",
        label=text("Policy and assumptions"),
        roles=tuple(Role),
        also=("prices", "price-version"),
    ),
    Room(url="journal", label=text("Journal"), roles=(Role.CITY_BUREAU,)),
)


def rooms_of(user: Any) -> tuple[Room, ...]:
    """Return the menu of ``user``; empty for somebody who is not signed in."""
    roles = {Role(grant.role) for grant in grants_of(user)}
    return tuple(room for room in ROOMS if roles.intersection(room.roles))
