"""The map of the city: a cell a building or a bar a cluster, each told by colour, sign and words."""

from xml.etree import ElementTree

import pytest

from fenhu.drawing import (
    CityMap,
    ClusterMap,
    MapClass,
    MapCluster,
    MapPlace,
    city_map_svg,
    city_map_table,
    cluster_map_svg,
)
from fenhu.drawing.palette import LEAST_CONTRAST, contrast_ratio
from fenhu.wording import speaking

SVG = "{http://www.w3.org/2000/svg}"
CLASSES = (
    MapClass(label="in use", fill="#143a68", mark="5"), MapClass(label="planned", fill="#e3eaf2", mark="0"),
)  # fmt: skip


@pytest.fixture(autouse=True)
def _in_english():
    with speaking("en"):
        yield


def a_place(label, kind, *, district="East", cluster="E1", href=""):
    return MapPlace(
        label=label, district=district, cluster=cluster, kind=kind, shown=CLASSES[kind].label, href=href
    )


def a_city(*places):
    return CityMap(title="finding", desc="buildings", classes=CLASSES, places=places)


def clusters(*found):
    return ClusterMap(title="finding", desc="clusters", classes=CLASSES, clusters=found)


def parsed(drawn):
    return ElementTree.fromstring(drawn)


def of_layer(root, layer):
    return [one for one in root.iter() if one.get("class") == layer]


def test_a_building_is_a_link_that_says_what_it_is_and_how_it_stands():
    root = parsed(city_map_svg(a_city(a_place("B1", 0, href="/b/1"))))
    [place] = of_layer(root, "place")
    assert (place.tag, place.get("href")) == (f"{SVG}a", "/b/1")
    assert place.find(f"{SVG}title").text == "B1: in use"
    assert place.find(f"{SVG}text").text == "5"


def test_the_sign_can_be_read_on_its_colour():
    root = parsed(city_map_svg(a_city(a_place("B1", 0), a_place("B2", 1))))
    for place in of_layer(root, "place"):
        fill, ink = place.find(f"{SVG}rect").get("fill"), place.find(f"{SVG}text").get("fill")
        assert contrast_ratio(fill, ink) >= LEAST_CONTRAST


def test_a_cluster_is_divided_as_its_buildings_are():
    root = parsed(
        cluster_map_svg(clusters(MapCluster(district="East", cluster="E1", counts=(3, 1), href="/m")))
    )
    [place] = of_layer(root, "place")
    wide, narrow = (float(one.get("width")) for one in place.findall(f"{SVG}rect"))
    assert wide == pytest.approx(3 * narrow)
    assert place.find(f"{SVG}title").text == "East E1: in use: 3 buildings, planned: 1 buildings"
    assert place.get("href") == "/m"


def test_a_class_without_buildings_takes_no_room_in_a_cluster():
    root = parsed(cluster_map_svg(clusters(MapCluster(district="East", cluster="E1", counts=(0, 4)))))
    [place] = of_layer(root, "place")
    assert [one.get("fill") for one in place.findall(f"{SVG}rect")] == ["#e3eaf2"]
    assert place.tag == f"{SVG}g"


def test_two_thousand_clusters_stand_apart_within_the_width_without_names():
    many = [MapCluster(district=f"D{n % 5}", cluster=f"C{n}", counts=(n % 3, 1)) for n in range(2000)]
    root = parsed(cluster_map_svg(clusters(*many), width=344.0))
    bars = of_layer(root, "place")
    assert len(bars) == 2000
    firsts = [bar.find(f"{SVG}rect") for bar in bars]
    assert len({(one.get("x"), one.get("y")) for one in firsts}) == 2000
    ends = [float(one.get("x")) + float(one.get("width")) for one in root.iter(f"{SVG}rect")]
    assert max(ends) <= 344.0
    assert of_layer(root, "cluster") == []


def test_the_table_counts_what_the_map_shows():
    city = a_city(
        a_place("B1", 0),
        a_place("B2", 1),
        a_place("B3", 1),
        a_place("B4", 0, district="West", cluster="W1"),
    )
    assert city_map_table(city).rows == (("East", "E1", 1, 2), ("West", "W1", 1, 0))


def test_names_stay_words():
    assert "<script>" not in city_map_svg(a_city(a_place("<script>", 0, district="<script>")))


@pytest.mark.parametrize("drawn", [city_map_svg(a_city()), cluster_map_svg(clusters())])
def test_an_empty_map_is_drawn(drawn):
    assert [one.text for one in parsed(drawn).iter(f"{SVG}text")][1:]
