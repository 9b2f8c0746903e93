"""Pictures of a plan: the season's calendar, what purses have and spend, the years on a map."""

from __future__ import annotations

from datetime import date, timedelta
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fenhu.drawing import (
    BudgetBars,
    BudgetColumn,
    BudgetPurse,
    Gantt,
    GanttBar,
    GanttRow,
    YearMap,
    YearPlace,
    budget_bars_svg,
    budget_bars_table,
    gantt_drawing,
    gantt_svg,
    gantt_table,
    year_map_drawing,
    year_map_svg,
    year_map_table,
)
from fenhu.drawing.palette import LEAST_CONTRAST, contrast_ratio, ink_on, ramp
from fenhu.errors import InputFault
from fenhu.wording import speaking

SVG = "{http://www.w3.org/2000/svg}"
APRIL, SEPTEMBER = date(2011, 4, 1), date(2011, 9, 30)


@pytest.fixture(autouse=True)
def _in_english():
    with speaking("en"):
        yield


def parsed(drawn):
    return ElementTree.fromstring(drawn)


def of_layer(root, tag, layer):
    return [one for one in root.iter(f"{SVG}{tag}") if one.get("class") == layer]


def words(root):
    return [one.text for one in root.iter(f"{SVG}text")]


def titles(root):
    return [one.text for one in root.iter(f"{SVG}title")]


def a_bar(label, first, days, *, lane=0, **more):
    starts = APRIL + timedelta(days=first)
    return GanttBar(
        label=label, cluster="C1", starts=starts, ends=starts + timedelta(days=days - 1), lane=lane, **more
    )


def a_gantt(*bars, lanes=1):
    row = GanttRow(label="North Heat", note="1 crew", lanes=lanes, bars=bars)
    return Gantt(title="finding", desc="works", first_day=APRIL, last_day=SEPTEMBER, rows=(row,))


def test_bars_stand_across_in_proportion_to_their_days():
    root = parsed(gantt_svg(a_gantt(a_bar("B1", 0, 10), a_bar("B2", 10, 20), a_bar("B3", 150, 30))))
    first, second, third = (group.find(f"{SVG}rect") for group in of_layer(root, "g", "works"))
    per_day = float(first.get("width")) / 10
    assert float(second.get("width")) == pytest.approx(20 * per_day, rel=0.01)
    assert float(second.get("x")) - float(first.get("x")) == pytest.approx(10 * per_day, rel=0.01)
    assert float(third.get("x")) - float(first.get("x")) == pytest.approx(150 * per_day, rel=0.01)


def test_the_last_day_of_the_season_is_in_time_and_the_day_after_is_late_by_shape_and_words():
    # 1 April to 30 September are 183 days.
    gantt = a_gantt(a_bar("B1", 0, 183), a_bar("B2", 170, 14, lane=1), lanes=2)
    root = parsed(gantt_svg(gantt))
    assert len(of_layer(root, "polygon", "late")) == 1
    assert "B2: 2011-09-18 to 2011-10-01, cluster C1 — late" in titles(root)
    assert [row[-1].in_language("en") for row in gantt_table(gantt).rows] == ["in time", "late"]


def test_mains_are_hatched_above_the_crews_and_named_in_the_key():
    root = parsed(gantt_svg(a_gantt(a_bar("", 0, 20, lane=None), a_bar("B1", 20, 10))))
    (mains,), (works,) = of_layer(root, "g", "mains"), of_layer(root, "g", "works")
    assert mains.find(f"{SVG}path") is not None
    assert float(mains.find(f"{SVG}rect").get("y")) < float(works.find(f"{SVG}rect").get("y"))
    assert "Mains of a cluster" in words(root)
    assert "Mains of a cluster" not in words(parsed(gantt_svg(a_gantt(a_bar("B1", 0, 10)))))


def test_a_narrow_calendar_is_not_wider_than_a_phone_and_keeps_every_bar():
    gantt = a_gantt(*(a_bar(f"B{n}", 9 * n, 9, href=f"/b/{n}") for n in range(22)))
    drawn = gantt_drawing(gantt, width=340.0)
    assert drawn.width == 340.0
    root = parsed(gantt_svg(gantt, width=340.0))
    assert [one.get("href") for one in root.iter(f"{SVG}a")] == [f"/b/{n}" for n in range(22)]
    assert all(float(one.get("x")) + float(one.get("width")) <= 340 for one in root.iter(f"{SVG}rect"))


def test_a_season_without_works_says_so():
    empty = Gantt(title="nothing", desc="", first_day=APRIL, last_day=SEPTEMBER, rows=())
    assert "No works are planned in this season." in words(parsed(gantt_svg(empty)))
    assert gantt_table(empty).rows == ()


@pytest.mark.parametrize("bar", [a_bar("B1", -1, 5), a_bar("B1", 5, 0), a_bar("B1", 0, 5, lane=1)])
def test_a_bar_before_the_season_backwards_or_without_its_lane_is_refused(bar):
    with pytest.raises(InputFault):
        gantt_svg(a_gantt(bar))


def test_names_in_a_calendar_stay_words():
    bar = a_bar('<script>"', 0, 40, href="/b/1")
    assert "<script>" not in gantt_svg(a_gantt(bar))


