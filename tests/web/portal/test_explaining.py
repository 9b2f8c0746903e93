"""The policy in plain words: every packaged city, every answer with its clause or why it is assumed."""

from datetime import date

import pytest

from fenhu.policy import available, load
from fenhu.web.portal.explaining import explained

DAY = date(2011, 4, 11)
ASKED_EVERYWHERE = {
    "why",
    "responsible",
    "pays",
    "household",
    "consent",
    "deadlines",
    "acceptance",
    "offices",
}


def answers(policy, code, day=DAY):
    (question,) = [one for one in explained(policy, day) if one.code == code]
    return [answer.said.in_language("en") for answer in question.answers]


@pytest.fixture(scope="module")
def fuxin():
    return load("fuxin-2010")


@pytest.mark.parametrize("name", [info.id for info in available()])
def test_every_citys_policy_is_explained_and_every_answer_says_where_it_stands(name):
    policy = load(name)
    questions = explained(policy, max(DAY, policy.valid_from))
    assert {one.code for one in questions} >= ASKED_EVERYWHERE
    for question in questions:
        for answer in question.answers:
            assert answer.clause or str(answer.reason)
            assert "{" not in answer.said.in_language("zh-hans")


def test_c2_5_the_household_pays_the_material_of_its_indoor_pipes(fuxin):
    said = answers(fuxin, "household")
    assert said[0] == "Indoor pipes and valves: material: the heat user pays all of it"
    assert said[1] == "heat user: 100 %, 30 days after the contract"


def test_c2_5_a_share_is_said_in_percent(fuxin):
    said = answers(fuxin, "pays")
    assert "Public pipework in the building: material: the housing repair fund pays 30 %" in said
    assert (
        "Public pipework in the building: material: the former owner unit pays 50 % of what is left" in said
    )


def test_c2_4_consent_is_said_by_the_rule_of_the_day(fuxin):
    assert answers(fuxin, "consent")[0] == (
        "The conversion of a building begins when at least 66.7 % of all, counted by households and by floor"
        " area, agree"
    )
    assert "75 % of those who vote" in answers(fuxin, "consent", date(2021, 6, 1))[0]


def test_c3_2_the_years_own_deadline_comes_before_the_yearly_one(fuxin):
    assert "by 2011-04-30" in answers(fuxin, "deadlines")[0]
    exception = fuxin.calendar.filing_deadline(2010).isoformat()
    assert f"by {exception}" in answers(fuxin, "deadlines", date(2010, 6, 1))[0]


def test_c4_1_whoever_does_not_cooperate_answers_for_it(fuxin):
    assert "the household answers for it" in answers(fuxin, "unwilling")[-1]


def test_an_assumption_is_marked_with_its_reason(fuxin):
    (reward,) = [one for one in explained(fuxin, DAY) if one.code == "reward"]
    assert all(answer.reason for answer in reward.answers)
