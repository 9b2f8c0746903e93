"""Buildings on a street map made of tiles, each where it stands, coloured and signed by its class."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from fenhu.drawing.city_map import MapClass
from fenhu.drawing.model import Circle, Drawing, Group, Label, Link, Rect, Shape, Tile, Wording
from fenhu.drawing.palette import INK, PAPER, ink_on
from fenhu.drawing.svg import svg
from fenhu.errors import OutOfRange
from fenhu.wording import text

_TILE, _INSET, _RADIUS, _FOOT = 256.0, 24.0, 9.0, 18.0
# Web Mercator ends there: the world is a square.
_MOST_NORTH_DEG = 85.05


@dataclass(frozen=True, slots=True, kw_only=True)
class TileSource:
    """Where tiles come from: an address with ``{z}``, ``{x}``, ``{y}``; whose they are; the closest zoom."""

    address: str
    attribution: str
    most_zoom: int = 18

    def at(self, zoom: int, x: int, y: int) -> str:
        """Return the address of one tile; columns begin anew at the date line."""
        column = x % (1 << zoom)
        found = self.address.replace("{z}", str(zoom)).replace("{x}", str(column))
        return found.replace("{y}", str(y))


@dataclass(frozen=True, slots=True, kw_only=True)
class StreetPlace:
    """One building: where it stands (degrees, WGS 84), its class by number, and its value in words."""

    label: Wording
    longitude: float
    latitude: float
    kind: int
    shown: Wording
    href: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StreetMap:
    """Buildings with a place on earth, and what lies below them; ``title`` states the finding."""

    title: Wording
    desc: Wording
    classes: Sequence[MapClass]
    places: Sequence[StreetPlace]
    tiles: TileSource


def street_map_svg(streets: StreetMap, *, width: float = 720.0, height: float = 520.0) -> str:
    """Return the map as SVG, as close as shows every building.

    Raises
    ------
    OutOfRange
        If there is no building, or one stands outside the map of the world.

    References
    ----------
    Web Mercator as tile servers use it (EPSG:3857): x and y over the world's square from its north-west.
    """
    points = [_on_world(place) for place in streets.places]
    if not points:
        raise OutOfRange(text("There is no building to show."))
    zoom = _zoom(points, width, height, streets.tiles.most_zoom)
    world = _TILE * (1 << zoom)
    left, top = (
        (min(one[axis] for one in points) + max(one[axis] for one in points)) / 2 * world - span / 2
        for axis, span in ((0, width), (1, height))
    )
    shapes: list[Shape] = list(_tiles(streets.tiles, zoom, left, top, width, height))
    for place, (x, y) in zip(streets.places, points, strict=True):
        shapes.append(_dot(place, streets.classes[place.kind], x * world - left, y * world - top))
    shapes += _foot(streets.tiles.attribution, width, height)
    return svg(Drawing(
        width=width, height=height, title=streets.title, desc=streets.desc, shapes=tuple(shapes),
        layer="drawing street-map",
    ))  # fmt: skip


def _on_world(place: StreetPlace) -> tuple[float, float]:
    """Return where a place lies on the world's square, from 0 to 1 eastward and southward."""
    if not (-180 <= place.longitude <= 180 and abs(place.latitude) <= _MOST_NORTH_DEG):
        raise OutOfRange(text(
            "{dot} stands at {longitude}, {latitude}, which is nowhere on earth",
            dot=place.label, longitude=place.longitude, latitude=place.latitude,
        ))  # fmt: skip
    north = math.asinh(math.tan(math.radians(place.latitude)))
    return (place.longitude + 180.0) / 360.0, (1.0 - north / math.pi) / 2.0


def _zoom(points: Sequence[tuple[float, float]], width: float, height: float, most: int) -> int:
    """Return the closest zoom at which every point has room."""
    for zoom in range(most, 0, -1):
        world = _TILE * (1 << zoom)
        wide, high = (
            (max(p[axis] for p in points) - min(p[axis] for p in points)) * world for axis in (0, 1)
        )
        if wide <= width - 2 * _INSET and high <= height - 2 * _INSET:
            return zoom
    return 0


def _tiles(source: TileSource, zoom: int, left: float, top: float, width: float, height: float) -> list[Tile]:
    """Return the tiles that cover the picture; there are none north or south of the world."""
    columns = range(math.floor(left / _TILE), math.ceil((left + width) / _TILE))
    rows = range(max(0, math.floor(top / _TILE)), min(1 << zoom, math.ceil((top + height) / _TILE)))
    return [
        Tile(href=source.at(zoom, x, y), x=x * _TILE - left, y=y * _TILE - top, size=_TILE)
        for y in rows for x in columns
    ]  # fmt: skip


def _dot(place: StreetPlace, kind: MapClass, x: float, y: float) -> Shape:
    shapes = (
        Circle(x=x, y=y, radius=_RADIUS, fill=kind.fill, stroke=INK, stroke_width=1.2),
        Label(x=x, y=y + 4, content=kind.mark, size=11, fill=ink_on(kind.fill), anchor="middle"),
    )
    title = text("{name}: {value}", name=place.label, value=place.shown)
    if place.href:
        return Link(href=place.href, shapes=shapes, title=title, layer="place")
    return Group(shapes=shapes, title=title, layer="place")


def _foot(attribution: str, width: float, height: float) -> list[Shape]:
    y = height - _FOOT
    return [
        Rect(x=0, y=y, width=width, height=_FOOT, fill=PAPER),
        Label(x=width - 6, y=y + 13, content=attribution, size=11, anchor="end", layer="attribution"),
    ]
