"""Pictures of money: bands that sum, a purse's year, arrears on a map; every figure opens."""

import itertools
from datetime import date
from decimal import Decimal
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fenhu.drawing import (
    BuildingArrears,
    Flow,
    FlowNode,
    PurseDay,
    PurseYear,
    Sankey,
    arrears_map,
    burn_down_svg,
    burn_down_table,
    dot_map_svg,
    dot_map_table,
    sankey_svg,
    sankey_table,
)
from fenhu.drawing.palette import INK, LEAST_CONTRAST, contrast_ratio
from fenhu.errors import InputFault, OutOfRange, UnknownItem
from fenhu.money import split_fen

SVG = "{http://www.w3.org/2000/svg}"


def parsed(drawn):
    return ElementTree.fromstring(drawn)


def writings(root, layer):
    """Return (x, y, anchor, words) of the labels of a layer."""
    return [
        (float(one.get("x")), float(one.get("y")), one.get("text-anchor", "start"), one.text)
        for one in root.iter(f"{SVG}text")
        if one.get("class") == layer
    ]


def links(root):
    return [one.get("href") for one in root.iter(f"{SVG}a")]


def bill(costs, shares, *, href="/m/"):
    """Return the bands item → payer → supplier; every payer's money goes to two suppliers."""
    items = [
        FlowNode(key=f"i{n}", label=f"费用项{n}", column=0, href=f"{href}i{n}") for n in range(len(costs))
    ]
    payers = [
        FlowNode(key=f"p{n}", label=f"付款方{n}", column=1, href=f"{href}p{n}") for n in range(len(shares))
    ]
    ends = [FlowNode(key=f"s{n}", label=f"供热单位{n}", column=2, href=f"{href}s{n}") for n in range(2)]
    flows, held = [], [0] * len(shares)
    for n, cost in enumerate(costs):
        for place, fen in enumerate(split_fen(cost, shares)):
            flows.append(Flow(source=f"i{n}", target=f"p{place}", fen=fen))
            held[place] += fen
    for place, fen in enumerate(held):
        flows += [
            Flow(source=f"p{place}", target=f"s{n}", fen=part)
            for n, part in enumerate(split_fen(fen, [2, 1]))
        ]
    return Sankey(title="谁付多少", desc="各项由谁付", nodes=[*items, *payers, *ends], flows=flows)


COSTS = st.lists(st.integers(0, 10**11), min_size=1, max_size=12)
SHARES = st.lists(st.integers(1, 1000), min_size=1, max_size=12)


@given(costs=COSTS, shares=SHARES)
@settings(max_examples=40)
def test_bands_are_as_high_as_their_money_and_columns_sum(costs, shares):
    root = parsed(sankey_svg(bill(costs, shares)))
    if not sum(costs):
        return
    figures = writings(root, "node-figure")
    assert len(figures) == len(costs) + len(shares) + 2
    sums = [
        sum(Decimal(words.replace(",", "")) for _, _, _, words in figures[first:last])
        for first, last in (
            (0, len(costs)), (len(costs), len(costs) + len(shares)), (len(costs) + len(shares), None)
        )
    ]  # fmt: skip
    assert sums[0] == sums[1] == sums[2]
    bars = [float(one.get("height")) for one in root.iter(f"{SVG}rect")][: len(costs)]
    for height, cost in zip(bars, costs, strict=True):
        # The tallest column is 260 high; nothing is drawn thinner than a hairline.
        assert height == pytest.approx(max(260 * cost / sum(costs), 1.0), abs=0.02)


@given(costs=COSTS, shares=SHARES)
@settings(max_examples=40)
def test_labels_never_lie_on_each_other(costs, shares):
    root = parsed(sankey_svg(bill(costs, shares)))
    by_column: dict[tuple[float, str], list[float]] = {}
    for x, y, anchor, _ in [*writings(root, "node-name"), *writings(root, "node-figure")]:
        by_column.setdefault((x, anchor), []).append(y)
    for heights in by_column.values():
        ordered = sorted(heights)
        assert all(below - above >= 12 for above, below in itertools.pairwise(ordered))


def test_every_bar_opens_and_says_its_exact_amount():
    root = parsed(sankey_svg(bill([100_000_01, 50_000_00], [1, 1])))
    assert set(links(root)) == {"/m/i0", "/m/i1", "/m/p0", "/m/p1", "/m/s0", "/m/s1"}
    titles = [one.text for one in root.iter(f"{SVG}title")]
    assert "费用项0：100,000.01 元" in titles
    assert root.get("role") == "group"


