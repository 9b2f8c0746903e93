"""Laws of any building: mirror images, walls, pressure.

Mass and energy are in tests/heat/test_random_networks.py.
"""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fenhu.building import parse_building, simulate
from fenhu.heat import Draft, constant_water, radiator_constant, solve

TYPES = ("two-pipe", "series", "thermostats")


def house(seed, storeys, columns, kind, *, mirrored=False, floors=True):
    """Draw risers side by side, walls between their rooms; mirrored: from right to left, pipes turned."""
    rng = np.random.default_rng(seed)
    draft = Draft(-15.7)
    order = range(columns - 1, -1, -1) if mirrored else range(columns)
    size = rng.uniform(0.6, 1.6, (columns, storeys))
    supply = draft.add_node("supply", pressure_pa=1.2e5, entering_c=75.0)
    back = draft.add_node("return", pressure_pa=1.1e5, entering_c=45.0)
    rooms = {
        (c, s): draft.add_room(f"{c}-{s}", 40.0 * size[c, s], 100.0) for c in order for s in range(storeys)
    }
    for c in order:
        for s in range(storeys - 1 if floors else 0):
            draft.add_wall(*_turned(mirrored, rooms[c, s], rooms[c, s + 1]), 60.0)
    for c in range(columns - 1):
        draft.add_wall(*_turned(mirrored, rooms[c, 0], rooms[c + 1, 0]), 30.0)
    for c in order:
        top = draft.add_node(f"top{c}", 3.0 * storeys)
        _pipe(draft, mirrored, supply, top, 3.0 * storeys)
        above, below = top, draft.add_node(f"foot{c}") if kind != "series" else top
        for s in range(storeys - 1, -1, -1):
            end = draft.add_node(f"n{c}-{s}", 3.0 * s)
            constant = radiator_constant(1500.0, 75.0, 50.0, 18.0, 1.3)
            trv = (rooms[c, s], 20.0, 2.0) if kind == "thermostats" else None
            start = above
            if kind != "series":
                start = draft.add_node(f"s{c}-{s}", 3.0 * s)
                _pipe(draft, mirrored, above, start, 3.0)
            draft.add_radiator(f"r{c}-{s}", start, end, rooms[c, s], constant, 1.3, kv_m3_h=0.6, trv=trv)
            if kind == "series":
                above = end
            else:
                _pipe(draft, mirrored, end, below, 3.0 * (s + 1))
                above = start
        _pipe(draft, mirrored, above if kind == "series" else below, back, 5.0)
    return draft.network()


def _turned(mirrored, a, b):
    return (b, a) if mirrored else (a, b)


def _pipe(draft, mirrored, start, end, length_m):
    draft.add_pipe(f"p{len(draft.link_ids)}", *_turned(mirrored, start, end), length_m, 0.02, 2e-4, zeta=2.0)


@settings(max_examples=40)
@given(
    seed=st.integers(0, 10**6),
    storeys=st.integers(1, 6),
    columns=st.integers(1, 4),
    kind=st.sampled_from(TYPES),
)
def test_mirrored_house_has_mirrored_temperatures(seed, storeys, columns, kind):
    as_drawn = house(seed, storeys, columns, kind)
    turned = house(seed, storeys, columns, kind, mirrored=True)
    found = dict(zip(as_drawn.room_ids, solve(as_drawn).room_c, strict=True))
    mirrored = dict(zip(turned.room_ids, solve(turned).room_c, strict=True))
    assert mirrored == pytest.approx(found, abs=1e-4)


def parallel_rooms(seed, rooms, walls):
    """Draw rooms that each have their own radiator between the same supply and return, and some walls."""
    rng = np.random.default_rng(seed)
    draft = Draft(-15.7, constant_water(980.0, 4e-4, 4187.0))
    supply = draft.add_node("supply", pressure_pa=1.1e5, entering_c=75.0)
    back = draft.add_node("return", pressure_pa=1.0e5)
    for k in range(rooms):
        room = draft.add_room(f"q{k}", float(rng.uniform(15, 90)))
        size_w = float(rng.uniform(800, 2500))
        constant = radiator_constant(size_w, 75.0, 50.0, 18.0, 1.3)
        draft.add_radiator(f"r{k}", supply, back, room, constant, 1.3, kv_m3_h=float(rng.uniform(0.05, 0.5)))
    for _ in range(walls):
        a, b = rng.choice(rooms, 2, replace=False)
        draft.add_wall(int(a), int(b), float(rng.uniform(1, 150)))
    return draft.network()


@given(seed=st.integers(0, 10**6), rooms=st.integers(2, 12), walls=st.integers(1, 20))
def test_conducting_walls_never_make_the_coldest_room_colder_than_without_walls(seed, rooms, walls):
    # The coldest of all takes heat through every wall. This holds for walls against no walls at all: a single
    # further wall may well draw heat away from a warm neighbour of the coldest (next test).
    alone = solve(parallel_rooms(seed, rooms, 0)).room_c.min()
    assert solve(parallel_rooms(seed, rooms, walls)).room_c.min() >= alone - 1e-6


def test_a_further_wall_elsewhere_may_cool_the_coldest_room():
    # Three rooms lose 1 W/K each to 0 °C and gain 0, 100 and 48 W; 10 W/K join the first two. By hand: the
    # first has 1000/21 = 47.62 °C, the third 48 °C. Joined perfectly, second and third have
    # 148/(2 + 10/11) = 50.875 °C, and the first, still the coldest, falls to 46.25 °C.
    def coldest_c(wall_w_k):
        draft = Draft(0.0)
        entry = draft.add_node("in", pressure_pa=2e5, entering_c=50.0)
        draft.add_valve("v", entry, draft.add_node("out", pressure_pa=1e5), 1.0)
        first, second, third = (draft.add_room(f"{gains}", 1.0, gains) for gains in (0.0, 100.0, 48.0))
        draft.add_wall(first, second, 10.0)
        draft.add_wall(second, third, wall_w_k)
        return float(solve(draft.network()).room_c.min())

    assert coldest_c(0.0) == pytest.approx(1000.0 / 21.0, abs=1e-3)
    assert coldest_c(1e6) == pytest.approx(46.25, abs=1e-3)


@settings(max_examples=25)
@given(
    storeys=st.integers(2, 8),
    units=st.integers(1, 4),
    form=st.sampled_from(["vertical_double", "unit_double", "household_double"]),
    year=st.sampled_from([1978, 1985, 1995]),
    low_kpa=st.floats(10.0, 40.0),
    more_ratio=st.floats(1.01, 3.0),
)
def test_more_inlet_pressure_never_cools_the_coldest_flat_of_a_double_pipe_house(
    storeys, units, form, year, low_kpa, more_ratio
):
    def coldest_c(inlet_kpa):
        data = {"storeys": storeys, "units": units, "flats_per_floor": 2, "flat_area_m2": 70.0,
                "supply_c": 70.0, "year_built": year,
                "system_form": form, "inlet_kpa": inlet_kpa}  # fmt: skip
        return simulate(parse_building(data, "x")).min_c

    assert coldest_c(low_kpa * more_ratio) >= coldest_c(low_kpa) - 1e-6
