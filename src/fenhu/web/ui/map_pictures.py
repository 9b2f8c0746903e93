"""The map in pictures: what a layer's kinds look like, the finding, the picture, its key and its table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.http import QueryDict
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.safestring import SafeString, mark_safe

from fenhu import drawing
from fenhu.drawing import MapClass, year_classes
from fenhu.drawing.model import Wording
from fenhu.drawing.palette import MISSING, PAPER, TEMPERATURE_BANDS, ramp
from fenhu.drawing.street_map import StreetMap, StreetPlace, TileSource, street_map_svg
from fenhu.web.rules import current_policy
from fenhu.web.ui.pictures import PHONE
from fenhu.web.works.queries import LAYERS, CityView, MapBuilding, MapCluster
from fenhu.wording import Text, text

# A picture is as wide as a phone; at a desk three stand beside each other.
WIDTH, BESIDE = 344.0, 3
# More clusters than this are summed up by district in the table.
_MOST_ROWS = 300
# How many rows the table may have before it is folded away.
_MOST_OPEN = 40
_UNKNOWN = "–"
# Works that go on and what stands still stand apart; the rest goes from light to dark.
_STATE_LOOKS: Mapping[str, tuple[str, str]] = {
    "open": (PAPER, _UNKNOWN), "planned": ("#e3eaf2", "0"), "prepared": ("#a9cbe8", "1"),
    "built": ("#f0c04a", "2"), "finished": ("#cc79a7", "3"), "accepted": ("#4285bd", "4"),
    "used": ("#143a68", "5"), "suspended": ("#d55e00", "!"),
}  # fmt: skip
STATE_FILLS: Mapping[str, str] = {code: fill for code, (fill, _) in _STATE_LOOKS.items()}
_URGENCY_LOOKS: Mapping[str, tuple[str, str]] = {
    **{code: (fill, str(number)) for number, (code, fill) in enumerate(
        zip(("first", "high", "middle", "low"), ramp(4), strict=True), start=1
    )},
    "unknown": (MISSING, _UNKNOWN),
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyEntry:
    """One kind in the key: how it looks, how many buildings it has, and where it narrows the map to it."""

    label: Text
    fill: str
    mark: str
    count: int
    href: str
    chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class MapRow:
    """One cluster in the table behind the map, or a whole district; ``counts`` lead to what they count."""

    district: str
    cluster: str
    href: str
    counts: tuple[tuple[int, str], ...]
    buildings: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StreetPicture:
    """The buildings on a street map, for a desk and for a phone."""

    svg: SafeString
    narrow: SafeString


@dataclass(frozen=True, slots=True, kw_only=True)
class MapPage:
    """The map's page: its finding, the switch of layers, the key, a picture a district, the table."""

    finding: Text
    answer: Text
    layers: tuple[tuple[Text, str, bool], ...]
    key: tuple[KeyEntry, ...]
    pictures: tuple[tuple[Text, SafeString], ...]
    streets: StreetPicture | None
    without_place: int
    rows: tuple[MapRow, ...]
    heads: tuple[Text, ...]
    shown: int
    clusters: bool
    folded: bool
    list_href: str


def map_page(view: CityView, asked: QueryDict) -> MapPage:
    """Return what the map's page shows; every address on it keeps what the page is narrowed to."""
    classes, addresses = _classes(view), _Addresses(asked)
    finding = _finding(view, view.counts)
    rows = view.clusters if len(view.clusters) <= _MOST_ROWS else _by_district(view.clusters)
    return MapPage(
        finding=finding,
        answer=text("{finding}.", finding=finding),
        layers=tuple(
            (layer.name, addresses.to("city-map", layer=layer.code), layer is view.layer)
            for layer in LAYERS.values()
        ),
        key=_key(view, classes, addresses, asked.get(view.layer.code, "")),
        pictures=tuple(_picture(part, classes, addresses) for part in _parts(view)),
        streets=_streets(view, classes, finding),
        without_place=len(view.buildings or ()) - len(_placed(view)),
        rows=tuple(_row(one, view, addresses) for one in rows),
        heads=tuple(kind.label for kind in view.kinds),
        shown=view.shown,
        clusters=view.buildings is None,
        folded=len(rows) > _MOST_OPEN,
        list_href=addresses.to("buildings", layer=None),
    )  # fmt: skip


