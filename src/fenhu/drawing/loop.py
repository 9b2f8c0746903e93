"""One flat's heating before and after the conversion, as its household can find it again on its walls.

Plan-like and not to scale: the stairwell at the left, the flat at the right. Numbers in the picture are
those of ``LOOP_PARTS``, which say in words what each thing is; lengths and places are the installer's.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fenhu.drawing.frame import heading
from fenhu.drawing.model import Circle, Drawing, Label, Line, Polygon, Polyline, Rect, Shape
from fenhu.drawing.palette import ACCENT, FAINT, INK, PAPER, QUIET_INK, RULE, SERIES
from fenhu.drawing.svg import svg
from fenhu.records import SystemForm
from fenhu.wording import Text, text

WIDTH = 328.0
_SUPPLY, _RETURN = SERIES[5], SERIES[0]
_WALL, _FLAT_RIGHT = 116.0, 320.0
_TALL, _RADIATOR = 188.0, (44.0, 20.0)
_MOST_RADIATORS = 3
_SINGLE_PIPE = (SystemForm.VERTICAL_SINGLE_SERIES, SystemForm.VERTICAL_SINGLE_BYPASS)

LOOP_PARTS: tuple[tuple[Text, Text], ...] = (
    (
        text("Risers in the stairwell"),
        text("Two pipes shared by all flats of your stairwell: one brings the hot water, one takes it back."),
    ),
    (
        text("Lock valve"),
        text(
            "Shuts your flat off alone, for a repair; set once, so that every flat gets the water it needs."
        ),
    ),
    (text("Filter"), text("Keeps dirt away from meter and valves; the heat supplier cleans it.")),
    (text("Place of the heat meter"), text("A short pipe for now; a meter fits in later.")),
    (
        text("Your own loop"),
        text("Supply and return run through your flat alone; no neighbour's water passes."),
    ),
    (text("Thermostatic valve"), text("At every radiator: turn it to the warmth you want.")),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FlatLoop:
    """A flat: how it is heated today, and its radiators by name (none: three are drawn)."""

    flat: str
    form: SystemForm
    radiators: Sequence[str] = ()

    @property
    def drawn(self) -> tuple[str, ...]:
        """Return the names of the radiators that are drawn."""
        return tuple(self.radiators[:_MOST_RADIATORS]) or ("",) * _MOST_RADIATORS


def loop_before_svg(flat: FlatLoop) -> str:
    """Return how the flat is heated today: risers of the whole house pass through its rooms."""
    title, desc = text("Today: flat {flat}", flat=flat.flat), before_said(flat.form)
    shapes, top = heading(title, WIDTH)
    shapes += _house(top)
    if flat.form is SystemForm.HORIZONTAL_SINGLE:
        shapes += _level_pipe(len(flat.drawn), top)
    else:
        for x in _places(len(flat.drawn), 152.0, 280.0):
            shapes += _riser_through(x, top, single=flat.form in _SINGLE_PIPE)
        shapes.append(_note(text("from above"), top + 16.0))
        shapes.append(_note(text("on to below"), top + _TALL - 30.0))
    return _drawn(title, desc, shapes, top)


def loop_after_svg(flat: FlatLoop) -> str:
    """Return how the flat will be heated: a loop of its own with its valves and meter place."""
    title = text("After: flat {flat} has its own loop", flat=flat.flat)
    shapes, top = heading(title, WIDTH)
    shapes += [*_house(top), *_risers(top), *_loop(flat.drawn, top), *_stations(top)]
    return _drawn(title, after_said(), shapes, top)


def before_said(form: SystemForm) -> Text:
    """Return in words how a flat of this form is heated."""
    if form in (*_SINGLE_PIPE, SystemForm.HORIZONTAL_SINGLE):
        return text(
            "One pipe runs through the rooms of one flat after the other. The water that warms you was in"
            " another flat"
            " before; nobody can be shut off or regulated alone."
        )
    return text(
        "The pipes of the whole stairwell run through your rooms; your flat cannot be shut off or metered"
        " alone."
    )


def after_said() -> Text:
    """Return in words what the conversion makes of it."""
    return text(
        "Supply and return stand in the stairwell. From there your flat has a loop of its own with a lock"
        " valve, a filter and a place for a heat meter; every radiator gets its own thermostatic valve."
    )


def _drawn(title: Text, desc: Text, shapes: list[Shape], top: float) -> str:
    return svg(
        Drawing(
            width=WIDTH,
            height=top + _TALL + 8.0,
            title=title,
            desc=desc,
            shapes=tuple(shapes),
            layer="drawing loop",
        )
    )


def _house(top: float) -> list[Shape]:
    """Return the walls: stairwell and flat side by side."""
    return [
        Rect(x=4.0, y=top, width=_FLAT_RIGHT - 4.0, height=_TALL, fill=PAPER, stroke=INK, stroke_width=2.0),
        Rect(x=4.0, y=top, width=_WALL - 4.0, height=_TALL, fill=FAINT, stroke=INK, stroke_width=2.0),
        Label(x=10.0, y=top + _TALL - 8.0, content=text("Stairs"), size=12.0, fill=QUIET_INK),
        Label(x=_WALL + 8.0, y=top + _TALL - 8.0, content=text("Your flat"), size=12.0, fill=QUIET_INK),
    ]


def _note(words: Text, y: float) -> Shape:
    return Label(x=_WALL - 6.0, y=y, content=words, size=12.0, fill=QUIET_INK, anchor="end")


def _places(count: int, left: float, right: float) -> list[float]:
    """Return the middles of ``count`` radiators from ``left`` to ``right``."""
    if count == 1:
        return [(left + right) / 2]
    return [left + (right - left) * number / (count - 1) for number in range(count)]


def _radiator(x: float, y: float) -> list[Shape]:
    width, height = _RADIATOR
    left = x - width / 2
    ribs = [
        Line(x1=left + width * n / 5, y1=y, x2=left + width * n / 5, y2=y + height, stroke=RULE)
        for n in range(1, 5)
    ]
    return [
        Rect(x=left, y=y, width=width, height=height, fill=PAPER, stroke=INK, stroke_width=1.5, radius=2.0),
        *ribs,
    ]


def _riser_through(x: float, top: float, *, single: bool) -> list[Shape]:
    """Return a riser that comes from above, passes a radiator and goes on to the neighbour below."""
    y = top + 70.0
    left, right, middle = x - 22.0, x + 22.0, y + 10.0
    if single:
        way = Polyline(
            points=((right + 7, top), (right + 7, middle), (right, middle)), stroke=_SUPPLY, stroke_width=3.0
        )
        on = Polyline(
            points=((left, middle), (left - 7, middle), (left - 7, middle + 30), (right + 7, middle + 30),
                    (right + 7, top + _TALL - 26)),
            stroke=_RETURN, stroke_width=3.0,
        )  # fmt: skip
        return [way, on, *_radiator(x, y)]
    ends = ((right + 7, right, _SUPPLY), (left - 7, left, _RETURN))
    pipes = [
        part
        for outer, inner, colour in ends
        for part in (
            Line(x1=outer, y1=top, x2=outer, y2=top + _TALL - 26, stroke=colour, stroke_width=3.0),
            Line(x1=outer, y1=middle, x2=inner, y2=middle, stroke=colour, stroke_width=3.0),
        )
    ]
    return [*pipes, *_radiator(x, y)]


def _level_pipe(count: int, top: float) -> list[Shape]:
    """Return one pipe that passes the radiators one after the other and goes on to the neighbour beside."""
    y = top + 80.0
    places = _places(count, 152.0, 280.0)
    middle = places[len(places) // 2]
    return [
        Line(x1=4.0, y1=y, x2=middle, y2=y, stroke=_SUPPLY, stroke_width=3.0),
        Line(x1=middle, y1=y, x2=_FLAT_RIGHT, y2=y, stroke=_RETURN, stroke_width=3.0),
        *(part for x in places for part in _radiator(x, y - _RADIATOR[1] / 2)),
        Label(x=_FLAT_RIGHT - 6.0, y=y + 28.0, content=text("on to the next flat"), size=10.0, fill=QUIET_INK,
              anchor="end"),
    ]  # fmt: skip


def _risers(top: float) -> list[Shape]:
    """Return the two shared risers in the stairwell."""
    return [
        Line(x1=24.0, y1=top, x2=24.0, y2=top + _TALL - 26, stroke=_SUPPLY, stroke_width=5.0),
        Line(x1=40.0, y1=top, x2=40.0, y2=top + _TALL - 26, stroke=_RETURN, stroke_width=5.0),
        *_number(1, 32.0, top + 24.0),
    ]


def _loop(names: Sequence[str], top: float) -> list[Shape]:
    """Return the flat's loop: supply above, return below, the radiators between them."""
    supply, back, y = top + 112.0, top + 138.0, top + 56.0
    places = _places(len(names), 182.0, 292.0)
    end = places[-1] + 14.0
    shapes: list[Shape] = [
        Line(x1=24.0, y1=supply, x2=end, y2=supply, stroke=_SUPPLY, stroke_width=3.0),
        Line(x1=40.0, y1=back, x2=end - 28.0, y2=back, stroke=_RETURN, stroke_width=3.0),
    ]
    for x, name in zip(places, names, strict=True):
        foot = y + _RADIATOR[1]
        shapes += [
            Line(x1=x + 14.0, y1=foot, x2=x + 14.0, y2=supply, stroke=_SUPPLY, stroke_width=3.0),
            Line(x1=x - 14.0, y1=foot, x2=x - 14.0, y2=back, stroke=_RETURN, stroke_width=3.0),
            *_radiator(x, y),
            Label(x=x, y=y - 6.0, content=name, size=12.0, fill=QUIET_INK, anchor="middle"),
            *_valve(x + 14.0, foot + 12.0),
        ]
    return [
        *shapes,
        *_number(5, 138.0, supply - 15.0),
        *_number(6, places[0] + 32.0, y + _RADIATOR[1] + 12.0),
    ]


