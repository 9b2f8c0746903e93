"""Write a drawing as SVG that may stand inside a page with a strict content policy.

No script, no style attribute, no outside reference but a map's tiles: only presentation attributes and class
names.
"""

from __future__ import annotations

import hashlib
import math
import re
from collections.abc import Iterable, Mapping
from functools import singledispatch
from xml.sax.saxutils import escape, quoteattr

from fenhu.drawing.model import (
    Arc,
    Circle,
    Drawing,
    Group,
    Hatch,
    Label,
    Line,
    Link,
    Polygon,
    Polyline,
    Rect,
    Shape,
    Symbol,
    Tile,
    Wording,
)
from fenhu.errors import InputFault, OutOfRange
from fenhu.wording import text

FONTS = "system-ui, 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', 'Noto Sans SC', sans-serif"
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SCHEME = re.compile(r"^\s*([a-z][a-z0-9+.\-]*):", re.IGNORECASE)


def svg(drawing: Drawing) -> str:
    """Return ``drawing`` as one ``<svg>`` element in the current language.

    The element is an image with a name and a description; a drawing that holds links is a group instead, so
    that a screen reader still reaches them. Ids are digests of the content: equal pictures on one page share
    equal names, different ones never collide.

    Raises
    ------
    InputFault
        If a link leads to anything but a path or an http(s) address, or a coordinate is no number.
    """
    body = "".join(_element(shape) for shape in drawing.shapes)
    title, desc = _written(drawing.title), _written(drawing.desc)
    name = "d" + hashlib.sha256((title + desc + body).encode()).hexdigest()[:12]
    attributes = {
        "xmlns": "http://www.w3.org/2000/svg",
        "class": drawing.layer,
        "role": "group" if _has_link(drawing.shapes) else "img",
        "aria-labelledby": f"{name}-t {name}-d",
        "viewBox": f"0 0 {_number(drawing.width)} {_number(drawing.height)}",
        "width": _number(drawing.width * drawing.scale),
        "height": _number(drawing.height * drawing.scale),
        "font-family": FONTS,
    }
    head = f'<title id="{name}-t">{title}</title><desc id="{name}-d">{desc}</desc>'
    return f"<svg{_attributes(attributes)}>{head}{body}</svg>"


@singledispatch
def _element(shape: Shape) -> str:
    raise TypeError(shape)


@_element.register
def _rect(shape: Rect) -> str:
    return _empty("rect", {
        "x": _number(shape.x), "y": _number(shape.y),
        "width": _number(shape.width), "height": _number(shape.height),
        "rx": _number(shape.radius) if shape.radius else "",
        "fill": shape.fill, **_stroke(shape.stroke, shape.stroke_width), "class": shape.layer,
    })  # fmt: skip


@_element.register
def _circle(shape: Circle) -> str:
    return _empty("circle", {
        "cx": _number(shape.x), "cy": _number(shape.y), "r": _number(shape.radius),
        "fill": shape.fill, **_stroke(shape.stroke, shape.stroke_width), "class": shape.layer,
    })  # fmt: skip


@_element.register
def _tile(shape: Tile) -> str:
    size = _number(shape.size)
    return _empty("image", {
        "href": shape.href, "x": _number(shape.x), "y": _number(shape.y), "width": size, "height": size,
    })  # fmt: skip


@_element.register
def _line(shape: Line) -> str:
    return _empty("line", {
        "x1": _number(shape.x1), "y1": _number(shape.y1), "x2": _number(shape.x2), "y2": _number(shape.y2),
        **_stroke(shape.stroke, shape.stroke_width, shape.dash), "class": shape.layer,
    })  # fmt: skip


@_element.register
def _polyline(shape: Polyline) -> str:
    points = " ".join(f"{_number(x)},{_number(y)}" for x, y in shape.points)
    stroke = _stroke(shape.stroke, shape.stroke_width, shape.dash)
    return _empty("polyline", {"points": points, "fill": shape.fill, **stroke, "class": shape.layer})


@_element.register
def _polygon(shape: Polygon) -> str:
    points = " ".join(f"{_number(x)},{_number(y)}" for x, y in shape.points)
    stroke = _stroke(shape.stroke, shape.stroke_width)
    return _empty("polygon", {"points": points, "fill": shape.fill, **stroke, "class": shape.layer})


