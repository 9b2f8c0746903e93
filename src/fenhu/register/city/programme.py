"""Money, crews, mains and order for five years: enough for the first year's goal, not for everything.

The need per square metre is what the unit estimates come to when Fuxin's policy splits them; the shares
of it that the purses hold per year are invented so that two thirds of the stock can be done.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise
from random import Random

from fenhu.records import (
    BudgetRecord,
    BuildingRecord,
    ClusterRecord,
    CrewRecord,
    OrderRecord,
    OwnerKind,
    Source,
)
from fenhu.register.city.layout import Cluster

YEARS = (2010, 2011, 2012, 2013, 2014)
REWARD_SHARES = (0.15, 0.16, 0.16, 0.16, 0.15)
OWN_SHARES = (0.19, 0.17, 0.17, 0.16, 0.16)
UPPER_SHARES = (0.30, 0.25, 0.20, 0.15, 0.10)
CREW_SHARES = (0.15, 0.18, 0.18, 0.18, 0.18)
OWNER_FEN_M2 = 520
SUPPLIER_FEN_M2 = 520
REPAIR_FUND_FEN_M2 = 130
REWARD_FEN_M2 = 300
UPPER_SHARE_OF_MAINS = 0.4
SHARES = {Source.CITY: REWARD_SHARES, Source.DISTRICT: REWARD_SHARES, Source.UPPER: UPPER_SHARES}
CREW_DAYS_PER_FLAT = 0.28
THOUSAND_YUAN_FEN = 100_000


def cluster_records(clusters: Sequence[Cluster], rng: Random) -> tuple[ClusterRecord, ...]:
    """Return what mains and setting up cost in every cluster; mains already in place cost nothing."""
    return tuple(
        ClusterRecord(
            cluster=cluster.name,
            district=cluster.district,
            supplier=cluster.supplier,
            mains_fen=0 if cluster.main_ready else _rounded(cluster.buildings * rng.uniform(2.4e6, 3.8e6)),
            mobilise_fen=_rounded(rng.uniform(1.0e6, 3.0e6)),
        )
        for cluster in clusters
    )


def budgets(
    buildings: Sequence[BuildingRecord], clusters: Sequence[ClusterRecord]
) -> tuple[BudgetRecord, ...]:
    """Return every purse's money per year, as shares of what the whole stock would take from it."""
    need: defaultdict[tuple[Source, str], float] = defaultdict(float)
    for building in buildings:
        area_m2 = building.heated_area_m2
        need[Source.SUPPLIER, building.supplier] += area_m2 * SUPPLIER_FEN_M2
        if building.owner:
            need[Source.OWNER, building.owner] += area_m2 * OWNER_FEN_M2
        else:
            need[Source.SUPPLIER, building.supplier] += area_m2 * OWNER_FEN_M2
        if building.owner_kind is OwnerKind.DISTRICT:
            need[Source.DISTRICT, building.district] += area_m2 * REWARD_FEN_M2
        else:
            need[Source.CITY, ""] += area_m2 * REWARD_FEN_M2
        need[Source.REPAIR_FUND, ""] += min(building.repair_fund_fen or 0, area_m2 * REPAIR_FUND_FEN_M2)
    for cluster in clusters:
        need[Source.SUPPLIER, cluster.supplier] += cluster.mains_fen + cluster.mobilise_fen
        need[Source.UPPER, ""] += cluster.mains_fen * UPPER_SHARE_OF_MAINS
    return tuple(_yearly(need.items()))


def _yearly(need: Iterable[tuple[tuple[Source, str], float]]) -> Iterable[BudgetRecord]:
    for (source, scope), fen in sorted(
        need, key=lambda entry: (list(Source).index(entry[0][0]), entry[0][1])
    ):
        shares = SHARES.get(source, OWN_SHARES)
        for year, share in zip(YEARS, shares, strict=True):
            yield BudgetRecord(source=source, scope=scope, year=year, amount_fen=_rounded(fen * share))


def crews(buildings: Sequence[BuildingRecord]) -> tuple[CrewRecord, ...]:
    """Return every supplier's crew days per season; the first season starts late."""
    days: defaultdict[str, float] = defaultdict(float)
    for building in buildings:
        days[building.supplier] += building.flats * CREW_DAYS_PER_FLAT
    return tuple(
        CrewRecord(supplier=supplier, year=year, crew_days=float(round(total * share)))
        for supplier, total in days.items()
        for year, share in zip(YEARS, CREW_SHARES, strict=True)
    )


def orders(buildings: Sequence[BuildingRecord], rng: Random) -> tuple[OrderRecord, ...]:
    """Return a few pairs of neighbours on one branch, the one nearer to the station first."""
    return tuple(
        OrderRecord(before=first.code, after=second.code)
        for first, second in pairwise(buildings)
        if first.cluster == second.cluster and rng.random() < 0.06
    )


def _rounded(fen: float) -> int:
    return round(fen / THOUSAND_YUAN_FEN) * THOUSAND_YUAN_FEN
