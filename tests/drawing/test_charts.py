"""Charts state their finding, name their units, and stand on a table that holds the same numbers."""

import re
import xml.etree.ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fenhu.drawing import (
    Bar,
    BarChart,
    Histogram,
    Profile,
    Series,
    StackedBars,
    StackedColumn,
    StoreyMean,
    bar_chart_svg,
    bar_table,
    by_degree,
    histogram_svg,
    histogram_table,
    profile_svg,
    profile_table,
    ranking_svg,
    stacked_bars_svg,
    stacked_table,
    temperature_band,
    wan_yuan,
    wan_yuan_parts,
)
from fenhu.drawing.figures import nice_ticks
from fenhu.drawing.measure import shortened, wrap, writing_width
from fenhu.errors import InputFault, UnknownItem
from fenhu.wording import speaking

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(autouse=True)
def english():
    with speaking("en"):
        yield


def words(written):
    return [element.text for element in ET.fromstring(written).iter(f"{SVG}text")]


def a_histogram(before_c, after_c):
    return Histogram(
        title="Most flats get warm", desc="Two", before=by_degree(before_c), after=by_degree(after_c)
    )


def test_the_histogram_counts_whole_degrees_and_a_boundary_goes_up():
    table = histogram_table(a_histogram([16.0, 17.99, 18.0], [18.0, 19.0, 21.9]))
    assert {row[0]: row[1:] for row in table.rows} == {
        "16–17": (1, 0), "17–18": (1, 0), "18–19": (1, 1), "19–20": (0, 1), "20–21": (0, 0), "21–22": (0, 1),
    }  # fmt: skip


def test_the_histogram_says_how_many_are_below_18():
    said = words(histogram_svg(a_histogram([15.0, 17.9, 18.0], [18.0, 20.0, 21.0])))
    assert "Before: 2 of 3 flats below 18 ℃" in said
    assert "After: 0 of 3 flats below 18 ℃" in said
    assert said.count("18 ℃") == 2
    assert "Room temperature (℃)" in said


def test_the_histogram_colours_its_bars_by_the_one_scale():
    root = ET.fromstring(histogram_svg(a_histogram([15.5, 17.5], [19.5, 22.5])))
    fills = [bar.get("fill") for bar in root.iter(f"{SVG}rect")]
    assert fills == [temperature_band(value).fill for value in (15.5, 17.5, 19.5, 22.5)]


@given(st.lists(st.floats(-20, 50), max_size=40), st.lists(st.floats(-20, 50), max_size=40))
def test_the_histogram_loses_no_flat(before_c, after_c):
    table = histogram_table(a_histogram(before_c, after_c))
    assert [sum(row[i] for row in table.rows) for i in (1, 2)] == [len(before_c), len(after_c)]
    ET.fromstring(histogram_svg(a_histogram(before_c, after_c)))


def test_the_profile_runs_from_the_lowest_storey_up_and_skips_what_is_unknown():
    storeys = [StoreyMean(storey=s, before_c=14.0 + s, after_c=None if s == 2 else 20.0) for s in (3, 1, 2)]
    profile = Profile(title="Even at last", desc="Means", storeys=storeys)
    root = ET.fromstring(profile_svg(profile))
    before, after = (line.get("points").split() for line in root.iter(f"{SVG}polyline"))
    heights = [float(point.split(",")[1]) for point in before]
    assert heights == sorted(heights, reverse=True)
    assert len(after) == 2
    assert profile_table(profile).rows == ((3, "17.0", "20.0"), (2, "16.0", "—"), (1, "15.0", "20.0"))


def test_a_profile_without_storeys_is_refused():
    with pytest.raises(InputFault):
        profile_svg(Profile(title="Nothing", desc="Nothing", storeys=[]))


def a_progress(*bars):
    return BarChart(
        title="Two years", desc="Bars", category_axis="Year", value_axis="Flats planned", bars=list(bars)
    )


def test_a_bar_stands_below_its_target_mark_by_what_is_missing():
    chart = a_progress(Bar(label="2010", value=4000, target=5000))
    root = ET.fromstring(bar_chart_svg(chart))
    bar = next(one for one in root.iter(f"{SVG}rect") if float(one.get("height")) > 20)
    mark = next(one for one in root.iter(f"{SVG}line") if one.get("stroke-width") == "3")
    base = float(bar.get("y")) + float(bar.get("height"))
    # bar and mark are measured from one base: 4000 to 5000
    assert float(bar.get("height")) / (base - float(mark.get("y1"))) == pytest.approx(0.8, abs=0.001)
    assert "4,000" in words(bar_chart_svg(chart))


