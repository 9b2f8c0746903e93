"""Who pays what: money as bands from column to column, each as high as its amount, every figure a link."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import cos, pi

from fenhu.drawing.figures import wan_yuan_parts, yuan
from fenhu.drawing.frame import MARGIN, heading
from fenhu.drawing.measure import shortened
from fenhu.drawing.model import Anchor, Drawing, Group, Label, Link, Polygon, Rect, Shape, Wording
from fenhu.drawing.palette import INK, PAPER, QUIET_INK, SERIES
from fenhu.drawing.svg import svg
from fenhu.drawing.table import ChartTable
from fenhu.errors import InputFault, OutOfRange, UnknownItem
from fenhu.wording import Text, text

BAR = 12.0
SLOT = 36.0
_GAP, _TALLEST, _SIDE, _NAME_SIZE, _FIGURE_SIZE = 6.0, 260.0, 150.0, 12.0, 12.0
_CURVE_STEPS = 14
_PALER = 0.62
# Below this a figure in 万元 would say too little; yuan and fen are written instead.
_LEAST_WAN_FEN = 10_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class FlowNode:
    """One that gives or takes: its column counts from 0 at the left; ``href`` makes its figure a link."""

    key: str
    label: Wording
    column: int
    href: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """Money from one node to another further right."""

    source: str
    target: str
    fen: int
    href: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sankey:
    """Nodes and the money between them; ``title`` states the finding, nodes stand in the order given."""

    title: Wording
    desc: Wording
    nodes: Sequence[FlowNode]
    flows: Sequence[Flow]


def sankey_svg(sankey: Sankey, *, width: float = 760.0) -> str:
    """Return the bands as SVG.

    Raises
    ------
    InputFault, UnknownItem, OutOfRange
        As ``sankey_drawing``.
    """
    return svg(sankey_drawing(sankey, width=width))


def sankey_drawing(sankey: Sankey, *, width: float = 760.0) -> Drawing:
    """Return the bands; what a node's bar shows comes in and goes out to the fen.

    Figures are in 万元 (ten thousand yuan), rounded so that each column adds up to its sum, or in yuan where
    all is less than 100,000 yuan.

    Raises
    ------
    InputFault
        If a key stands for two nodes, or a flow does not go to the right.
    UnknownItem
        If a flow names no node.
    OutOfRange
        If an amount is negative, or more or less leaves a node than came in.
    """
    values = _values(sankey)
    shapes, top = heading(sankey.title, width)
    if not any(values.values()):
        empty = Label(x=MARGIN, y=top + 18, content=text("No money moves yet."), fill=QUIET_INK)
        return _drawing(sankey, width, top + 36, (*shapes, empty))
    in_wan = max(values.values()) >= _LEAST_WAN_FEN
    unit = text("Figures in 10,000 yuan") if in_wan else text("Figures in yuan")
    shapes.append(Label(x=width - MARGIN, y=top + 10, content=unit, fill=QUIET_INK, anchor="end"))
    plan = _plan(sankey, values, width, top + 22)
    shapes += _bands(sankey, plan)
    shapes += _bars(sankey, values, plan, in_wan=in_wan)
    return _drawing(sankey, width, plan.bottom + MARGIN, shapes)


def sankey_table(sankey: Sankey) -> ChartTable:
    """Return the amounts behind the bands, to the fen: from whom, to whom, yuan."""
    names = {node.key: node.label for node in sankey.nodes}
    rows = tuple(
        (names[flow.source], names[flow.target], yuan(flow.fen)) for flow in sankey.flows if flow.fen
    )
    return ChartTable(head=(text("From"), text("To"), text("Sum (yuan)")), rows=rows)


@dataclass(frozen=True, slots=True)
class _Plan:
    """Where every node's bar stands, how many units a fen is high, how wide a column's names may be."""

    left: Mapping[str, float]
    top: Mapping[str, float]
    per_fen: float
    name_width: float
    last_column: int
    bottom: float


def _values(sankey: Sankey) -> dict[str, int]:
    nodes = {node.key: node for node in sankey.nodes}
    if len(nodes) < len(sankey.nodes):
        raise InputFault(text("Two nodes of a flow picture have the same key; each needs its own"))
    incoming, outgoing = dict.fromkeys(nodes, 0), dict.fromkeys(nodes, 0)
    for flow in sankey.flows:
        for key in (flow.source, flow.target):
            if key not in nodes:
                raise UnknownItem(text("Money flows to or from {key}, which is no node", key=key))
        if flow.fen < 0:
            raise OutOfRange(text("A flow of {fen} fen is negative; turn it round", fen=flow.fen))
        if nodes[flow.source].column >= nodes[flow.target].column:
            raise InputFault(
                text("Money flows from {source} to {target}, which is not to the right of it",
                     source=nodes[flow.source].label, target=nodes[flow.target].label)
            )  # fmt: skip
        outgoing[flow.source] += flow.fen
        incoming[flow.target] += flow.fen
    for key in nodes:
        if incoming[key] and outgoing[key] and incoming[key] != outgoing[key]:
            raise OutOfRange(
                text("{node}: {came} fen come in and {left} go out; both must be the same",
                     node=nodes[key].label, came=incoming[key], left=outgoing[key])
            )  # fmt: skip
    return {key: max(incoming[key], outgoing[key]) for key in nodes}


def _columns(sankey: Sankey) -> dict[int, list[FlowNode]]:
    columns: dict[int, list[FlowNode]] = defaultdict(list)
    for node in sankey.nodes:
        columns[node.column].append(node)
    return dict(sorted(columns.items()))


def _plan(sankey: Sankey, values: Mapping[str, int], width: float, top: float) -> _Plan:
    columns = _columns(sankey)
    largest = max(sum(values[node.key] for node in nodes) for nodes in columns.values())
    per_fen = _TALLEST / largest
    slots = {key: max(SLOT, value * per_fen) for key, value in values.items()}
    heights = {
        number: sum(slots[node.key] for node in nodes) + _GAP * (len(nodes) - 1)
        for number, nodes in columns.items()
    }
    tallest = max(heights.values())
    step = (width - 2 * MARGIN - 2 * _SIDE - BAR) / max(1, len(columns) - 1)
    lefts, tops = {}, {}
    for place, (number, nodes) in enumerate(columns.items()):
        y = top + (tallest - heights[number]) / 2
        for node in nodes:
            lefts[node.key] = MARGIN + _SIDE + place * step
            tops[node.key] = y + (slots[node.key] - values[node.key] * per_fen) / 2
            y += slots[node.key] + _GAP
    return _Plan(lefts, tops, per_fen, step - BAR - 16, max(columns), top + tallest)


def _bands(sankey: Sankey, plan: _Plan) -> list[Shape]:
    """Return the bands; those of a node lie in the order of where they lead, so that few cross."""
    order = {node.key: place for place, node in enumerate(sankey.nodes)}
    colour = {node.key: _paler(SERIES[place % len(SERIES)]) for place, node in enumerate(sankey.nodes)}
    names = {node.key: node.label for node in sankey.nodes}
    flows = [flow for flow in sankey.flows if flow.fen]
    leaves, enters = dict(plan.top), dict(plan.top)
    starts: dict[int, float] = {}
    for flow in sorted(flows, key=lambda flow: (order[flow.source], plan.top[flow.target])):
        starts[id(flow)] = leaves[flow.source]
        leaves[flow.source] += flow.fen * plan.per_fen
    shapes: list[Shape] = []
    for flow in sorted(flows, key=lambda flow: (order[flow.target], plan.top[flow.source])):
        height = flow.fen * plan.per_fen
        band = _band(
            plan.left[flow.source] + BAR, starts[id(flow)], plan.left[flow.target], enters[flow.target],
            height, colour[flow.source],
        )  # fmt: skip
        enters[flow.target] += height
        title = text(
            "{source} → {target}: {yuan} yuan",
            source=names[flow.source],
            target=names[flow.target],
            yuan=yuan(flow.fen),
        )
        shapes.append(_linked(flow.href, (band,), title, "flow"))
    return shapes


def _band(x1: float, y1: float, x2: float, y2: float, height: float, fill: str) -> Polygon:
    steps = [number / _CURVE_STEPS for number in range(_CURVE_STEPS + 1)]
    upper = [(x1 + (x2 - x1) * part, y1 + (y2 - y1) * (1 - cos(pi * part)) / 2) for part in steps]
    lower = [(x, y + height) for x, y in reversed(upper)]
    # The outline keeps a band of a few yuan among millions visible.
    return Polygon(points=(*upper, *lower), fill=fill, stroke=fill, stroke_width=0.6)


def _bars(sankey: Sankey, values: Mapping[str, int], plan: _Plan, *, in_wan: bool) -> list[Shape]:
    shapes: list[Shape] = []
    colour = {node.key: SERIES[place % len(SERIES)] for place, node in enumerate(sankey.nodes)}
    for number, nodes in _columns(sankey).items():
        amounts = [values[node.key] for node in nodes]
        figures = wan_yuan_parts(amounts) if in_wan else tuple(map(yuan, amounts))
        for node, figure in zip(nodes, figures, strict=True):
            title = text("{name}: {yuan} yuan", name=node.label, yuan=yuan(values[node.key]))
            parts = _bar(node, values[node.key], plan, colour[node.key], figure, first=number == 0)
            shapes.append(_linked(node.href, parts, title, "node"))
    return shapes


def _bar(node: FlowNode, fen: int, plan: _Plan, fill: str, figure: str, *, first: bool) -> tuple[Shape, ...]:
    x, y, height = plan.left[node.key], plan.top[node.key], fen * plan.per_fen
    anchor: Anchor = "end" if first else "start"
    at = x - 7 if first else x + BAR + 7
    room = _SIDE - 9 if first or node.column == plan.last_column else plan.name_width
    middle = y + height / 2
    return (
        Rect(x=x, y=y, width=BAR, height=max(height, 1.0), fill=fill, stroke=INK, stroke_width=0.75),
        Label(x=at, y=middle - 3, content=shortened(str(node.label), _NAME_SIZE, room), size=_NAME_SIZE,
              anchor=anchor, layer="node-name"),
        Label(x=at, y=middle + 12, content=figure, size=_FIGURE_SIZE, anchor=anchor, bold=True,
              layer="node-figure"),
    )  # fmt: skip


def _linked(href: str, shapes: tuple[Shape, ...], title: Text, layer: str) -> Shape:
    if href:
        return Link(href=href, shapes=shapes, title=title, layer=layer)
    return Group(shapes=shapes, title=title, layer=layer)


def _paler(colour: str) -> str:
    channels = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    white = int(PAPER[1:3], 16)
    return "#" + "".join(f"{round(one + (white - one) * _PALER):02x}" for one in channels)


def _drawing(sankey: Sankey, width: float, height: float, shapes: Sequence[Shape]) -> Drawing:
    return Drawing(
        width=width, height=height, title=sankey.title, desc=sankey.desc, shapes=tuple(shapes),
        layer="drawing sankey",
    )  # fmt: skip
