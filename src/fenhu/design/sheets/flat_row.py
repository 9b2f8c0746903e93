"""A flat with a loop of its own in the system diagram: its connection with valves, its radiators or coils.

Drawn in a row as high as ``HEIGHT``; distances run away from the riser, to either side.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fenhu.building import Loop
from fenhu.design.sheets.held import Held
from fenhu.design.sheets.pens import INK, MEDIUM, across, pipe, write
from fenhu.design.sheets.symbols import HALF, RADIATOR_HEIGHT, RADIATOR_WIDTH, coil, radiator, sign
from fenhu.design.sheets.words import flow_mark, radiator_mark, sections_mark, size_mark
from fenhu.design.values import DeviceKind, FlatDesign, RadiatorDesign, Role, Side
from fenhu.drawing.cad_layers import EQUIPMENT
from fenhu.drawing.model import Rect, Shape
from fenhu.wording import text

HEIGHT = 28.5
SUPPLY_Y, RETURN_Y = 18.0, 23.0
_TEXT, _VALVE, _STRAINER, _LOOP = 9.0, 41.0, 47.0, 53.0
_LEAST_STEP, _MOST_STEP = 16.0, 26.0
_RADIATOR_Y, _TAPPED = 5.5, 2.0


def most_ends(width: float) -> int:
    """Return how many radiators or coils fit into a row as wide as ``width`` from the riser."""
    return int((width - _LOOP) // _LEAST_STEP)


def ends_of(held: Held, flat: FlatDesign) -> int:
    """Return how many radiators or coils a flat has."""
    coils = sum(pipe.role is Role.COIL for pipe in held.in_flat[flat.id])
    return coils or len(flat.radiators)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """Where a flat is drawn: its riser's pipes, the top of the row, to which side (1 right), how wide."""

    supply_x: float
    return_x: float
    y: float
    way: int
    width: float

    def x(self, distance: float) -> float:
        """Return the place at a distance from the riser's middle."""
        return 0.5 * (self.supply_x + self.return_x) + self.way * distance

    def left(self, distance: float, width: float) -> float:
        """Return the left edge of what begins at a distance and is so wide."""
        return min(self.x(distance), self.x(distance + width))


def flat_row(held: Held, flat: FlatDesign, row: Row) -> list[Shape]:
    """Return a flat from its riser to its last radiator."""
    return [*_connection(held, flat, row), *_words(held, flat, row), *_loop(held, flat, row)]


def _connection(held: Held, flat: FlatDesign, row: Row) -> list[Shape]:
    supply_y, return_y = row.y + SUPPLY_Y, row.y + RETURN_Y
    fitted = {device.kind for device in held.of_flat.get(flat.id, ())}
    meter = DeviceKind.HOUSEHOLD_METER if DeviceKind.HOUSEHOLD_METER in fitted else DeviceKind.METER_SPOOL
    zone = held.design.loop is Loop.FLOOR_COIL
    over_supply = [row.return_x] if row.way > 0 else []
    over_return = [] if row.way > 0 else [row.supply_x]
    turn = 0.0 if row.way > 0 else 180.0
    return [
        *across(Side.SUPPLY, row.supply_x, row.x(_VALVE - HALF), supply_y, over_supply),
        pipe(Side.SUPPLY, (row.x(_VALVE + HALF), supply_y), (row.x(_STRAINER - HALF), supply_y)),
        *([] if zone else [pipe(Side.SUPPLY, (row.x(_STRAINER + HALF), supply_y), (row.x(_LOOP), supply_y))]),
        sign(DeviceKind.LOCK_VALVE, row.x(_VALVE), supply_y),
        sign(DeviceKind.HOUSEHOLD_STRAINER, row.x(_STRAINER), supply_y),
        *([sign(DeviceKind.TRV, row.x(_LOOP - HALF), supply_y)] if zone else []),
        *across(Side.RETURN, row.return_x, row.x(_VALVE - HALF), return_y, over_return),
        sign(meter, row.x(_VALVE), return_y, turn),
        pipe(Side.RETURN, (row.x(_VALVE + HALF), return_y), (row.x(_LOOP), return_y)),
    ]


def _words(held: Held, flat: FlatDesign, row: Row) -> list[Shape]:
    width = _VALVE - HALF - _TEXT - 1.5
    left = row.left(_TEXT, width)
    pipes = held.in_flat[flat.id]
    connection = next(pipe for pipe in pipes if pipe.role is Role.CONNECTION)
    runs = [size_mark(pipe) for pipe in pipes if pipe.role in (Role.RUN, Role.COIL)]
    lock = held.preset.get(f"{flat.id}.lock", "")
    said: list[Shape] = [
        write(left, row.y + 4.2, flat.id, width=width, bold=True),
        write(left, row.y + 8.6, flow_mark(flat.flow_kg_s), width=width),
        write(left, row.y + 13.0, text("lock valve {setting}", setting=lock), width=width),
        write(left, row.y + RETURN_Y + 4.3, size_mark(connection), width=width),
    ]
    if runs:
        marks = "/".join(dict.fromkeys(runs))
        said.append(write(row.left(_LOOP, 40.0), row.y + RETURN_Y + 4.3, marks, width=40.0))
    return said


def _loop(held: Held, flat: FlatDesign, row: Row) -> list[Shape]:
    count = ends_of(held, flat)
    if not count:
        return []
    step = min((row.width - _LOOP) / count, _MOST_STEP)
    places = [_LOOP + step * n for n in range(count)]
    if held.design.loop is Loop.FLOOR_COIL:
        return _coils(held, flat, row, places)
    radiators = [held.radiator[name] for name in flat.radiators]
    draw = {Loop.SINGLE_BYPASS: _one_pipe, Loop.RADIAL: _radial}.get(held.design.loop, _two_pipes)
    return [
        *draw(row, places),
        *(
            shape
            for one, place in zip(radiators, places, strict=True)
            for shape in _radiator(held, one, row, place)
        ),
    ]


