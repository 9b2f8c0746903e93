"""A drawing as a CAD file: named layers, signs as blocks, y upwards, no word lost or dangerous."""

from __future__ import annotations

import io

import ezdxf
import pytest
from ezdxf.document import Drawing as Document
from hypothesis import given, settings
from hypothesis import strategies as st

from fenhu.drawing.dxf import dxf_bytes
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
from fenhu.drawing.svg import svg

BLACK = "#000000"


def drawn(*shapes: Shape) -> Drawing:
    return Drawing(width=420.0, height=297.0, title="图", desc="图", shapes=shapes)


def read(drawing: Drawing) -> Document:
    return ezdxf.read(io.StringIO(dxf_bytes(drawing).decode("utf-8")))


def test_millimetres_on_named_layers_with_y_upwards() -> None:
    doc = read(drawn(Line(x1=0.0, y1=0.0, x2=420.0, y2=297.0, stroke=BLACK, layer="supply")))
    (line,) = doc.modelspace()
    assert doc.header["$INSUNITS"] == 4
    assert line.dxf.layer == "采暖-供水管"
    assert (line.dxf.start.y, line.dxf.end.y) == (297.0, 0.0)
    names = {layer.dxf.name for layer in doc.layers}
    assert {"采暖-供水管", "采暖-回水管", "采暖-设备", "采暖-标注", "图框"} <= names


def test_the_return_is_dashed_by_its_layer_other_dashes_by_themselves() -> None:
    back = Line(x1=0.0, y1=0.0, x2=9.0, y2=0.0, stroke=BLACK, dash=(3.0, 1.0), layer="return")
    other = Line(x1=0.0, y1=5.0, x2=9.0, y2=5.0, stroke=BLACK, dash=(3.0, 1.0), layer="notes")
    doc = read(drawn(back, other))
    first, second = doc.modelspace()
    assert first.dxf.linetype == "BYLAYER"
    assert doc.layers.get("采暖-回水管").dxf.linetype == second.dxf.linetype == "FENHU-DASHED"


def test_a_sign_is_one_block_set_as_often_as_it_is_drawn() -> None:
    valve = (Polygon(points=((-2.0, -1.0), (2.0, 1.0), (2.0, -1.0)), stroke=BLACK, layer="equipment"),)
    doc = read(drawn(*(
        Symbol(name="闸阀", shapes=valve, x=10.0 * n, y=20.0, turn_deg=90.0, layer="equipment")
        for n in range(3)
    )))  # fmt: skip
    inserts = list(doc.modelspace().query("INSERT"))
    assert [one.dxf.name for one in inserts] == ["闸阀"] * 3
    assert len(doc.blocks.get("闸阀")) == 1
    assert inserts[0].dxf.rotation == -90.0  # clockwise on paper, y down


def test_filled_areas_take_the_colour_of_their_layer() -> None:
    area = Polygon(points=((0.0, 0.0), (4.0, 4.0), (8.0, 0.0)), fill=BLACK, layer="equipment")
    (hatch,) = read(drawn(area)).modelspace()
    assert hatch.dxf.color == 256  # BYLAYER


def test_groups_move_what_they_hold() -> None:
    inner = Label(x=1.0, y=2.0, content="N1", size=5.0, layer="notes")
    doc = read(drawn(Group(shapes=(Group(shapes=(inner,), dx=10.0),), dx=100.0, dy=50.0)))
    (label,) = doc.modelspace()
    assert tuple(label.dxf.insert)[:2] == (111.0, 297.0 - 52.0)
    assert label.dxf.height == pytest.approx(5.0 * 0.733)


def test_every_shape_there_is_passes_the_auditor() -> None:
    shapes: tuple[Shape, ...] = (
        Rect(x=1.0, y=1.0, width=5.0, height=5.0, fill=BLACK, stroke=BLACK),
        Circle(x=9.0, y=9.0, radius=2.0, fill=BLACK, stroke=BLACK),
        Polyline(points=((0.0, 0.0), (4.0, 4.0), (8.0, 0.0)), stroke=BLACK),
        Polygon(points=((0.0, 0.0), (4.0, 4.0), (8.0, 0.0)), fill=BLACK),
        Arc(x=0.0, y=0.0, radius=3.0, from_deg=10.0, to_deg=200.0, stroke=BLACK),
        Hatch(x=0.0, y=0.0, width=9.0, height=9.0, gap=2.0, stroke=BLACK),
        Link(href="/flats/1", shapes=(Label(x=0.0, y=0.0, content="户", turned=True, anchor="middle"),)),
    )
    doc = read(drawn(*shapes))
    assert not doc.audit().errors
    assert {"LWPOLYLINE", "CIRCLE", "HATCH", "ARC", "LINE", "TEXT"} == {e.dxftype() for e in doc.modelspace()}
    assert svg(drawn(*shapes)).count("<polygon") == 1


def test_an_arc_runs_clockwise_on_paper_in_both_files() -> None:
    quarter = Arc(x=0.0, y=297.0, radius=2.0, from_deg=0.0, to_deg=90.0, stroke=BLACK)
    (arc,) = read(drawn(quarter)).modelspace()
    # Clockwise on paper from "right" to "down" is counter-clockwise from -90° to 0° with y upwards.
    assert (arc.dxf.start_angle % 360.0, arc.dxf.end_angle % 360.0) == (270.0, 0.0)
    assert "M2 297A2 2 0 0 1 0 299" in svg(drawn(quarter))


def test_the_same_drawing_gives_the_same_bytes() -> None:
    drawing = drawn(Label(x=0.0, y=0.0, content="采暖系统图"))
    assert dxf_bytes(drawing) == dxf_bytes(drawing)


@settings(deadline=None, max_examples=40)
@given(st.text(max_size=40))
def test_whatever_is_written_the_file_reads_back_clean(words: str) -> None:
    doc = read(drawn(Label(x=0.0, y=0.0, content=words)))
    assert not doc.audit().errors
    assert len(list(doc.modelspace())) <= 1