def _stations(top: float) -> list[Shape]:
    """Return what stands between the risers and the flat: lock valves, filter, place of the meter."""
    supply, back = top + 112.0, top + 138.0
    lock, dirt, meter = 58.0, 80.0, 102.0
    rhomb = ((dirt - 7, supply), (dirt, supply - 6), (dirt + 7, supply), (dirt, supply + 6))
    return [
        *_valve(lock, supply),
        *_valve(lock, back),
        *_number(2, lock, supply - 18.0),
        Polygon(points=rhomb, stroke=INK, fill=PAPER, stroke_width=1.5),
        *_number(3, dirt, supply - 18.0),
        Circle(x=meter, y=supply, radius=8.0, fill=PAPER, stroke=ACCENT, stroke_width=2.0),
        *_number(4, meter, supply - 18.0),
    ]


def _valve(x: float, y: float) -> list[Shape]:
    """Return a valve's sign: two triangles that touch."""
    points = ((x - 6, y - 5), (x + 6, y + 5), (x + 6, y - 5), (x - 6, y + 5))
    return [Polygon(points=points, stroke=INK, fill=PAPER, stroke_width=1.5)]


def _number(number: int, x: float, y: float) -> list[Shape]:
    return [
        Circle(x=x, y=y, radius=8.5, fill=ACCENT),
        Label(x=x, y=y + 4.0, content=str(number), size=12.0, fill=PAPER, anchor="middle", bold=True),
    ]
