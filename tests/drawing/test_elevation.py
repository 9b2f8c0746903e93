"""The elevation shows every flat once, on one scale, and says what it does not know."""

import re
import xml.etree.ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fenhu.drawing import (
    CONSENT,
    TEMPERATURE_BANDS,
    ElevationCell,
    before_after_svg,
    cells_of_flats,
    elevation_svg,
    elevation_table,
    temperature_band,
)
from fenhu.errors import InputFault, UnknownItem
from fenhu.records import FlatRecord
from fenhu.wording import speaking

SVG = "{http://www.w3.org/2000/svg}"


def a_cell(unit=1, storey=1, position=1, **more):
    return ElevationCell(
        unit=unit, storey=storey, position=position, label=f"{unit}-{storey}-{storey}0{position}", **more
    )


def house(units, storeys, flats, value_c=19.5):
    return [
        a_cell(unit, storey, position, value_c=value_c)
        for unit in range(1, units + 1)
        for storey in range(1, storeys + 1)
        for position in range(1, flats + 1)
    ]


def picture(cells, **more):
    with speaking("en"):
        return ET.fromstring(elevation_svg(cells, title="Building 12", desc="Temperatures", **more))


def drawn_cells(root):
    return [element for element in root.iter() if element.get("class") == "cell"]


def places(root):
    """Return the upper left corner of every cell's box."""
    return [(float(cell[1].get("x")), float(cell[1].get("y"))) for cell in drawn_cells(root)]


@settings(max_examples=25)
@given(st.integers(1, 12), st.integers(1, 33), st.integers(1, 4))
def test_every_flat_has_a_place_of_its_own_within_the_picture(units, storeys, flats):
    root = picture(house(units, storeys, flats))
    width, height = float(root.get("width")), float(root.get("height"))
    found = places(root)
    assert len(set(found)) == len(found) == units * storeys * flats
    assert all(0 <= x <= width - 44 and 0 <= y <= height - 26 for x, y in found)


@given(
    st.sets(st.tuples(st.integers(1, 5), st.integers(-1, 9), st.integers(1, 9)), min_size=1),
    st.one_of(st.none(), st.floats(-10, 45)),
)
def test_irregular_buildings_are_drawn_too(spots, value_c):
    root = picture([a_cell(*spot, value_c=value_c) for spot in spots])
    assert len(set(places(root))) == len(spots)


def test_upper_storeys_stand_above_and_later_units_to_the_right():
    low, high, right = places(picture([a_cell(1, 1), a_cell(1, 2), a_cell(2, 1)]))
    assert high[1] < low[1]
    assert high[0] == low[0]
    assert right[0] > low[0]
    assert right[1] == low[1]


def test_storeys_units_ground_and_roof_are_named_or_drawn():
    root = picture(house(3, 6, 2))
    classes = [element.get("class") for element in root.iter()]
    said = [element.text for element in root.iter(f"{SVG}text")]
    assert [classes.count(name) for name in ("storey", "unit", "roof", "ground")] == [6, 3, 1, 1]
    assert {"1F", "6F", "Unit 1", "Unit 3"} <= set(said)


def test_a_cell_says_its_flat_and_temperature_and_wears_the_colour_of_its_band():
    (cell,) = drawn_cells(picture([a_cell(2, 5, 3, value_c=17.96)]))
    assert cell.find(f"{SVG}title").text == "2-5-503: 17.9 ℃"
    assert cell.find(f"{SVG}text").text == "17.9"
    assert cell.find(f"{SVG}rect").get("fill") == temperature_band(17.96).fill


def test_a_flat_without_a_value_is_hatched_and_the_legend_says_so():
    root = picture([a_cell(value_c=None), a_cell(position=2, value_c=20.0)])
    unknown, known = drawn_cells(root)
    assert unknown.find(f"{SVG}text").text == "—"
    assert unknown.find(f"{SVG}path") is not None
    assert known.find(f"{SVG}path") is None
    assert "no temperature known" in [element.text for element in root.iter(f"{SVG}text")]


def test_the_legend_always_shows_the_whole_scale():
    said = [element.text for element in picture([a_cell(value_c=20.0)]).iter(f"{SVG}text")]
    with speaking("en"):
        assert [str(band.label) for band in TEMPERATURE_BANDS] == said[-5:]


def test_before_and_after_share_scale_size_and_legend():
    with speaking("en"):
        written = before_after_svg(
            house(2, 3, 2, 15.0), house(2, 3, 2, 20.5)[:-1], title="Building 12", desc="Both"
        )
    root = ET.fromstring(written)
    before, after = [element for element in root.iter() if element.get("class") == "elevation-panel"]
    assert len(drawn_cells(before)) == 12
    assert len(drawn_cells(after)) == 11
    assert places(after) == places(before)[:11]
    assert {cell[1].get("fill") for cell in drawn_cells(before)} == {temperature_band(15.0).fill}
    assert {cell[1].get("fill") for cell in drawn_cells(after)} == {temperature_band(20.5).fill}
    assert [element.get("class") for element in root.iter()].count("legend") == 1


def test_a_cell_with_an_address_is_a_link():
    root = picture([a_cell(value_c=20.0, href="/buildings/FX1/?flat=1-1-101&x=1")])
    assert [cell.tag for cell in drawn_cells(root)] == [f"{SVG}a"]
    assert drawn_cells(root)[0].get("href") == "/buildings/FX1/?flat=1-1-101&x=1"


def test_a_layer_shows_states_by_colour_and_mark_and_only_those_that_occur():
    root = picture([a_cell(state="agreed"), a_cell(position=2, state="refused")], layer=CONSENT)
    assert [cell.find(f"{SVG}text").text for cell in drawn_cells(root)] == ["✓", "✕"]
    assert [element.text for element in root.iter(f"{SVG}text")][-4:] == ["✓", "agreed", "✕", "refused"]


def test_a_state_the_layer_does_not_know_is_refused():
    with pytest.raises(UnknownItem, match="maybe"):
        picture([a_cell(state="maybe")], layer=CONSENT)


def test_two_flats_in_one_place_are_refused_by_name():
    with pytest.raises(InputFault, match="1-1-101"):
        picture([a_cell(), a_cell()])


def test_a_building_without_flats_is_refused():
    with pytest.raises(InputFault):
        picture([])


def test_cells_of_flats_are_ordered_by_room_and_carry_what_is_known():
    flats = [
        FlatRecord(building="A", unit=1, storey=2, room=room, area_m2=60.0) for room in ("203", "201", "202")
    ]
    cells = cells_of_flats(flats, temperatures_c={"1-2-202": 18.5}, href=lambda flat: f"/f/{flat.room}/")
    assert [(cell.position, cell.label, cell.value_c) for cell in cells] == [
        (1, "1-2-201", None), (2, "1-2-202", 18.5), (3, "1-2-203", None),
    ]  # fmt: skip
    assert cells[0].href == "/f/201/"


def test_the_table_behind_lists_every_flat_from_the_top():
    table = elevation_table([a_cell(1, 1, value_c=15.0), a_cell(1, 2, value_c=None)])
    assert table.rows == (("1-2-201", 1, 2, "—"), ("1-1-101", 1, 1, "15.0"))


def test_english_pictures_hold_no_chinese_words():
    with speaking("en"):
        written = elevation_svg(house(2, 2, 2), title="Building 12", desc="Temperatures")
    assert not re.search("[\u4e00-\u9fff]", written)
