"""The plan report answers first, claims no more than is proven, and names everything assumed."""

import re
import xml.etree.ElementTree as ET
from html.parser import HTMLParser

import pytest
from tests.papers.examples import a_planned, a_report, a_search, a_year, an_unplanned

from fenhu.errors import InputFault
from fenhu.papers import Compared, Converted, NamedAssumption, StockFigures, plan_report_html
from fenhu.papers.report import UNPLANNED_SHOWN
from fenhu.wording import speaking, text


def html(report=None):
    with speaking("en"):
        return plan_report_html(report or a_report())


def plain(report=None):
    """Return what a reader reads, tags taken out and spaces joined."""
    reader = Reader()
    reader.feed(html(report))
    return re.sub(r"\s+", " ", " ".join(reader.words))


class Reader(HTMLParser):
    VOID = frozenset({"meta"})

    def __init__(self):
        super().__init__()
        self.words, self.open, self.seen, self.links = [], [], [], []

    def handle_starttag(self, tag, attrs):
        self.seen.append(tag)
        self.links += [value for name, value in attrs if name in ("src", "href", "srcset")]
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if "style" not in self.open:
            self.words.append(data)


def test_the_page_is_whole_and_stands_alone():
    reader = Reader()
    reader.feed(html())
    assert reader.open == []
    assert "script" not in reader.seen
    assert reader.links == []
    assert reader.seen.count("svg") == 3
    assert "style=" not in html()


def test_the_charts_are_well_formed():
    for picture in re.findall("<svg.*?</svg>", html(), re.DOTALL):
        ET.fromstring(picture)


def test_the_answer_comes_first_with_its_number():
    said = plain()
    answer = "In 2010, 101 buildings with 5,012 households are to be converted for 1,200.0 × 10,000 yuan"
    # 12,000,000 yuan = 1,200 × 10,000 yuan
    assert f"{answer}; the target of 100 buildings and 5,000 households is met." in said
    assert said.index(answer) < said.index("What was found")
    # 101 + 80 buildings, 5,012 + 4,000 flats of 50,000: 18.0 %
    assert (
        "From 2010 to 2011, 181 of 1,000 buildings and 9,012 of 50,000 households (18.0 %) find a place; "
        "819 buildings do not."
    ) in said


def test_a_missed_target_says_by_how_much():
    said = plain(a_report(years=(a_year(buildings=87, flats=4312),)))
    assert "is missed by 13 buildings and 688 households." in said


def test_a_target_met_in_one_count_names_only_the_other():
    said = plain(a_report(years=(a_year(buildings=120, flats=4900),)))
    assert "is missed by 100 households." in said


def test_a_year_without_target_says_so():
    said = plain(a_report(years=(a_year(target_buildings=None, target_flats=None),)))
    assert "the policy sets no target for the year." in said


@pytest.mark.parametrize(
    ("search", "sentence"),
    [
        (a_search(), "This is the best plan found, proven within 6.0 % of the best possible."),
        (a_search(gap_ratio=0.06001), "proven within 6.1 % of the best possible."),
        (a_search(gap_ratio=None, bound=None), "how far it is from the best possible one is not known."),
        (a_search(proven_best=True, gap_ratio=0.0), "The plan is the best one possible, and this is proven."),
        (a_search(), "17.5 % more than filling the years in order of score (1,000.0)"),
        (a_search(objective=900.0), "10.0 % less than filling the years in order of score (1,000.0)"),
        (a_search(baseline_objective=0.0), "filling the years in order of score reaches 0.0"),
        (a_search(baseline_objective=-250.0), "filling the years in order of score reaches -250.0"),
    ],
)
def test_the_plans_quality_is_said_honestly(search, sentence):
    assert sentence in plain(a_report(search=search))


def test_an_unproven_plan_is_never_called_best_possible_or_optimal():
    said = plain(a_report(search=a_search(gap_ratio=0.0)))
    assert "optimal" not in said
    assert "this is proven" not in said


def test_charts_state_what_they_show():
    said = plain()
    assert "1 of 2 yearly targets are met; 1,000 households are missing from the others" in said
    assert "Of the planned flats, 50.0 % are below 18 ℃ before conversion and 0.0 % after it" in said
    # 9 of 12 million yuan a year
    assert "Households carry the largest part: 75.0 % of 2,400.0 × 10,000 yuan" in said


