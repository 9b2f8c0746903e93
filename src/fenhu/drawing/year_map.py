"""The years of a plan on a schematic map: districts, their clusters, every building a cell with its year."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from fenhu.drawing.frame import MARGIN, heading
from fenhu.drawing.legend import LEGEND_LINE, LegendEntry, legend
from fenhu.drawing.measure import shortened
from fenhu.drawing.model import Drawing, Group, Label, Link, Rect, Shape, Wording
from fenhu.drawing.palette import PAPER, QUIET_INK, RULE, ink_on, ramp
from fenhu.drawing.svg import svg
from fenhu.drawing.table import ChartTable
from fenhu.wording import Text, text

_CELL, _PITCH, _IN_ROW = 18.0, 20.0, 5
_TILE, _TILE_NAME, _TILE_GAP, _DISTRICT = 98.0, 15.0, 9.0, 28.0
_NONE = "–"


@dataclass(frozen=True, slots=True, kw_only=True)
class YearPlace:
    """One building: where it belongs, and its year, None where it has none."""

    label: str
    district: str
    cluster: str
    year: int | None
    href: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class YearMap:
    """Buildings and the years of the plan, numbered from 1; ``title`` states the finding."""

    title: Wording
    desc: Wording
    years: Sequence[int]
    places: Sequence[YearPlace]


def year_map_svg(years: YearMap, *, width: float = 1100.0, with_legend: bool = True) -> str:
    """Return the map as SVG."""
    return svg(year_map_drawing(years, width=width, with_legend=with_legend))


def year_map_drawing(years: YearMap, *, width: float = 1100.0, with_legend: bool = True) -> Drawing:
    """Return the map: districts below each other, their clusters as tiles, as many beside each other as fit.

    A building whose year is none of the map's counts as without one.
    """
    shapes, top = heading(years.title, width)
    if with_legend:
        key, lines = legend(year_entries(years), width - 2 * MARGIN)
        shapes.append(Group(shapes=key, dx=MARGIN, dy=top))
        top += lines * LEGEND_LINE
    fills, grouped = ramp(len(years.years)), _grouped(years.places)
    for district, clusters in grouped.items():
        if len(grouped) > 1:
            shapes.append(Label(x=MARGIN, y=top + 20, content=district, size=13, bold=True, layer="district"))
            top += _DISTRICT
        tiles, top = _tiles(clusters, years.years, fills, top, width)
        shapes += tiles
    if not grouped:
        nothing = text("There is no building to show.")
        shapes.append(Label(x=MARGIN, y=top + 18, content=nothing, fill=QUIET_INK))
        top += 28
    return Drawing(
        width=width, height=top + MARGIN, title=years.title, desc=years.desc, shapes=tuple(shapes),
        layer="drawing year-map",
    )  # fmt: skip


def year_entries(years: YearMap) -> tuple[LegendEntry, ...]:
    """Return the map's key: every year with its number and how many buildings it has."""
    counts = Counter(_class(place, years.years) for place in years.places)
    names: list[Wording] = [*map(str, years.years), text("no year yet")]
    fills = (*ramp(len(years.years)), PAPER)
    return tuple(
        LegendEntry(label=_counted(name, counts[number]), fill=fill, mark=_mark(number, years.years))
        for number, (name, fill) in enumerate(zip(names, fills, strict=True))
    )


def year_map_table(years: YearMap) -> ChartTable:
    """Return the buildings behind the map, a row for each cluster with a count for each year."""
    named = [str(year) for year in years.years]
    head: tuple[Wording, ...] = (text("District"), text("Cluster"), *named, text("no year yet"))
    rows: list[tuple[Wording | int, ...]] = []
    for district, clusters in _grouped(years.places).items():
        for cluster, places in clusters.items():
            counts = Counter(_class(place, years.years) for place in places)
            rows.append((district, cluster, *(counts[number] for number in range(len(years.years) + 1))))
    return ChartTable(head=head, rows=tuple(rows))


def _counted(label: Wording, count: int) -> Text:
    return text("{label}: {count} buildings", label=label, count=f"{count:,}")


def _class(place: YearPlace, years: Sequence[int]) -> int:
    return years.index(place.year) if place.year in years else len(years)


def _mark(number: int, years: Sequence[int]) -> str:
    return str(number + 1) if number < len(years) else _NONE


def _grouped(places: Sequence[YearPlace]) -> Mapping[str, Mapping[str, list[YearPlace]]]:
    found: dict[str, dict[str, list[YearPlace]]] = {}
    for place in sorted(places, key=lambda one: (one.district, one.cluster, one.label)):
        found.setdefault(place.district, {}).setdefault(place.cluster, []).append(place)
    return found


def _tiles(
    clusters: Mapping[str, Sequence[YearPlace]], years: Sequence[int], fills: Sequence[str], top: float,
    width: float,
) -> tuple[list[Shape], float]:  # fmt: skip
    """Return the clusters' tiles in lines, and where the last line ends."""
    beside = max(1, int((width - 2 * MARGIN + _TILE_GAP) // (_TILE + _TILE_GAP)))
    shapes: list[Shape] = []
    named = list(clusters.items())
    for start in range(0, len(named), beside):
        line = named[start : start + beside]
        for number, (cluster, places) in enumerate(line):
            x = MARGIN + number * (_TILE + _TILE_GAP)
            name = shortened(cluster, 11, _TILE)
            shapes.append(Label(x=x, y=top + 11, content=name, size=11, fill=QUIET_INK, layer="cluster"))
            for n, place in enumerate(places):
                down, across = divmod(n, _IN_ROW)
                y = top + _TILE_NAME + down * _PITCH
                shapes.append(_cell(place, years, fills, x + across * _PITCH, y))
        rows = max(-(-len(places) // _IN_ROW) for _, places in line)
        top += _TILE_NAME + rows * _PITCH + _TILE_GAP
    return shapes, top


def _cell(place: YearPlace, years: Sequence[int], fills: Sequence[str], x: float, y: float) -> Shape:
    number = _class(place, years)
    planned = number < len(years)
    fill = fills[number] if planned else PAPER
    title = text("{name}: {value}", name=place.label,
                 value=str(years[number]) if planned else text("no year yet"))  # fmt: skip
    mark = _mark(number, years)
    shapes = (
        Rect(x=x, y=y, width=_CELL, height=_CELL, fill=fill, stroke=RULE, radius=2),
        Label(x=x + _CELL / 2, y=y + 13, content=mark, size=11, fill=ink_on(fill), anchor="middle"),
    )
    if place.href:
        return Link(href=place.href, shapes=shapes, title=title, layer="place")
    return Group(shapes=shapes, title=title, layer="place")
