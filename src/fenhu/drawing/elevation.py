"""A building seen from the front: stairwell units across, storeys up, one cell per flat.

The same picture carries any layer: the temperature on its one fixed scale, or a state such as consent.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from fenhu.drawing.frame import MARGIN, heading
from fenhu.drawing.layers import StateLayer
from fenhu.drawing.legend import LEGEND_LINE, legend, legend_entries
from fenhu.drawing.measure import writing_width
from fenhu.drawing.model import Drawing, Group, Hatch, Label, Line, Link, Rect, Shape, Wording
from fenhu.drawing.palette import INK, MISSING, QUIET_INK, RULE, ink_on, shown_temperature, temperature_band
from fenhu.drawing.svg import svg
from fenhu.drawing.table import ChartTable
from fenhu.errors import InputFault
from fenhu.records import FlatRecord
from fenhu.wording import Text, text

CELL_WIDTH, CELL_HEIGHT, UNIT_GAP = 44.0, 26.0, 8.0
_STOREY_COLUMN, _HEAD, _FOOT = 36.0, 14.0, 26.0
_PANEL_NAME, _BETWEEN = 20.0, 32.0
_LEAST_WIDTH = 300.0


@dataclass(frozen=True, slots=True, kw_only=True)
class ElevationCell:
    """One flat: where it stands, its id, and what is known of it (a temperature or a state, None if unknown).

    ``position`` orders the flats of one unit on one storey from left to right; ``href`` makes it a link.
    """

    unit: int
    storey: int
    position: int
    label: str
    value_c: float | None = None
    state: str | None = None
    href: str = ""


def cells_of_flats(
    flats: Sequence[FlatRecord],
    *,
    temperatures_c: Mapping[str, float] | None = None,
    states: Mapping[str, str] | None = None,
    href: Callable[[FlatRecord], str] | None = None,
) -> tuple[ElevationCell, ...]:
    """Return the cells of a building's flats, ordered by room within each unit and storey.

    Parameters
    ----------
    flats : sequence of FlatRecord
        The flats of one building.
    temperatures_c, states : mapping, optional
        What is known, by flat id; a flat that is absent is drawn as unknown.
    href : callable, optional
        Gives the address a flat's cell leads to; empty for none.
    """
    rooms = Counter[tuple[int, int]]()
    cells = []
    for flat in sorted(flats, key=lambda flat: (flat.unit, flat.storey, len(flat.room), flat.room)):
        rooms[flat.unit, flat.storey] += 1
        cells.append(
            ElevationCell(
                unit=flat.unit,
                storey=flat.storey,
                position=rooms[flat.unit, flat.storey],
                label=flat.flat_id,
                value_c=(temperatures_c or {}).get(flat.flat_id),
                state=(states or {}).get(flat.flat_id),
                href=href(flat) if href is not None else "",
            )
        )
    return tuple(cells)


def elevation_svg(
    cells: Sequence[ElevationCell],
    *,
    title: Wording,
    desc: Wording,
    layer: StateLayer | None = None,
    with_legend: bool = True,
    scale: float = 1.0,
) -> str:
    """Return one elevation as SVG.

    Parameters
    ----------
    cells : sequence of ElevationCell
        One per flat; a place without a cell stays wall.
    title, desc : Text or str
        The heading, and the description for readers who cannot see the picture.
    layer : StateLayer, optional
        The states to show; without one the cells carry temperatures, ℃.
    with_legend : bool
        False where several elevations on a page share one legend (``legend_svg``).
    scale : float
        How much larger than usual the picture is shown.

    Raises
    ------
    InputFault
        If two cells stand in the same place, or a state is not in the layer.
    """
    return _picture(
        [(title, cells)], title=title, desc=desc, layer=layer, with_legend=with_legend, scale=scale
    )


def before_after_svg(
    before: Sequence[ElevationCell],
    after: Sequence[ElevationCell],
    *,
    title: Wording,
    desc: Wording,
    layer: StateLayer | None = None,
) -> str:
    """Return a building before and after its conversion, side by side on the same scale, with one legend.

    Raises
    ------
    InputFault
        As ``elevation_svg``.
    """
    panels = [(text("Before"), before), (text("After"), after)]
    return _picture(panels, title=title, desc=desc, layer=layer, with_legend=True)


def elevation_width(cells: Sequence[ElevationCell]) -> float:
    """Return how wide the elevation of ``cells`` is drawn at scale 1."""
    return max(2 * MARGIN + _plan(cells).width, _LEAST_WIDTH)


def elevation_table(cells: Sequence[ElevationCell]) -> ChartTable:
    """Return the table behind a temperature elevation: one row per flat, top storey first."""
    ordered = sorted(cells, key=lambda cell: (-cell.storey, cell.unit, cell.position))
    return ChartTable(
        head=(text("Flat"), text("Stairwell unit"), text("Storey"), text("Room temperature (℃)")),
        rows=tuple((cell.label, cell.unit, cell.storey, _shown(cell.value_c)) for cell in ordered),
    )


@dataclass(frozen=True, slots=True)
class _Plan:
    """Where units and storeys stand; shared by the panels of one picture, so that they compare."""

    unit_left: Mapping[int, float]
    unit_width: Mapping[int, float]
    column: Mapping[tuple[int, int], int]
    storeys: tuple[int, ...]
    width: float

    @property
    def height(self) -> float:
        return _HEAD + len(self.storeys) * CELL_HEIGHT + _FOOT

    def left(self, cell: ElevationCell) -> float:
        return self.unit_left[cell.unit] + self.column[cell.unit, cell.position] * CELL_WIDTH

    def top(self, storey: int) -> float:
        return _HEAD + (self.storeys[-1] - storey) * CELL_HEIGHT


def _picture(
    panels: Sequence[tuple[Wording, Sequence[ElevationCell]]],
    *,
    title: Wording,
    desc: Wording,
    layer: StateLayer | None,
    with_legend: bool,
    scale: float = 1.0,
) -> str:
    every = [cell for _, cells in panels for cell in cells]
    plan = _plan(every)
    width = max(2 * MARGIN + len(panels) * plan.width + (len(panels) - 1) * _BETWEEN, _LEAST_WIDTH)
    shapes, top = heading(title, width)
    panel_top = top + (_PANEL_NAME if len(panels) > 1 else 0.0)
    for number, (name, cells) in enumerate(panels):
        left = MARGIN + number * (plan.width + _BETWEEN)
        if len(panels) > 1:
            shapes.append(Label(x=left, y=panel_top - 4, content=name, size=13, bold=True))
        shapes.append(
            Group(shapes=_panel(cells, plan, layer), dx=left, dy=panel_top, layer="elevation-panel")
        )
    bottom = panel_top + plan.height
    if with_legend:
        entries = legend_entries(layer, [cell.value_c if layer is None else cell.state for cell in every])
        key, lines = legend(entries, width - 2 * MARGIN)
        shapes.append(Group(shapes=key, dx=MARGIN, dy=bottom, layer="legend"))
        bottom += lines * LEGEND_LINE
    drawing = Drawing(
        width=width,
        height=bottom + 4,
        title=title,
        desc=desc,
        shapes=tuple(shapes),
        layer="drawing elevation",
        scale=scale,
    )
    return svg(drawing)


def _plan(cells: Sequence[ElevationCell]) -> _Plan:
    if not cells:
        raise InputFault(text("An elevation needs at least one flat; the building has none listed"))
    positions: dict[int, set[int]] = {}
    for cell in cells:
        positions.setdefault(cell.unit, set()).add(cell.position)
    column = {
        (unit, position): index
        for unit, held in positions.items()
        for index, position in enumerate(sorted(held))
    }
    unit_left, unit_width, left = {}, {}, _STOREY_COLUMN
    for unit in sorted(positions):
        unit_left[unit], unit_width[unit] = left, len(positions[unit]) * CELL_WIDTH
        left += unit_width[unit] + UNIT_GAP
    lowest, highest = min(cell.storey for cell in cells), max(cell.storey for cell in cells)
    storeys = tuple(range(lowest, highest + 1))
    return _Plan(unit_left, unit_width, column, storeys, left - UNIT_GAP + 6)


def _panel(cells: Sequence[ElevationCell], plan: _Plan, layer: StateLayer | None) -> tuple[Shape, ...]:
    taken: dict[tuple[int, int, int], str] = {}
    for cell in cells:
        place = (cell.unit, cell.storey, cell.position)
        if place in taken:
            raise InputFault(text(
                "Flats {one} and {other} both stand at unit {unit}, storey {storey}, place {position}",
                one=taken[place], other=cell.label,
                unit=cell.unit, storey=cell.storey, position=cell.position,
            ))  # fmt: skip
        taken[place] = cell.label
    return (*_house(plan), *(_cell(cell, plan, layer) for cell in cells))


def _house(plan: _Plan) -> list[Shape]:
    shapes: list[Shape] = []
    base = _HEAD + len(plan.storeys) * CELL_HEIGHT
    right = plan.width
    for unit, left in plan.unit_left.items():
        width = plan.unit_width[unit]
        wall = Rect(
            x=left, y=_HEAD, width=width, height=base - _HEAD, fill="#fbfcfd", stroke=RULE, layer="wall"
        )
        name = text("Unit {number}", number=unit)
        size = 12.0 if writing_width(str(name), 12.0) <= width + UNIT_GAP else 10.0
        shapes += [
            wall,
            Label(
                x=left + width / 2,
                y=base + 18,
                content=name,
                size=size,
                fill=QUIET_INK,
                anchor="middle",
                layer="unit",
            ),
        ]
    for storey in plan.storeys:
        name = text("{number}F", number=storey)
        y = plan.top(storey) + CELL_HEIGHT / 2 + 4
        shapes.append(
            Label(
                x=_STOREY_COLUMN - 6, y=y, content=name, size=11, fill=QUIET_INK, anchor="end", layer="storey"
            )
        )
    roof = Rect(
        x=_STOREY_COLUMN - 4,
        y=_HEAD - 6,
        width=right - _STOREY_COLUMN + 2,
        height=5,
        fill=QUIET_INK,
        layer="roof",
    )
    ground = Line(x1=0, y1=base + 1, x2=right, y2=base + 1, stroke=INK, stroke_width=2, layer="ground")
    return [*shapes, roof, ground]


def _cell(cell: ElevationCell, plan: _Plan, layer: StateLayer | None) -> Shape:
    x, y = plan.left(cell), plan.top(cell.storey)
    fill, mark, spoken = _look(cell, layer)
    box = Rect(
        x=x + 1, y=y + 1, width=CELL_WIDTH - 2, height=CELL_HEIGHT - 2, fill=fill, stroke=RULE, radius=2
    )
    shapes: list[Shape] = [box]
    if fill == MISSING:
        hatch = Hatch(
            x=x + 1,
            y=y + 1,
            width=CELL_WIDTH - 2,
            height=CELL_HEIGHT - 2,
            gap=7,
            stroke=RULE,
            stroke_width=0.75,
        )
        plate = Rect(x=x + CELL_WIDTH / 2 - 9, y=y + 6, width=18, height=CELL_HEIGHT - 12, fill=MISSING)
        shapes += [hatch, plate]
    ink = ink_on(fill)
    shapes.append(
        Label(
            x=x + CELL_WIDTH / 2,
            y=y + CELL_HEIGHT / 2 + 4.5,
            content=mark,
            size=13,
            fill=ink,
            anchor="middle",
        )
    )
    title = text("{flat}: {value}", flat=cell.label, value=spoken)
    if cell.href:
        return Link(href=cell.href, shapes=tuple(shapes), title=title, layer="cell")
    return Group(shapes=tuple(shapes), title=title, layer="cell")


def _look(cell: ElevationCell, layer: StateLayer | None) -> tuple[str, str, Text]:
    """Return fill, mark and spoken value of a cell."""
    if layer is None:
        if cell.value_c is None:
            return MISSING, "—", text("no temperature known")
        shown = shown_temperature(cell.value_c)
        return temperature_band(cell.value_c).fill, shown, text("{value} ℃", value=shown)
    if cell.state is None:
        return MISSING, "—", text("not known")
    state = layer.state(cell.state)
    return state.tone.value, state.mark, state.label


def _shown(value_c: float | None) -> str:
    return "—" if value_c is None else shown_temperature(value_c)