@_element.register
def _arc(shape: Arc) -> str:
    (x1, y1), (x2, y2) = shape.ends()
    wide = "1" if (shape.to_deg - shape.from_deg) % 360.0 > 180.0 else "0"
    radius = _number(shape.radius)
    path = f"M{_number(x1)} {_number(y1)}A{radius} {radius} 0 {wide} 1 {_number(x2)} {_number(y2)}"
    stroke = _stroke(shape.stroke, shape.stroke_width)
    return _empty("path", {"d": path, "fill": "none", **stroke, "class": shape.layer})


@_element.register
def _symbol(shape: Symbol) -> str:
    moved = f"translate({_number(shape.x)} {_number(shape.y)})"
    turned = f" rotate({_number(shape.turn_deg)})" if shape.turn_deg else ""
    body = "".join(_element(part) for part in shape.shapes)
    return f"<g{_attributes({'transform': moved + turned, 'class': shape.layer})}>{body}</g>"


@_element.register
def _hatch(shape: Hatch) -> str:
    path = "".join(
        f"M{_number(x1)} {_number(y1)}L{_number(x2)} {_number(y2)}" for x1, y1, x2, y2 in shape.segments()
    )
    return _empty("path", {"d": path, **_stroke(shape.stroke, shape.stroke_width), "class": shape.layer})


@_element.register
def _label(shape: Label) -> str:
    x, y = _number(shape.x), _number(shape.y)
    attributes = {
        "x": x, "y": y, "font-size": _number(shape.size), "fill": shape.fill,
        "text-anchor": shape.anchor if shape.anchor != "start" else "",
        "font-weight": "600" if shape.bold else "",
        "transform": f"rotate(-90 {x} {y})" if shape.turned else "",
        "class": shape.layer,
    }  # fmt: skip
    return f"<text{_attributes(attributes)}>{_written(shape.content)}</text>"


@_element.register
def _group(shape: Group) -> str:
    moved = f"translate({_number(shape.dx)} {_number(shape.dy)})" if shape.dx or shape.dy else ""
    return f"<g{_attributes({'transform': moved, 'class': shape.layer})}>{_inside(shape)}</g>"


@_element.register
def _link(shape: Link) -> str:
    scheme = _SCHEME.match(shape.href)
    if scheme is not None and scheme[1].lower() not in ("http", "https"):
        raise InputFault(
            text("A drawing links to {href}; only paths and http(s) addresses are allowed", href=shape.href)
        )
    return f"<a{_attributes({'href': shape.href, 'class': shape.layer})}>{_inside(shape)}</a>"


def _inside(shape: Group | Link) -> str:
    title, desc = _written(shape.title), _written(shape.desc)
    head = (f"<title>{title}</title>" if title else "") + (f"<desc>{desc}</desc>" if desc else "")
    return head + "".join(_element(part) for part in shape.shapes)


def _has_link(shapes: Iterable[Shape]) -> bool:
    return any(
        isinstance(shape, Link) or (isinstance(shape, Group) and _has_link(shape.shapes)) for shape in shapes
    )


def _empty(tag: str, attributes: Mapping[str, str]) -> str:
    return f"<{tag}{_attributes(attributes)}/>"


def _attributes(attributes: Mapping[str, str]) -> str:
    return "".join(f" {key}={quoteattr(_legal(value))}" for key, value in attributes.items() if value)


def _stroke(stroke: str, width: float, dash: tuple[float, ...] = ()) -> dict[str, str]:
    if not stroke:
        return {}
    return {
        "stroke": stroke,
        "stroke-width": _number(width) if width != 1 else "",
        "stroke-dasharray": " ".join(_number(part) for part in dash),
    }


def _written(wording: Wording) -> str:
    return escape(_legal(str(wording)))


def _legal(content: str) -> str:
    return _NOT_XML.sub("\ufffd", content)


def _number(value: float) -> str:
    if not math.isfinite(value):
        raise OutOfRange(
            text("A drawing has a coordinate or size of {value}; a finite number is needed", value=value)
        )
    return f"{value:.2f}".rstrip("0").rstrip(".")