def test_the_bar_table_gives_the_difference_to_the_target():
    table = bar_table(a_progress(Bar(label="2010", value=4950, target=5000), Bar(label="2011", value=10)))
    assert table.rows == (("2010", 4950, 5000, -50), ("2011", 10, "—", "—"))
    assert bar_table(a_progress(Bar(label="2010", value=1))).rows == (("2010", 1),)


def test_a_chart_of_nothing_is_still_a_chart():
    for write in (bar_chart_svg, ranking_svg):
        ET.fromstring(write(a_progress()))
        ET.fromstring(write(a_progress(Bar(label="2010", value=0, target=0))))


def test_the_ranking_keeps_its_order_and_shortens_long_names():
    said = words(ranking_svg(a_progress(Bar(label="供热单位" * 12, value=7), Bar(label="short", value=3))))
    assert said[1].endswith("…")
    assert said[2:5] == ["7", "short", "3"]


def a_money_chart(*columns, keys=("user", "owner")):
    return StackedBars(
        title="Households pay most", desc="Money", category_axis="Year",
        series=[Series(key=key, label=key.title()) for key in keys],
        columns=[StackedColumn(label=label, parts_fen=parts) for label, parts in columns],
    )  # fmt: skip


def test_money_is_labelled_in_ten_thousand_yuan():
    # 12,345,600 yuan = 1,234,560,000 fen = 1,234.56 → 1,234.6 (10,000 yuan)
    said = words(stacked_bars_svg(a_money_chart(("2010", {"user": 1_234_560_000}))))
    assert said.count("1,234.6") == 2  # in the part and as the sum
    assert "Cost (10,000 yuan)" in said


def test_stacked_parts_are_as_high_as_their_sum():
    written = stacked_bars_svg(a_money_chart(("2010", {"user": 30_000_000, "owner": 10_000_000})))
    user, owner = [rect for rect in ET.fromstring(written).iter(f"{SVG}rect") if rect.get("width") == "92"]
    assert float(user.get("height")) == pytest.approx(3 * float(owner.get("height")), abs=0.05)
    assert float(owner.get("y")) + float(owner.get("height")) == pytest.approx(float(user.get("y")), abs=0.02)


@given(st.lists(st.integers(0, 10**12), max_size=8))
def test_shown_parts_add_up_to_the_shown_sum(parts_fen):
    shown = [round(float(part.replace(",", "")) * 10) for part in wan_yuan_parts(parts_fen)]
    assert sum(shown) == round(float(wan_yuan(sum(parts_fen)).replace(",", "")) * 10)


def test_thirds_of_a_tenth_are_rounded_so_that_they_add_up():
    # 3 × 33,333 fen = 99,999 fen = 0.099999 × 10,000 yuan → 0.1: one part takes the tenth
    assert wan_yuan_parts([33_333, 33_333, 33_333]) == ("0.1", "0.0", "0.0")


def test_the_money_table_ends_with_the_sum():
    table = stacked_table(a_money_chart(("2010", {"user": 30_000_000, "owner": 10_000_000})))
    assert table.rows == (("2010", "30.0", "10.0", "40.0"),)


def test_unknown_payers_negative_parts_and_too_many_series_are_refused():
    with pytest.raises(UnknownItem, match="city"):
        stacked_bars_svg(a_money_chart(("2010", {"city": 1})))
    with pytest.raises(InputFault, match="negative"):
        stacked_bars_svg(a_money_chart(("2010", {"user": -1})))
    with pytest.raises(InputFault, match="9"):
        stacked_bars_svg(a_money_chart(keys=tuple("abcdefghi")))


@given(st.floats(0, 1e9))
def test_ticks_start_at_zero_and_reach_the_maximum(maximum):
    ticks = nice_ticks(maximum)
    assert ticks[0] == 0
    assert ticks[-1] >= maximum * (1 - 1e-6)
    assert 2 <= len(ticks) <= 11


def test_ticks_are_round():
    assert nice_ticks(4312) == (0, 1000, 2000, 3000, 4000, 5000)
    assert nice_ticks(0) == (0, 1)


def test_titles_break_between_chinese_characters_and_at_spaces():
    assert wrap("一二三四五六", 10, 30) == ("一二三", "四五六")
    assert wrap("one two three", 10, 45) == ("one two", "three")
    assert shortened("一二三四", 10, 30) == "一二…"


@given(st.text(alphabet="ab 分户℃，12", max_size=60), st.integers(20, 200))
def test_wrapping_loses_nothing_but_spaces(content, width):
    lines = wrap(content, 10, width)
    assert "".join(lines).replace(" ", "") == content.replace(" ", "")
    assert all(writing_width(line, 10) <= width or " " not in line for line in lines)


def test_english_charts_hold_no_chinese_words():
    written = histogram_svg(a_histogram([17.0], [20.0])) + stacked_bars_svg(
        a_money_chart(("2010", {"user": 9}))
    )
    assert not re.search("[\u4e00-\u9fff]", written)
