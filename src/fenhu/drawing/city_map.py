"""A city without a map behind it: districts, their clusters, every building a cell coloured by its class.

Where there are too many buildings to draw each, a cluster is one bar, divided as its buildings are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from fenhu.drawing.frame import MARGIN, heading
from fenhu.drawing.legend import LEGEND_LINE, LegendEntry, legend
from fenhu.drawing.measure import shortened
from fenhu.drawing.model import Drawing, Group, Label, Link, Rect, Shape, Wording
from fenhu.drawing.palette import QUIET_INK, RULE, ink_on
from fenhu.drawing.svg import svg
from fenhu.drawing.table import ChartTable
from fenhu.wording import Text, text

_CELL, _PITCH, _IN_ROW = 18.0, 20.0, 5
_TILE, _TILE_NAME, _TILE_GAP, _DISTRICT = 98.0, 15.0, 9.0, 28.0
_BAR, _SMALL_TILE, _LEAST_PART = 18.0, 38.0, 13.0
# More clusters than this do not carry their names.
_MOST_NAMED = 90


@dataclass(frozen=True, slots=True, kw_only=True)
class MapClass:
    """One class of buildings: its words, its colour, and the sign that stands on the colour."""

    label: Wording
    fill: str
    mark: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MapPlace:
    """One building: where it belongs, its class by number, and its value in words."""

    label: Wording
    district: str
    cluster: str
    kind: int
    shown: Wording
    href: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MapCluster:
    """One cluster and how many of its buildings each class has, in the order of the classes."""

    district: str
    cluster: str
    counts: tuple[int, ...]
    href: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CityMap:
    """Buildings in their clusters; ``title`` states the finding."""

    title: Wording
    desc: Wording
    classes: Sequence[MapClass]
    places: Sequence[MapPlace]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClusterMap:
    """Clusters in their districts, each with its buildings by class; ``title`` states the finding."""

    title: Wording
    desc: Wording
    classes: Sequence[MapClass]
    clusters: Sequence[MapCluster]


def city_map_svg(city: CityMap, *, width: float = 1100.0) -> str:
    """Return the map, a cell a building, as SVG without its key."""
    return svg(city_map_drawing(city, width=width, with_legend=False))


def cluster_map_svg(city: ClusterMap, *, width: float = 1100.0) -> str:
    """Return the map, a bar a cluster, as SVG without its key."""
    return svg(cluster_map_drawing(city, width=width))


def city_map_drawing(
    city: CityMap, *, width: float = 1100.0, with_legend: bool = True, layer: str = "city-map"
) -> Drawing:
    """Return the map: districts below each other, their clusters as tiles, as many a line as fit."""
    grouped = _grouped(city.places)
    top_shapes, top = _head(city, width, _entries(city) if with_legend else ())
    drawn = {
        district: [_cells_tile(cluster, places, city.classes) for cluster, places in clusters.items()]
        for district, clusters in grouped.items()
    }
    return _finished(city, [*top_shapes], drawn, top, width, layer)


def cluster_map_drawing(city: ClusterMap, *, width: float = 1100.0) -> Drawing:
    """Return the map with one bar a cluster; many clusters stand closer and without their names."""
    named = len(city.clusters) <= _MOST_NAMED
    shapes, top = _head(city, width, ())
    across = _TILE if named else _SMALL_TILE
    drawn: dict[str, list[_Tile]] = {}
    for one in sorted(city.clusters, key=lambda one: (one.district, one.cluster)):
        draw = partial(_bar, one, city.classes, across)
        drawn.setdefault(one.district, []).append(_Tile(one.cluster if named else "", _BAR, draw))
    return _finished(city, shapes, drawn, top, width, "cluster-map", across)


def city_map_table(city: CityMap) -> ChartTable:
    """Return the buildings behind the map, a row for each cluster with a count for each class."""
    head: tuple[Wording, ...] = (text("District"), text("Cluster"), *(one.label for one in city.classes))
    rows: list[tuple[Wording | int, ...]] = []
    for district, clusters in _grouped(city.places).items():
        for cluster, places in clusters.items():
            counts = Counter(place.kind for place in places)
            rows.append((district, cluster, *(counts[number] for number in range(len(city.classes)))))
    return ChartTable(head=head, rows=tuple(rows))


def counted(label: Wording, count: int) -> Text:
    """Return a class with how many buildings it has."""
    return text("{label}: {count} buildings", label=label, count=f"{count:,}")


def class_entries(city: CityMap) -> tuple[LegendEntry, ...]:
    """Return the map's key: every class with its sign and how many buildings it has."""
    return _entries(city)


@dataclass(frozen=True, slots=True)
class _Tile:
    """One cluster's name and what is drawn below it."""

    name: str
    height: float
    draw: Callable[[float, float], list[Shape]]


def _entries(city: CityMap) -> tuple[LegendEntry, ...]:
    counts = Counter(place.kind for place in city.places)
    return tuple(
        LegendEntry(label=counted(one.label, counts[number]), fill=one.fill, mark=one.mark)
        for number, one in enumerate(city.classes)
    )


