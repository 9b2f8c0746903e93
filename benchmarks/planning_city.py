"""A synthetic planning instance of any size, statistically like the published one of 1,000 buildings.

Run ``python benchmarks/planning_city.py FOLDER [--buildings N] [--years T] [--seed S]`` to write it as an
instance folder, or call ``planning_city``. Shares, slopes and spreads were read off fuxin1k and tiny60 in
tests/data/planning: clusters of some eight buildings, thirty suppliers and 120 clusters a thousand buildings,
five districts, purses that pay for nearly everything but not in the years one would like.
"""

from __future__ import annotations

import argparse
import csv
import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from fenhu.planning import Budgets, Buildings, Clusters, Instance, Rules, no_years
from fenhu.planning.task.instance import FloatArray, IntArray

DISTRICTS = ("海州", "细河", "太平", "新邱", "清河门")
BUILDINGS_A_CLUSTER, BUILDINGS_A_SUPPLIER, BUILDINGS_AN_OWNER = 8.33, 33.3, 16.7
# Parts of what everything would cost that the purses hold; the mains' part of upper-level money is capped.
CITY_PART, DISTRICT_PART, REPAIR_PART, CREW_PART = 1.0, 1.05, 0.95, 1.3
SUPPLIER_PART, UPPER_PART = 0.84, 0.611
OWNER_PART, OWNER_LEAST_YUAN = 1.15, 69_000
UPPER_SHARE, MOBILISE_WEIGHT = 0.7, 2e-5
FIRST_YEAR_PART, FIRST_CREW_PART = 0.13, 0.16
FEN = 100


@dataclass(frozen=True, slots=True)
class _Stock:
    """What the houses are, before anyone pays: size, state, consent."""

    flats: IntArray
    area_m2: FloatArray
    worn_ratio: FloatArray
    room_c: FloatArray
    consent_ratio: FloatArray


def planning_city(buildings: int, years: int, seed: int) -> Instance:
    """Return the instance of so many buildings and years; the same numbers give the same instance."""
    random = np.random.default_rng((buildings, years, seed))
    supplier_of_cluster = _suppliers(random, buildings)
    cluster = _cluster_of(random, buildings, len(supplier_of_cluster))
    stock = _stock(random, buildings)
    size = np.bincount(cluster, minlength=len(supplier_of_cluster))
    clusters = _clusters(random, supplier_of_cluster, size)
    houses = _buildings(random, stock, cluster, supplier_of_cluster)
    return Instance(
        buildings=houses,
        clusters=clusters,
        budgets=_budgets(random, houses, clusters, years),
        rules=_rules(buildings, years),
        years=years,
        order=_order(random, cluster),
        district_names=DISTRICTS,
    )


def _suppliers(random: np.random.Generator, buildings: int) -> IntArray:
    """Return the supplier of every cluster: each has one at least, some have many."""
    clusters = max(1, round(buildings / BUILDINGS_A_CLUSTER))
    count = min(clusters, max(1, round(buildings / BUILDINGS_A_SUPPLIER)))
    weight = random.gamma(2.5, size=count)
    more = random.choice(count, size=clusters - count, p=weight / weight.sum())
    return np.sort(np.concatenate([np.arange(count), more])).astype(np.int64)


def _cluster_of(random: np.random.Generator, buildings: int, clusters: int) -> IntArray:
    """Return the cluster of every building: none is empty, the largest hold some thirty."""
    weight = random.gamma(3.0, size=clusters)
    more = random.choice(clusters, size=buildings - min(buildings, clusters), p=weight / weight.sum())
    return np.sort(np.concatenate([np.arange(min(buildings, clusters)), more])).astype(np.int64)


def _stock(random: np.random.Generator, buildings: int) -> _Stock:
    stairwells = random.choice([2, 3, 4, 5, 6], size=buildings, p=[0.15, 0.3, 0.3, 0.15, 0.1])
    storeys = random.choice([5, 6, 7], size=buildings, p=[0.2, 0.6, 0.2])
    flats = np.rint(stairwells * storeys * 2.2).astype(np.int64)
    imbalance, worn = random.uniform(size=buildings), random.uniform(size=(buildings, 2)).mean(axis=1)
    return _Stock(
        flats=flats,
        area_m2=flats * np.clip(random.normal(90.0, 12.0, buildings), 55.0, 125.0),
        worn_ratio=0.5 * (imbalance + worn),
        room_c=17.2 - 2.4 * (imbalance - 0.5) + random.normal(0.0, 1.35, buildings),
        consent_ratio=_rounded(np.clip(random.beta(2.2, 1.15, buildings), 0.05, 0.98), 3),
    )


def _clusters(random: np.random.Generator, supplier: IntArray, size: IntArray) -> Clusters:
    mains_yuan = (130_000.0 + 28_000.0 * size) * random.lognormal(0.0, 0.22, len(size))
    return Clusters(
        names=tuple(str(one) for one in range(len(size))),
        supplier=supplier,
        mains_fen=_whole_yuan(mains_yuan),
        mobilise_fen=_whole_yuan(random.uniform(15_000.0, 40_000.0, len(size))),
    )


