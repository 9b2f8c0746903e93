"""The made-up instances: the same numbers make the same city, and its folder reads back as it was made."""

from __future__ import annotations

from dataclasses import fields

import numpy as np
import pytest
from benchmarks.planning_city import planning_city, write_folder

from fenhu.planning import greedy, read_instance


def same(one, other):
    return all(np.array_equal(getattr(one, each.name), getattr(other, each.name)) for each in fields(one))


def test_the_same_numbers_make_the_same_city_and_another_seed_another():
    first, again, other = (planning_city(80, 4, seed) for seed in (1, 1, 2))
    assert same(first.buildings, again.buildings)
    assert same(first.budgets, again.budgets)
    assert not same(first.buildings, other.buildings)


@pytest.mark.parametrize(("buildings", "years"), [(60, 1), (200, 10)])
def test_its_folder_reads_back_as_it_was_made(tmp_path, buildings, years):
    made = planning_city(buildings, years, 3)
    write_folder(made, tmp_path)
    read = read_instance(tmp_path)
    assert same(made.buildings, read.buildings)
    assert same(made.clusters, read.clusters)
    assert same(made.budgets, read.budgets)
    assert np.array_equal(made.order, read.order)
    assert made.rules == read.rules


def test_it_asks_for_a_plan_that_cannot_hold_everything():
    made = planning_city(300, 5, 1)
    planned = sum(year is not None for year in greedy(made).year_of)
    assert 100 < planned < 300
