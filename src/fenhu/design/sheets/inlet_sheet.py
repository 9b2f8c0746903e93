"""热力入口详图: the building's inlet with its devices in order, their sizes and settings."""

from __future__ import annotations

from collections.abc import Sequence

from fenhu.design.sheets.frame import named
from fenhu.design.sheets.held import Held
from fenhu.design.sheets.pens import Column, arrow, pipe, table, thin, write
from fenhu.design.sheets.symbols import HALF, NAMES, fitted, sign
from fenhu.design.sheets.words import size_mark
from fenhu.design.values import Device, DeviceKind, Segment, Side
from fenhu.drawing.model import Circle, Shape, Wording
from fenhu.wording import Text, text

_LEFT, _RIGHT = 60.0, 340.0
_Y = {Side.SUPPLY: 62.0, Side.RETURN: 112.0}
_BYPASS_X = 112.0
_FIRST, _STEP = 75.0, 40.0
_ORDER = {
    Side.SUPPLY: (DeviceKind.INLET_STRAINER, DeviceKind.BUILDING_BALANCING),
    Side.RETURN: (DeviceKind.BUILDING_METER, DeviceKind.PRESSURE_CONTROLLER, DeviceKind.BUILDING_BALANCING),
}


def inlet_sheet(held: Held) -> tuple[Text, list[Shape]]:
    """Return title and shapes of the inlet's sheet."""
    title = text("Detail of the heat inlet")
    devices = [device for device in held.design.devices if device.id.startswith("inlet.")]
    numbers = {device.id: n for n, device in enumerate(devices, start=1)}
    shapes: list[Shape] = []
    for side in Side:
        main = held.mains[side][0] if side is Side.SUPPLY else _outlet(held)
        on_side = [device for device in devices if device.segment == main.id]
        shapes += _line(side, main, on_side, numbers)
    bypass = next((device for device in devices if device.kind is DeviceKind.INLET_BYPASS), None)
    if bypass is not None:
        top, low = _Y[Side.SUPPLY], _Y[Side.RETURN]
        shapes += fitted(Side.SUPPLY, (_BYPASS_X, top), (_BYPASS_X, low), [(25.0, DeviceKind.INLET_BYPASS)])
        shapes += _balloon(_BYPASS_X + 4.0, top + 25.0, _BYPASS_X + 11.0, top + 20.0, numbers[bypass.id])
    return title, [*shapes, *_tables(held, devices, numbers), *named(130.0, 272.0, title)]


def _outlet(held: Held) -> Segment:
    return next(pipe for pipe in held.mains[Side.RETURN] if pipe.end == "inlet.r")


def _line(side: Side, main: Segment, devices: Sequence[Device], numbers: dict[str, int]) -> list[Shape]:
    """Return one pipe of the inlet: gate first, then what measures and controls, instruments upon it."""
    y = _Y[side]
    by_kind = {device.kind: device for device in devices}
    inline = [by_kind[DeviceKind.INLET_GATE]] if DeviceKind.INLET_GATE in by_kind else []
    places = [(_FIRST + 10.0 - _LEFT, one) for one in inline]
    after = [by_kind[kind] for kind in _ORDER[side] if kind in by_kind]
    places += [(_BYPASS_X + 60.0 + _STEP * n - _LEFT, one) for n, one in enumerate(after)]
    ends = ((_LEFT, y), (_RIGHT, y))
    shapes: list[Shape] = [
        *fitted(side, *ends, [(at, one.kind) for at, one in places]),
        write(_RIGHT - 20.0, y - 2.0, size_mark(main), anchor="end"),
    ]
    for at, one in places:
        x = _LEFT + at
        shapes += _balloon(x + 1.0, y - 4.5, x + 6.0, y - 12.0, numbers[one.id])
    instruments = (DeviceKind.THERMOMETER, DeviceKind.GAUGE)
    for n, kind in enumerate(kind for kind in instruments if kind in by_kind):
        x = _BYPASS_X + 18.0 + 20.0 * n
        shapes += [
            sign(kind, x, y),
            *_balloon(x + 1.5, y - 6.0, x + 7.0, y - 13.0, numbers[by_kind[kind].id]),
        ]
    return [*shapes, *_directions(side, y)]


def _directions(side: Side, y: float) -> list[Shape]:
    supply = side is Side.SUPPLY
    network = text("from the network") if supply else text("to the network")
    house = text("to the building") if supply else text("from the building")
    tips = ((_LEFT - 14.0, y), (_LEFT - 4.0, y)), ((_RIGHT + 2.0, y), (_RIGHT + 12.0, y))
    shapes: list[Shape] = [
        write(_LEFT - 20.0, y - 4.0, network), write(_RIGHT - 12.0, y - 4.0, house),
        pipe(side, (_LEFT - HALF * 2, y), (_LEFT, y)),
    ]  # fmt: skip
    for start, end in tips:
        shapes += arrow(start, end) if supply else arrow(end, start)
    return shapes


def _balloon(x: float, y: float, to_x: float, to_y: float, number: int) -> list[Shape]:
    """Return a number in a circle with a leader to what it names."""
    return [
        thin(x, y, to_x, to_y),
        Circle(x=to_x + 1.6, y=to_y - 2.2, radius=2.8, stroke="#000000", stroke_width=0.18, layer="notes"),
        write(to_x + 1.6, to_y - 1.0, str(number), anchor="middle"),
    ]


_DEVICES = (
    Column(text("No."), 12.0), Column(text("Article"), 50.0, "start"), Column(text("Specification"), 24.0),
    Column(text("Setting"), 26.0), Column(text("Loss (kPa)"), 24.0),
)  # fmt: skip
_FIGURES = (Column(text("Design figures"), 90.0, "start"), Column(text("Design value"), 40.0))


def _tables(held: Held, devices: Sequence[Device], numbers: dict[str, int]) -> list[Shape]:
    design = held.design
    rows: list[Sequence[Wording]] = [
        (str(numbers[one.id]), NAMES[one.kind], f"DN{one.dn}", one.preset or "—",
         f"{one.loss_pa / 1000.0:.2f}" if one.loss_pa > 0.0 else "—")
        for one in devices
    ]  # fmt: skip
    load_w = sum(flat.load_w for flat in design.flats)
    figures: list[Sequence[Wording]] = [
        (text("Heat load (kW)"), f"{load_w / 1000.0:.1f}"),
        (text("Design flow (t/h)"), f"{design.flow_kg_s * 3.6:.2f}"),
        (text("Supply and return (°C)"), f"{design.supply_c:g}/{design.return_c:g}"),
        (text("Pressure difference needed at the inlet (kPa)"), f"{design.needed_pa / 1000.0:.1f}"),
        (text("Pressure difference the network offers (kPa)"), f"{design.inlet_pa / 1000.0:.1f}"),
    ]
    return [*table(35.0, 138.0, _DEVICES, rows), *table(200.0, 138.0, _FIGURES, figures)]
