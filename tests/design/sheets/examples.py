"""Designs to draw: every form and loop, tall and wide ones, names nobody would choose."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cache

from fenhu import building
from fenhu.building import Loop, Mains
from fenhu.design import Changes, Design, design_building, price_book
from fenhu.design.quantities import bill_of_quantities, material_rows
from fenhu.design.sheets import Sheet, TitleBlock, drawing_set
from fenhu.drawing.measure import writing_width
from fenhu.drawing.model import Group, Label, Link, Shape, Symbol
from fenhu.records import SystemForm

BLOCK = TitleBlock(
    building="和平里3号楼", address="和平街12号", office="设计院", project="2026-03", on=date(2026, 4, 1)
)
HOSTILE = "‮<script>alert(1)</script>\x00\n%%c" + "很长的小区名称" * 20

CASES = {
    "household": (SystemForm.HOUSEHOLD_DOUBLE, Changes(), (6, 2, 2)),
    "line": (SystemForm.HOUSEHOLD_DOUBLE, Changes(loop=Loop.SINGLE_BYPASS), (4, 1, 2)),
    "radial": (SystemForm.HOUSEHOLD_DOUBLE, Changes(loop=Loop.RADIAL), (5, 1, 3)),
    "coil": (SystemForm.HOUSEHOLD_DOUBLE, Changes(loop=Loop.FLOOR_COIL), (6, 1, 2)),
    "reverse": (SystemForm.HOUSEHOLD_DOUBLE, Changes(mains=Mains.REVERSE), (3, 4, 1)),
    "four on a floor": (SystemForm.HOUSEHOLD_DOUBLE, Changes(), (6, 1, 4)),
    "tall": (SystemForm.HOUSEHOLD_DOUBLE, Changes(), (18, 1, 2)),
    "vertical double": (SystemForm.VERTICAL_DOUBLE, Changes(), (6, 2, 2)),
    "vertical bypass": (SystemForm.VERTICAL_SINGLE_BYPASS, Changes(), (6, 3, 2)),
    "tall vertical": (SystemForm.VERTICAL_DOUBLE, Changes(), (12, 1, 2)),
}


@cache
def design_of(case: str) -> Design:
    form, changes, (storeys, units, flats) = CASES[case]
    house = building.describe("1", storeys=storeys, units=units, flats_per_floor=flats, flat_area_m2=70.0)
    return design_building(house, form, changes=changes)


def hostile_design() -> Design:
    house = building.describe("1", storeys=3, units=1, flats_per_floor=2, flat_area_m2=70.0)
    flats = tuple(replace(flat, id=f"{HOSTILE}{n}") for n, flat in enumerate(house.flats))
    return design_building(replace(house, code=HOSTILE, flats=flats), SystemForm.HOUSEHOLD_DOUBLE)


@cache
def sheets_of(case: str) -> tuple[Sheet, ...]:
    design = design_of(case)
    return drawing_set(design, BLOCK, material_rows(bill_of_quantities(design, price_book(2010))))


def labels(sheet: Sheet) -> list[Label]:
    return list(_labels(sheet.drawing.shapes))


def _labels(shapes: tuple[Shape, ...]) -> Iterator[Label]:
    for shape in shapes:
        if isinstance(shape, Label):
            yield shape
        elif isinstance(shape, Group | Link | Symbol):
            yield from _labels(shape.shapes)


def systems(case: str) -> list[Sheet]:
    """Return the system diagrams of risers."""
    return [sheet for sheet in sheets_of(case) if "立管系统图" in str(sheet.title)]


def covers(label: Label) -> tuple[float, float, float, float]:
    """Return the box that writing covers: left, top, right, bottom."""
    width = writing_width(str(label.content), label.size)
    back = {"start": 0.0, "middle": width / 2, "end": width}[label.anchor]
    if label.turned:
        low = label.y + back
        return label.x - 0.75 * label.size, low - width, label.x, low
    left = label.x - back
    return left, label.y - 0.75 * label.size, left + width, label.y