def test_small_money_is_written_in_yuan_to_the_fen():
    root = parsed(sankey_svg(bill([123_45], [1])))
    assert writings(root, "node-figure")[0][3] == "123.45"


def test_a_payer_who_gives_more_than_comes_in_is_refused():
    nodes = [FlowNode(key=key, label=key, column=place) for place, key in enumerate("abc")]
    flows = [Flow(source="a", target="b", fen=100), Flow(source="b", target="c", fen=101)]
    with pytest.raises(OutOfRange, match="101"):
        sankey_svg(Sankey(title="t", desc="d", nodes=nodes, flows=flows))


@pytest.mark.parametrize(
    ("flow", "fault"),
    [
        (Flow(source="a", target="x", fen=1), UnknownItem),
        (Flow(source="b", target="a", fen=1), InputFault),
        (Flow(source="a", target="b", fen=-1), OutOfRange),
    ],
)
def test_a_flow_that_cannot_be_is_refused(flow, fault):
    nodes = [FlowNode(key="a", label="a", column=0), FlowNode(key="b", label="b", column=1)]
    with pytest.raises(fault):
        sankey_svg(Sankey(title="t", desc="d", nodes=nodes, flows=[flow]))


def test_nothing_that_flows_is_said_in_words():
    assert "目前没有资金往来" in sankey_svg(Sankey(title="t", desc="d", nodes=[], flows=[]))


def test_the_table_behind_the_bands_is_to_the_fen():
    table = sankey_table(bill([100_01], [1]))
    assert table.rows[0][2] == "100.01"


DAYS = (
    PurseDay(on=date(2010, 1, 15), allocated_fen=500_000_000),
    PurseDay(on=date(2010, 5, 20), allocated_fen=500_000_000, committed_fen=300_000_000),
    PurseDay(
        on=date(2010, 8, 1), allocated_fen=500_000_000, committed_fen=100_000_000,
        contracted_fen=120_000_000, spent_fen=80_000_000,
    ),
)  # fmt: skip


def purse(days=DAYS, **more):
    return PurseYear(title="市财政", desc="d", year=2010, days=days, until=date(2010, 9, 10), **more)


def test_what_is_left_stands_at_the_right_and_opens():
    root = parsed(burn_down_svg(purse(href="/purse/7?stage=", planned_end=date(2010, 9, 30))))
    # 500 − 100 − 120 − 80 = 200 (10,000 yuan).
    words = [one[3] for one in writings(root, "stage-figure")]
    assert words == ["已安排 500.0", "可用 200.0", "计划占用 100.0", "已签约 120.0", "已支出 80.0"]
    assert "/purse/7?stage=free" in links(root)
    assert writings(root, "planned-end")[0][3] == "2010-09-30 前应支出完毕"


@given(parts=st.lists(st.integers(0, 10**9), min_size=3, max_size=3), free=st.integers(-(10**9), 10**9))
@settings(max_examples=60)
def test_a_purses_labels_never_lie_on_each_other(parts, free):
    allocated = max(0, sum(parts) + free)
    day = PurseDay(
        on=date(2010, 2, 1), allocated_fen=allocated, committed_fen=parts[0], contracted_fen=parts[1],
        spent_fen=parts[2],
    )  # fmt: skip
    heights = [one[1] for one in writings(parsed(burn_down_svg(purse(days=[day]))), "stage-figure")]
    assert all(below - above >= 12 for above, below in itertools.pairwise(heights))


def test_stages_are_drawn_as_steps_that_reach_the_day():
    root = parsed(burn_down_svg(purse()))
    (line,) = [one for one in root.iter(f"{SVG}polyline") if one.get("class") == "spent-line"]
    points = [tuple(map(float, point.split(","))) for point in line.get("points").split()]
    assert [x for x, _ in points] == sorted(x for x, _ in points)
    # Plot: 64 from the left, 496 wide for 365 days; 10 September ends day 253.
    assert points[-1][0] == pytest.approx(64 + 496 * 253 / 365, abs=0.02)


def test_an_over_full_purse_says_by_how_much():
    day = PurseDay(on=date(2010, 2, 1), allocated_fen=100_000_000, spent_fen=120_000_000)
    assert "超出 20.0" in burn_down_svg(purse(days=[day]))


def test_an_empty_purse_says_so():
    assert "尚未安排资金" in burn_down_svg(purse(days=[]))


