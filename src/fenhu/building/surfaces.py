"""The surfaces through which a flat loses heat, from its place in a slab block."""

from __future__ import annotations

from collections.abc import Iterator

from fenhu.building.spec import Building, Flat, Surface

DIRECTIONS = ("N", "NE", "E", "SE", "S", "SW", "W", "NW")
_QUARTER, _HALF = 2, 4


def flat_surfaces(
    building: Building, flat: Flat, neighbours: int, *, top: bool, bottom: bool
) -> Iterator[Surface]:
    """Yield a flat's surfaces to the outdoors: walls, windows, roof, ground.

    Parameters
    ----------
    building, flat : the flat and where it stands.
    neighbours : how many flats its unit has on this storey, itself included.
    top, bottom : whether nothing stands above or below it.
    """
    shell, height_m = building.shell, building.storey_height_m
    facade_m2 = flat.area_m2 / shell.depth_m * height_m
    for facing in _facades(building, flat, neighbours):
        yield Surface(
            kind="wall",
            area_m2=(1.0 - shell.window_ratio) * facade_m2,
            u_w_m2k=shell.wall_u_w_m2k,
            facing=facing,
        )
        yield Surface(
            kind="window", area_m2=shell.window_ratio * facade_m2, u_w_m2k=shell.window_u_w_m2k, facing=facing
        )
    for facing in _gables(building, flat, neighbours):
        yield Surface(
            kind="wall", area_m2=shell.depth_m * height_m, u_w_m2k=shell.wall_u_w_m2k, facing=facing
        )
    if top:
        yield Surface(kind="roof", area_m2=flat.area_m2, u_w_m2k=shell.roof_u_w_m2k)
    if bottom:
        yield Surface(kind="floor", area_m2=flat.area_m2, u_w_m2k=shell.ground_u_w_m2k)


def _facades(building: Building, flat: Flat, neighbours: int) -> Iterator[str]:
    """Yield where a flat's long sides face; an inner flat has the stairwell before it."""
    if not 0 < flat.position < neighbours - 1:
        yield building.front
    yield _turned(building.front, _HALF)


def _gables(building: Building, flat: Flat, neighbours: int) -> Iterator[str]:
    if flat.unit == 1 and flat.position == 0:
        yield _turned(building.front, _QUARTER)
    if flat.unit == building.units and flat.position == neighbours - 1:
        yield _turned(building.front, -_QUARTER)


def _turned(facing: str, eighths: int) -> str:
    return DIRECTIONS[(DIRECTIONS.index(facing) + eighths) % len(DIRECTIONS)]
