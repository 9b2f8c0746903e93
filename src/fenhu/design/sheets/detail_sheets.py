"""户内环路详图: the flat that decides, drawn, and in tables every pipe and radiator of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from fenhu.design.sheets.flat_row import HEIGHT, Row, ends_of, flat_row, most_ends
from fenhu.design.sheets.frame import named
from fenhu.design.sheets.held import Held
from fenhu.design.sheets.pens import ROW, Column, pipe, table, write
from fenhu.design.sheets.symbols import HALF, RADIATOR_HEIGHT, radiator, sign
from fenhu.design.sheets.words import flow_mark, radiator_name, riser_marks, size_mark
from fenhu.design.values import Action, DeviceKind, FlatDesign, RadiatorDesign, Role, Segment, Side
from fenhu.drawing.model import Shape, Wording
from fenhu.records import SystemForm
from fenhu.wording import Text, text

_X, _TOP, _LOWEST = 32.0, 20.0, 262.0
_LEAST_ROWS = 5
_ACTIONS = {
    Action.KEEP: text("stays"), Action.EXTEND: text("more sections"), Action.REPLACE: text("replaced"),
    Action.NEW: text("new radiator"),
}  # fmt: skip
_ROLES = {
    Role.CONNECTION: text("Connection"), Role.RUN: text("Pipe in the flat"), Role.BRANCH: text("Branch"),
    Role.BYPASS: text("Bypass"), Role.COIL: text("Floor coil"),
}  # fmt: skip
_SIDES = {Side.SUPPLY: text("Supply"), Side.RETURN: text("Return")}
_RADIATORS = (
    Column(text("No."), 12.0), Column(text("Room"), 22.0), Column(text("Load (W)"), 20.0),
    Column(text("Kind"), 40.0), Column(text("Before"), 16.0), Column(text("After"), 16.0),
    Column(text("What becomes of it"), 22.0), Column(text("Preset"), 16.0),
    Column(text("Flow (kg/h)"), 24.0),
)  # fmt: skip
_PIPES = (
    Column(text("Pipe id"), 46.0, "start"), Column(text("Kind"), 28.0), Column(text("Side"), 16.0),
    Column(text("Pipe size"), 16.0), Column(text("Length (m)"), 22.0), Column(text("Flow (kg/h)"), 24.0),
    Column(text("Velocity (m/s)"), 28.0), Column(text("Loss (Pa)"), 22.0),
)  # fmt: skip


def detail_sheets(held: Held) -> Iterator[tuple[Text, list[Shape]]]:
    """Yield title and shapes of the sheets of the flat that decides."""
    flat = deciding_flat(held)
    title = text("Detail of the loop in flat {flat}", flat=flat.id)
    household = held.design.form is SystemForm.HOUSEHOLD_DOUBLE
    shapes = _household(held, flat) if household else _through_rooms(held, flat)
    y = _TOP + (HEIGHT if household else 45.0) + 12.0
    if flat.radiators:
        rows = _radiator_rows(held, flat)
        shapes += table(_X, y, _RADIATORS, rows)
        y += ROW * (len(rows) + 1) + 8.0
    pipes = _pipe_rows(held.in_flat[flat.id])
    first = int((_LOWEST - y) // ROW) - 1
    if first >= _LEAST_ROWS:
        shapes += table(_X, y, _PIPES, pipes[:first])
        pipes = pipes[first:]
    yield title, [*shapes, *named(130.0, 272.0, title)]
    most = int((_LOWEST - _TOP) // ROW) - 1
    for n in range(0, len(pipes), most):
        listed = text("Pipes of flat {flat}", flat=flat.id)
        yield listed, [*table(_X, _TOP, _PIPES, pipes[n : n + most]), *named(130.0, 272.0, listed)]


def deciding_flat(held: Held) -> FlatDesign:
    """Return the flat through which the loop leads that decides what the inlet must offer."""
    for name in reversed(held.design.worst_loop):
        pipe_of = held.design.segment_by_id[name]
        if pipe_of.flat:
            return held.flat[pipe_of.flat]
    return held.design.flats[0]


def _household(held: Held, flat: FlatDesign) -> list[Shape]:
    x = 50.0
    row = Row(supply_x=x - 3.0, return_x=x + 3.0, y=_TOP, way=1, width=350.0)
    marks = riser_marks(next(one for one in held.design.risers if one.id == flat.risers[0]), held.design.form)
    shapes: list[Shape] = [
        pipe(side, (place, _TOP - 4.0), (place, _TOP + HEIGHT + 3.0))
        for side, place in ((Side.SUPPLY, x - 3.0), (Side.RETURN, x + 3.0))
    ]
    shapes += [
        write(x - 5.0, _TOP, marks[0], anchor="end"), write(x + 5.0, _TOP + HEIGHT + 3.0, marks[1]),
    ]  # fmt: skip
    if ends_of(held, flat) > most_ends(350.0):
        return shapes
    return [*shapes, *flat_row(held, flat, row)]


def _through_rooms(held: Held, flat: FlatDesign) -> list[Shape]:
    """Return a radiator at its riser, large, with the sizes of its branches and its bypass."""
    one = held.radiator[flat.radiators[0]]
    single = held.design.form is SystemForm.VERTICAL_SINGLE_BYPASS
    x, left = 80.0, 130.0
    high, low = _TOP + 12.0, _TOP + 34.0
    pipes = [part for part in held.in_flat[flat.id] if part.id.startswith(f"{one.id}.")]
    size = {part.role: size_mark(part) for part in pipes}
    return_x = x if single else x + 12.0
    shapes: list[Shape] = [
        pipe(Side.SUPPLY, (x, _TOP), (x, low + 10.0)),
        pipe(Side.SUPPLY, (x, high), (left - 15.0 - HALF, high)),
        sign(DeviceKind.TRV, left - 15.0, high),
        pipe(Side.SUPPLY, (left - 15.0 + HALF, high), (left, high)),
        radiator(left, high - 2.0),
        pipe(Side.RETURN, (left + 5.0, high + RADIATOR_HEIGHT - 2.0), (left + 5.0, low), (return_x, low)),
        write(left + 14.0, high + 2.0, one.id, width=180.0),
        write(left + 14.0, high + 7.0, text("{kind}, {sections} sections", kind=radiator_name(one.kind),
                                            sections=one.sections)),
        write(left + 14.0, low, flow_mark(one.flow_kg_s)),
        write(x + 16.0, low - 1.5, text("branch {size}", size=size[Role.BRANCH])),
    ]  # fmt: skip
    if single:
        shapes.append(write(x - 2.0, 0.5 * (high + low), text("bypass {size}", size=size[Role.BYPASS]),
                            anchor="end"))  # fmt: skip
    else:
        shapes.append(pipe(Side.RETURN, (return_x, _TOP), (return_x, low + 10.0)))
    return shapes


def _radiator_rows(held: Held, flat: FlatDesign) -> list[Sequence[Wording]]:
    return [_radiator_row(held, held.radiator[name]) for name in flat.radiators]


def _radiator_row(held: Held, one: RadiatorDesign) -> Sequence[Wording]:
    return (
        one.id.rsplit("/", 1)[-1], one.room or "—", f"{one.load_w:.0f}", radiator_name(one.kind),
        str(one.sections_before), str(one.sections), _ACTIONS[one.action],
        held.preset.get(one.trv) or "—", f"{one.flow_kg_s * 3600.0:.0f}",
    )  # fmt: skip


def _pipe_rows(pipes: Sequence[Segment]) -> list[Sequence[Wording]]:
    return [
        (one.id, _ROLES[one.role], _SIDES[one.side], size_mark(one), f"{one.length_m:.1f}",
         f"{one.flow_kg_s * 3600.0:.0f}", f"{one.velocity_m_s:.2f}", f"{one.loss_pa:.0f}")
        for one in pipes
    ]  # fmt: skip