def test_the_table_behind_a_purse_is_to_the_fen():
    assert burn_down_table(purse()).rows[-1][-1] == "2,000,000.00"


def test_days_that_cannot_be_are_refused():
    with pytest.raises(InputFault):
        burn_down_svg(purse(days=[DAYS[0], DAYS[0]]))
    with pytest.raises(InputFault):
        burn_down_svg(purse(days=[PurseDay(on=date(2010, 12, 1), allocated_fen=1)]))
    with pytest.raises(OutOfRange):
        burn_down_svg(purse(days=[PurseDay(on=date(2010, 2, 1), allocated_fen=1, spent_fen=-1)]))


def building(number, fen, place=(121.6, 42.0), estate="和平小区"):
    longitude, latitude = place
    return BuildingArrears(
        label=f"HZ-{number}", arrears_fen=fen, href=f"/b/{number}", estate=estate, longitude=longitude,
        latitude=latitude,
    )  # fmt: skip


def mapped(buildings):
    return arrears_map(buildings, title="欠款", desc="d")


def test_a_thousand_buildings_are_a_thousand_links():
    buildings = [building(n, n * 1000, (121.5 + n % 40 / 100, 42 + n // 40 / 100)) for n in range(1000)]
    root = parsed(dot_map_svg(mapped(buildings)))
    assert sorted(links(root)) == sorted(f"/b/{n}" for n in range(1000))
    inside = list(root.iter(f"{SVG}circle"))
    width, height = float(root.get("width")), float(root.get("height"))
    assert all(0 < float(one.get("cx")) < width and 0 < float(one.get("cy")) < height for one in inside)


def test_north_is_up_and_east_is_right():
    root = parsed(dot_map_svg(mapped([building(1, 1), building(2, 2, (121.7, 42.1))])))
    places = {
        link.get("href"): link.find(f"{SVG}circle") for link in root.iter(f"{SVG}a")
    }  # fmt: skip
    assert float(places["/b/2"].get("cx")) > float(places["/b/1"].get("cx"))
    assert float(places["/b/2"].get("cy")) < float(places["/b/1"].get("cy"))


def test_classes_rise_by_round_amounts_with_their_counts():
    # Quarters of 1,000 to 8,000 yuan: 3,000, 5,000 and 7,000, rounded up to 5,000 and 10,000.
    found = mapped([building(0, 0), *(building(n, n * 100_000) for n in range(1, 9))])
    assert [str(one.label) for one in found.classes] == [
        "无逾期", "5,000 元及以下", "5,000 元以上至 10,000 元", "10,000 元以上",
    ]  # fmt: skip
    assert [one.dot_class for one in found.dots] == [0, 1, 1, 1, 1, 1, 2, 2, 2]
    entries = [one[3] for one in writings(parsed(dot_map_svg(found)), "legend-entry")]
    assert entries[1] == "5,000 元及以下：5 栋"


def test_classes_differ_in_size_as_well_as_in_colour():
    found = mapped([building(n, 10**n) for n in range(2, 9)])
    sizes = [one.radius for one in found.classes]
    assert sizes == sorted(set(sizes))
    assert len({one.fill for one in found.classes}) == len(sizes)


def test_buildings_without_a_place_stand_by_estate_below():
    root = parsed(
        dot_map_svg(mapped([building(1, 5), building(2, 5, (None, None)), building(3, 0, (None, None), "")]))
    )
    assert [one[3] for one in writings(root, "estate-name")] == ["未填小区", "和平小区"]
    assert set(links(root)) == {"/b/1", "/b/2", "/b/3"}


def test_no_building_and_no_place_on_earth():
    assert "没有可显示的楼栋" in dot_map_svg(mapped([]))
    with pytest.raises(OutOfRange):
        dot_map_svg(mapped([building(1, 5, (42.0, 121.6))]))
    with pytest.raises(OutOfRange):
        mapped([building(1, -5)])


def test_the_table_behind_the_map_has_every_building():
    (row,) = dot_map_table(mapped([building(1, 12_345)])).rows
    assert (row[0], row[1], str(row[2])) == ("HZ-1", "和平小区", "逾期 123.45 元")


def test_words_on_bands_can_be_read():
    root = parsed(sankey_svg(bill([1000] * 12, [1] * 12)))
    fills = {one.get("fill") for one in root.iter(f"{SVG}polygon")}
    assert all(contrast_ratio(INK, fill) >= LEAST_CONTRAST for fill in fills)
