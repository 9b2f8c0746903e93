"""The drawing model: a handful of shapes from which every picture is made, whatever file it ends in.

Lengths are drawing units (one unit is one CSS pixel at natural size), y grows downwards. ``layer`` names what
a shape belongs to: a class in SVG, a layer in a CAD file.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, radians, sin
from typing import Literal

from fenhu.wording import Text

Wording = Text | str
Anchor = Literal["start", "middle", "end"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rect:
    """A rectangle by its upper left corner; ``radius`` rounds its corners."""

    x: float
    y: float
    width: float
    height: float
    fill: str = "none"
    stroke: str = ""
    stroke_width: float = 1.0
    radius: float = 0.0
    layer: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Circle:
    """A circle by its centre."""

    x: float
    y: float
    radius: float
    fill: str = "none"
    stroke: str = ""
    stroke_width: float = 1.0
    layer: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A straight line between two points; ``dash`` lists dash and gap lengths."""

    x1: float
    y1: float
    x2: float
    y2: float
    stroke: str
    stroke_width: float = 1.0
    dash: tuple[float, ...] = ()
    layer: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Polyline:
    """A line through points, filled when ``fill`` is a colour."""

    points: tuple[tuple[float, float], ...]
    stroke: str
    fill: str = "none"
    stroke_width: float = 1.0
    dash: tuple[float, ...] = ()
    layer: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Polygon:
    """A closed line through points, filled when ``fill`` is a colour."""

    points: tuple[tuple[float, float], ...]
    stroke: str = ""
    fill: str = "none"
    stroke_width: float = 1.0
    layer: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Arc:
    """A part of a circle, clockwise as seen from ``from_deg`` to ``to_deg``; 0° points to the right."""

    x: float
    y: float
    radius: float
    from_deg: float
    to_deg: float
    stroke: str
    stroke_width: float = 1.0
    layer: str = ""

    def ends(self) -> tuple[tuple[float, float], tuple[float, float]]:
        """Return where it starts and ends."""
        first, last = (
            (self.x + self.radius * cos(radians(deg)), self.y + self.radius * sin(radians(deg)))
            for deg in (self.from_deg, self.to_deg)
        )
        return first, last


@dataclass(frozen=True, slots=True, kw_only=True)
class Hatch:
    """A rectangle filled with 45° lines: something is here, but its value is not known."""

    x: float
    y: float
    width: float
    height: float
    gap: float
    stroke: str
    stroke_width: float = 1.0
    layer: str = ""

    def segments(self) -> tuple[tuple[float, float, float, float], ...]:
        """Return the hatch lines as ``(x1, y1, x2, y2)``, clipped to the rectangle."""
        lines = []
        offset = self.gap
        while offset < self.width + self.height:
            x1, y1 = min(offset, self.width), max(offset - self.width, 0.0)
            x2, y2 = max(offset - self.height, 0.0), min(offset, self.height)
            lines.append((self.x + x1, self.y + y1, self.x + x2, self.y + y2))
            offset += self.gap
        return tuple(lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """One line of writing; ``y`` is its baseline, ``turned`` writes it upwards."""

    x: float
    y: float
    content: Wording
    size: float = 12.0
    fill: str = "#1f2933"
    anchor: Anchor = "start"
    bold: bool = False
    turned: bool = False
    layer: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Shapes that belong together, moved by ``dx`` and ``dy``; ``title`` is shown when pointed at."""

    shapes: tuple[Shape, ...]
    dx: float = 0.0
    dy: float = 0.0
    title: Wording = ""
    desc: Wording = ""
    layer: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Shapes that lead somewhere: a path within the site or an http(s) address."""

    href: str
    shapes: tuple[Shape, ...]
    title: Wording = ""
    desc: Wording = ""
    layer: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Symbol:
    """A sign drawn once about its origin and set many times: a block in a CAD file.

    It stands at ``x`` and ``y``, turned clockwise by ``turn_deg``; equal names mean equal shapes.
    """

    name: str
    shapes: tuple[Shape, ...]
    x: float
    y: float
    turn_deg: float = 0.0
    layer: str = ""


@dataclass(frozen=True, slots=True)
class Tile:
    """A square picture fetched from elsewhere; pages only, drawings on paper and for CAD have none."""

    href: str
    x: float
    y: float
    size: float


Shape = Rect | Circle | Tile | Line | Polyline | Polygon | Arc | Hatch | Label | Group | Link | Symbol


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """A whole picture: its size, its name and description for those who cannot see it, its shapes.

    ``scale`` is how much larger than its own units a page shows it.
    """

    width: float
    height: float
    title: Wording
    desc: Wording
    shapes: tuple[Shape, ...]
    layer: str = "drawing"
    scale: float = 1.0
