"""Heat loads: what a flat's place and a room's surfaces make of them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fenhu.building import describe
from fenhu.design.load import door_ratio, heat_loads, height_ratio, infiltration_w, orientation_ratio
from fenhu.errors import FenhuError, InputFault, UnknownItem


def house(**known):
    return describe(
        "house", **{"storeys": 4, "units": 2, "flats_per_floor": 2, "flat_area_m2": 80.0, **known}
    )


def by_flat(loads):
    return {room.flat: room for room in loads.rooms}


ROOM = {
    "flat": "1-2-201", "id": "bed", "kind": "bedroom", "area_m2": 50.0,
    "surface": [
        {"kind": "wall", "area_m2": 8.0, "u_w_m2k": 1.2, "facing": "N"},
        {"kind": "window", "area_m2": 2.0, "u_w_m2k": 3.0, "facing": "N"},
    ],
}  # fmt: skip


def test_a_surveyed_room_is_the_sum_of_its_surfaces_and_its_air():
    # 18 + 15.7 = 33.7 K; (8·1.2 + 2·3.0)·33.7·1.10 = 578.3 W; air 0.278·1.0056·353/257.3·50·2.8·0.9·33.7
    [room] = [one for one in heat_loads(house(room=[ROOM])).rooms if one.room == "bed"]
    air_w = 0.278 * 1.0056 * 353.0 / 257.3 * 50.0 * 2.8 * 0.9 * 33.7
    assert room.load_w == pytest.approx((8 * 1.2 + 2 * 3.0) * 33.7 * 1.10 + air_w, rel=1e-9)
    assert infiltration_w(50.0 * 2.8, 0.9, 18.0, -15.7) == pytest.approx(air_w)


def test_partitions_count_from_five_kelvin_or_a_tenth_of_the_load():
    # GB 50736-2012 5.2.5: 6 K counts; 3 K does not, unless it is more than a tenth.
    def with_partition(difference_k, area_m2):
        surfaces = [
            *ROOM["surface"],
            {"kind": "partition", "area_m2": area_m2, "u_w_m2k": 2.0, "difference_k": difference_k},
        ]
        loads = heat_loads(house(room=[ROOM | {"surface": surfaces}]))
        return next(one.load_w for one in loads.rooms if one.room == "bed")

    bare_w = next(one.load_w for one in heat_loads(house(room=[ROOM])).rooms if one.room == "bed")
    assert with_partition(6.0, 5.0) == pytest.approx(bare_w + 2.0 * 5.0 * 6.0)
    assert with_partition(3.0, 5.0) == pytest.approx(bare_w)
    assert with_partition(3.0, 50.0) == pytest.approx(bare_w + 2.0 * 50.0 * 3.0)


def test_flats_without_survey_meet_the_area_load_together():
    loads = heat_loads(house(heat_load_w_m2=50.0))
    assert sum(room.load_w for room in loads.rooms) == pytest.approx(50.0 * 16 * 80.0)
    flats = by_flat(loads)
    assert flats["1-4-401"].load_w > flats["1-3-301"].load_w > flats["1-3-302"].load_w


def test_only_flats_that_were_not_surveyed_share_the_area_load():
    loads = heat_loads(house(heat_load_w_m2=50.0, room=[ROOM]))
    assert sum(room.load_w for room in loads.rooms if not room.room) == pytest.approx(50.0 * 15 * 80.0)


@settings(max_examples=25)
@given(
    storeys=st.integers(1, 8), units=st.integers(1, 4), per_floor=st.integers(1, 4),
    outdoor_c=st.floats(-30.0, -16.0), front=st.sampled_from(["N", "NE", "E", "SE", "S", "SW", "W", "NW"]),
)  # fmt: skip
def test_neighbours_never_add_more_than_half(storeys, units, per_floor, outdoor_c, front):
    loads = heat_loads(
        house(storeys=storeys, units=units, flats_per_floor=per_floor, outdoor_c=outdoor_c, front=front)
    )
    for room in loads.rooms:
        assert room.load_w > 0.0
        assert 0.0 <= room.allowance_w <= 0.5 * room.load_w + 1e-9


@given(outdoor_c=st.floats(-30.0, -16.0), colder_k=st.floats(0.1, 10.0))
def test_a_surveyed_room_needs_more_in_the_cold(outdoor_c, colder_k):
    mild, cold = (
        next(one.load_w for one in heat_loads(house(room=[ROOM], outdoor_c=value)).rooms if one.room)
        for value in (outdoor_c, outdoor_c - colder_k)
    )
    assert cold > mild


def test_a_turned_house_is_its_mirror_image():
    # With gables to the east and west alike, the first unit's flats mirror the last unit's.
    flats = by_flat(heat_loads(house(front="N")))
    assert flats["1-2-201"].load_w == pytest.approx(flats["2-2-202"].load_w)


def test_additions_for_height_and_doors_are_those_of_gb50736_5_2():
    assert height_ratio(5.0) == pytest.approx(0.02)
    assert height_ratio(30.0) == 0.15
    assert door_ratio("two_with_lobby", 5) == pytest.approx(4.0)
    assert door_ratio("", 5) == 0.0


def test_an_unknown_direction_is_refused_with_the_known():
    with pytest.raises(UnknownItem, match="NW"):
        orientation_ratio("up")


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        ({"flat": "9-9-999"}, "9-9-999"),
        ({"kind": "garage"}, "garage"),
        ({"area_m2": 90.0}, "1-2-201"),
        ({"area_m2": 20.0}, "20.0"),
        ({"surface": [{"kind": "wall", "area_m2": -1.0}]}, "area_m2"),
        ({"surface": [{"kind": "partition", "area_m2": 4.0}]}, "difference_k"),
        ({"windows": 2}, "windows"),
    ],
)
def test_a_room_that_cannot_be_is_refused_by_its_key(wrong, named):
    with pytest.raises(FenhuError, match=named):
        house(room=[ROOM | wrong])


def test_a_room_is_named_once():
    with pytest.raises(InputFault, match="bed"):
        house(room=[ROOM, ROOM])
