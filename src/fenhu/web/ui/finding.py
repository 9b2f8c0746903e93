"""One search over every room: which kinds of things are looked for, and what helps when nothing is found."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from fenhu.programme import Role
from fenhu.web.access.gates import has_role
from fenhu.web.documents import queries as documents
from fenhu.web.hits import Asked, Hit
from fenhu.web.ledger import queries as ledger
from fenhu.web.registry import queries as registry
from fenhu.web.ui.navigation import OFFICES
from fenhu.web.works import queries as works
from fenhu.wording import Text, text

Find = Callable[[Any, Asked, int], tuple[Hit, ...]]
MOST, MOST_SUGGESTED, MOST_NEAR = 12, 4, 5


@dataclass(frozen=True, slots=True)
class Source:
    """One kind of thing: what a group of them is called, how it is found, and whose page it has."""

    label: Text
    find: Find
    roles: Collection[Role] = tuple(Role)


@dataclass(frozen=True, slots=True)
class Group:
    """The things of one kind that were found; ``more`` says that not all are shown."""

    label: Text
    hits: tuple[Hit, ...]
    more: bool


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found: groups, or what to try instead."""

    asked: Asked
    groups: tuple[Group, ...]
    near: tuple[str, ...] = ()
    alone: tuple[tuple[str, int], ...] = ()

    @property
    def count(self) -> int:
        """Return how many things are shown."""
        return sum(len(group.hits) for group in self.groups)

    @property
    def more(self) -> bool:
        """Return whether there is more than is shown."""
        return any(group.more for group in self.groups)

    @property
    def straight(self) -> Hit | None:
        """Return the one thing whose very number was typed."""
        exact = [hit for group in self.groups for hit in group.hits if hit.exact]
        return exact[0] if len(exact) == 1 else None


SOURCES = (
    Source(text("Buildings"), registry.find_buildings),
    Source(text("Flats and their owners"), registry.find_flats),
    Source(text("Contracts"), works.find_contracts),
    Source(text("Receipts"), ledger.find_receipts),
    Source(text("Issued papers"), documents.find_documents),
    Source(text("Organisations"), registry.find_organisations),
    Source(text("Contractors"), works.find_contractors, OFFICES),
    Source(text("Annual plans"), works.find_plans),
    Source(text("Cases"), works.find_cases),
)


def find(user: Any, typed: str, *, most: int = MOST) -> Found:
    """Return what ``user`` may see of what matches, kind by kind; with help where nothing does."""
    asked = Asked.of(typed)
    if not asked.parts:
        return Found(asked, ())
    groups = tuple(group for source in SOURCES if (group := _group(source, user, asked, most)).hits)
    if groups:
        return Found(asked, groups)
    alone = registry.building_counts(user, asked.parts) if len(asked.parts) > 1 else ()
    return Found(asked, (), near=registry.near_names(user, asked, MOST_NEAR), alone=alone)


def _group(source: Source, user: Any, asked: Asked, most: int) -> Group:
    hits = source.find(user, asked, most + 1) if has_role(user, *source.roles) else ()
    return Group(source.label, hits[:most], more=len(hits) > most)


def address(hit: Hit) -> str:
    """Return where a thing that was found is shown."""
    return reverse(hit.page, args=hit.keys) + hit.after
