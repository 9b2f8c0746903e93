"""Finding buildings, flats and organisations by whatever a person remembers of them.

Flats are never scanned: a name is looked up by how it begins and a number by its last digits, both indexed,
or among the flats of a few buildings already found.
"""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from typing import Any

from django.db.models import Case, IntegerField, Q, Value, When
from django.db.models.functions import Length

from fenhu.programme import ROLE_NAMES, Role
from fenhu.web.access.privacy import masked_phone, with_clear_persons
from fenhu.web.access.scope import ScopedQuerySet
from fenhu.web.hits import LEAST_DIGITS, Asked, FlatWish, Hit
from fenhu.web.registry.models import Building, Flat, Organisation
from fenhu.web.registry.search import full_name, pinyin
from fenhu.wording import text

# Flats are looked for by room or person in so many buildings at most.
FEW_BUILDINGS = 60


def with_words(buildings: ScopedQuerySet, words: Iterable[str]) -> ScopedQuerySet:
    """Return those of ``buildings`` in which every one of ``words`` occurs; words in lower case."""
    for word in words:
        buildings = buildings.filter(search__contains=word)
    return buildings


def find_buildings(user: Any, asked: Asked, most: int) -> tuple[Hit, ...]:
    """Return the buildings that match every word, the likeliest first: code, then name, then the rest."""
    found = with_words(Building.objects.visible_to(user), asked.parts)
    ranked = found.annotate(rank=_rank(asked.words)).order_by("rank", Length("name"), "code")
    rows = ranked.values_list("code", "name", "estate", "address", "district", "rank")[:most]
    return tuple(
        Hit(title=full_name(estate, name), place=_joined(code, address or district), page="building",
            keys=(code,), exact=rank == 0)
        for code, name, estate, address, district, rank in rows
    )  # fmt: skip


def _rank(words: str) -> Case:
    return Case(
        When(code__iexact=words, then=0),
        When(Q(code__istartswith=words) | Q(name=words) | Q(estate=words) | Q(address=words), then=1),
        When(Q(estate__startswith=words) | Q(address__startswith=words), then=2),
        When(search__contains=f" {words}", then=3),
        default=Value(4),
        output_field=IntegerField(),
    )


def find_flats(user: Any, asked: Asked, most: int) -> tuple[Hit, ...]:
    """Return flats by room, owner's name or telephone number; persons only where ``user`` may read them."""
    seen = Flat.objects.visible_to(user)
    clear = with_clear_persons(seen, user)
    readable = clear.exists()
    found: dict[int, Hit] = {}
    for rows in (
        _by_room(user, seen, asked),
        _by_phone(clear, asked) if readable else (),
        _by_name(user, clear, asked) if readable else (),
    ):
        for flat in rows[:most]:
            found.setdefault(flat.pk, _flat(flat))
    read = set(clear.filter(pk__in=found).values_list("pk", flat=True)) if readable else set()
    return tuple(hit if pk in read else _unnamed(hit) for pk, hit in found.items())[:most]


def _by_room(user: Any, seen: ScopedQuerySet, asked: Asked) -> Any:
    wanted = asked.flat()
    if wanted is None:
        return ()
    words, wish = wanted
    return _ordered(seen.filter(building__in=_few(user, words)).filter(_fits(wish)))


def _fits(wish: FlatWish) -> Q:
    said = {"unit": wish.unit, "storey": wish.storey, "room": wish.room}
    return Q(**{column: value for column, value in said.items() if value is not None})


def _by_phone(clear: ScopedQuerySet, asked: Asked) -> Any:
    digits = asked.digits()
    if not digits:
        return ()
    rows = _ordered(clear.filter(phone_end=digits[-LEAST_DIGITS:]))
    return [flat for flat in rows if _digits(flat.phone).endswith(digits)]


def _digits(phone: str) -> str:
    return "".join(sign for sign in phone if sign.isdecimal())


def _by_name(user: Any, clear: ScopedQuerySet, asked: Asked) -> Any:
    """Return the flats whose owner's name begins with the only word, or stands beside a building's words."""
    if len(asked.parts) == 1:
        return _ordered(clear.filter(owner_name__begins=asked.words))
    found: list[Flat] = []
    for name in asked.parts:
        others = [word for word in asked.parts if word != name]
        buildings = _few(user, others) if not name.isascii() else []
        found += _ordered(clear.filter(building__in=buildings, owner_name__contains=name))
    return found


def _few(user: Any, words: Iterable[str]) -> list[int]:
    found = with_words(Building.objects.visible_to(user), words)
    return list(found.order_by("code").values_list("pk", flat=True)[:FEW_BUILDINGS])


def _ordered(flats: ScopedQuerySet) -> ScopedQuerySet:
    return flats.select_related("building").order_by("building__code", "unit", "storey", "room")[
        :FEW_BUILDINGS
    ]


def _flat(flat: Flat) -> Hit:
    building = flat.building
    return Hit(
        title=_joined(full_name(building.estate, building.name), flat.flat_id),
        place=_joined(building.code, flat.owner_name, masked_phone(flat.phone)),
        page="building", keys=(building.code,), after=f"?flat={flat.flat_id}#flat-{flat.flat_id}",
    )  # fmt: skip


def _unnamed(hit: Hit) -> Hit:
    return Hit(title=hit.title, place=str(hit.keys[0]), page=hit.page, keys=hit.keys, after=hit.after)


def find_organisations(user: Any, asked: Asked, most: int) -> tuple[Hit, ...]:
    """Return the suppliers, owners and communities of the buildings ``user`` may see."""
    seen = Building.objects.visible_to(user).order_by()
    of_seen = Q(pk__in=[])
    for column in ("supplier", "owner", "community"):
        of_seen |= Q(pk__in=seen.values_list(column, flat=True).distinct())
    known = Organisation.objects.filter(of_seen).order_by("kind", "name")
    return tuple(_organisation(one) for one in known if is_called(one.name, asked))[:most]


def is_called(name: str, asked: Asked) -> bool:
    """Return whether every word occurs in a name or in its pinyin."""
    spoken = (name.lower(), *pinyin(name))
    return all(any(word in one for one in spoken) for word in asked.parts)


def _organisation(one: Organisation) -> Hit:
    among = f"?supplier={one.pk}" if one.kind == Role.HEAT_SUPPLIER else f"?search={one.name}"
    return Hit(title=one.name, place=text("{kind}: its buildings", kind=ROLE_NAMES[Role(one.kind)]),
               page="buildings", after=among)  # fmt: skip


def near_names(user: Any, asked: Asked, most: int) -> tuple[str, ...]:
    """Return estates that are called or sound nearly as what was typed, for somebody who found nothing."""
    seen = Building.objects.visible_to(user).exclude(estate="").order_by()
    spoken: dict[str, str] = {}
    for estate in seen.values_list("estate", flat=True).distinct():
        spoken |= dict.fromkeys((estate.lower(), *pinyin(estate)), estate)
    near = (match for word in asked.parts for match in get_close_matches(word, spoken, most, 0.6))
    return tuple(dict.fromkeys(spoken[match] for match in near))[:most]


def building_counts(user: Any, words: Iterable[str]) -> tuple[tuple[str, int], ...]:
    """Return how many buildings each word alone finds, those that find none left out."""
    seen = Building.objects.visible_to(user)
    counted = ((word, with_words(seen, (word,)).count()) for word in words)
    return tuple((word, count) for word, count in counted if count)


def _joined(*words: str) -> str:
    return " · ".join(word for word in words if word)