def _buildings(
    random: np.random.Generator, stock: _Stock, cluster: IntArray, supplier_of_cluster: IntArray
) -> Buildings:
    count, supplier = len(cluster), supplier_of_cluster[cluster]
    district = random.integers(len(DISTRICTS), size=supplier_of_cluster[-1] + 1)[supplier]
    public_yuan = stock.area_m2 * np.clip(random.lognormal(2.96, 0.32, count), 9.0, 32.0)
    repair_yuan = np.where(random.random(count) < 0.36, random.uniform(0.35, 0.5, count) * public_yuan, 0.0)
    orphan = random.random(count) < 0.136  # no owner unit is left to pay: the supplier pays both parts
    half = 0.5 * (public_yuan - repair_yuan)
    benefit = stock.flats * 2.2 * np.log1p(np.exp(18.6 - stock.room_c)) * (0.6 + 0.8 * stock.worn_ratio)
    score = 50.0 * stock.worn_ratio - 2.8 * (stock.room_c - 17.2) + random.normal(13.0, 6.0, count)
    return Buildings(
        ids=tuple(f"B{one:05d}" for one in range(count)),
        cluster=cluster,
        supplier=supplier,
        district=district.astype(np.int64),
        owner=_owners(random, count),
        city_pays=random.random(count) < 0.7,
        flats=stock.flats,
        consent_ratio=stock.consent_ratio,
        earliest=np.select([stock.consent_ratio >= 0.45, stock.consent_ratio >= 0.3], [0, 1], 2),
        priority=score >= np.quantile(score, 0.6),
        benefit=_rounded(benefit, 3),
        rank_score=_rounded(np.maximum(score, 0.0), 2),
        crew_days=_rounded(stock.flats * random.uniform(0.24, 0.61, count), 1),
        supplier_fen=_whole_yuan(np.where(orphan, 2.0 * half, half)),
        owner_fen=_whole_yuan(np.where(orphan, 0.0, half)),
        repair_fen=_whole_yuan(repair_yuan),
        reward_fen=_whole_yuan(8.0 * stock.area_m2),
        volunteer=np.zeros(count, dtype=bool),
        forbidden=np.zeros(count, dtype=bool),
        done=np.zeros(count, dtype=bool),
        pinned_year=no_years(count),
        approved_year=no_years(count),
    )


def _owners(random: np.random.Generator, buildings: int) -> IntArray:
    """Return the owner unit of every building: a few own much, most own little."""
    count = max(1, round(buildings / BUILDINGS_AN_OWNER))
    weight = random.gamma(0.9, size=count) + 0.05
    return random.choice(count, size=buildings, p=weight / weight.sum()).astype(np.int64)


def _budgets(random: np.random.Generator, b: Buildings, c: Clusters, years: int) -> Budgets:
    suppliers = int(b.supplier.max()) + 1
    purse, crew = _first_and_rest(years, FIRST_YEAR_PART), _first_and_rest(years, FIRST_CREW_PART)
    by_district = _sums(b.district, np.where(b.city_pays, 0, b.reward_fen), len(DISTRICTS))
    by_owner = _sums(b.owner, b.owner_fen, int(b.owner.max()) + 1)
    by_supplier = _sums(b.supplier, b.supplier_fen, suppliers)
    by_supplier += _sums(c.supplier, c.mains_fen + c.mobilise_fen, suppliers)
    can_pay = SUPPLIER_PART * random.uniform(0.9, 1.1, suppliers)[:, None]
    days = _sums(b.supplier, b.crew_days, suppliers)
    return Budgets(
        city_fen=_yearly(CITY_PART * b.reward_fen[b.city_pays].sum(), purse),
        district_fen=_yearly(DISTRICT_PART * by_district[:, None], purse),
        repair_fen=_yearly(REPAIR_PART * b.repair_fen.sum(), purse),
        owner_fen=_yearly(OWNER_PART * by_owner[:, None] + OWNER_LEAST_YUAN * FEN, purse),
        upper_fen=_yearly(UPPER_PART * UPPER_SHARE * c.mains_fen.sum(), _falling(years, 1.5, 0.5)),
        supplier_fen=_yearly(can_pay * by_supplier[:, None], _falling(years, 1.17, 0.79)),
        crew_days=_rounded(CREW_PART * days[:, None] * crew, 1),
    )


def _first_and_rest(years: int, part: float) -> FloatArray:
    """Return every year's part of a purse that starts small and is even afterwards."""
    first = min(part, 1.0 / years)
    return np.concatenate([[first], np.full(years - 1, (1.0 - first) / max(1, years - 1))])


def _falling(years: int, first: float, last: float) -> FloatArray:
    slope: FloatArray = np.linspace(first, last, years)
    return np.asarray(slope / slope.sum())


def _sums(index: IntArray, amounts: IntArray | FloatArray, count: int) -> FloatArray:
    return np.bincount(index, weights=amounts, minlength=count).astype(float)


