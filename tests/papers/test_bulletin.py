"""The bulletin: two pages whatever happened, and sentences that say what is so and nothing else."""

from dataclasses import replace
from datetime import date

import pypdfium2
import pytest
from tests.papers.bulletins import LONG, empty, full, longest

from fenhu.errors import OutOfRange
from fenhu.papers import bulletin_sentences as sentences
from fenhu.papers.bulletin import bulletin_charts, bulletin_parts, bulletin_pdf, change_rows
from fenhu.papers.bulletin_pictures import even_pace
from fenhu.papers.bulletin_values import (
    Amount,
    CaseCounts,
    Deadlines,
    Period,
    Standing,
    Steps,
    Warmth,
    YearGoal,
)
from fenhu.wording import speaking

JULY, SEPTEMBER = date(2011, 7, 31), date(2011, 9, 30)


def standing(name, listed, accepted):
    return Standing(name=name, key=name, listed=listed, accepted=accepted)


def pages_of(made):
    with pypdfium2.PdfDocument(made) as document:
        return [page.get_textpage().get_text_range().replace("\r\n", "") for page in document]


def said(lines):
    with speaking("en"):
        return [str(line) for line in lines]


def year(**known):
    """July 2011 with one year of the programme changed."""
    goal = {"year": 2011, "target": 100, "listed": 90, "accepted": 40} | known
    return full(years=(YearGoal(**goal),))


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("made", [full(), full(Period(2011)), empty(), longest()])
def test_a_bulletin_has_exactly_two_pages(made, language):
    with speaking(language):
        assert len(pages_of(bulletin_pdf(made))) == 2


def test_the_same_values_give_the_same_bytes():
    assert bulletin_pdf(full()) == bulletin_pdf(full())


def test_the_head_names_city_issue_office_and_day_and_the_demo_is_marked_on_every_page():
    pages = pages_of(bulletin_pdf(full()))
    first = pages[0].replace(" ", "")
    for words in ("阜新市分户供暖改造工作简报", "2011年第7期", "市住房和城乡建设委员会", "2011年7月31日"):
        assert words in first
    assert all("演示数据" in page for page in pages)
    assert "演示数据" not in pages_of(bulletin_pdf(empty()))[0]


def test_names_stay_words():
    hostile = "#set page(width: 1mm) *x* $y$"
    made = full(suppliers=(Standing(name=hostile, key="", listed=45, accepted=0),
                           standing("宏远热力", 45, 40)))  # fmt: skip
    pages = pages_of(bulletin_pdf(made))
    assert len(pages) == 2
    assert "width: 1mm" in pages[0]


def test_every_picture_states_its_finding_and_has_its_table():
    charts = bulletin_charts(full())
    assert [one.key for one in charts] == ["years", "pace", "standings", "money", "warmth"]
    assert all(str(one.title) and one.table.rows for one in charts)
    assert bulletin_charts(empty()) == ()


def test_the_answer_says_what_is_missing_and_the_pace_it_takes():
    # 60 buildings in 61 days, 2.004 months of 30.44 days: 29.9 a month, so 30.
    assert said(sentences.answer(full())) == [
        "Accepted by 31 July 2011: 40 of the 100 buildings of 2011's target (40.0 %).",
        "Missing: 60 buildings; to be done by 30 September 2011, this takes 30 buildings a month.",
        "Since the programme began, 131 buildings with 6,550 flats came into use.",
    ]


def test_one_building_is_said_in_the_singular():
    assert said(sentences.answer(year(target=41)))[1] == (
        "Missing: 1 building; to be done by 30 September 2011, this takes 1 building a month."
    )


def test_a_reached_target_asks_for_no_pace_and_a_passed_deadline_neither():
    assert said(sentences.answer(year(accepted=100)))[1] == "The goal of the year is reached."
    late = replace(full(), as_of=date(2011, 10, 31))
    assert said(sentences.answer(late))[1] == (
        "Missing: 60 buildings; the works were to be done by 30 September 2011."
    )


def test_without_a_target_the_year_is_measured_by_its_approved_plans():
    answer = said(sentences.answer(year(target=None)))
    assert answer[0] == "Accepted by 31 July 2011: 40 of the 90 buildings of 2011's approved plans (44.4 %)."
    assert said(sentences.answer(year(target=None, listed=0, accepted=0)))[0] == (
        "No building of 2011 stands on an approved plan by 31 July 2011."
    )


def test_the_last_weeks_are_counted_as_a_month():
    assert sentences.needed_a_month(7, date(2011, 9, 20), SEPTEMBER) == 7
    assert sentences.needed_a_month(60, date(2010, 9, 30), SEPTEMBER) == 6  # 60 / 11.99 = 5.004


def test_changes_compare_with_the_period_before_and_leave_out_what_did_not_happen():
    assert said(sentences.changes(full())) == [
        "Approved: 10 buildings with 500 flats, as many as in June 2011.",
        "Begun: 20 buildings with 1,000 flats, 5 fewer than in June 2011.",
        "Accepted: 15 buildings with 750 flats, 10 more than in June 2011.",
        "Put into use: 1 building with 50 flats, 1 more than in June 2011.",
    ]
    assert said(sentences.changes(full(steps=Steps(begun=Amount(1, 1))))) == [
        "Begun: 1 building with 1 flat, 24 fewer than in June 2011."
    ]
    assert said(sentences.changes(empty())) == [
        "In January 2011, nothing was approved, begun, accepted or put into use."
    ]


