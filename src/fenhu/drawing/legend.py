"""Keys to colours: the temperature scale, the states of a layer, the series of a chart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fenhu.drawing.layers import StateLayer
from fenhu.drawing.measure import writing_width
from fenhu.drawing.model import Drawing, Group, Hatch, Label, Rect, Shape, Wording
from fenhu.drawing.palette import MISSING, RULE, TEMPERATURE_BANDS, ink_on
from fenhu.drawing.svg import svg
from fenhu.wording import text

LEGEND_LINE = 24.0
_SWATCH, _GAP, _SIZE = 18.0, 16.0, 12.0


@dataclass(frozen=True, slots=True, kw_only=True)
class LegendEntry:
    """One colour and what it means; ``mark`` is the sign that stands beside the colour in the picture."""

    label: Wording
    fill: str
    mark: str = ""
    hatched: bool = False


def legend_entries(layer: StateLayer | None, shown: Sequence[float | str | None]) -> tuple[LegendEntry, ...]:
    """Return the key of a picture: the whole temperature scale, or the states that occur."""
    if layer is None:
        entries = [LegendEntry(label=band.label, fill=band.fill) for band in TEMPERATURE_BANDS]
        unknown = text("no temperature known")
    else:
        codes = [value for value in shown if isinstance(value, str)]
        entries = [
            LegendEntry(label=state.label, fill=state.tone.value, mark=state.mark)
            for state in layer.present(codes)
        ]
        unknown = text("not known")
    if None in shown:
        entries.append(LegendEntry(label=unknown, fill=MISSING, hatched=True))
    return tuple(entries)


def legend(entries: Sequence[LegendEntry], width: float) -> tuple[tuple[Shape, ...], int]:
    """Return the shapes of a key wrapped to ``width``, and the number of lines it takes."""
    shapes: list[Shape] = []
    x, line = 0.0, 0
    for entry in entries:
        needed = _SWATCH + 6 + writing_width(str(entry.label), _SIZE)
        if x > 0 and x + needed > width:
            x, line = 0.0, line + 1
        shapes.append(Group(shapes=_entry(entry), dx=x, dy=line * LEGEND_LINE))
        x += needed + _GAP
    return tuple(shapes), line + 1


def legend_svg(entries: Sequence[LegendEntry], *, title: Wording, desc: Wording, width: float = 320.0) -> str:
    """Return a key as a picture of its own, for pages where several pictures share it."""
    shapes, lines = legend(entries, width)
    return svg(
        Drawing(
            width=width,
            height=lines * LEGEND_LINE,
            title=title,
            desc=desc,
            shapes=shapes,
            layer="drawing legend",
        )
    )


def _entry(entry: LegendEntry) -> tuple[Shape, ...]:
    shapes: list[Shape] = [
        Rect(x=0.5, y=2.5, width=_SWATCH - 1, height=15, fill=entry.fill, stroke=RULE, radius=2)
    ]
    if entry.hatched:
        shapes.append(
            Hatch(x=0.5, y=2.5, width=_SWATCH - 1, height=15, gap=6, stroke=RULE, stroke_width=0.75)
        )
    if entry.mark:
        shapes.append(
            Label(
                x=_SWATCH / 2,
                y=14.5,
                content=entry.mark,
                size=_SIZE,
                fill=ink_on(entry.fill),
                anchor="middle",
            )
        )
    shapes.append(Label(x=_SWATCH + 6, y=14.5, content=entry.label, size=_SIZE))
    return tuple(shapes)