def _yearly(total_fen: float | FloatArray, parts: FloatArray) -> IntArray:
    return _whole_yuan(np.asarray(total_fen) * parts / FEN)


def _rounded(values: FloatArray, digits: int) -> FloatArray:
    return np.asarray(np.round(values, digits), dtype=np.float64)


def _whole_yuan(yuan: FloatArray) -> IntArray:
    return np.rint(yuan).astype(np.int64) * FEN


def _rules(buildings: int, years: int) -> Rules:
    later = (0,) * (years - 1)
    return Rules(
        discount_ratio=0.05,
        upper_share_max_ratio=UPPER_SHARE,
        max_active_years=2,
        equity_ratio=0.5,
        priority_share_ratio=0.5,
        mobilise_weight=MOBILISE_WEIGHT,
        target_buildings=(buildings // 10, *later),
        target_flats=(buildings * 5, *later),
        carry=frozenset({"SUPPLIER", "OWNER", "REPAIR", "UPPER"}),
    )


def _order(random: np.random.Generator, cluster: IntArray) -> IntArray:
    """Return pairs of one cluster, the earlier number first: one building in twenty waits."""
    after = np.flatnonzero(random.random(len(cluster)) < 0.09)
    before = after - random.integers(1, 10, size=len(after))
    inside = (before >= 0) & (cluster[before] == cluster[after])
    return np.column_stack([before[inside], after[inside]]).astype(np.int64)


def write_folder(instance: Instance, folder: Path) -> None:
    """Write a made instance as a folder that ``fenhu plan`` reads (docs/engineers/planning.md)."""
    folder.mkdir(parents=True, exist_ok=True)
    _write_table(folder / "buildings.csv", _building_rows(instance.buildings))
    c, budgets = instance.clusters, instance.budgets
    clusters = zip(range(len(c)), c.supplier, c.mains_fen // FEN, c.mobilise_fen // FEN, strict=True)
    _write_table(folder / "clusters.csv", [("cluster", "supplier", "mains_cost", "mobilise_cost"), *clusters])
    purses = (
        ("CITY", budgets.city_fen[None, :]), ("DIST", budgets.district_fen),
        ("REPAIR", budgets.repair_fen[None, :]), ("OWNER", budgets.owner_fen),
        ("UPPER", budgets.upper_fen[None, :]), ("SUPPLIER", budgets.supplier_fen),
    )  # fmt: skip
    money = [
        (source, scope, year + 1, table[scope, year] // FEN)
        for source, table in purses for scope, year in np.ndindex(table.shape)
    ]  # fmt: skip
    _write_table(folder / "budgets.csv", [("source", "scope", "year", "yuan"), *money])
    crews = [(one, year + 1, days) for (one, year), days in np.ndenumerate(budgets.crew_days)]
    _write_table(folder / "crew.csv", [("supplier", "year", "crew_days"), *crews])
    ids = instance.buildings.ids
    pairs = [(ids[before], ids[after]) for before, after in instance.order]
    _write_table(folder / "precedence.csv", [("before", "after"), *pairs])
    (folder / "params.json").write_text(json.dumps(_params(instance), ensure_ascii=False, indent=1))


def _building_rows(b: Buildings) -> list[tuple[object, ...]]:
    columns = {
        "id": b.ids, "cluster": b.cluster, "supplier": b.supplier, "district": b.district, "owner": b.owner,
        "authority": np.where(b.city_pays, "city", "district"), "households": b.flats,
        "consent": b.consent_ratio, "earliest": b.earliest + 1, "score": b.rank_score,
        "priority": b.priority.astype(int), "benefit": b.benefit, "crew_days": b.crew_days,
        "c_supplier": b.supplier_fen // FEN, "c_owner": b.owner_fen // FEN, "c_repair": b.repair_fen // FEN,
        "c_fiscal": b.reward_fen // FEN,
    }  # fmt: skip
    return [tuple(columns), *zip(*columns.values(), strict=True)]


def _params(instance: Instance) -> dict[str, object]:
    rules: Rules = instance.rules
    return {
        "years": instance.years, "discount": rules.discount_ratio, "districts": list(instance.district_names),
        "first_year_buildings": rules.target_buildings[0], "first_year_households": rules.target_flats[0],
        "upper_share_max": rules.upper_share_max_ratio, "max_active_years": rules.max_active_years,
        "equity": rules.equity_ratio, "priority_share_12": rules.priority_share_ratio,
        "mobil_weight": rules.mobilise_weight, "carry": sorted(rules.carry),
    }  # fmt: skip


def _write_table(path: Path, rows: Iterable[Iterable[object]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows(rows)


def main() -> None:
    """Write the instance folder the words ask for."""
    parser = argparse.ArgumentParser(description="Write a synthetic planning instance.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--buildings", type=int, default=10_000)
    parser.add_argument("--years", type=int, default=10)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    write_folder(planning_city(asked.buildings, asked.years, asked.seed), asked.folder)


if __name__ == "__main__":
    main()
