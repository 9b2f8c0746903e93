"""Finding a person's flat, what is held of it, and what is due to be forgotten."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q

from fenhu.programme import Role
from fenhu.web import clock
from fenhu.web.access.privacy import with_clear_persons
from fenhu.web.access.scope import get_visible
from fenhu.web.holding import Lapse, Writing, holdings, lapses, writings
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
# A single letter is no name to look for; so many places of a kind are read by an officer at most.
SHORTEST = 2
MOST_MENTIONS = 100
AROUND = 30


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
class Mention:
    """A place where a person is mentioned in free words, or may be: an erasure leaves it as it is."""

    key: str
    name: Text
    place: str
    said: str


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
    mentions: tuple[Mention, ...]
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
        mentions=mentions(user, flat), entries=entries, told=journal.personal_values(entries),
    )  # fmt: skip


def mentions(user: Any, flat: Any) -> tuple[Mention, ...]:
    """Return where free words that ``user`` may read mention a flat's people by name or telephone."""
    sought = tuple(word for word in (flat.owner_name, flat.phone) if len(word) >= SHORTEST)
    return tuple(found for one in writings() for found in _mentions(one, user, flat, sought))


def _mentions(one: Writing, user: Any, flat: Any, sought: tuple[str, ...]) -> Iterator[Mention]:
    rows = one.seen(one.model, user, flat)
    if not one.unread:
        said = [Q(**{f"{column}__icontains": word}) for column in one.columns for word in sought]
        rows = rows.filter(reduce(or_, said)) if said else rows.none()
    if one.own:
        rows = rows.filter(~Q(**{one.own: flat.pk}) | Q(**{f"{one.own}__isnull": True}))
    for row in rows.order_by("pk").values(*one.place, *one.columns).distinct()[:MOST_MENTIONS]:
        texts = [row[column] for column in one.columns]
        telling = next((words for words in texts if any(word in words for word in sought)), texts[0])
        yield Mention(
            key=one.key, name=one.name, place=" ".join(str(row[column]) for column in one.place),
            said=_around(telling, sought),
        )  # fmt: skip


def _around(words: str, sought: tuple[str, ...]) -> str:
    """Return the words around the first of what was sought, all of them where they are few."""
    at = min((found for word in sought if (found := words.find(word)) >= 0), default=0)
    start = max(0, at - AROUND)
    cut = words[start : at + 3 * AROUND]
    return ("…" if start else "") + cut + ("…" if start + len(cut) < len(words) else "")


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
