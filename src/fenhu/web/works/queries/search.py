"""Finding a building or a flat by whatever a person remembers of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from fenhu.web.access.privacy import with_clear_persons
from fenhu.web.registry.queries import full_name, visible_buildings, visible_flats

MOST = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One thing found; ``flat_id`` is empty for a building."""

    code: str
    flat_id: str
    title: str
    place: str


def search(user: Any, words: str) -> tuple[Hit, ...]:
    """Return the buildings, then the flats, that match every one of ``words``; at most 20 of each."""
    asked = words.lower().split()
    if not asked:
        return ()
    return (*_buildings(user, asked), *_flats(user, asked))


def _buildings(user: Any, asked: list[str]) -> tuple[Hit, ...]:
    found = visible_buildings(user)
    for word in asked:
        found = found.filter(search__contains=word)
    rows = found.order_by("code").values_list("code", "name", "estate", "address")[:MOST]
    return tuple(
        Hit(code=code, flat_id="", title=full_name(estate, name), place=address or code)
        for code, name, estate, address in rows
    )


def _flats(user: Any, asked: list[str]) -> tuple[Hit, ...]:
    """Search by owner's name or phone only where the person may read them."""
    found = with_clear_persons(visible_flats(user), user)
    for word in asked:
        found = found.filter(
            Q(owner_name__contains=word) | Q(phone=word) | Q(building__search__contains=word)
        )
    found = (
        found.filter(_any_person(asked))
        .select_related("building")
        .order_by("building__code", "unit", "storey")
    )
    return tuple(
        Hit(
            code=flat.building.code,
            flat_id=flat.flat_id,
            title=flat.owner_name,
            place=full_name(flat.building.estate, flat.building.name),
        )
        for flat in found[:MOST]
    )


def _any_person(asked: list[str]) -> Q:
    person = Q(pk__in=[])
    for word in asked:
        person = person | Q(owner_name__contains=word) | Q(phone=word)
    return person
