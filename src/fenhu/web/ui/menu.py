"""The menu: groups of rooms, of each role only what it uses; what it may do there is for access to say."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any, Literal

from fenhu.programme import Role
from fenhu.web.access.scope import grants_of
from fenhu.web.prices.queries import READERS as PRICE_READERS
from fenhu.web.ui import navigation as offices
from fenhu.wording import Text, text

Here = Literal["page", "true", ""]


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """One place: the address's name, what it is called, who finds it there, the names of its inner pages."""

    url: str
    label: Text
    roles: Collection[Role]
    also: Collection[str] = field(default=())


@dataclass(frozen=True, slots=True)
class Group:
    """Rooms that belong to one kind of work."""

    label: Text
    rooms: tuple[Room, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """A room as the menu shows it: ``here`` is how the reader's place is marked (``aria-current``)."""

    url: str
    label: Text
    here: Here


@dataclass(frozen=True, slots=True)
class Choice:
    """A group as the menu shows it; one of a single room is that room."""

    label: Text
    entries: tuple[Entry, ...]

    @property
    def open(self) -> bool:
        """Tell whether the reader is in one of its rooms."""
        return any(entry.here for entry in self.entries)

    @property
    def only(self) -> Entry | None:
        """Return the single room of the group, None where there are several."""
        return self.entries[0] if len(self.entries) == 1 else None


GROUPS: tuple[Group, ...] = (
    Group(text("Overview"), (Room(url="front", label=text("Overview"), roles=offices.OFFICES),)),
    Group(text("My work"), (Room(url="worklist", label=text("My work"), roles=offices.OFFICES),)),
    Group(text("My flat"), (Room(url="my-flat", label=text("My flat"), roles=(Role.HOUSEHOLD,)),)),
    Group(text("Register"), (
        Room(
            url="buildings", label=text("Buildings"), roles=offices.OFFICES,
            also=(
                "building", "building-why", "building-explained", "search", "design", "flat-pages",
                "flat-slips", "declaration",
            ),
        ),
        Room(url="city-map", label=text("Map"), roles=offices.OFFICES),
        Room(url="import", label=text("Import"), roles=offices.IMPORTERS, also=("upload", "job")),
    )),
    Group(text("Planning"), (
        Room(
            url="plan", label=text("Plan by year"), roles=offices.YEAR_READERS,
            also=("plan-year", "carried", "consent", "unplanned", "plan-limits"),
        ),
        Room(
            url="annual-plans", label=text("Annual plans"), roles=offices.PLANNERS, also=("annual-plan",)
        ),
        Room(
            url="scenarios", label=text("What if"), roles=offices.PLANNERS,
            also=("scenario", "scenarios-compare"),
        ),
        Room(url="replans", label=text("Plan again"), roles=(Role.CITY_BUREAU,), also=("replan",)),
        Room(url="risk", label=text("Risk and pace"), roles=(Role.CITY_BUREAU,)),
    )),
    Group(text("Works"), (
        Room(
            url="projects", label=text("Conversions"), roles=offices.BUILDERS,
            also=("project", "project-site", "project-acceptance", "project-warranty"),
        ),
        Room(
            url="cases", label=text("Cases"), roles=offices.CASE_PEOPLE, also=("case", "case-open")
        ),
        Room(
            url="contractors", label=text("Contractors"), roles=offices.CHOOSERS, also=("contractor",)
        ),
    )),
    Group(text("Money"), (
        Room(
            url="money", label=text("Purses and payers"), roles=offices.MONEY_READERS,
            also=("purse", "statement", "collected", "receipt", "building-money", "fund"),
        ),
        Room(url="arrears", label=text("Who is late"), roles=offices.MONEY_READERS),
        Room(url="bank", label=text("Bank and counter"), roles=offices.COLLECTORS),
        Room(url="rewards", label=text("Rewards"), roles=offices.REWARDERS, also=("reward",)),
        Room(
            url="prices", label=text("Prices of the works"), roles=PRICE_READERS, also=("price-version",)
        ),
        Room(
            url="metering", label=text("Heat meters"), roles=offices.METER_READERS,
            also=("building-metering", "heat-bill"),
        ),
    )),
    Group(text("Publicity"), (
        Room(url="bulletin", label=text("Bulletin"), roles=offices.BULLETIN_READERS),
        Room(url="campaign", label=text("Campaign"), roles=offices.CAMPAIGNERS),
        Room(url="commendations", label=text("Commendations"), roles=offices.PRAISE_READERS),
        Room(url="public", label=text("Public pages"), roles=tuple(Role)),
    )),
    Group(text("Papers and rules"), (
        Room(
            url="documents", label=text("Issued papers"), roles=offices.DOCUMENT_READERS,
            also=(
                "document", "document-batch", "document-numbers", "document-templates",
                "document-template",
            ),
        ),
        Room(url="assumptions", label=text("Policy and assumptions"), roles=tuple(Role)),
        Room(
            url="api-tokens", label=text("Other systems"), roles=offices.BUILDERS,
            also=("api-docs", "api-webhooks", "api-webhook"),
        ),
        Room(url="journal", label=text("Journal"), roles=offices.AUDITORS),
        Room(
            url="persons", label=text("People's data"), roles=offices.ANSWERING, also=("person", "retention")
        ),
        Room(url="officers", label=text("Who signs in"), roles=(Role.CITY_BUREAU,), also=("officer",)),
    )),
)  # fmt: skip


def menu_of(user: Any, page: str | None) -> tuple[Choice, ...]:
    """Return the menu of ``user``, who is on the page of this name; empty if nobody is signed in."""
    roles = {Role(grant.role) for grant in grants_of(user)}
    choices = (Choice(group.label, _entries(group, roles, page)) for group in GROUPS)
    return tuple(choice for choice in choices if choice.entries)


def _entries(group: Group, roles: set[Role], page: str | None) -> tuple[Entry, ...]:
    return tuple(
        Entry(room.url, room.label, _here(room, page))
        for room in group.rooms
        if roles.intersection(room.roles)
    )


def _here(room: Room, page: str | None) -> Here:
    if page == room.url:
        return "page"
    return "true" if page in room.also else ""
