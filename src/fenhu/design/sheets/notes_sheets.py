"""设计说明 and 图例: what the design rests on in its own figures, and what the signs mean."""

from __future__ import annotations

from collections.abc import Iterator

from fenhu import tables
from fenhu.building import Mains
from fenhu.building.assumed_names import assumed_words
from fenhu.design.sheets.frame import named
from fenhu.design.sheets.held import Held
from fenhu.design.sheets.pens import HEAD, pipe, write
from fenhu.design.sheets.symbols import NAMES, RADIATOR_HEIGHT, fitted, radiator, sign
from fenhu.design.sheets.values import TitleBlock
from fenhu.design.sheets.words import FORM_NAMES, LOOP_NAMES, material_name, radiator_name, slope_mark
from fenhu.design.values import Action, DeviceKind, Role, Side
from fenhu.drawing.measure import wrap
from fenhu.drawing.model import Shape
from fenhu.records import SystemForm
from fenhu.wording import Text, bilingual, text

_X, _WIDTH, _LINE, _TOP, _LOWEST = 34.0, 215.0, 6.2, 18.0, 262.0
_SIZE = 4.0
_LEGEND_X, _LEGEND_STEP = 272.0, 13.0
_STANDING = (DeviceKind.VENT, DeviceKind.THERMOMETER, DeviceKind.GAUGE)
"""Instruments stand on a pipe, other devices in it."""


