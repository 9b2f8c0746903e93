"""SVG is well-formed, harmless and has a name, whatever it is asked to show."""

import xml.etree.ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fenhu.drawing.model import Circle, Drawing, Group, Hatch, Label, Line, Link, Polyline, Rect
from fenhu.drawing.svg import svg
from fenhu.errors import InputFault, OutOfRange
from fenhu.wording import speaking

SVG = "{http://www.w3.org/2000/svg}"


def drawn(*shapes, title="A title", desc="A description"):
    return svg(Drawing(width=100, height=50, title=title, desc=desc, shapes=shapes))


def test_a_picture_is_an_image_named_by_its_title_and_description():
    root = ET.fromstring(drawn(Label(x=1, y=2, content="word")))
    ids = root.get("aria-labelledby").split()
    assert root.get("role") == "img"
    assert [root.find(f"*[@id='{one}']").text for one in ids] == ["A title", "A description"]


def test_a_picture_with_links_is_a_group_so_that_the_links_stay_reachable():
    link = Link(href="/buildings/FX1/", shapes=(Rect(x=0, y=0, width=1, height=1),), title="Flat 1")
    root = ET.fromstring(drawn(Group(shapes=(link,))))
    assert root.get("role") == "group"
    assert root.find(f".//{SVG}a").get("href") == "/buildings/FX1/"


def test_every_shape_is_written_without_style_attribute_or_script():
    written = drawn(
        Rect(x=0, y=0, width=2, height=3, fill="#fff", stroke="#000", radius=1),
        Circle(x=1, y=1, radius=2, fill="#123456"),
        Line(x1=0, y1=0, x2=5, y2=5, stroke="#000", dash=(2, 1)),
        Polyline(points=((0, 0), (1.234567, 2)), stroke="#000"),
        Hatch(x=0, y=0, width=10, height=10, gap=4, stroke="#999"),
        Label(x=0, y=0, content="18 ℃", turned=True, bold=True, anchor="middle"),
    )
    tags = [element.tag.removeprefix(SVG) for element in ET.fromstring(written)]
    assert tags == ["title", "desc", "rect", "circle", "line", "polyline", "path", "text"]
    assert "style=" not in written
    assert "1.23,2" in written


@given(st.text())
def test_any_label_gives_well_formed_xml_that_says_it_as_text(content):
    root = ET.fromstring(drawn(Label(x=0, y=0, content=content), title=content, desc=content))
    assert [element.tag.removeprefix(SVG) for element in root] == ["title", "desc", "text"]


def test_a_hostile_label_stays_text():
    hostile = '"><script>alert(1)</script>&\x00'
    root = ET.fromstring(drawn(Group(shapes=(Label(x=0, y=0, content=hostile),), title=hostile)))
    assert root.find(f".//{SVG}script") is None
    assert root.find(f".//{SVG}text").text == '"><script>alert(1)</script>&\ufffd'


@pytest.mark.parametrize("href", ["javascript:alert(1)", " JavaScript:alert(1)", "data:text/html,x"])
def test_a_link_that_is_no_address_is_refused(href):
    with speaking("en"), pytest.raises(InputFault, match="only paths and http"):
        drawn(Link(href=href, shapes=()))


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_a_coordinate_that_is_no_number_is_refused(value):
    with pytest.raises(OutOfRange):
        drawn(Rect(x=value, y=0, width=1, height=1))


def test_hatch_lines_stay_within_their_rectangle():
    hatch = Hatch(x=10, y=20, width=44, height=26, gap=7, stroke="#999")
    # 45° lines cut width + height = 70 at every 7 units: the last one at 70 is the corner itself
    assert len(hatch.segments()) == 9
    for x1, y1, x2, y2 in hatch.segments():
        assert 10 <= x2 <= x1 <= 54
        assert 20 <= y1 <= y2 <= 46
        assert x1 - x2 == pytest.approx(y2 - y1)
