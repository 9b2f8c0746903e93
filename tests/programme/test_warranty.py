"""The warranty of the policy: two heating seasons, and as long as a defect is open."""

from datetime import date

import pytest

from fenhu.policy import load
from fenhu.programme import warranty_ends

POLICY = load("fuxin-2010")


def ends(in_use_on, *, defect_open=False, today=date(2010, 1, 1)):
    return warranty_ends(POLICY, in_use_on, defect_open=defect_open, today=today)


@pytest.mark.parametrize(("in_use_on", "last_season"), [
    (date(2010, 10, 1), 2011), (date(2010, 12, 1), 2012), (date(2011, 3, 1), 2012),
])  # fmt: skip
def test_c4_3_the_warranty_lasts_two_whole_heating_seasons(in_use_on, last_season):
    assert ends(in_use_on) == POLICY.calendar.season_of(last_season)[1]


def test_c4_3_a_building_in_use_on_the_seasons_first_day_keeps_that_season():
    first, _ = POLICY.calendar.season_of(2010)
    assert ends(first) == POLICY.calendar.season_of(2011)[1]


def test_c4_3_an_open_defect_keeps_the_warranty_open():
    last = ends(date(2010, 10, 1))
    later = last.replace(year=last.year + 1)
    assert ends(date(2010, 10, 1), defect_open=True, today=later) == later
    assert ends(date(2010, 10, 1), defect_open=False, today=later) == last
    assert ends(date(2010, 10, 1), defect_open=True, today=last.replace(day=1)) == last
