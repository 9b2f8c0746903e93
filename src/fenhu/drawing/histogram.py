"""How warm the flats are, before and after: two histograms on the same axes, with the 18 ℃ line."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from fenhu.drawing.figures import grouped, nice_ticks
from fenhu.drawing.frame import MARGIN, Plot, chart, heading, level_axis, level_title, upright_axis
from fenhu.drawing.model import Label, Line, Rect, Shape, Wording
from fenhu.drawing.palette import ALARM, INK, PAPER, RULE, temperature_band
from fenhu.drawing.table import ChartTable
from fenhu.wording import text

_PANEL_HEIGHT, _AXIS_HEIGHT, _LEFT, _PANEL_HEAD = 120.0, 44.0, 56.0, 46.0
_FEW_BINS = 24
# The steps of the axis, K; marks stand so far apart that their values do not touch.
_STEPS_K, _LEAST_APART = (2, 5), 20.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Histogram:
    """How many flats are how warm, before and after, by degrees as ``by_degree`` counts them.

    ``title`` states the finding; the threshold is a whole degree, ℃.
    """

    title: Wording
    desc: Wording
    before: Mapping[int, int]
    after: Mapping[int, int]
    threshold_c: int = 18


@dataclass(frozen=True, slots=True, kw_only=True)
class Distributions:
    """How many flats are how warm in several named states; ``title`` states the finding."""

    title: Wording
    desc: Wording
    panels: tuple[tuple[Wording, Mapping[int, int]], ...]
    threshold_c: int = 18


def by_degree(values_c: Iterable[float]) -> Counter[int]:
    """Return how many temperatures, ℃, lie from every whole degree up to the next.

    Examples
    --------
    >>> by_degree([17.9, 18.0, 18.4])
    Counter({18: 2, 17: 1})
    """
    return Counter(map(math.floor, values_c))


def below(flats: Mapping[int, int], threshold_c: int) -> int:
    """Return how many flats counted by ``by_degree`` are colder than a whole degree."""
    return sum(count for degree, count in flats.items() if degree < threshold_c)


def histogram_svg(histogram: Histogram, *, width: float = 640.0) -> str:
    """Return both distributions, one above the other on the same axes, coloured by the temperature scale."""
    return distributions_svg(_both(histogram), width=width)


def distributions_svg(shown: Distributions, *, width: float = 640.0) -> str:
    """Return a histogram for every state, one above the other on the same axes."""
    edges, panels = _edges(shown), shown.panels
    counted = [_counts(flats, edges) for _, flats in panels]
    ticks = nice_ticks(max((count for counts in counted for count in counts), default=0), wanted=3)
    shapes, top = heading(shown.title, width)
    for number, ((name, flats), counts) in enumerate(zip(panels, counted, strict=True)):
        plot = Plot(
            left=_LEFT, top=top + _PANEL_HEAD, width=width - _LEFT - MARGIN, height=_PANEL_HEIGHT,
            x_from=edges[0], x_to=edges[-1], y_to=ticks[-1],
        )  # fmt: skip
        last = number == len(panels) - 1
        shapes += _panel(plot, name, flats, counts, edges, ticks, shown.threshold_c)
        if last:
            shapes.append(level_title(plot, text("Room temperature (℃)")))
        top = plot.bottom + (_AXIS_HEIGHT if last else 24)
    return chart(shown.title, shown.desc, width, top, shapes)


def histogram_table(histogram: Histogram) -> ChartTable:
    """Return the counts behind the histogram, one row per class of temperature."""
    table = distributions_table(_both(histogram))
    return ChartTable(head=(table.head[0], text("Flats before"), text("Flats after")), rows=table.rows)


def distributions_table(shown: Distributions) -> ChartTable:
    """Return the counts behind the histograms, one row per class of temperature, one column per state."""
    edges = _edges(shown)
    counts = zip(*(_counts(flats, edges) for _, flats in shown.panels), strict=True)
    return ChartTable(
        head=(text("Room temperature (℃)"), *(text("{name}", name=name) for name, _ in shown.panels)),
        rows=tuple(
            (f"{low:g}–{high:g}", *row) for low, high, row in zip(edges, edges[1:], counts, strict=False)
        ),
    )


def _both(histogram: Histogram) -> Distributions:
    return Distributions(
        title=histogram.title, desc=histogram.desc, threshold_c=histogram.threshold_c,
        panels=((text("Before"), histogram.before), (text("After"), histogram.after)),
    )  # fmt: skip


def _panel(
    plot: Plot,
    name: Wording,
    flats: Mapping[int, int],
    counts: Sequence[int],
    edges: Sequence[int],
    ticks: Sequence[float],
    threshold_c: int,
) -> list[Shape]:
    cold = below(flats, threshold_c)
    said = text(
        "{name}: {cold} of {flats} flats below {threshold} ℃",
        name=name, cold=grouped(cold), flats=grouped(sum(flats.values())), threshold=str(threshold_c),
    )  # fmt: skip
    shapes: list[Shape] = [Label(x=MARGIN, y=plot.top - 28, content=said, size=13, bold=True)]
    shapes += upright_axis(plot, ticks, text("Flats"))
    for low, high, count in zip(edges, edges[1:], counts, strict=False):
        if count:
            x, y = plot.x(low), plot.y(count)
            fill = temperature_band((low + high) / 2).fill
            shapes.append(
                Rect(
                    x=x + 0.5,
                    y=y,
                    width=plot.x(high) - x - 1,
                    height=plot.bottom - y,
                    fill=fill,
                    stroke=RULE,
                    stroke_width=0.75,
                )
            )
    step = next((step for step in _STEPS_K if plot.width * step / (edges[-1] - edges[0]) >= _LEAST_APART), 10)
    shapes += level_axis(plot, [edge for edge in edges if edge % step == 0], "")
    return [*shapes, *_threshold(plot, threshold_c)]


def _threshold(plot: Plot, threshold_c: int) -> list[Shape]:
    x = plot.x(threshold_c)
    return [
        Line(x1=x, y1=plot.top - 6, x2=x, y2=plot.bottom, stroke=PAPER, stroke_width=4),
        Line(x1=x, y1=plot.top - 6, x2=x, y2=plot.bottom, stroke=ALARM, stroke_width=2, dash=(5, 3)),
        Label(x=x, y=plot.top - 9, content=f"{threshold_c} ℃", size=12, fill=INK, anchor="middle", bold=True),
    ]


def _edges(shown: Distributions) -> tuple[int, ...]:
    """Return class edges 1 K apart (2 K over a wide range), on whole even degrees at both ends."""
    degrees = {shown.threshold_c, *(degree for _, panel in shown.panels for degree in panel)}
    low, high = min(degrees), max(degrees) + 1
    low, high = low - low % 2, high + high % 2
    return tuple(range(low, high + 1, 1 if high - low <= _FEW_BINS else 2))


def _counts(flats: Mapping[int, int], edges: Sequence[int]) -> list[int]:
    counts = [0] * (len(edges) - 1)
    for degree, count in flats.items():
        counts[(degree - edges[0]) // (edges[1] - edges[0])] += count
    return counts
