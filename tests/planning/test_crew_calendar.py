"""The crews' season: order and capacity hold, mains lie before works, what is late is said."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.planning.small import an_instance, tasks

from fenhu.planning import NO_BUILDING, NO_YEAR, crew_calendar

MAINS_DAYS = 20


def one_supplier(flats, cluster, *, crew_days, benefit=None, order=(), years=1):
    """Buildings of one supplier, three tenths of a crew day a flat; every cluster has mains to lay."""
    count = len(flats)
    return an_instance(
        flats=flats, benefit=benefit or [100] * count, earliest=[0] * count, priority=[True] * count,
        cost_yuan=[1000] * count, supplier_of_cluster=(0,) * (max(cluster) + 1), cluster=cluster,
        district=[0] * count, years=years, money_yuan=10**6, crew_days=crew_days, upper_yuan=0,
        carry=frozenset(), order=order, targets=(0, 0),
    )  # fmt: skip


def without_mains(instance):
    return replace(
        instance, clusters=replace(instance.clusters, mains_fen=np.zeros_like(instance.clusters.mains_fen))
    )


def spans(season):
    return {
        job.building: (job.start_days, job.end_days) for job in season.jobs if job.building != NO_BUILDING
    }


def test_one_crew_goes_from_building_to_building_the_most_urgent_first():
    instance = without_mains(one_supplier([50, 100], [0, 0], crew_days=60, benefit=[10, 90]))
    (season,) = crew_calendar(instance, np.array([0, 0]), (100,), MAINS_DAYS)
    assert season.crews == 1
    assert spans(season) == {1: (0.0, 30.0), 0: (30.0, 45.0)}
    assert (season.used_days, season.available_days, season.late) == (45.0, 60.0, ())


def test_buildings_wait_for_the_mains_and_the_second_mains_for_the_first():
    instance = one_supplier([50, 50], [0, 1], crew_days=60, benefit=[90, 10])
    (season,) = crew_calendar(instance, np.array([0, 0]), (100,), MAINS_DAYS)
    mains = {
        job.cluster: (job.start_days, job.end_days) for job in season.jobs if job.building == NO_BUILDING
    }
    assert mains == {0: (0.0, 20.0), 1: (20.0, 40.0)}
    assert spans(season) == {0: (20.0, 35.0), 1: (40.0, 55.0)}


def test_mains_that_lie_since_the_year_before_are_waited_for_no_more_and_come_first():
    instance = one_supplier([50, 50, 50], [0, 0, 1], crew_days=60, benefit=[10, 20, 90], years=2)
    first, second = crew_calendar(instance, np.array([0, 1, 1]), (100, 100), MAINS_DAYS)
    assert spans(first) == {0: (20.0, 35.0)}
    assert spans(second) == {1: (0.0, 15.0), 2: (20.0, 35.0)}


def test_a_building_that_comes_later_waits_for_its_forerunner_however_urgent():
    instance = without_mains(one_supplier([50, 50], [0, 0], crew_days=60, benefit=[10, 90], order=[(0, 1)]))
    (season,) = crew_calendar(instance, np.array([0, 0]), (100,), MAINS_DAYS)
    assert spans(season) == {0: (0.0, 15.0), 1: (15.0, 30.0)}


def test_more_crews_go_out_only_where_one_would_be_late():
    # 4 × 15 days: one crew needs 60 days; over 40 days two crews have the register's 80 days
    four = without_mains(one_supplier([50] * 4, [0] * 4, crew_days=80))
    (roomy,) = crew_calendar(four, np.zeros(4, dtype=np.int64), (60,), MAINS_DAYS)
    (tight,) = crew_calendar(four, np.zeros(4, dtype=np.int64), (40,), MAINS_DAYS)
    assert (roomy.crews, tight.crews) == (1, 2)
    assert max(end for _, end in spans(tight).values()) == 30.0


def test_what_ends_after_the_season_is_late():
    # The mains take 20 of the 40 days, one crew needs 30 more.
    instance = one_supplier([50, 50], [0, 0], crew_days=40, benefit=[90, 10])
    (season,) = crew_calendar(instance, np.array([0, 0]), (40,), MAINS_DAYS)
    assert [job.building for job in season.late] == [1]


@given(instance=tasks(), data=st.data())
@settings(max_examples=60, deadline=None)
def test_order_and_capacity_hold_and_every_building_stands_once(instance, data):
    count = len(instance.buildings)
    years = st.integers(NO_YEAR, instance.years - 1)
    year_of = np.array(data.draw(st.lists(years, min_size=count, max_size=count)))
    season_days = data.draw(st.lists(st.integers(1, 60), min_size=instance.years, max_size=instance.years))
    seasons = crew_calendar(instance, year_of, season_days, MAINS_DAYS)
    start, end = {}, {}
    for season in seasons:
        mains = {job.cluster: job.end_days for job in season.jobs if job.building == NO_BUILDING}
        for job in season.jobs:
            if job.building == NO_BUILDING:
                continue
            assert job.building not in start
            assert year_of[job.building] == season.year
            assert job.start_days >= mains.get(job.cluster, 0.0)
            start[job.building], end[job.building] = job.start_days, job.end_days
        works = [job for job in season.jobs if job.building != NO_BUILDING]
        at_once = [sum(a.start_days <= b.start_days < a.end_days for a in works) for b in works]
        assert max(at_once) <= season.crews
        fewest = -(-season.available_days // season.season_days)
        assert 1 <= season.crews <= max(1, fewest)
        assert {job.crew for job in works} <= set(range(season.crews))
    assert set(start) == set(np.flatnonzero(year_of != NO_YEAR).tolist())
    for first, later in instance.order:
        if year_of[first] == year_of[later] != NO_YEAR:
            assert start[later] >= end[first]
