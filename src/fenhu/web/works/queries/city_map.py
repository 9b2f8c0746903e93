"""The city on a map: how many buildings of which kind each cluster has, and each building where few do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Case, CharField, Count, F, IntegerField, Value, When

from fenhu.web.access.scope import ScopedQuerySet
from fenhu.web.registry.queries import full_name
from fenhu.web.works.queries.buildings import BuildingFilter, found_buildings
from fenhu.web.works.queries.layers import Kind, Layer

# More buildings than this are shown cluster by cluster.
MOST_BUILDINGS = 1500


@dataclass(frozen=True, slots=True, kw_only=True)
class MapBuilding:
    """One building on the map; ``kind`` is the number of its kind in the layer."""

    code: str
    name: str
    district: str
    cluster: str
    kind: int
    mean_c: float | None
    longitude: float | None
    latitude: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MapCluster:
    """One cluster of a district: how many buildings of each kind it has, and how many flats in all."""

    district: str
    cluster: str
    counts: tuple[int, ...]

    @property
    def buildings(self) -> int:
        """Return how many buildings the cluster has."""
        return sum(self.counts)


@dataclass(frozen=True, slots=True, kw_only=True)
class CityView:
    """What the map shows: ``counts`` by kind look past the layer's own filter, so that one can change it.

    ``buildings`` is None where there are too many to show each.
    """

    layer: Layer
    kinds: tuple[Kind, ...]
    counts: tuple[int, ...]
    clusters: tuple[MapCluster, ...]
    buildings: tuple[MapBuilding, ...] | None

    @property
    def shown(self) -> int:
        """Return how many buildings the map shows."""
        return sum(one.buildings for one in self.clusters)


def city_view(user: Any, chosen: BuildingFilter, layer: Layer) -> CityView:
    """Return the buildings ``user`` may see on the map, narrowed by ``chosen``, by the kinds of ``layer``.

    Two questions to the database, whatever the size; the rows of the second are no more than
    ``MOST_BUILDINGS``.
    """
    kinds = layer.kinds()
    wanted = getattr(chosen, layer.code)
    anything: dict[str, Any] = {layer.code: ""}
    marked = _marked(found_buildings(user, replace(chosen, **anything)), kinds)
    counted = _counted(marked, len(kinds))
    clusters = counted if not wanted else _only(counted, kinds, wanted)
    few = sum(one.buildings for one in clusters) <= MOST_BUILDINGS
    return CityView(
        layer=layer, kinds=kinds, clusters=clusters,
        counts=tuple(sum(one.counts[number] for one in counted) for number in range(len(kinds))),
        buildings=_buildings(_marked(found_buildings(user, chosen), kinds)) if few else None,
    )  # fmt: skip


def _marked(found: ScopedQuerySet, kinds: Sequence[Kind]) -> ScopedQuerySet:
    """Return buildings with the number of their kind, and the cluster they stand in, else their estate."""
    cases = [When(kind.where, then=Value(number)) for number, kind in enumerate(kinds)]
    return found.annotate(
        kind=Case(*cases, output_field=IntegerField()),
        place=Case(When(cluster="", then=F("estate")), default=F("cluster"), output_field=CharField()),
    )


def _counted(marked: ScopedQuerySet, kinds: int) -> tuple[MapCluster, ...]:
    rows = marked.order_by().values_list("district", "place", "kind").annotate(buildings=Count("pk"))
    found: dict[tuple[str, str], Counter[int]] = {}
    for district, cluster, kind, buildings in rows:
        found.setdefault((district, cluster), Counter())[kind] += buildings
    return tuple(
        MapCluster(district=district, cluster=cluster, counts=_in_order(counts, kinds))
        for (district, cluster), counts in sorted(found.items())
    )


def _in_order(counts: Mapping[int, int], kinds: int) -> tuple[int, ...]:
    return tuple(counts.get(number, 0) for number in range(kinds))


def _only(clusters: Sequence[MapCluster], kinds: Sequence[Kind], wanted: str) -> tuple[MapCluster, ...]:
    left = [
        replace(one, counts=tuple(
            count if kind.code == wanted else 0 for count, kind in zip(one.counts, kinds, strict=True)
        ))
        for one in clusters
    ]  # fmt: skip
    return tuple(one for one in left if one.buildings)


def _buildings(marked: ScopedQuerySet) -> tuple[MapBuilding, ...]:
    columns = (
        "code", "estate", "name", "district", "place", "kind", "outcome__before_mean_c", "longitude",
        "latitude",
    )  # fmt: skip
    return tuple(
        MapBuilding(
            code=code, name=full_name(estate, name), district=district, cluster=place, kind=kind,
            mean_c=mean_c, longitude=longitude, latitude=latitude,
        )
        for code, estate, name, district, place, kind, mean_c, longitude, latitude in marked.order_by(
            "district", "place", "code"
        ).values_list(*columns)
    )  # fmt: skip
