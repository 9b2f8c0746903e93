"""How temperature runs up a building: the mean of each storey before and after conversion."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from fenhu.drawing.frame import MARGIN, Plot, chart, heading, level_axis
from fenhu.drawing.legend import LEGEND_LINE, LegendEntry, legend
from fenhu.drawing.model import Anchor, Circle, Group, Label, Line, Polyline, Shape, Wording
from fenhu.drawing.palette import ACCENT, ALARM, FAINT, INK, PAPER, QUIET_INK, SERIES, shown_temperature
from fenhu.drawing.table import ChartTable
from fenhu.errors import InputFault
from fenhu.wording import text

BEFORE_INK = SERIES[5]
_LEFT, _ROOM, _LEAST_HEIGHT, _ROW = 52.0, 30.0, 120.0, 26.0
_SIZE = 11.0
# Two values of one storey closer than this do not both fit right of their dots.
_CROWDED_K = 2.5


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreyMean:
    """The mean room temperature of one storey, ℃; None where it is not known."""

    storey: int
    before_c: float | None
    after_c: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """A building's vertical profile; ``title`` states the finding."""

    title: Wording
    desc: Wording
    storeys: Sequence[StoreyMean]
    threshold_c: float = 18.0


def profile_svg(profile: Profile, *, width: float = 480.0) -> str:
    """Return the profile: storeys upwards, temperature across, a line before and a line after.

    Raises
    ------
    InputFault
        If there is no storey to draw.
    """
    if not profile.storeys:
        raise InputFault(text("A vertical profile needs at least one storey"))
    storeys = sorted(profile.storeys, key=lambda mean: mean.storey)
    shapes, top = heading(profile.title, width)
    key, lines = legend(_key(), width - 2 * MARGIN)
    shapes.append(Group(shapes=key, dx=MARGIN, dy=top))
    plot = _plot(profile, storeys, top + lines * LEGEND_LINE + 22, width)
    shapes += _storeys(plot, storeys)
    shapes += level_axis(
        plot, range(int(plot.x_from), int(plot.x_to) + 1, 2), text("Mean room temperature (℃)")
    )
    shapes += _threshold(plot, profile.threshold_c)
    before = [(mean.storey, mean.before_c) for mean in storeys]
    after = [(mean.storey, mean.after_c) for mean in storeys]
    shapes += _run(plot, before, BEFORE_INK, hollow=True, other=dict(after))
    shapes += _run(plot, after, ACCENT, hollow=False, other=dict(before))
    return chart(profile.title, profile.desc, width, plot.bottom + 44, shapes)


def profile_table(profile: Profile) -> ChartTable:
    """Return the means behind the profile, top storey first."""
    ordered = sorted(profile.storeys, key=lambda mean: -mean.storey)
    return ChartTable(
        head=(text("Storey"), text("Mean before (℃)"), text("Mean after (℃)")),
        rows=tuple((mean.storey, _shown(mean.before_c), _shown(mean.after_c)) for mean in ordered),
    )


def _plot(profile: Profile, storeys: Sequence[StoreyMean], top: float, width: float) -> Plot:
    known = [value for mean in storeys for value in (mean.before_c, mean.after_c) if value is not None]
    values = [*known, profile.threshold_c]
    return Plot(
        left=_LEFT,
        top=top,
        width=width - _LEFT - _ROOM,
        height=max(_LEAST_HEIGHT, _ROW * len(storeys)),
        x_from=2 * math.floor((min(values) - 1) / 2),
        x_to=2 * math.ceil((max(values) + 1) / 2),
        y_from=storeys[0].storey - 0.5,
        y_to=storeys[-1].storey + 0.5,
    )


def _key() -> tuple[LegendEntry, ...]:
    return (
        LegendEntry(label=text("Before"), fill=PAPER, mark="○"),
        LegendEntry(label=text("After"), fill=ACCENT, mark="●"),
    )


def _storeys(plot: Plot, storeys: Sequence[StoreyMean]) -> list[Shape]:
    shapes: list[Shape] = []
    for mean in storeys:
        y = plot.y(mean.storey)
        shapes.append(Line(x1=plot.left, y1=y, x2=plot.right, y2=y, stroke=FAINT))
        name = text("{number}F", number=mean.storey)
        shapes.append(Label(x=plot.left - 6, y=y + 4, content=name, size=_SIZE, fill=QUIET_INK, anchor="end"))
    return shapes


def _threshold(plot: Plot, threshold_c: float) -> list[Shape]:
    x = plot.x(threshold_c)
    return [
        Line(x1=x, y1=plot.top - 4, x2=x, y2=plot.bottom, stroke=ALARM, stroke_width=1.5, dash=(5, 3)),
        Label(
            x=x, y=plot.top - 8, content=f"{threshold_c:g} ℃", size=12, fill=INK, anchor="middle", bold=True
        ),
    ]


def _run(
    plot: Plot,
    points: Sequence[tuple[int, float | None]],
    ink: str,
    *,
    hollow: bool,
    other: Mapping[int, float | None],
) -> list[Shape]:
    known = [(storey, value) for storey, value in points if value is not None]
    placed = [(plot.x(value), plot.y(storey)) for storey, value in known]
    line = Polyline(points=tuple(placed), stroke=ink, stroke_width=2, dash=(6, 3) if hollow else ())
    dots = [
        Circle(x=x, y=y, radius=4, fill=PAPER if hollow else ink, stroke=ink, stroke_width=2)
        for x, y in placed
    ]
    ends = [*known[:1], *known[1:][-1:]]
    return [line, *dots, *(_value(plot, storey, value, other.get(storey)) for storey, value in ends)]


def _value(plot: Plot, storey: int, value: float, other: float | None) -> Label:
    """Write a value right of its dot, left of it where the other run stands close on the right."""
    crowded = other is not None and 0 <= other - value < _CROWDED_K
    x = plot.x(value) + (-9 if crowded else 9)
    anchor: Anchor = "end" if crowded else "start"
    said = shown_temperature(value)
    return Label(x=x, y=plot.y(storey) + 4, content=said, size=_SIZE, fill=INK, anchor=anchor)


def _shown(value_c: float | None) -> str:
    return "—" if value_c is None else shown_temperature(value_c)
