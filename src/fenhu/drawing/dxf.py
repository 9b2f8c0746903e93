"""Write a drawing as DXF: millimetres, named layers, signs as blocks, y upwards.

A drawing's ``layer`` keys become the layers of ``CAD_LAYERS``; colours and line types are the layer's, so
that an office can set them to its own. What carries a key nobody knows lies on layer 0.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import singledispatchmethod
from math import hypot
from typing import Any

from ezdxf._options import options
from ezdxf.document import Drawing as Document
from ezdxf.enums import TextEntityAlignment
from ezdxf.filemanagement import new
from ezdxf.layouts.base import BaseLayout

from fenhu.drawing.cad_layers import CAD_LAYERS
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
)

CAPITAL_EM = 0.733
"""Height of capitals and digits by the size of the type, as Noto Sans SC has it."""

_DASHED, _STYLE = "FENHU-DASHED", "HZ"
_CONTROL = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_BLOCK_NAME = re.compile(r"[^\w\-]")


def dxf_bytes(drawing: Drawing) -> bytes:
    """Return ``drawing`` as a DXF file (R2010, UTF-8) in the current language, one unit a millimetre.

    Links are drawn without their addresses. The same drawing gives the same bytes.

    Raises
    ------
    ValueError
        If the file does not pass the auditor; that is a fault of ours, never of what is drawn.
    """
    with _without_clock():
        doc = _document()
        _Writer(doc, doc.modelspace(), drawing.height).all(drawing.shapes)
        doc.set_modelspace_vport(drawing.height, center=(drawing.width / 2, drawing.height / 2))
        faults = doc.audit().errors
        if faults:
            raise ValueError(faults[0].message)
        stream = io.StringIO()
        doc.write(stream)
    return stream.getvalue().encode("utf-8")


def _document() -> Document:
    doc = new("R2010", units=4)
    doc.header["$LTSCALE"] = 1.0
    doc.linetypes.add(_DASHED, [5.0, 3.5, -1.5], description="__ __ __")
    doc.styles.add(_STYLE, font="simfang.ttf").dxf.width = 0.8
    for layer in CAD_LAYERS.values():
        kind = _DASHED if layer.dashed else "Continuous"
        doc.layers.add(layer.name, color=layer.colour, linetype=kind, lineweight=layer.weight)
    return doc


@contextmanager
def _without_clock() -> Iterator[None]:
    """Leave the moment of writing out of the file: equal drawings give equal bytes."""
    before = options.write_fixed_meta_data_for_testing
    options.write_fixed_meta_data_for_testing = True
    try:
        yield
    finally:
        options.write_fixed_meta_data_for_testing = before


class _Writer:
    """Writes shapes into a layout, moved by ``dx`` and ``dy``; y is counted down from ``top``."""

    def __init__(self, doc: Document, layout: BaseLayout, top: float, dx: float = 0.0, dy: float = 0.0,
                 layer: str = "") -> None:  # fmt: skip
        self.doc, self.layout, self.top, self.dx, self.dy, self.layer = doc, layout, top, dx, dy, layer

    def all(self, shapes: tuple[Shape, ...]) -> None:
        """Write all shapes."""
        for shape in shapes:
            self.write(shape)

    @singledispatchmethod
    def write(self, shape: Shape) -> None:
        """Write one shape."""
        raise TypeError(shape)

    @write.register
    def _line(self, shape: Line) -> None:
        self.layout.add_line(
            self._at(shape.x1, shape.y1), self._at(shape.x2, shape.y2), self._on(shape, bool(shape.dash))
        )

    @write.register
    def _polyline(self, shape: Polyline) -> None:
        points = [self._at(x, y) for x, y in shape.points]
        line = self.layout.add_lwpolyline(points, dxfattribs=self._on(shape, bool(shape.dash)))
        line.dxf.flags |= 128  # the line type runs on across corners
        self._fill(points, shape, shape.fill)

    @write.register
    def _polygon(self, shape: Polygon) -> None:
        self._closed([self._at(x, y) for x, y in shape.points], shape)

    @write.register
    def _rect(self, shape: Rect) -> None:
        right, low = shape.x + shape.width, shape.y + shape.height
        corners = ((shape.x, shape.y), (right, shape.y), (right, low), (shape.x, low))
        self._closed([self._at(x, y) for x, y in corners], shape)

    @write.register
    def _circle(self, shape: Circle) -> None:
        centre = self._at(shape.x, shape.y)
        if shape.stroke:
            self.layout.add_circle(centre, shape.radius, dxfattribs=self._on(shape))
        if _shows(shape.fill):
            hatch = self.layout.add_hatch(color=256, dxfattribs=self._on(shape))
            hatch.paths.add_edge_path().add_arc(centre, shape.radius, 0, 360)

    @write.register
    def _arc(self, shape: Arc) -> None:
        self.layout.add_arc(
            self._at(shape.x, shape.y), shape.radius, -shape.to_deg, -shape.from_deg,
            dxfattribs=self._on(shape),
        )  # fmt: skip

    @write.register
    def _hatch(self, shape: Hatch) -> None:
        for x1, y1, x2, y2 in shape.segments():
            self.layout.add_line(self._at(x1, y1), self._at(x2, y2), self._on(shape))

    @write.register
    def _label(self, shape: Label) -> None:
        written = _CONTROL.sub(" ", str(shape.content)).replace("%%", "% %").replace("^", "^ ").strip()
        if not written:
            return
        made = self.layout.add_text(
            written, height=shape.size * CAPITAL_EM, rotation=90.0 if shape.turned else 0.0,
            dxfattribs=self._on(shape) | {"style": _STYLE},
        )  # fmt: skip
        made.set_placement(self._at(shape.x, shape.y), align=_ALIGNED[shape.anchor])

    @write.register
    def _group(self, shape: Group) -> None:
        self._moved(shape.dx, shape.dy, shape.layer).all(shape.shapes)

    @write.register
    def _link(self, shape: Link) -> None:
        self._moved(0.0, 0.0, shape.layer).all(shape.shapes)

    @write.register
    def _symbol(self, shape: Symbol) -> None:
        name = _BLOCK_NAME.sub("_", shape.name)
        if name not in self.doc.blocks:
            _Writer(self.doc, self.doc.blocks.new(name), 0.0).all(shape.shapes)
        self.layout.add_blockref(
            name, self._at(shape.x, shape.y), self._on(shape) | {"rotation": -shape.turn_deg}
        )

    def _moved(self, dx: float, dy: float, layer: str) -> _Writer:
        return _Writer(
            self.doc, self.layout, self.top, self.dx + dx, self.dy + dy,
            layer if layer in CAD_LAYERS else self.layer,
        )  # fmt: skip

    def _at(self, x: float, y: float) -> tuple[float, float]:
        return (round(self.dx + x, 4), round(self.top - self.dy - y, 4))

    def _on(self, shape: Any, dashed: bool = False) -> dict[str, Any]:
        layer = CAD_LAYERS.get(shape.layer) or CAD_LAYERS.get(self.layer)
        attributes: dict[str, Any] = {"layer": layer.name if layer else "0"}
        if dashed and not (layer and layer.dashed):
            attributes["linetype"] = _DASHED
        return attributes

    def _closed(self, points: list[tuple[float, float]], shape: Polygon | Rect) -> None:
        if shape.stroke:
            self.layout.add_lwpolyline(points, close=True, dxfattribs=self._on(shape))
        self._fill(points, shape, shape.fill)

    def _fill(self, points: list[tuple[float, float]], shape: Shape, fill: str) -> None:
        if _shows(fill) and _extent(points) > 0.0:
            self.layout.add_hatch(color=256, dxfattribs=self._on(shape)).paths.add_polyline_path(
                points, is_closed=True
            )


_ALIGNED = {
    "start": TextEntityAlignment.LEFT,
    "middle": TextEntityAlignment.CENTER,
    "end": TextEntityAlignment.RIGHT,
}


def _shows(fill: str) -> bool:
    """Return whether a fill is more than paper."""
    return fill not in ("none", "", "#fff", "#ffffff")


def _extent(points: list[tuple[float, float]]) -> float:
    xs, ys = zip(*points, strict=True)
    return hypot(max(xs) - min(xs), max(ys) - min(ys))