def _radiator(held: Held, one: RadiatorDesign, row: Row, place: float) -> list[Shape]:
    left = row.left(place + _TAPPED, RADIATOR_WIDTH)
    middle = left + RADIATOR_WIDTH / 2
    return [
        radiator(left, row.y + _RADIATOR_Y),
        write(middle, row.y + _RADIATOR_Y + 4.4, sections_mark(one), anchor="middle"),
        write(middle, row.y + 4.2, radiator_mark(one, held.preset.get(one.trv, "")), anchor="middle",
              width=RADIATOR_WIDTH + 3.5),
    ]  # fmt: skip


def _tap(row: Row, place: float, supply_y: float) -> list[Shape]:
    """Return a radiator's supply branch with its thermostatic valve, from a pipe at ``supply_y``."""
    x, high = row.x(place), row.y + _RADIATOR_Y + 1.5
    valve = 0.5 * (high + supply_y) + 0.8
    return [
        pipe(Side.SUPPLY, (x, supply_y), (x, valve + HALF)),
        sign(DeviceKind.TRV, x, valve, 90.0 if row.way < 0 else 270.0),
        pipe(Side.SUPPLY, (x, valve - HALF), (x, high), (row.x(place + _TAPPED), high)),
    ]


def _foot(row: Row, place: float, return_y: float) -> list[Shape]:
    """Return a radiator's return branch, down to a pipe at ``return_y``."""
    x = row.x(place + _TAPPED + RADIATOR_WIDTH - 2.0)
    return [pipe(Side.RETURN, (x, row.y + _RADIATOR_Y + RADIATOR_HEIGHT), (x, return_y))]


def _two_pipes(row: Row, places: Sequence[float]) -> list[Shape]:
    supply_y, return_y = row.y + SUPPLY_Y, row.y + RETURN_Y
    feet = [row.x(place + _TAPPED + RADIATOR_WIDTH - 2.0) for place in places]
    shapes = across(Side.SUPPLY, row.x(_LOOP), row.x(places[-1]), supply_y, feet[:-1])
    shapes.append(pipe(Side.RETURN, (row.x(_LOOP), return_y), (feet[-1], return_y)))
    for place in places:
        shapes += [*_tap(row, place, supply_y), *_foot(row, place, return_y)]
    return shapes


def _one_pipe(row: Row, places: Sequence[float]) -> list[Shape]:
    """One line below all radiators; each between two taps of it, the bypass between them."""
    supply_y, return_y = row.y + SUPPLY_Y, row.y + RETURN_Y
    last = row.x(places[-1] + _TAPPED + RADIATOR_WIDTH + 1.5)
    shapes: list[Shape] = [
        pipe(Side.SUPPLY, (row.x(_LOOP), supply_y), (last, supply_y)),
        pipe(Side.RETURN, (last, supply_y), (last, return_y), (row.x(_LOOP), return_y)),
    ]
    for place in places:
        shapes += [*_tap(row, place, supply_y), *_foot(row, place, supply_y)]
    return shapes


def _manifolds(row: Row, end: float) -> list[Shape]:
    """Return the two bars of a manifold, as long as what hangs on it."""
    return [
        Rect(x=row.left(_LOOP, end - _LOOP), y=row.y + y - 0.8, width=end - _LOOP, height=1.6, stroke=INK,
             stroke_width=MEDIUM, layer=EQUIPMENT)
        for y in (SUPPLY_Y, RETURN_Y)
    ]  # fmt: skip


def _radial(row: Row, places: Sequence[float]) -> list[Shape]:
    shapes = _manifolds(row, places[-1] + _TAPPED + RADIATOR_WIDTH)
    for place in places:
        shapes += [*_tap(row, place, row.y + SUPPLY_Y - 0.8), *_past_manifold(row, place)]
    return shapes


def _past_manifold(row: Row, place: float) -> list[Shape]:
    """Return a return pipe that passes behind the supply's bar."""
    x = row.x(place + _TAPPED + RADIATOR_WIDTH - 2.0)
    return [
        pipe(Side.RETURN, (x, row.y + _RADIATOR_Y + RADIATOR_HEIGHT), (x, row.y + SUPPLY_Y - 0.8)),
        pipe(Side.RETURN, (x, row.y + SUPPLY_Y + 0.8), (x, row.y + RETURN_Y - 0.8)),
    ]


def _coils(held: Held, flat: FlatDesign, row: Row, places: Sequence[float]) -> list[Shape]:
    coils = [pipe for pipe in held.in_flat[flat.id] if pipe.role is Role.COIL]
    shapes = _manifolds(row, places[-1] + _TAPPED + RADIATOR_WIDTH)
    for one, place in zip(coils, places, strict=True):
        left = row.left(place + _TAPPED, RADIATOR_WIDTH)
        foot, high = row.y + _RADIATOR_Y + RADIATOR_HEIGHT, row.y + SUPPLY_Y - 0.8
        supply_x, return_x = (left, left + RADIATOR_WIDTH)[:: row.way]
        shapes += [
            coil(left, row.y + _RADIATOR_Y),
            pipe(Side.SUPPLY, (supply_x, high), (supply_x, foot)),
            pipe(Side.RETURN, (return_x, foot), (return_x, high)),
            pipe(Side.RETURN, (return_x, high + 1.6), (return_x, row.y + RETURN_Y - 0.8)),
            write(left + RADIATOR_WIDTH / 2, row.y + 4.2, f"{one.length_m:.0f} m", anchor="middle"),
        ]
    return shapes
