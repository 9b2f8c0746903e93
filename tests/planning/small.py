"""Small planning tasks drawn by hypothesis, and their best plan by looking at every one."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import numpy as np
from hypothesis import strategies as st

from fenhu.planning import NO_YEAR
from fenhu.planning.model.judge import score, violations
from fenhu.planning.search.arrays import state_of, task_of
from fenhu.planning.task.instance import Budgets, Buildings, Clusters, Instance, Rules, no_years
from fenhu.planning.task.purses import purses_of
from fenhu.planning.task.worth import worth_of

CARRIES = (
    frozenset(), frozenset({"SUPPLIER", "UPPER"}), frozenset({"SUPPLIER", "OWNER", "REPAIR", "UPPER"}),
    frozenset({"SUPPLIER"}), frozenset({"UPPER"}),
)  # fmt: skip


def an_instance(
    *, flats, benefit, earliest, priority, cost_yuan, supplier_of_cluster, cluster, district, years,
    money_yuan, crew_days, upper_yuan, carry, order=(), targets=(0, 0), most_years=2, equity=0.5,
):  # fmt: skip
    """Return a task in which a building costs supplier, owner, repair fund and city or district a part."""
    count, clusters = len(flats), len(supplier_of_cluster)
    suppliers = max(supplier_of_cluster) + 1
    cluster = np.array(cluster)
    cost_fen = np.array(cost_yuan, dtype=np.int64) * 100
    supplier = np.array(supplier_of_cluster)[cluster]

    def purse(*shape):
        return np.full((*shape, years), money_yuan * 100, dtype=np.int64)

    return Instance(
        buildings=Buildings(
            ids=tuple(f"B{one}" for one in range(count)), cluster=cluster, supplier=supplier,
            district=np.array(district), owner=np.array(district), city_pays=np.array(district) == 0,
            flats=np.array(flats), consent_ratio=np.full(count, 0.6), earliest=np.array(earliest),
            priority=np.array(priority, dtype=bool), benefit=np.array(benefit, dtype=float),
            rank_score=np.array(benefit, dtype=float),
            crew_days=np.array(flats) * 0.3, supplier_fen=cost_fen, owner_fen=cost_fen // 2,
            repair_fen=cost_fen // 4, reward_fen=cost_fen // 3, volunteer=np.zeros(count, dtype=bool),
            forbidden=np.zeros(count, dtype=bool), done=np.zeros(count, dtype=bool),
            pinned_year=no_years(count), approved_year=no_years(count),
        ),
        clusters=Clusters(
            names=tuple(f"C{one}" for one in range(clusters)), supplier=np.array(supplier_of_cluster),
            mains_fen=np.full(clusters, 40_00 * 100), mobilise_fen=np.full(clusters, 5_00 * 100),
        ),
        budgets=Budgets(
            city_fen=purse(), district_fen=purse(2), repair_fen=purse(), owner_fen=purse(2),
            upper_fen=np.full(years, upper_yuan * 100, dtype=np.int64), supplier_fen=purse(suppliers),
            crew_days=np.full((suppliers, years), float(crew_days)),
        ),
        rules=Rules(
            discount_ratio=0.05, carry=carry, upper_share_max_ratio=0.5, max_active_years=most_years,
            equity_ratio=equity, priority_share_ratio=0.5, mobilise_weight=2e-5,
            target_buildings=(targets[0],) + (0,) * (years - 1),
            target_flats=(targets[1],) + (0,) * (years - 1),
        ),
        years=years,
        order=np.array(order, dtype=np.int64).reshape(-1, 2),
        district_names=("east", "west"),
    )  # fmt: skip


@st.composite
def tasks(draw, most_buildings=6):
    """Draw a task of a few buildings in two clusters and districts over two or three years."""
    count, years = draw(st.integers(2, most_buildings)), draw(st.integers(2, 3))

    def each(values):
        return draw(st.lists(values, min_size=count, max_size=count))

    return an_instance(
        flats=each(st.integers(10, 80)), benefit=each(st.integers(0, 300)),
        earliest=each(st.integers(0, years)), priority=each(st.booleans()),
        cost_yuan=each(st.integers(1000, 9000)), cluster=each(st.integers(0, 1)),
        district=each(st.integers(0, 1)), supplier_of_cluster=draw(st.sampled_from([(0, 0), (0, 1)])),
        years=years, money_yuan=draw(st.integers(2000, 20000)), crew_days=draw(st.integers(5, 60)),
        upper_yuan=draw(st.integers(0, 5000)), carry=draw(st.sampled_from(CARRIES)),
        order=draw(st.sampled_from([(), ((0, 1),)])), targets=draw(st.sampled_from([(0, 0), (1, 50)])),
        most_years=draw(st.integers(1, 2)),
    )  # fmt: skip


def in_houses(instance, house_of, set_up_yuan):
    """Return the task with its buildings as stairwells of houses whose set-up the supplier pays."""
    return replace(
        instance, house_of=np.array(house_of), set_up_fen=np.full(max(house_of) + 1, set_up_yuan * 100)
    )


def every_plan(instance):
    """Yield every plan there is, whatever it costs."""
    for years in product(range(NO_YEAR, instance.years), repeat=len(instance.buildings)):
        yield np.array(years, dtype=np.int64)


def best_score(instance):
    """Return the best worth among all plans that break no hard row."""
    return max(score(instance, plan) for plan in every_plan(instance) if not violations(instance, plan))


def plans_the_search_can_hold(instance):
    """Yield every plan that breaks no hard row with the mains laid in the first year of works."""
    purses = purses_of(instance)
    task = task_of(instance, purses, worth_of(instance))
    for plan in every_plan(instance):
        if state_of(instance, purses, task, plan) is not None:
            yield plan
