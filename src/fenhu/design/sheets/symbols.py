"""The signs of the drawings, drawn about their origin with the pipe running to the right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from fenhu.design.sheets.pens import INK, THIN, Point, direction_deg, pipe
from fenhu.design.values import DeviceKind, Side
from fenhu.drawing.cad_layers import EQUIPMENT
from fenhu.drawing.model import Arc, Circle, Polygon, Polyline, Rect, Shape, Symbol
from fenhu.wording import Text, text

HALF = 2.0
"""Half the length of a sign in a pipe."""

_PEN = 0.25


def _line(*points: Point) -> Polyline:
    return Polyline(points=points, stroke=INK, stroke_width=_PEN, layer=EQUIPMENT)


def _area(*points: Point, fill: str = "none") -> Polygon:
    return Polygon(points=points, stroke=INK, stroke_width=_PEN, fill=fill, layer=EQUIPMENT)


def _ring(x: float, y: float, radius: float, fill: str = "none") -> Circle:
    return Circle(x=x, y=y, radius=radius, stroke=INK, stroke_width=_PEN, fill=fill, layer=EQUIPMENT)


_STEM = _line((0.0, 0.0), (0.0, -2.0))
_VALVE: tuple[Shape, ...] = (
    _area((-HALF, -1.2), (0.0, 0.0), (-HALF, 1.2)), _area((HALF, -1.2), (0.0, 0.0), (HALF, 1.2)),
)  # fmt: skip
_GATE = (*_VALVE, _STEM, _line((-1.0, -2.0), (1.0, -2.0)))
_LOCK = (*_VALVE, _STEM, _area((-0.9, -3.6), (0.9, -3.6), (0.9, -2.0), (-0.9, -2.0), fill=INK))
_BALANCING = (
    _area((-HALF, -1.2), (0.0, 0.0), (-HALF, 1.2), fill=INK), _VALVE[1], _STEM,
    _area((-1.2, -2.0), (1.2, -2.0), (0.0, -3.6)),
)  # fmt: skip
_TRV = (*_VALVE, _STEM, _ring(0.0, -2.9, 0.9))
_STRAINER = (
    _line((-HALF, 0.0), (HALF, 0.0)), _line((-HALF, -1.2), (-HALF, 1.2)), _line((HALF, -1.2), (HALF, 1.2)),
    _area((-0.6, 0.0), (0.4, 0.0), (1.9, 1.9), (1.1, 2.5)),
)  # fmt: skip
_METER = (
    _area((-HALF, -1.5), (HALF, -1.5), (HALF, 1.5), (-HALF, 1.5)),
    _area((-HALF, 1.5), (HALF, -1.5), (HALF, 1.5), fill=INK),
)
_SPOOL = (
    _area((-HALF, -1.0), (HALF, -1.0), (HALF, 1.0), (-HALF, 1.0)), _line((-HALF, 0.0), (HALF, 0.0)),
)  # fmt: skip
_CONTROLLER = (
    *_VALVE, _STEM, _line((-1.5, -2.0), (1.5, -2.0)),
    Arc(x=0.0, y=-2.0, radius=1.5, from_deg=180.0, to_deg=360.0, stroke=INK, stroke_width=_PEN,
        layer=EQUIPMENT),
)  # fmt: skip
_DRAIN = (*_VALVE, _line((HALF, 0.0), (HALF + 1.5, 0.0)), _line((HALF + 1.5, -1.0), (HALF + 1.5, 1.0)))
_VENT = (
    _line((0.0, 0.0), (0.0, -1.5)), _area((-1.0, -1.5), (1.0, -1.5), (1.0, -3.6), (-1.0, -3.6)),
    Arc(x=0.0, y=-3.6, radius=1.0, from_deg=180.0, to_deg=360.0, stroke=INK, stroke_width=_PEN,
        layer=EQUIPMENT),
    _line((0.0, -4.6), (0.0, -5.4)),
)  # fmt: skip
_THERMOMETER = (
    _line((0.0, 0.0), (0.0, -2.5)), _area((-0.6, -2.5), (0.6, -2.5), (0.6, -6.5), (-0.6, -6.5)),
    _line((0.0, -2.8), (0.0, -5.0)),
)  # fmt: skip
_GAUGE = (_line((0.0, 0.0), (0.0, -2.5)), _ring(0.0, -4.5, 2.0), _line((0.0, -4.5), (1.2, -5.7)))

SIGNS: Mapping[DeviceKind, tuple[Shape, ...]] = {
    DeviceKind.INLET_GATE: _GATE,
    DeviceKind.RISER_GATE: _GATE,
    DeviceKind.INLET_BYPASS: _GATE,
    DeviceKind.LOCK_VALVE: _LOCK,
    DeviceKind.RISER_BALANCING: _BALANCING,
    DeviceKind.BUILDING_BALANCING: _BALANCING,
    DeviceKind.PRESSURE_CONTROLLER: _CONTROLLER,
    DeviceKind.TRV: _TRV,
    DeviceKind.HOUSEHOLD_STRAINER: _STRAINER,
    DeviceKind.INLET_STRAINER: _STRAINER,
    DeviceKind.HOUSEHOLD_METER: _METER,
    DeviceKind.BUILDING_METER: _METER,
    DeviceKind.METER_SPOOL: _SPOOL,
    DeviceKind.DRAIN: _DRAIN,
    DeviceKind.VENT: _VENT,
    DeviceKind.THERMOMETER: _THERMOMETER,
    DeviceKind.GAUGE: _GAUGE,
}
"""Every kind of device has a sign."""

NAMES: Mapping[DeviceKind, Text] = {
    DeviceKind.INLET_GATE: text("Shut-off valve"),
    DeviceKind.RISER_GATE: text("Shut-off valve"),
    DeviceKind.INLET_BYPASS: text("Bypass valve (closed)"),
    DeviceKind.LOCK_VALVE: text("Lockable regulating valve"),
    DeviceKind.RISER_BALANCING: text("Balancing valve"),
    DeviceKind.BUILDING_BALANCING: text("Balancing valve"),
    DeviceKind.PRESSURE_CONTROLLER: text("Differential pressure controller"),
    DeviceKind.TRV: text("Thermostatic valve"),
    DeviceKind.HOUSEHOLD_STRAINER: text("Strainer"),
    DeviceKind.INLET_STRAINER: text("Strainer"),
    DeviceKind.HOUSEHOLD_METER: text("Heat meter"),
    DeviceKind.BUILDING_METER: text("Heat meter"),
    DeviceKind.METER_SPOOL: text("Spool piece kept for a heat meter"),
    DeviceKind.DRAIN: text("Drain valve"),
    DeviceKind.VENT: text("Automatic air vent"),
    DeviceKind.THERMOMETER: text("Thermometer"),
    DeviceKind.GAUGE: text("Pressure gauge"),
}


def sign(kind: DeviceKind, x: float, y: float, turn_deg: float = 0.0) -> Symbol:
    """Return the sign of a device at a place."""
    return Symbol(
        name=str(NAMES[kind].in_language("zh-hans")), shapes=SIGNS[kind], x=x, y=y, turn_deg=turn_deg,
        layer=EQUIPMENT,
    )  # fmt: skip


def fitted(
    side: Side, start: Point, end: Point, devices: Sequence[tuple[float, DeviceKind]], *, turn: float = 0.0
) -> list[Shape]:
    """Return a straight pipe with devices in it, each at its distance from ``start``.

    ``turn`` is 180 where their stems shall point the other way.
    """
    along = direction_deg(start, end)
    length = ((end[0] - start[0]) ** 2 + (end[1] - start[1]) ** 2) ** 0.5
    step = ((end[0] - start[0]) / length, (end[1] - start[1]) / length)

    def at(distance: float) -> Point:
        return (start[0] + step[0] * distance, start[1] + step[1] * distance)

    shapes: list[Shape] = []
    done = 0.0
    for distance, kind in sorted(devices):
        x, y = at(distance)
        shapes += [pipe(side, at(done), at(distance - HALF)), sign(kind, x, y, along + turn)]
        done = distance + HALF
    return [*shapes, pipe(side, at(done), end)]


RADIATOR_WIDTH, RADIATOR_HEIGHT = 10.0, 6.0


def radiator(x: float, y: float) -> Rect:
    """Return a radiator by its upper left corner."""
    return Rect(x=x, y=y, width=RADIATOR_WIDTH, height=RADIATOR_HEIGHT, stroke=INK, stroke_width=0.35,
                layer=EQUIPMENT)  # fmt: skip


def coil(x: float, y: float) -> Polyline:
    """Return a floor coil as wide and high as a radiator, its ends at its lower corners."""
    points: list[Point] = [(x, y + RADIATOR_HEIGHT)]
    for n in range(4):
        left = x + n * RADIATOR_WIDTH / 4
        points += [(left, y), (left + RADIATOR_WIDTH / 8, y),
                   (left + RADIATOR_WIDTH / 8, y + RADIATOR_HEIGHT * 0.8),
                   (left + RADIATOR_WIDTH / 4, y + RADIATOR_HEIGHT * 0.8)]  # fmt: skip
    return Polyline(points=(*points[:-1], (x + RADIATOR_WIDTH, points[-1][1]),
                            (x + RADIATOR_WIDTH, y + RADIATOR_HEIGHT)),
                    stroke=INK, stroke_width=THIN * 2, layer=EQUIPMENT)  # fmt: skip
