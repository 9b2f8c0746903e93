"""Buildings as dots where they stand, without a map behind them: coloured and sized by class, each a link."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import cos, floor, log10, radians

from fenhu.drawing.frame import MARGIN, heading
from fenhu.drawing.measure import shortened, writing_width
from fenhu.drawing.model import Circle, Drawing, Group, Label, Line, Link, Rect, Shape, Wording
from fenhu.drawing.palette import FAINT, INK, QUIET_INK
from fenhu.drawing.svg import svg
from fenhu.drawing.table import ChartTable
from fenhu.errors import OutOfRange
from fenhu.wording import Text, text

_HIGHEST, _LEAST_HIGH, _INSET, _PITCH, _NAME_WIDTH = 480.0, 120.0, 18.0, 19.0, 150.0
_KM_PER_DEGREE = 111.2
_LEGEND_LINE, _SIZE = 24.0, 12.0


@dataclass(frozen=True, slots=True, kw_only=True)
class DotClass:
    """One class of values or one state: its words, colour and size, so that colour never speaks alone."""

    label: Wording
    fill: str
    radius: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Dot:
    """One building: its class by number, its value in words, and its place, None where it is not known."""

    label: str
    shown: Wording
    dot_class: int
    href: str = ""
    estate: str = ""
    longitude: float | None = None
    latitude: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DotMap:
    """Buildings and the classes they fall into; ``title`` states the finding."""

    title: Wording
    desc: Wording
    classes: Sequence[DotClass]
    dots: Sequence[Dot]
    value_name: Wording


def dot_map_svg(dots: DotMap, *, width: float = 760.0) -> str:
    """Return the dots as SVG.

    Raises
    ------
    OutOfRange
        As ``dot_map_drawing``.
    """
    return svg(dot_map_drawing(dots, width=width))


def dot_map_drawing(dots: DotMap, *, width: float = 760.0) -> Drawing:
    """Return the dots where the buildings stand, north up; those without a place by estate below.

    Raises
    ------
    OutOfRange
        If a place is not on earth, or a dot's class is none of the classes.
    """
    _check(dots)
    shapes, top = heading(dots.title, width)
    key, bottom = _legend(dots, width, top)
    shapes += key
    placed = [dot for dot in dots.dots if _place(dot) is not None]
    if placed:
        field, bottom = _field(placed, dots.classes, width, bottom + 8)
        shapes += field
    if len(placed) < len(dots.dots):
        rest, bottom = _without_place(dots, width, bottom + 12)
        shapes += rest
    if not dots.dots:
        shapes.append(
            Label(x=MARGIN, y=bottom + 18, content=text("There is no building to show."), fill=QUIET_INK)
        )
        bottom += 28
    return Drawing(
        width=width, height=bottom + MARGIN, title=dots.title, desc=dots.desc, shapes=tuple(shapes),
        layer="drawing dot-map",
    )  # fmt: skip


def dot_map_table(dots: DotMap) -> ChartTable:
    """Return the values behind the dots, a row for each building."""
    head = (text("Building"), text("Estate"), dots.value_name, text("Class"))
    rows = tuple((dot.label, dot.estate, dot.shown, dots.classes[dot.dot_class].label) for dot in dots.dots)
    return ChartTable(head=head, rows=rows)


def _check(dots: DotMap) -> None:
    for dot in dots.dots:
        if not 0 <= dot.dot_class < len(dots.classes):
            raise OutOfRange(
                text("{dot} is of class {number}; there are {count}",
                     dot=dot.label, number=dot.dot_class, count=len(dots.classes))
            )  # fmt: skip
        place = _place(dot)
        if place is not None and not (-180 <= place[0] <= 180 and -90 <= place[1] <= 90):
            raise OutOfRange(
                text("{dot} stands at {longitude}, {latitude}, which is nowhere on earth",
                     dot=dot.label, longitude=place[0], latitude=place[1])
            )  # fmt: skip


def _place(dot: Dot) -> tuple[float, float] | None:
    if dot.longitude is None or dot.latitude is None:
        return None
    return dot.longitude, dot.latitude


def _legend(dots: DotMap, width: float, top: float) -> tuple[list[Shape], float]:
    """Return the key: every class with how many buildings it has."""
    counts = Counter(dot.dot_class for dot in dots.dots)
    shapes: list[Shape] = []
    x, line = MARGIN, 0
    for number, one in enumerate(dots.classes):
        words = str(text("{label}: {count} buildings", label=one.label, count=counts[number]))
        needed = 24 + writing_width(words, _SIZE)
        if x > MARGIN and x + needed > width - MARGIN:
            x, line = MARGIN, line + 1
        y = top + line * _LEGEND_LINE + 10
        shapes.append(_circle(x + 9, y, one))
        shapes.append(Label(x=x + 22, y=y + 4, content=words, size=_SIZE, layer="legend-entry"))
        x += needed + 16
    return shapes, top + (line + 1) * _LEGEND_LINE


def _field(
    placed: Sequence[Dot], classes: Sequence[DotClass], width: float, top: float
) -> tuple[list[Shape], float]:
    across, up, height, per_km = _projection(placed, width)
    frame = Rect(x=MARGIN, y=top, width=width - 2 * MARGIN, height=height, fill="#fbfcfd", stroke=FAINT)
    shapes: list[Shape] = [frame]
    # The large ones first, so that small ones beside them stay in sight and within reach.
    for dot in sorted(placed, key=lambda dot: (-classes[dot.dot_class].radius, dot.label)):
        place = _place(dot)
        assert place is not None
        shapes.append(_dot(dot, across(place[0]), top + up(place[1]), classes))
    shapes += _scale_bar(per_km, width, top + height)
    return shapes, top + height + 22


def _projection(
    placed: Sequence[Dot], width: float
) -> tuple[Callable[[float], float], Callable[[float], float], float, float]:
    """Return how longitude and latitude fall on the field, its height, and units per kilometre."""
    places = [place for dot in placed if (place := _place(dot)) is not None]
    west, east = min(x for x, _ in places), max(x for x, _ in places)
    south, north = min(y for _, y in places), max(y for _, y in places)
    shrink = max(cos(radians((south + north) / 2)), 0.01)
    km_wide, km_high = (east - west) * shrink * _KM_PER_DEGREE, (north - south) * _KM_PER_DEGREE
    room_wide, room_high = width - 2 * MARGIN - 2 * _INSET, _HIGHEST - 2 * _INSET
    per_km = min(
        room_wide / km_wide if km_wide > 0 else float("inf"),
        room_high / km_high if km_high > 0 else float("inf"),
    )
    per_km = per_km if per_km != float("inf") else 100.0
    height = max(_LEAST_HIGH, km_high * per_km + 2 * _INSET)
    middle_x, middle_y = (west + east) / 2, (south + north) / 2

    def across(longitude: float) -> float:
        return width / 2 + (longitude - middle_x) * shrink * _KM_PER_DEGREE * per_km

    def up(latitude: float) -> float:
        return height / 2 - (latitude - middle_y) * _KM_PER_DEGREE * per_km

    return across, up, height, per_km


def _scale_bar(per_km: float, width: float, bottom: float) -> list[Shape]:
    length_km = _round_down(140 / per_km)
    long = length_km * per_km
    left = width - MARGIN - long
    words = f"{length_km:g} km" if length_km >= 1 else f"{length_km * 1000:g} m"
    return [
        Line(x1=left, y1=bottom + 10, x2=left + long, y2=bottom + 10, stroke=INK, stroke_width=2),
        Label(x=left - 6, y=bottom + 14, content=words, size=_SIZE, fill=QUIET_INK, anchor="end"),
        Label(x=MARGIN, y=bottom + 14, content=text("North is up."), size=_SIZE, fill=QUIET_INK),
    ]


def _round_down(value: float) -> float:
    power = 10.0 ** floor(log10(value))
    return max(factor * power for factor in (1, 2, 5) if factor * power <= value * (1 + 1e-9))


def _without_place(dots: DotMap, width: float, top: float) -> tuple[list[Shape], float]:
    """Return the dots of buildings whose place nobody entered, in rows by estate."""
    estates: Mapping[str, list[Dot]] = defaultdict(list)
    for dot in dots.dots:
        if _place(dot) is None:
            estates[dot.estate].append(dot)
    shapes: list[Shape] = [
        Label(x=MARGIN, y=top + 14, content=text("Place not entered, by estate"), size=13, bold=True)
    ]
    y = top + 26
    in_row = int((width - 2 * MARGIN - _NAME_WIDTH) // _PITCH)
    for estate in sorted(estates):
        name: Wording = estate or text("no estate named")
        words = shortened(str(name), _SIZE, _NAME_WIDTH - 10)
        shapes.append(Label(x=MARGIN, y=y + _PITCH / 2 + 4, content=words, size=_SIZE, layer="estate-name"))
        for number, dot in enumerate(sorted(estates[estate], key=lambda dot: dot.label)):
            row, column = divmod(number, in_row)
            x = MARGIN + _NAME_WIDTH + (column + 0.5) * _PITCH
            shapes.append(_dot(dot, x, y + (row + 0.5) * _PITCH, dots.classes))
        y += _PITCH * -(-len(estates[estate]) // in_row)
    return shapes, y


def _dot(dot: Dot, x: float, y: float, classes: Sequence[DotClass]) -> Shape:
    title: Text = text("{name}: {value}", name=dot.label, value=dot.shown)
    shapes = (_circle(x, y, classes[dot.dot_class]),)
    if dot.href:
        return Link(href=dot.href, shapes=shapes, title=title, layer="dot")
    return Group(shapes=shapes, title=title, layer="dot")


def _circle(x: float, y: float, one: DotClass) -> Circle:
    return Circle(x=x, y=y, radius=one.radius, fill=one.fill, stroke=QUIET_INK, stroke_width=0.9)