def _classes(view: CityView) -> tuple[MapClass, ...]:
    """Return how the kinds of the layer look, in their order."""
    code = view.layer.code
    if code == "year":
        return year_classes(current_policy().programme.years)
    if code == "warmth":
        looks = {band.code: (band.fill, str(number)) for number, band in enumerate(TEMPERATURE_BANDS, 1)}
        looks["unknown"] = (MISSING, _UNKNOWN)
    else:
        looks = dict(_STATE_LOOKS if code == "state" else _URGENCY_LOOKS)
    return tuple(
        MapClass(label=kind.label, fill=looks[kind.code][0], mark=looks[kind.code][1]) for kind in view.kinds
    )


def _finding(view: CityView, counted: Sequence[int]) -> Text:
    counts = {kind.code: count for kind, count in zip(view.kinds, counted, strict=True)}
    total = f"{sum(counted):,}"
    if view.layer.code == "state":
        return text(
            "{used} of {total} buildings are in use, {built} are under construction",
            used=f"{counts['used']:,}", built=f"{counts['built']:,}", total=total,
        )  # fmt: skip
    if view.layer.code == "warmth":
        cold = counts["below-16"] + counts["16-18"]
        return text(
            "{cold} of {total} buildings are below 18 ℃ on average, as simulated before conversion",
            cold=f"{cold:,}", total=total,
        )  # fmt: skip
    if view.layer.code == "urgency":
        return text(
            "{first} of {total} buildings come first by the policy", first=f"{counts['first']:,}", total=total
        )
    planned = sum(counted) - counts["none"]
    return text("{planned} of {total} buildings have a year", planned=f"{planned:,}", total=total)


def _key(
    view: CityView, classes: Sequence[MapClass], addresses: _Addresses, chosen: str
) -> tuple[KeyEntry, ...]:
    code = view.layer.code
    return tuple(
        KeyEntry(
            label=kind.label,
            fill=look.fill,
            mark=look.mark,
            count=count,
            chosen=chosen == kind.code,
            href=addresses.to("city-map", **{code: None if chosen == kind.code else kind.code}),
        )
        for kind, look, count in zip(view.kinds, classes, view.counts, strict=True)
        if count or chosen == kind.code
    )