def notes_sheets(held: Held, block: TitleBlock) -> Iterator[tuple[Text, list[Shape]]]:
    """Yield title and shapes of the sheets of notes; the legend stands on the first."""
    title = text("Design notes and legend")
    lines = _lines(held, block)
    most = int((_LOWEST - _TOP) // _LINE)
    for first in range(0, len(lines), most):
        shapes: list[Shape] = []
        for n, (line, heads) in enumerate(lines[first : first + most]):
            x = _X if heads else _X + 4.0
            shapes.append(write(x, _TOP + n * _LINE, line, size=_SIZE, bold=heads, width=_WIDTH + 10.0))
        if first == 0:
            shapes += _legend(held)
        yield title, [*shapes, *named(130.0, 276.0, text("Design notes"))]


def _lines(held: Held, block: TitleBlock) -> list[tuple[str, bool]]:
    """Return all lines, wrapped; True marks a heading."""
    lines: list[tuple[str, bool]] = []
    for number, (head, points) in enumerate(_chapters(held, block), start=1):
        lines.append((f"{number}. {head}", True))
        for point in points:
            lines += [(line, False) for line in wrap(str(point), _SIZE, _WIDTH)]
    return lines


def _chapters(held: Held, block: TitleBlock) -> list[tuple[Text, list[Text]]]:
    chapters = [
        (text("The works"), _works(held, block)),
        (text("Design figures"), _figures(held)),
        (text("Pipe materials"), _pipes(held)),
        (text("Valves and setting to work"), _valves(held)),
        (text("Radiators"), _radiators(held)),
        (text("Testing and flushing"), _testing()),
    ]
    if held.design.notes:
        chapters.append((text("What could not be held"), list(held.design.notes)))
    if held.design.assumed:
        assumed = [
            text("{name}: {value} ({reason})", name=name, value=value, reason=one.reason)
            for one in held.design.assumed for name, value in (assumed_words(one.key, one.value),)
        ]  # fmt: skip
        chapters.append((text("Assumed where nobody gave a value; to be checked on site"), assumed))
    return chapters


def _works(held: Held, block: TitleBlock) -> list[Text]:
    design = held.design
    area_m2 = sum(flat.area_m2 for flat in design.flats)
    said = [
        text("{name}: {storeys} storeys, {units} stairwell units, {flats} flats, {area} m² heated.",
             name=bilingual(block.building, block.building), storeys=design.building.storeys,
             units=design.building.units, flats=len(design.flats), area=f"{area_m2:.0f}"),
        text("New system: {form}.", form=FORM_NAMES[design.form]),
    ]  # fmt: skip
    if design.form is SystemForm.HOUSEHOLD_DOUBLE:
        said.append(text("Inside the flats: {loop}.", loop=LOOP_NAMES[design.loop]))
    mains = text("equal ways (reverse return)") if design.mains is Mains.REVERSE else text("direct return")
    said.append(
        text("{count} risers; mains with {mains}, slope {slope}.", count=len(design.risers), mains=mains,
             slope=slope_mark())
    )  # fmt: skip
    return said


def _figures(held: Held) -> list[Text]:
    design = held.design
    load_w = sum(flat.load_w for flat in design.flats)
    return [
        text("Outdoors {outdoor} °C, rooms {room} °C; water {supply}/{back} °C.",
             outdoor=f"{design.outdoor_c:g}", room=f"{design.room_c:g}", supply=f"{design.supply_c:g}",
             back=f"{design.return_c:g}"),
        text("Heat load {load} kW, {index} W/m²; flow {flow} t/h.", load=f"{load_w / 1000.0:.1f}",
             index=f"{design.loads.index_w_m2:.1f}", flow=f"{design.flow_kg_s * 3.6:.2f}"),
        text("At the inlet {needed} kPa are needed, the network offers {offered} kPa.",
             needed=f"{design.needed_pa / 1000.0:.1f}", offered=f"{design.inlet_pa / 1000.0:.1f}"),
    ]  # fmt: skip


_ROLES = {
    Role.MAIN: text("Mains"),
    Role.RISER: text("Risers"),
    Role.CONNECTION: text("Connections of flats"),
    Role.RUN: text("Pipes inside flats"),
    Role.BRANCH: text("Branches of radiators"),
    Role.BYPASS: text("Bypasses"),
    Role.COIL: text("Floor coils"),
}


def _pipes(held: Held) -> list[Text]:
    said = []
    for role, name in _ROLES.items():
        pipes = [one for one in held.design.segments if one.role is role]
        for material in dict.fromkeys(one.material for one in pipes):
            sizes = sorted({one.dn for one in pipes if one.material == material})
            mark = "DN" if material == "steel" else "De"
            said.append(
                text("{role}: {material}, {sizes}.", role=name, material=material_name(material),
                     sizes=", ".join(f"{mark}{dn}" for dn in sizes))
            )  # fmt: skip
    insulated = {one.role for one in held.design.segments if one.insulated}
    for role in (Role.MAIN, Role.RISER):
        if role in insulated:
            said.append(text("{role}: insulated.", role=_ROLES[role]))
    said.append(text("DN: nominal size of steel pipe; De: outer diameter of plastic pipe, in millimetres."))
    return said


def _valves(held: Held) -> list[Text]:
    kinds = {device.kind for device in held.design.devices}
    said = []
    if DeviceKind.LOCK_VALVE in kinds:
        said.append(
            text("Lock valves are set to the turns on the system diagrams, then locked; who may open them "
                 "is the supplier's to say.")
        )  # fmt: skip
    if DeviceKind.RISER_BALANCING in kinds:
        said.append(text("Balancing valves of risers are set to the turns on the system diagrams."))
    if any(one.preset for one in held.design.devices if one.kind is DeviceKind.TRV):
        said.append(
            text("Presets of thermostatic valves are set after flushing, to the marks on the diagrams.")
        )
    return said


def _radiators(held: Held) -> list[Text]:
    said = []
    words = {
        Action.KEEP: text("stay as they are"),
        Action.EXTEND: text("get more sections"),
        Action.REPLACE: text("are replaced"),
        Action.NEW: text("are new"),
    }
    for action, does in words.items():
        radiators = [one for one in held.design.radiators if one.action is action]
        kinds = dict.fromkeys(one.kind for one in radiators)
        for kind in kinds:
            of_kind = [one for one in radiators if one.kind == kind]
            said.append(
                text("{count} radiators {does}: {kind}, {sections} sections in all.", count=len(of_kind),
                     does=does, kind=radiator_name(kind), sections=sum(one.sections for one in of_kind))
            )  # fmt: skip
    return said or [text("No radiators: the flats are heated by coils in the floor.")]


def _testing() -> list[Text]:
    return [
        text("Pressure test before insulation and before floors are closed: {clause}.",
             clause=tables.load("pressure_tests")["pipe"]["steel"]["source"]),
        text("After the test the system is flushed until the water runs clear, then strainers are cleaned."),
        text("Plans and diagrams do not show true positions: routes follow the rooms on site."),
    ]  # fmt: skip


def _legend(held: Held) -> list[Shape]:
    x, y = _LEGEND_X, _TOP + 10.0
    shapes: list[Shape] = [write(x + 20.0, _TOP, text("Legend"), size=HEAD, bold=True)]
    for side, name in ((Side.SUPPLY, text("Supply pipe")), (Side.RETURN, text("Return pipe"))):
        shapes += [pipe(side, (x, y), (x + 20.0, y)), write(x + 28.0, y + 1.3, name)]
        y += _LEGEND_STEP
    if held.design.radiators:
        shapes += [radiator(x + 5.0, y - RADIATOR_HEIGHT / 2), write(x + 28.0, y + 1.3, text("Radiator"))]
        y += _LEGEND_STEP
    kinds = {device.kind for device in held.design.devices}
    shown: set[str] = set()
    for kind in DeviceKind:
        if kind in kinds and str(NAMES[kind]) not in shown:
            shown.add(str(NAMES[kind]))
            if kind in _STANDING:
                shapes += [pipe(Side.SUPPLY, (x, y), (x + 20.0, y)), sign(kind, x + 10.0, y)]
            else:
                shapes += fitted(Side.SUPPLY, (x, y), (x + 20.0, y), [(10.0, kind)])
            shapes.append(write(x + 28.0, y + 1.3, NAMES[kind], width=100.0))
            y += _LEGEND_STEP
    return shapes