def _head(
    city: CityMap | ClusterMap, width: float, entries: Sequence[LegendEntry]
) -> tuple[list[Shape], float]:
    shapes, top = heading(city.title, width)
    if entries:
        key, lines = legend(entries, width - 2 * MARGIN)
        shapes.append(Group(shapes=key, dx=MARGIN, dy=top))
        top += lines * LEGEND_LINE
    return shapes, top


def _grouped(places: Sequence[MapPlace]) -> Mapping[str, Mapping[str, list[MapPlace]]]:
    found: dict[str, dict[str, list[MapPlace]]] = {}
    for place in sorted(places, key=lambda one: (one.district, one.cluster, str(one.label))):
        found.setdefault(place.district, {}).setdefault(place.cluster, []).append(place)
    return found


def _finished(
    city: CityMap | ClusterMap, shapes: list[Shape], drawn: Mapping[str, Sequence[_Tile]], top: float,
    width: float, layer: str, across: float = _TILE,
) -> Drawing:  # fmt: skip
    for district, tiles in drawn.items():
        if len(drawn) > 1:
            shapes.append(Label(x=MARGIN, y=top + 20, content=district, size=13, bold=True, layer="district"))
            top += _DISTRICT
        placed, top = _in_lines(tiles, top, width, across)
        shapes += placed
    if not drawn:
        nothing = text("There is no building to show.")
        shapes.append(Label(x=MARGIN, y=top + 18, content=nothing, fill=QUIET_INK))
        top += 28
    return Drawing(
        width=width, height=top + MARGIN, title=city.title, desc=city.desc, shapes=tuple(shapes),
        layer=f"drawing {layer}",
    )  # fmt: skip


def _in_lines(tiles: Sequence[_Tile], top: float, width: float, across: float) -> tuple[list[Shape], float]:
    """Return the tiles in lines, and where the last line ends."""
    beside = max(1, int((width - 2 * MARGIN + _TILE_GAP) // (across + _TILE_GAP)))
    shapes: list[Shape] = []
    for start in range(0, len(tiles), beside):
        line = tiles[start : start + beside]
        below = _TILE_NAME if any(tile.name for tile in line) else 0.0
        for number, tile in enumerate(line):
            x = MARGIN + number * (across + _TILE_GAP)
            if tile.name:
                name = shortened(tile.name, 11, across)
                shapes.append(Label(x=x, y=top + 11, content=name, size=11, fill=QUIET_INK, layer="cluster"))
            shapes += tile.draw(x, top + below)
        top += below + max(tile.height for tile in line) + _TILE_GAP
    return shapes, top


def _cells_tile(name: str, places: Sequence[MapPlace], classes: Sequence[MapClass]) -> _Tile:
    return _Tile(name, -(-len(places) // _IN_ROW) * _PITCH, partial(_cells, places, classes))


def _cells(places: Sequence[MapPlace], classes: Sequence[MapClass], left: float, top: float) -> list[Shape]:
    cells = []
    for number, place in enumerate(places):
        down, across = divmod(number, _IN_ROW)
        cells.append(_cell(place, classes[place.kind], left + across * _PITCH, top + down * _PITCH))
    return cells


def _cell(place: MapPlace, kind: MapClass, x: float, y: float) -> Shape:
    shapes = (
        Rect(x=x, y=y, width=_CELL, height=_CELL, fill=kind.fill, stroke=RULE, radius=2),
        Label(x=x + _CELL / 2, y=y + 13, content=kind.mark, size=11, fill=ink_on(kind.fill), anchor="middle"),
    )
    return _place(place.href, shapes, text("{name}: {value}", name=place.label, value=place.shown))


def _bar(one: MapCluster, classes: Sequence[MapClass], width: float, x: float, top: float) -> list[Shape]:
    total = sum(one.counts) or 1
    shapes: list[Shape] = []
    for count, kind in zip(one.counts, classes, strict=True):
        part = width * count / total
        if count:
            shapes.append(Rect(x=x, y=top, width=part, height=_BAR, fill=kind.fill, stroke=RULE))
        if count and part >= _LEAST_PART:
            ink, middle = ink_on(kind.fill), x + part / 2
            shapes.append(Label(x=middle, y=top + 13, content=kind.mark, size=11, fill=ink, anchor="middle"))
        x += part
    return [_place(one.href, tuple(shapes), _cluster_said(one, classes))]


def _cluster_said(one: MapCluster, classes: Sequence[MapClass]) -> Text:
    parts = [counted(kind.label, count) for count, kind in zip(one.counts, classes, strict=True) if count]
    said: Wording = parts[0] if parts else ""
    for part in parts[1:]:
        said = text("{one}, {other}", one=said, other=part)
    return text("{name}: {value}", name=f"{one.district} {one.cluster}", value=said)


def _place(href: str, shapes: tuple[Shape, ...], title: Text) -> Shape:
    make: Callable[..., Shape] = Link if href else Group
    held = {"href": href} if href else {}
    return make(shapes=shapes, title=title, layer="place", **held)
