"""One room on the fixed temperature scale: where it stands today, and where after the conversion."""

from __future__ import annotations

from fenhu.drawing.frame import MARGIN, heading
from fenhu.drawing.model import Anchor, Drawing, Label, Polygon, Rect, Shape, Wording
from fenhu.drawing.palette import INK, RULE, TEMPERATURE_BANDS, ink_on, shown_temperature
from fenhu.drawing.svg import svg
from fenhu.wording import Text, text

WIDTH = 328.0
_FROM_C, _TO_C, _BAR = 14.0, 24.0, 26.0


def scale_svg(*, title: Wording, desc: Wording, before_c: float | None, after_c: float | None) -> str:
    """Return the scale from 14 to 24 ℃ with a mark above it for today, below it for after the conversion.

    A temperature outside the scale stands at its end, its figure says what it is.
    """
    shapes, top = heading(title, WIDTH)
    bar = top + 34.0
    shapes += _bands(bar)
    if before_c is not None:
        shapes += _mark(before_c, text("today {value} ℃", value=shown_temperature(before_c)), bar, above=True)
    if after_c is not None:
        shapes += _mark(
            after_c, text("after {value} ℃", value=shown_temperature(after_c)), bar + _BAR, above=False
        )
    return svg(
        Drawing(
            width=WIDTH,
            height=bar + _BAR + 40.0,
            title=title,
            desc=desc,
            shapes=tuple(shapes),
            layer="drawing scale",
        )
    )


def _x(value_c: float) -> float:
    held = min(max(value_c, _FROM_C), _TO_C)
    return MARGIN + (held - _FROM_C) / (_TO_C - _FROM_C) * (WIDTH - 2 * MARGIN)


def _bands(top: float) -> list[Shape]:
    shapes: list[Shape] = []
    for band in TEMPERATURE_BANDS:
        left, right = _x(band.from_c), _x(band.to_c)
        shapes.append(Rect(x=left, y=top, width=right - left, height=_BAR, fill=band.fill, stroke=RULE))
        if band.from_c > _FROM_C:
            shapes.append(
                Label(
                    x=left + 4.0, y=top + 17.0, content=f"{band.from_c:g}", size=11.0, fill=ink_on(band.fill)
                )
            )
    return shapes


def _mark(value_c: float, said: Text, edge: float, *, above: bool) -> list[Shape]:
    x, turn = _x(value_c), -1.0 if above else 1.0
    tip, base = edge + turn * 1.0, edge + turn * 10.0
    anchor: Anchor = "start" if x < 70 else "end" if x > WIDTH - 70 else "middle"
    return [
        Polygon(points=((x, tip), (x - 6, base), (x + 6, base)), fill=INK),
        Label(x=x, y=base - 5.0 if above else base + 14.0, content=said, size=13.0, anchor=anchor, bold=True),
    ]
