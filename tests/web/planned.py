"""The cast's three buildings as a planning task small enough to reckon by hand.

====== ======== ======= ========= =============================================
code   supplier flats   benefit   costs the supplier 1,200 yuan, the city 400
====== ======== ======= ========= =============================================
A1     0        50      100       may start in 2010
A2     0        50      90        may start in 2010
B1     1        50      80        may start in 2010
====== ======== ======= ========= =============================================

Mains and set-up of each supplier's one cluster cost 4,500 yuan; three years, 2010 to 2012.
"""

from __future__ import annotations

from dataclasses import replace

from tests.planning.small import an_instance
from tests.web.cast import GUANGMING, HONGYUAN

from fenhu import planning
from fenhu.web.works.adopting import keep_plan

CODES = ("A1", "A2", "B1")


def a_task(**changes):
    """A task of A1, A2 and B1 over 2010 to 2012 in which money and crews suffice."""
    plain = {
        "flats": [50, 50, 50], "benefit": [100, 90, 80], "earliest": [0, 0, 0],
        "priority": [True, True, True], "cost_yuan": [1200, 1200, 1200], "supplier_of_cluster": (0, 1),
        "cluster": [0, 0, 1], "district": [0, 0, 1], "years": 3, "money_yuan": 100_000, "crew_days": 100,
        "upper_yuan": 0, "carry": frozenset(), "equity": 0.0,
    }  # fmt: skip
    task = an_instance(**plain | changes)
    return replace(
        task,
        buildings=replace(task.buildings, ids=CODES),
        clusters=replace(task.clusters, names=("和平", "光明")),
        first_year=2010,
        district_names=("海州", "太平"),
        supplier_names=(HONGYUAN, GUANGMING),
        owner_names=("A1厂", "B1厂"),
    )


def a_result(task, *years):
    """The plan with A1, A2 and B1 in these years (labels, None for unplanned), judged by the evaluator."""
    year_of = tuple(None if year is None else year - task.first_year for year in years)
    result = replace(planning.greedy(task, goal=planning.LEXICOGRAPHIC), year_of=year_of)
    numbers = planning.years_array(result)
    worth = planning.score(task, numbers)
    short = planning.shortfalls(task, numbers)
    return replace(result, objective=worth, bound=worth, gap=0.0, shortfalls=short)


def with_a_plan(study, task=None, years=(2011, 2011, None)):
    """The study with its planning task kept and a plan in force that agrees with the cast's outcomes."""
    task = task or a_task()
    ranking = planning.greedy(task, goal=planning.LEXICOGRAPHIC)
    keep_plan(study, task, a_result(task, *years), ranking)
    return study