def test_the_one_furthest_behind_is_named_with_what_it_lacks():
    # 40 of 90 are 44.4 %; 30 buildings at that pace would be 13.3, so 太平 with 5 lacks 9.
    assert said(sentences.lag(full()))[0] == (
        "Furthest behind among the districts: 太平 with 5 of 30 buildings accepted (16.7 %; all together "
        "44.4 %), 9 buildings fewer than at the pace of all."
    )


@pytest.mark.parametrize(
    "standings",
    [
        (),
        (standing("海州", 30, 10),),
        (
            standing("海州", 30, 10),
            standing("太平", 30, 10),
        ),
        (
            standing("海州", 30, 0),
            standing("太平", 30, 0),
        ),
        (
            standing("海州", 30, 11),
            standing("太平", 30, 9),
        ),
        (
            standing("海州", 0, 0),
            standing("太平", 30, 9),
        ),
    ],
)
def test_where_nobody_lags_nothing_is_said(standings):
    assert sentences.furthest_behind(standings) is None
    assert sentences.lag(full(districts=standings, suppliers=())) == ()


def test_missed_deadlines_name_three_and_count_the_rest():
    assert said(sentences.missed(full())) == [
        "Plans of 2011 not filed, due on 30 April 2011: 光明供热, 城北热力, 城南热力 and 2 more.",
        "Plans of 2011 filed late: 宏远热力.",
        "Overdue and not finished: 3 buildings with 150 flats, the longest since 30 September 2010.",
        "Finished late: 2 buildings with 100 flats.",
    ]
    nothing = Deadlines(filing_day=date(2011, 4, 30), completion_day=SEPTEMBER)
    assert said(sentences.missed(full(deadlines=nothing))) == ["No deadline of 2011 is missed."]


def test_money_says_what_is_held_spent_granted_and_what_a_flat_costs():
    # Six sources with 400 × 10,000 yuan each; 1,500,000 yuan for 500 flats.
    assert said(sentences.spending(full())) == [
        "Of 2,400.0 × 10,000 yuan in the purses of 2011, 1,200.0 × 10,000 yuan is spent (50.0 %) and "
        "600.0 × 10,000 yuan contracted.",
        "Granted in July 2011: rewards 30.0 × 10,000 yuan, repair fund 12.0 × 10,000 yuan.",
        "A flat costs 3,000 yuan on average, by the contracts of 500 flats.",
    ]
    assert said(sentences.spending(empty())) == ["No money is entered for 2011."]


def test_warmth_is_simulated_and_measured_before_and_after():
    assert said(sentences.warmth(full())) == [
        "In use: 200 flats; simulated below 18 ℃: 120 before, 40 after.",
        "Measured at acceptance: 1 of 4 flats below 18 ℃.",
        "Measured before: 2 of 3 flats below 18 ℃.",
    ]
    unmeasured = full(warmth=Warmth(before={17: 1}, after={18: 1}))
    assert said(sentences.warmth(unmeasured)) == [
        "In use: 1 flat; simulated below 18 ℃: 1 before, 0 after.",
        "No room temperature was measured at acceptance.",
    ]


def test_cases_are_counted_and_nothing_is_said_of_none():
    assert said(sentences.conflicts(full())) == [
        "In July 2011, cases opened: 7 (complaints: 4), answered: 5; open: 3, overdue: 1.",
        "Half of those answered took 6 days at most.",
    ]
    assert len(said(sentences.conflicts(full(cases=CaseCounts(opened=1, open=1))))) == 1
    assert said(sentences.conflicts(empty())) == ["In January 2011, no case was opened and none is open."]


def test_what_is_due_is_due_in_the_month_after():
    assert "By 30 September 2011, works still to be finished: 60 buildings." in said(sentences.coming(full()))
    assert said(sentences.coming(empty())) == ["Nothing falls due in February 2011."]


def test_an_even_pace_runs_from_filing_to_completion():
    # 30 April to 30 September are 153 days; 31 July is the 92nd: 60 of 100.
    assert even_pace(full(), JULY) == 60
    assert even_pace(full(), date(2011, 3, 1)) == 0
    assert even_pace(full(), date(2011, 12, 31)) == 100


def test_a_month_follows_december_and_a_year_the_year_before():
    assert Period(2011, 1).before == Period(2010, 12)
    assert Period(2011, 12).coming == Period(2012, 1)
    assert Period(2011).before == Period(2010)
    assert Period(2011).coming == Period(2012, 1)
    assert Period(2012, 2).last_day == date(2012, 2, 29)
    with pytest.raises(OutOfRange):
        Period(2011, 13)


def test_the_table_has_every_step_and_span():
    rows = change_rows(full())
    assert len(rows) == 4
    assert [len(amounts) for _, amounts in rows] == [4] * 4
    assert LONG in str(bulletin_parts(longest())[1].lines[0])
