"""The map on tiles: the right tiles below, every building where it stands, the owner of the tiles named."""

from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fenhu.drawing import MapClass
from fenhu.drawing.street_map import StreetMap, StreetPlace, TileSource, street_map_svg
from fenhu.errors import OutOfRange

SVG = "{http://www.w3.org/2000/svg}"
TILES = TileSource(address="https://tiles.example/{z}/{x}/{y}.png?key=1", attribution="© 测绘", most_zoom=10)
KIND = MapClass(label="in use", fill="#143a68", mark="5")
BERLIN = (13.405, 52.52)


def a_map(*places, tiles=TILES):
    made = [
        StreetPlace(label=f"b{n}", longitude=x, latitude=y, kind=0, shown="in use", href=f"/buildings/b{n}/")
        for n, (x, y) in enumerate(places)
    ]
    streets = StreetMap(title="finding", desc="buildings", classes=[KIND], places=made, tiles=tiles)
    return ElementTree.fromstring(street_map_svg(streets))


def below(root):
    """Return the tile under each dot, by its address."""
    tiles = [
        (one.get("href"), *(float(one.get(key)) for key in ("x", "y", "width")))
        for one in root.iter(f"{SVG}image")
    ]
    return [
        [
            href
            for href, x, y, size in tiles
            if 0 <= float(dot.get("cx")) - x < size and 0 <= float(dot.get("cy")) - y < size
        ]
        for dot in root.iter(f"{SVG}circle")
    ]


def test_a_building_lies_on_the_tile_a_tile_server_gives_for_its_place():
    # openstreetmap.org shows Berlin on 10/550/335.
    assert below(a_map(BERLIN)) == [["https://tiles.example/10/550/335.png?key=1"]]


@given(st.lists(st.tuples(st.floats(-179.0, 179.0), st.floats(-80.0, 80.0)), min_size=1, max_size=6))
def test_every_building_is_in_the_picture_on_a_tile(places):
    root = a_map(*places)
    width, height = (float(root.get(key)) for key in ("width", "height"))
    for dot, under in zip(root.iter(f"{SVG}circle"), below(root), strict=True):
        assert under
        assert 0 <= float(dot.get("cx")) <= width
        assert 0 <= float(dot.get("cy")) <= height


def test_the_picture_is_covered_and_no_farther_away_than_it_must_be():
    root = a_map((121.60, 42.00), (121.70, 42.05))
    zooms = {one.get("href").split("/")[3] for one in root.iter(f"{SVG}image")}
    assert zooms == {"10"}
    assert len(list(root.iter(f"{SVG}image"))) in range(6, 17)


def test_whose_tiles_they_are_stands_on_the_map():
    assert "© 测绘" in [one.text for one in a_map(BERLIN).iter(f"{SVG}text")]


def test_every_building_is_a_link_with_its_name_and_value():
    (link,) = a_map(BERLIN).iter(f"{SVG}a")
    assert link.get("href") == "/buildings/b0/"
    assert "b0" in "".join(link.itertext())


@pytest.mark.parametrize("place", [(200.0, 42.0), (121.0, 89.0)])
def test_a_place_off_the_map_of_the_world_is_refused(place):
    with pytest.raises(OutOfRange, match="b0"):
        a_map(place)