def _parts(view: CityView) -> Iterator[CityView]:
    """Yield what stands in one picture: a district, or where there is only one, a part of it."""
    by_district: dict[str, list[MapCluster]] = {}
    for one in view.clusters:
        by_district.setdefault(one.district, []).append(one)
    parts = list(by_district.values())
    if len(parts) == 1:
        long = -(-len(view.clusters) // BESIDE)
        parts = [parts[0][start : start + long] for start in range(0, len(parts[0]), long)]
    for part in parts:
        own = {(one.district, one.cluster) for one in part}
        buildings = view.buildings
        yield replace(
            view, clusters=tuple(part),
            buildings=None if buildings is None else tuple(
                one for one in buildings if (one.district, one.cluster) in own
            ),
        )  # fmt: skip


def _picture(part: CityView, classes: Sequence[MapClass], addresses: _Addresses) -> tuple[Text, SafeString]:
    counts = [sum(one.counts[number] for one in part.clusters) for number in range(len(part.kinds))]
    title = text("{place}: {finding}", place=part.clusters[0].district, finding=_finding(part, counts))
    if part.buildings is None:
        clusters = drawing.ClusterMap(
            title=title, classes=classes,
            desc=text("Every cluster by district, divided as its buildings are"),
            clusters=[
                drawing.MapCluster(
                    district=one.district, cluster=one.cluster, counts=one.counts,
                    href=_into(one.district, one.cluster, addresses),
                )
                for one in part.clusters
            ],
        )  # fmt: skip
        return title, mark_safe(drawing.cluster_map_svg(clusters, width=WIDTH))
    root = reverse("buildings")
    city = drawing.CityMap(
        title=title, classes=classes, desc=text("Every building by district and cluster"),
        places=[_place(one, classes[one.kind], part, root) for one in part.buildings],
    )  # fmt: skip
    return title, mark_safe(drawing.city_map_svg(city, width=WIDTH))


def _streets(view: CityView, classes: Sequence[MapClass], finding: Text) -> StreetPicture | None:
    """Return the buildings on the operator's tiles; None without tiles, or where no place is known."""
    placed = _placed(view)
    if not settings.TILES_URL or not placed:
        return None
    root = reverse("buildings")
    streets = StreetMap(
        title=finding, desc=text("Every building where it stands"), classes=classes,
        tiles=TileSource(address=settings.TILES_URL, attribution=settings.TILES_ATTRIBUTION),
        places=[
            StreetPlace(
                label=f"{one.code} {one.name}", longitude=longitude, latitude=latitude, kind=one.kind,
                shown=_shown(one, classes[one.kind], view), href=f"{root}{quote(one.code)}/",
            )
            for one, longitude, latitude in placed
        ],
    )  # fmt: skip
    return StreetPicture(
        svg=mark_safe(street_map_svg(streets)), narrow=mark_safe(street_map_svg(streets, width=PHONE))
    )


def _placed(view: CityView) -> list[tuple[MapBuilding, float, float]]:
    return [
        (one, one.longitude, one.latitude)
        for one in view.buildings or ()
        if one.longitude is not None and one.latitude is not None
    ]


def _place(one: MapBuilding, look: MapClass, view: CityView, root: str) -> drawing.MapPlace:
    return drawing.MapPlace(
        label=f"{one.code} {one.name}", district=one.district, cluster=one.cluster, kind=one.kind,
        shown=_shown(one, look, view), href=f"{root}{quote(one.code)}/",
    )  # fmt: skip


def _shown(one: MapBuilding, look: MapClass, view: CityView) -> Wording:
    """Return what is known of a building in the layer: its mean temperature, else its kind."""
    if view.layer.code == "warmth" and one.mean_c is not None:
        return text("{mean} ℃ on average", mean=drawing.shown_temperature(one.mean_c))
    return look.label


def _by_district(clusters: Sequence[MapCluster]) -> tuple[MapCluster, ...]:
    """Return the districts with the sums of their clusters, and no cluster's name."""
    sums: dict[str, tuple[int, ...]] = {}
    for one in clusters:
        before = sums.get(one.district, (0,) * len(one.counts))
        sums[one.district] = tuple(a + b for a, b in zip(before, one.counts, strict=True))
    return tuple(
        MapCluster(district=district, cluster="", counts=counts) for district, counts in sums.items()
    )


def _row(one: MapCluster, view: CityView, addresses: _Addresses) -> MapRow:
    within: dict[str, Any] = {"district": one.district, "layer": None}
    if one.cluster:
        within["cluster"] = one.cluster
    return MapRow(
        district=one.district, cluster=one.cluster, href=_into(one.district, one.cluster, addresses),
        counts=tuple(
            (count, addresses.to("buildings", **within, **{view.layer.code: kind.code}))
            for kind, count in zip(view.kinds, one.counts, strict=True)
        ),
        buildings=one.buildings,
    )  # fmt: skip


def _into(district: str, cluster: str, addresses: _Addresses) -> str:
    return addresses.to("city-map", district=district, cluster=cluster or None)


class _Addresses:
    """Addresses of pages with what is asked, changed; what stays the same is put together once.

    A map has thousands of them: taking the address apart for each would take longer than drawing it.
    """

    def __init__(self, asked: QueryDict) -> None:
        self._asked = asked
        self._kept: dict[tuple[str, ...], str] = {}

    def to(self, name: str, **changes: str | None) -> str:
        """Return the address of a page; None takes a value away."""
        known = (name, *changes)
        if known not in self._kept:
            left = self._asked.copy()
            for key in ("page", "sort", *changes):
                left.pop(key, None)
            words = left.urlencode()
            self._kept[known] = f"{reverse(name)}?{words}{'&' if words else ''}"
        added = urlencode({key: value for key, value in changes.items() if value is not None})
        return f"{self._kept[known]}{added}".rstrip("?&")
