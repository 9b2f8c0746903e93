"""What every chart has: a title that says the finding, a plot area, axes with titles and units."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from fenhu.drawing.figures import grouped
from fenhu.drawing.measure import wrap
from fenhu.drawing.model import Drawing, Label, Line, Shape, Wording
from fenhu.drawing.palette import FAINT, INK, QUIET_INK
from fenhu.drawing.svg import svg

MARGIN = 8.0
TITLE_SIZE, TITLE_LINE, AXIS_SIZE = 15.0, 20.0, 12.0
BOLD_WIDER = 1.15


@dataclass(frozen=True, slots=True, kw_only=True)
class Plot:
    """A plot area and its two linear scales; y values grow upwards."""

    left: float
    top: float
    width: float
    height: float
    x_from: float = 0.0
    x_to: float = 1.0
    y_from: float = 0.0
    y_to: float = 1.0

    @property
    def right(self) -> float:
        return self.left + self.width

    @property
    def bottom(self) -> float:
        return self.top + self.height

    def x(self, value: float) -> float:
        """Return where ``value`` stands across."""
        return self.left + (value - self.x_from) / (self.x_to - self.x_from) * self.width

    def y(self, value: float) -> float:
        """Return where ``value`` stands upwards."""
        return self.bottom - (value - self.y_from) / (self.y_to - self.y_from) * self.height


def heading(title: Wording, width: float) -> tuple[list[Shape], float]:
    """Return a title wrapped to the chart's width, and the height it takes."""
    lines = wrap(str(title), TITLE_SIZE * BOLD_WIDER, width - 2 * MARGIN)
    shapes: list[Shape] = [
        Label(x=MARGIN, y=16 + number * TITLE_LINE, content=line, size=TITLE_SIZE, bold=True)
        for number, line in enumerate(lines)
    ]
    return shapes, len(lines) * TITLE_LINE + 6


def upright_axis(plot: Plot, ticks: Sequence[float], title: Wording) -> list[Shape]:
    """Return the y axis: faint lines across, values at the left, the title above them."""
    shapes: list[Shape] = [Label(x=MARGIN, y=plot.top - 10, content=title, size=AXIS_SIZE, fill=QUIET_INK)]
    for tick in ticks:
        y = plot.y(tick)
        shapes.append(Line(x1=plot.left, y1=y, x2=plot.right, y2=y, stroke=FAINT))
        shapes.append(
            Label(
                x=plot.left - 6, y=y + 4, content=grouped(tick), size=AXIS_SIZE, fill=QUIET_INK, anchor="end"
            )
        )
    return shapes


def level_axis(plot: Plot, ticks: Sequence[float], title: Wording) -> list[Shape]:
    """Return the x axis: the base line, values below it, the title below them."""
    shapes: list[Shape] = [base_line(plot)]
    for tick in ticks:
        shapes.append(Line(x1=plot.x(tick), y1=plot.bottom, x2=plot.x(tick), y2=plot.bottom + 4, stroke=INK))
        shapes.append(
            Label(
                x=plot.x(tick),
                y=plot.bottom + 18,
                content=grouped(tick),
                size=AXIS_SIZE,
                fill=QUIET_INK,
                anchor="middle",
            )
        )
    return [*shapes, level_title(plot, title)]


def level_title(plot: Plot, title: Wording) -> Shape:
    """Return the title of the x axis, below its values."""
    middle = plot.left + plot.width / 2
    return Label(x=middle, y=plot.bottom + 36, content=title, size=AXIS_SIZE, fill=QUIET_INK, anchor="middle")


def base_line(plot: Plot) -> Shape:
    """Return the line the bars stand on."""
    return Line(x1=plot.left, y1=plot.bottom, x2=plot.right, y2=plot.bottom, stroke=INK)


def chart(title: Wording, desc: Wording, width: float, height: float, shapes: Sequence[Shape]) -> str:
    """Return the finished chart as SVG."""
    drawing = Drawing(
        width=width, height=height, title=title, desc=desc, shapes=tuple(shapes), layer="drawing chart"
    )
    return svg(drawing)
