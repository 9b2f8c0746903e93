"""The years of a plan on a schematic map: districts, their clusters, every building a cell with its year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fenhu.drawing.city_map import (
    CityMap,
    MapClass,
    MapPlace,
    city_map_drawing,
    city_map_table,
    class_entries,
)
from fenhu.drawing.legend import LegendEntry
from fenhu.drawing.model import Drawing, Wording
from fenhu.drawing.palette import PAPER, ramp
from fenhu.drawing.svg import svg
from fenhu.drawing.table import ChartTable
from fenhu.wording import text

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
    return city_map_drawing(_city(years), width=width, with_legend=with_legend, layer="year-map")


def year_entries(years: YearMap) -> tuple[LegendEntry, ...]:
    """Return the map's key: every year with its number and how many buildings it has."""
    return class_entries(_city(years))


def year_map_table(years: YearMap) -> ChartTable:
    """Return the buildings behind the map, a row for each cluster with a count for each year."""
    return city_map_table(_city(years))


def year_classes(years: Sequence[int]) -> tuple[MapClass, ...]:
    """Return the classes of a map by year: every year with its number, and no year."""
    named = [
        MapClass(label=str(year), fill=fill, mark=str(number))
        for number, (year, fill) in enumerate(zip(years, ramp(len(years)), strict=True), start=1)
    ]
    return (*named, MapClass(label=text("no year yet"), fill=PAPER, mark=_NONE))


def _city(years: YearMap) -> CityMap:
    classes = year_classes(years.years)
    kinds = {year: number for number, year in enumerate(years.years)}
    return CityMap(
        title=years.title, desc=years.desc, classes=classes,
        places=[_place(one, kinds.get(one.year or 0, len(years.years)), classes) for one in years.places],
    )  # fmt: skip


def _place(one: YearPlace, kind: int, classes: Sequence[MapClass]) -> MapPlace:
    return MapPlace(
        label=one.label, district=one.district, cluster=one.cluster, kind=kind, shown=classes[kind].label,
        href=one.href,
    )  # fmt: skip