def a_purse(*columns, carries=True):
    held = [
        BudgetColumn(label=str(2010 + n), given_fen=given_fen, carried_fen=carried, spent_fen=spent,
                     left_fen=given_fen + carried - spent)
        for n, (given_fen, carried, spent) in enumerate(columns)
    ]  # fmt: skip
    return BudgetPurse(label="City", carries=carries, columns=held)


def bars_of(*purses):
    return BudgetBars(title="finding", desc="money", purses=purses)


MONEY = st.integers(0, 10**12)


@given(given_fen=MONEY, carried=MONEY, part=st.floats(0, 1))
def test_spent_and_left_are_as_high_as_what_there_is(given_fen, carried, part):
    spent = int((given_fen + carried) * part)
    root = parsed(budget_bars_svg(bars_of(a_purse((given_fen, carried, spent)))))
    (column,) = of_layer(root, "g", "column")
    heights = [float(one.get("height")) for one in column.iter(f"{SVG}rect")]
    # the plot is 128 high and the only column fills it
    assert sum(heights) == pytest.approx(128 if given_fen + carried else 0, abs=0.02)


def test_the_table_behind_the_bars_adds_up_and_says_what_becomes_of_the_rest():
    purses = (a_purse((900_000_00, 0, 300_000_00), (100_000_00, 600_000_00, 0)),
              a_purse((50_000_00, 0, 0), carries=False))  # fmt: skip
    rows = budget_bars_table(bars_of(*purses)).rows
    assert rows[0][2:6] == ("90.0", "0.0", "30.0", "60.0")
    assert rows[1][2:6] == ("10.0", "60.0", "0.0", "70.0")
    assert [str(row[-1]) for row in rows] == ["goes into the next year"] * 2 + ["lapses"]


def test_what_lapses_is_hatched_and_what_stays_is_not():
    kept = parsed(budget_bars_svg(bars_of(a_purse((100_00, 0, 50_00)))))
    lost = parsed(budget_bars_svg(bars_of(a_purse((100_00, 0, 50_00), carries=False))))
    assert not list(kept.iter(f"{SVG}path"))
    assert list(lost.iter(f"{SVG}path"))


def test_purses_that_do_not_add_up_are_refused():
    wrong = BudgetColumn(label="2010", given_fen=10, carried_fen=0, spent_fen=5, left_fen=4)
    with pytest.raises(InputFault):
        budget_bars_svg(bars_of(BudgetPurse(label="City", carries=False, columns=(wrong,))))


PLACES = (
    YearPlace(label="B1", district="East", cluster="E1", year=2010, href="/b/1"),
    YearPlace(label="B2", district="East", cluster="E1", year=2011),
    YearPlace(label="B3", district="East", cluster="E2", year=None),
    YearPlace(label="B4", district="West", cluster="W1", year=2011),
)


def a_map(places=PLACES):
    return YearMap(title="finding", desc="years", years=(2010, 2011, 2012), places=places)


def test_every_building_is_a_cell_with_its_year_in_words_and_as_a_number():
    root = parsed(year_map_svg(a_map()))
    assert {"B1: 2010", "B2: 2011", "B3: no year yet", "B4: 2011"} <= set(titles(root))
    cells = [*of_layer(root, "g", "place"), *of_layer(root, "a", "place")]
    assert sorted(cell.find(f"{SVG}text").text for cell in cells) == ["1", "2", "2", "–"]


def test_the_key_counts_the_buildings_of_every_year_and_those_without():
    shown = words(parsed(year_map_svg(a_map())))
    assert {"2010: 1 buildings", "2011: 2 buildings", "2012: 0 buildings", "no year yet: 1 buildings"} <= set(
        shown
    )


def test_the_table_counts_by_cluster():
    assert year_map_table(a_map()).rows == (("East", "E1", 1, 1, 0, 0), ("East", "E2", 0, 0, 0, 1),
                                            ("West", "W1", 0, 1, 0, 0))  # fmt: skip


def test_a_thousand_buildings_stay_within_the_width_and_none_is_lost():
    places = [
        YearPlace(label=f"B{n}", district=f"D{n % 5}", cluster=f"D{n % 5}-C{n % 110}", year=2010 + n % 4)
        for n in range(1000)
    ]
    for width in (296.0, 344.0, 1100.0):
        root = parsed(year_map_svg(a_map(places), width=width))
        cells = [group.find(f"{SVG}rect") for group in of_layer(root, "g", "place")]
        assert len(cells) == 1000
        assert max(float(cell.get("x")) + float(cell.get("width")) for cell in cells) <= width
        spots = {(cell.get("x"), cell.get("y")) for cell in cells}
        assert len(spots) == 1000


def test_an_empty_map_says_so():
    assert year_map_drawing(a_map(())).height > 0
    assert "There is no building to show." in words(parsed(year_map_svg(a_map(()))))


@pytest.mark.parametrize("count", range(1, 13))
def test_the_colours_of_years_go_from_dark_to_light_and_their_numbers_are_legible(count):
    fills = ramp(count)
    assert len(set(fills)) == count
    against_white = [contrast_ratio(fill, "#ffffff") for fill in fills]
    assert against_white == sorted(against_white, reverse=True)
    assert all(contrast_ratio(fill, ink_on(fill)) >= LEAST_CONTRAST for fill in fills)
