"""Finding a person's flat, what is held of it, and what is due to be forgotten."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from fenhu.programme import Role
from fenhu.web import clock
from fenhu.web.access.privacy import with_clear_persons
from fenhu.web.access.scope import get_visible
from fenhu.web.holding import Lapse, holdings, lapses
from fenhu.web.journal import queries as journal
from fenhu.web.journal.queries import EntryView
from fenhu.web.persons.retention import Rule, rules
from fenhu.web.registry.queries import flats_of_person, full_name, visible_flats
from fenhu.wording import Text

# Who answers for what is held of a flat's people, within its scope.
ANSWERING = (Role.CITY_BUREAU, Role.HEAT_SUPPLIER)
MOST_FOUND = 50
MOST_ENTRIES = 500
MOST_COUNTED = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A flat whose people were looked for."""

    id: int
    place: str
    flat_id: str
    owner_name: str
    phone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """What one room holds: its rows, how many of them stay after an erasure, and by which rule."""

    key: str
    name: Text
    rows: tuple[Mapping[str, Any], ...]
    kept: int
    rule: Rule | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonView:
    """Everything held of a flat's people."""

    id: int
    code: str
    place: str
    flat_id: str
    owner_name: str
    phone: str
    held: tuple[Held, ...]
    entries: tuple[EntryView, ...]
    told: Mapping[str, str]

    @property
    def kept(self) -> tuple[Held, ...]:
        """Return what would stay after an erasure."""
        return tuple(one for one in self.held if one.kept)


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """What of one kind is due; ``more`` says that there are more than were counted."""

    rule: Rule
    name: Text
    before: date
    count: int
    more: bool


def find_persons(user: Any, words: str) -> tuple[Found, ...]:
    """Return the flats in the user's scope whose people are called so or have this telephone number."""
    seen = with_clear_persons(visible_flats(user), user)
    rows = flats_of_person(seen, words).select_related("building")[:MOST_FOUND] if words.strip() else ()
    return tuple(
        Found(
            id=one.pk, place=full_name(one.building.estate, one.building.name), flat_id=one.flat_id,
            owner_name=one.owner_name, phone=one.phone,
        )
        for one in rows
    )  # fmt: skip


def flat_of_person(user: Any, flat_id: int) -> Any:
    """Return the flat whose people somebody answers for.

    Raises
    ------
    django.http.Http404
        If there is none, or he may not read its people's names.
    """
    seen = with_clear_persons(visible_flats(user), user).select_related("building")
    return get_visible(seen, user, pk=flat_id)


def person_view(user: Any, flat_id: int) -> PersonView:
    """Return everything held of a flat's people.

    Raises
    ------
    django.http.Http404
        As ``flat_of_person``.
    """
    flat = flat_of_person(user, flat_id)
    entries = journal.entries_about(person_keys(flat), most=MOST_ENTRIES)
    known = rules()
    return PersonView(
        id=flat.pk, code=flat.building.code, place=full_name(flat.building.estate, flat.building.name),
        flat_id=flat.flat_id, owner_name=flat.owner_name, phone=flat.phone,
        held=tuple(
            Held(key=one.key, name=one.name, rows=tuple(one.rows(flat)), kept=one.kept(flat),
                 rule=known[one.rule] if one.rule else None)
            for one in holdings()
        ),
        entries=entries, told=journal.personal_values(entries),
    )  # fmt: skip


def person_keys(flat: Any) -> tuple[str, ...]:
    """Return the names under which the journal speaks of a flat's people."""
    return tuple(dict.fromkeys(key for one in holdings() for key in one.persons(flat)))


def due() -> tuple[Due, ...]:
    """Return what is due to be forgotten today, by rule; never more of a kind is counted than is told."""
    return tuple(_due(one) for one in lapses())


def _due(one: Lapse) -> Due:
    rule = rules()[one.rule]
    before = rule.before(clock.today())
    count = one.due(before)[: MOST_COUNTED + 1].count()
    shown, more = min(count, MOST_COUNTED), count > MOST_COUNTED
    return Due(rule=rule, name=one.name, before=before, count=shown, more=more)


def kept_rules() -> tuple[Rule, ...]:
    """Return the rules in force."""
    return tuple(rules().values())
