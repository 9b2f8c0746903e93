"""Where things stand: districts, suppliers with their areas, clusters on a station, estates in a cluster."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

from fenhu.records import OwnerKind
from fenhu.register.city.names import (
    DISTRICTS,
    LUCKY_FIRST,
    LUCKY_SECOND,
    OWNER_WORDS,
    STREET_WORDS,
    SUPPLIER_WORDS,
    numeral,
)

BUILDINGS_PER_SUPPLIER = 1000 / 30
BUILDINGS_PER_CLUSTER = 9
BUILDINGS_PER_ESTATE = 5
CLUSTER_STEP_DEG = 0.0046
ESTATE_STEP_DEG = 0.0016
MAIN_READY_SHARE = 0.3
OWNER_KIND_SHARES = {
    OwnerKind.CENTRAL: 0.14,
    OwnerKind.PROVINCIAL: 0.10,
    OwnerKind.MUNICIPAL: 0.36,
    OwnerKind.DEVELOPER: 0.14,
    OwnerKind.DISTRICT: 0.26,
}
DECADES = ((1970, 0.13), (1980, 0.37), (1990, 0.36), (2000, 0.14))


@dataclass(frozen=True, slots=True, kw_only=True)
class Cluster:
    """A substation branch: the buildings that one piece of mains serves."""

    name: str
    district: str
    prefix: str
    community: str
    supplier: str
    station: str
    main_ready: bool
    inlet_kpa: float
    supply_c: float
    latitude: float
    longitude: float
    buildings: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Estate:
    """A housing estate: what its buildings have in common."""

    name: str
    cluster: Cluster
    street: str
    owner: str
    owner_kind: OwnerKind
    first_year: int
    goodwill: float
    latitude: float
    buildings: int


def shared_out(total: int, weights: Sequence[float]) -> list[int]:
    """Return ``total`` in whole parts by ``weights``, the largest remainders rounded up."""
    exact = [total * weight / sum(weights) for weight in weights]
    parts = [math.floor(part) for part in exact]
    by_remainder = sorted(range(len(parts)), key=lambda i: (parts[i] - exact[i], i))
    for i in by_remainder[: total - sum(parts)]:
        parts[i] += 1
    return parts


def clusters(buildings: int, rng: Random) -> Iterator[Cluster]:
    """Yield the clusters of the city; their ``buildings`` add up to the number asked for."""
    suppliers = _supplier_names()
    counts = shared_out(buildings, [share for _, _, share, _, _ in DISTRICTS])
    for (district, prefix, _, latitude, longitude), count in zip(DISTRICTS, counts, strict=True):
        number = 0
        for supplier_buildings in _even(count, BUILDINGS_PER_SUPPLIER, rng):
            supplier = next(suppliers)
            inlet_kpa, supply_c = rng.uniform(6, 20), rng.uniform(62, 74)
            for cluster_buildings in _even(supplier_buildings, BUILDINGS_PER_CLUSTER, rng):
                number += 1
                place = _spiral(latitude, longitude, number)
                yield Cluster(
                    name=f"{prefix}-C{number:03d}",
                    district=district,
                    prefix=prefix,
                    supplier=supplier,
                    community=f"示范{numeral((number - 1) // 9 % 99 + 1)}街道"
                    f"{STREET_WORDS[number % len(STREET_WORDS)]}社区",
                    station=f"{district}{(number + 1) // 2}号换热站",
                    main_ready=rng.random() < MAIN_READY_SHARE,
                    inlet_kpa=inlet_kpa * rng.uniform(0.6, 1.3),
                    supply_c=supply_c + rng.uniform(-2, 2),
                    latitude=place[0],
                    longitude=place[1],
                    buildings=cluster_buildings,
                )


def estates(clusters: Sequence[Cluster], rng: Random) -> Iterator[Estate]:
    """Yield the estates of every cluster, each built by one owner unit within a few years."""
    names = _estate_names(rng)
    for cluster in clusters:
        for number, size in enumerate(_even(cluster.buildings, BUILDINGS_PER_ESTATE, rng)):
            decade = rng.choices([start for start, _ in DECADES], [share for _, share in DECADES])[0]
            kind = rng.choices(list(OWNER_KIND_SHARES), list(OWNER_KIND_SHARES.values()))[0]
            yield Estate(
                name=next(names),
                cluster=cluster,
                owner=_owner(kind, cluster.district, rng),
                owner_kind=kind,
                street=f"示范{rng.choice(STREET_WORDS)}{rng.choice(('路', '街', '大街'))}",
                first_year=decade + rng.randrange(3 if decade == 2000 else 8),
                goodwill=rng.betavariate(6, 2),
                latitude=cluster.latitude + number * ESTATE_STEP_DEG,
                buildings=size,
            )


def _even(total: int, about: float, rng: Random) -> list[int]:
    """Return ``total`` in parts of about ``about`` each, a little uneven, none of them empty."""
    if total == 0:
        return []
    count = max(1, round(total / about))
    extra = shared_out(total - count, [rng.uniform(0.8, 1.2) for _ in range(count)])
    return [1 + part for part in extra]


def _spiral(latitude: float, longitude: float, number: int) -> tuple[float, float]:
    """Return the place of a district's n-th cluster: a sunflower, so that clusters never overlap."""
    angle, radius = number * 2.399963, CLUSTER_STEP_DEG * math.sqrt(number)
    return latitude + radius * math.sin(angle) * 0.75, longitude + radius * math.cos(angle)


def _owner(kind: OwnerKind, district: str, rng: Random) -> str:
    """Return an owner unit; one estate in twenty has lost its own and names none."""
    if rng.random() < 0.05:
        return ""
    word = rng.choice(OWNER_WORDS[kind])
    if kind is OwnerKind.DISTRICT:
        return f"示范{district}{word}"
    return f"示范{numeral(rng.randrange(1, 4))}号{word}"


def _supplier_names() -> Iterator[str]:
    round_number = 0
    while True:
        suffix = "" if round_number == 0 else numeral(round_number % 99 + 1)
        yield from (f"示范{word}供热{suffix}公司" for word in SUPPLIER_WORDS)
        round_number += 1


def _estate_names(rng: Random) -> Iterator[str]:
    words = [first + second for first in LUCKY_FIRST for second in LUCKY_SECOND]
    rng.shuffle(words)
    round_number = 0
    while True:
        suffix = "" if round_number == 0 else f"{round_number + 1}区"
        yield from (f"示范{word}小区{suffix}" for word in words)
        round_number += 1
