"""A network as a metro map: every pipe a straight line with its size and flow, every building a stop.

Ways run to the right, branches step down; lengths say nothing, only the order does. The way that decides is
drawn in the accent, pipes that stay in grey.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from fenhu.drawing.frame import BOLD_WIDER, MARGIN, heading
from fenhu.drawing.legend import LEGEND_LINE, LegendEntry, legend
from fenhu.drawing.measure import writing_width
from fenhu.drawing.model import Circle, Drawing, Group, Label, Line, Polyline, Rect, Shape, Wording
from fenhu.drawing.palette import ACCENT, ALARM, INK, PAPER, QUIET_INK, RULE, SERIES
from fenhu.drawing.svg import svg
from fenhu.wording import text

_STEP, _ROW, _LEFT = 170.0, 64.0, 40.0
_NAME, _LINE = 12.0, 10.0
_NEW, _KEPT = SERIES[2], RULE


@dataclass(frozen=True, slots=True, kw_only=True)
class SchematicPipe:
    """A pipe between two nodes, ``start`` the nearer to the station; ``label`` stands above it."""

    id: str
    start: str
    end: str
    label: Wording
    kept: bool = False
    decides: bool = False
    faulty: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SchematicStop:
    """A building at a node: its name, two lines about it, and whether something is wrong with it."""

    id: str
    node: str
    lines: tuple[Wording, Wording]
    faulty: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Schematic:
    """A tree of pipes from ``root`` with its stops; ``nodes`` says what is written at nodes."""

    title: Wording
    desc: Wording
    root: str
    root_lines: tuple[Wording, ...]
    pipes: Sequence[SchematicPipe]
    stops: Sequence[SchematicStop]
    nodes: Mapping[str, Wording]


def schematic_svg(schematic: Schematic) -> str:
    """Return the network as SVG; buildings hang below their nodes, each in a row of its own."""
    places = _Places(schematic)
    width = max(places.right + MARGIN, 480.0)
    head, top = heading(schematic.title, width)
    entries = (
        LegendEntry(label=text("new pipes"), fill=_NEW),
        LegendEntry(label=text("dashed: pipes that stay"), fill=_KEPT),
        LegendEntry(label=text("the way that decides"), fill=ACCENT),
        LegendEntry(label=text("beyond a limit, or too little pressure"), fill=ALARM),
    )  # fmt: skip
    key, lines = legend(entries, width - 2 * MARGIN)
    top += lines * LEGEND_LINE + 24
    shapes: list[Shape] = [*head, Group(shapes=key, dx=MARGIN, dy=top - lines * LEGEND_LINE - 18)]
    body: list[Shape] = []
    for pipe in schematic.pipes:
        body += _pipe(pipe, places)
    for stop in schematic.stops:
        body += _stop(stop, places)
    body += _nodes(schematic, places)
    shapes.append(Group(shapes=tuple(body), dx=0.0, dy=top))
    return svg(
        Drawing(
            width=width, height=top + places.bottom + 30.0, title=schematic.title, desc=schematic.desc,
            shapes=tuple(shapes), layer="drawing schematic",
        )
    )  # fmt: skip


class _Places:
    """Where nodes and stops stand: a walk of the tree that opens a new row for every branch and building."""

    def __init__(self, schematic: Schematic) -> None:
        self.node: dict[str, tuple[float, float]] = {}
        self.stop: dict[str, tuple[float, float]] = {}
        self._pipes: dict[str, list[SchematicPipe]] = {}
        self._stops: dict[str, list[SchematicStop]] = {}
        for pipe in schematic.pipes:
            self._pipes.setdefault(pipe.start, []).append(pipe)
        for stop in schematic.stops:
            self._stops.setdefault(stop.node, []).append(stop)
        self.bottom = self._walk(schematic.root, _LEFT, 30.0)
        self.right = max(
            [x + _STEP / 2 for x, _ in self.node.values()]
            + [self.stop[stop.id][0] + 25.0 + _written(stop) for stop in schematic.stops]
        )

    def _walk(self, node: str, x: float, y: float) -> float:
        """Place a node and all behind it; return the lowest row used."""
        self.node[node] = (x, y)
        lowest, used = y, False
        for pipe in self._pipes.get(node, ()):
            lowest = self._walk(pipe.end, x + _STEP, lowest + _ROW if used else y)
            used = True
        for stop in self._stops.get(node, ()):
            lowest = lowest + _ROW if used else y
            used = True
            self.stop[stop.id] = (x + 36.0, lowest)
        return lowest


def _written(stop: SchematicStop) -> float:
    """Return how wide the writing beside a building is."""
    return max(
        writing_width(stop.id, _NAME) * BOLD_WIDER,
        *(writing_width(str(line), _LINE) for line in stop.lines),
    )


def _colour(pipe: SchematicPipe) -> str:
    if pipe.faulty:
        return ALARM
    if pipe.decides:
        return ACCENT
    return _KEPT if pipe.kept else _NEW


def _pipe(pipe: SchematicPipe, places: _Places) -> list[Shape]:
    (x1, y1), (x2, y2) = places.node[pipe.start], places.node[pipe.end]
    middle = x1 + 18.0
    points = ((x1, y1), (x2, y2)) if y1 == y2 else ((x1, y1), (x1, y2 - 18.0), (middle, y2), (x2, y2))
    dash = (8.0, 4.0) if pipe.kept else ()
    return [
        Polyline(points=points, stroke=_colour(pipe), stroke_width=5.0, dash=dash, layer="pipe"),
        Label(x=0.5 * (x1 + x2) + 4.0, y=y2 - 9.0, content=pipe.label, size=10.5, fill=INK,
              anchor="middle", layer="pipe-label"),
        Label(x=0.5 * (x1 + x2) + 4.0, y=y2 + 16.0, content=pipe.id, size=9.5, fill=QUIET_INK,
              anchor="middle", layer="pipe-label"),
    ]  # fmt: skip


def _stop(stop: SchematicStop, places: _Places) -> list[Shape]:
    x, y = places.stop[stop.id]
    node_x, node_y = places.node[stop.node]
    colour = ALARM if stop.faulty else INK
    line: Shape = (
        Line(x1=node_x, y1=y, x2=x, y2=y, stroke=RULE, stroke_width=2.0) if y == node_y
        else Polyline(points=((node_x, node_y), (node_x, y), (x, y)), stroke=RULE, stroke_width=2.0)
    )  # fmt: skip
    name, *lines = (stop.id, *stop.lines)
    return [
        line,
        Rect(x=x, y=y - 9.0, width=18.0, height=18.0, fill=PAPER, stroke=colour, stroke_width=2.0,
             radius=2.0),
        Label(x=x + 25.0, y=y - 4.0, content=name, size=_NAME, bold=True, fill=colour),
        *(
            Label(x=x + 25.0, y=y + 9.0 + 12.0 * number, content=content, size=_LINE, fill=QUIET_INK)
            for number, content in enumerate(lines)
        ),
    ]  # fmt: skip


def _nodes(schematic: Schematic, places: _Places) -> list[Shape]:
    shapes: list[Shape] = []
    for name, (x, y) in places.node.items():
        root = name == schematic.root
        shapes.append(Circle(x=x, y=y, radius=9.0 if root else 5.0, fill=PAPER, stroke=INK, stroke_width=2.0))
        said = schematic.nodes.get(name, "")
        if not root:
            shapes.append(
                Label(x=x + 2.0, y=y - 22.0, content=said, size=9.5, fill=QUIET_INK, anchor="middle")
            )
    x, y = places.node[schematic.root]
    for number, line in enumerate(schematic.root_lines):
        shapes.append(Label(x=x - 28.0, y=y + 26.0 + 12.0 * number, content=line, size=10.0, fill=QUIET_INK))
    return shapes