def test_the_yearly_table_adds_up():
    said = plain()
    assert "2010 101 100 5,012 5,000 451,080 900.0 0.0 300.0 0.0 0.0 0.0 0.0 1,200.0" in said
    assert "Total 181 9,012 902,160 1,800.0 0.0 600.0 0.0 0.0 0.0 0.0 2,400.0" in said


def test_the_ranking_stands_beside_the_plan_with_what_it_gains():
    plan, ranking = (
        Converted(buildings=12, flats=600, benefit=90.0, flat_winters=1200),
        Converted(buildings=10, flats=620, benefit=60.0, flat_winters=1000),
    )
    said = plain(a_report(ranking=(Compared(year=2010, plan=plan, ranking=ranking),
                                   Compared(year=None, plan=plan, ranking=ranking))))  # fmt: skip
    assert "the plan has +2 buildings, -20 flats and +200 flat winters (benefit +50.0 %)" in said
    assert "2010 12 10 +2 600 620 -20 90 60 +30 1,200 1,000 +200" in said
    assert "Against the ranking" not in plain()


def test_the_first_years_buildings_are_listed_with_reasons_and_temperatures():
    said = plain()
    assert "1 Block 1 (B1) East North Heat 36 12.3 12.3 → 18.7 20 → 0 Meets 2 criteria" in said


def test_a_building_nobody_could_simulate_shows_dashes_and_is_named():
    stock = StockFigures(buildings=2, flats=72, area_m2=6480.0, not_simulated=(("B7", "not converged"),))
    cold = a_planned(min_before_c=None, min_after_c=None, below_18_before=None, below_18_after=None)
    said = plain(a_report(stock=stock, first_year=(cold,)))
    assert "Building B7 could not be simulated: not converged" in said
    assert "— → — — → —" in said


def test_unplanned_buildings_are_counted_by_cause_and_the_first_are_listed():
    many = [an_unplanned(f"B{n:03d}", n / 100) for n in range(40)] + [an_unplanned("Z", 0.0, "No money")]
    said = plain(a_report(unplanned=tuple(many)))
    assert "40 buildings: Consent is missing" in said
    assert "1 buildings: No money" in said
    assert f"the {UNPLANNED_SHOWN} of highest priority among 41" in said
    assert "Block B039" in said
    assert "Block B009" not in said


def test_every_assumption_and_the_versions_are_named():
    said = plain()
    assert "2(4) consent.threshold 2/3 The document names no threshold" in said
    for word in ("fuxin-2010", "ab12", "highspy 1.11.0", "Seed 7", "Effort 40"):
        assert word in said


def test_findings_and_shortfalls_are_listed():
    year = a_year(shortfalls=(text("{district} gets {missing} flats too few", district="East", missing=12),))
    said = plain(a_report(years=(year,), findings=(text("The pace is too slow"),)))
    assert "The pace is too slow" in said
    assert "East gets 12 flats too few" in said


def test_the_demo_banner_stands_only_on_synthetic_data():
    assert "Demo data" in plain(a_report(synthetic=True))
    assert "Demo data" not in plain()


def test_hostile_names_stay_text():
    hostile = "<script>alert(1)</script>"
    assumed = NamedAssumption(key=hostile, value=hostile, reason=hostile, clause=hostile)
    page = html(
        a_report(city=hostile, basis=hostile, first_year=(a_planned(name=hostile),), assumptions=(assumed,))
    )
    assert "<script" not in page
    assert page.count("&lt;script&gt;") >= 7


def test_an_empty_plan_is_a_report_too():
    nothing = a_year(buildings=0, flats=0, cost_fen={}, area_m2=0.0)
    said = plain(
        a_report(
            years=(nothing,), first_year=(), unplanned=(), assumptions=(),
            temperatures_before_c=[], temperatures_after_c=[],
        )
    )  # fmt: skip
    assert "No building is planned in this year." in said
    assert "Every building has its year." in said
    assert "Nothing was assumed." in said


def test_a_report_without_years_is_refused():
    with pytest.raises(InputFault):
        plan_report_html(a_report(years=()))


def test_the_english_report_holds_no_chinese_words():
    assert not re.search("[\u4e00-\u9fff]", html())
