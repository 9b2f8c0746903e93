"""Turn a diagnosed and priced register into the planner's arrays.

Benefit is counted in flats: every flat that the simulation lifts to 18 ℃ counts one, and every flat of the
building counts as much as the building's priority. A building may start in the first year in which the
campaign is expected to have won the consent its policy asks for.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from fenhu import design, planning
from fenhu.diagnosis import count_consent
from fenhu.policy import ConsentRule, Policy
from fenhu.records import (
    Assumption,
    BuildingRecord,
    Diagnosis,
    FlatRecord,
    Payer,
    Register,
    Source,
    SystemForm,
)
from fenhu.study.pricing import Priced
from fenhu.wording import text

NOT_LIMITED_FEN = 10**14
NOT_LIMITED_DAYS = 1e9


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """The planner's instance and what had to be assumed to make it."""

    instance: planning.Instance
    assumed: tuple[Assumption, ...]


@dataclass(frozen=True, slots=True)
class _Places:
    """Where each district, supplier, owner and cluster stands in the arrays."""

    districts: tuple[str, ...]
    suppliers: tuple[str, ...]
    owners: tuple[str, ...]
    clusters: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, register: Register) -> _Places:
        rows = register.buildings
        return cls(
            districts=tuple(sorted({row.district for row in rows})),
            suppliers=tuple(sorted({row.supplier for row in rows})),
            owners=tuple(sorted({row.owner for row in rows if row.owner})),
            clusters=tuple(sorted({_cluster_of(row) for row in rows})),
        )


def planning_instance(
    register: Register,
    diagnoses: Mapping[str, Diagnosis],
    priced: Mapping[str, Priced],
    policy: Policy,
    *,
    house_of: Mapping[str, str] | None = None,
    owner_converts: frozenset[str] = frozenset(),
) -> Task:
    """Return the planner's instance of a register; years are those of the policy's programme.

    Parameters
    ----------
    house_of : the building of every item, where stairwells are items. owner_converts : buildings whose owner
        unit converts them by itself; whether that takes the supplier's crews, the policy says.
    """
    places, houses = _Places.of(register), house_of or {}
    years = policy.programme.years
    by_owner = {row.code for row in register.buildings if houses.get(row.code, row.code) in owner_converts}
    without_crews = frozenset() if policy.planning.owner_conversion_uses_crew.value else frozenset(by_owner)
    budgets, assumed = _budgets(register, places, years)
    instance = planning.Instance(
        buildings=_buildings(register, diagnoses, priced, policy, places, without_crews),
        clusters=_clusters(register, places),
        budgets=budgets,
        rules=_rules(policy),
        years=len(years),
        order=_order(register),
        first_year=years[0],
        district_names=places.districts,
        supplier_names=places.suppliers,
        owner_names=places.owners,
        **_houses(register, houses),
    )
    if len(instance.set_up_fen) < len(instance.buildings):
        assumed = (*assumed, _set_up_assumed())
    return Task(instance=planning.as_consent_comes(instance), assumed=assumed)


def _houses(register: Register, house_of: Mapping[str, str]) -> dict[str, planning.IntArray]:
    """Return which house each item belongs to; only works in a house of several items are set up again."""
    names = [house_of.get(row.code, row.code) for row in register.buildings]
    houses = list(dict.fromkeys(names))
    several = np.bincount(_index(names, houses)) > 1
    return {
        "house_of": _index(names, houses),
        "set_up_fen": np.where(several, design.set_up_fen(), 0).astype(np.int64),
    }


def _set_up_assumed() -> Assumption:
    return Assumption(
        key="set_up",
        value=design.set_up_fen() // 100,
        reason=text(
            "Stairwells are planned one by one: works inside a building are set up again in every year, an"
            " estimate in yuan."
        ),
    )


def with_money_of(instance: planning.Instance, register: Register) -> planning.Instance:
    """Return ``instance`` with the money and crews ``register`` has for its districts, units and years."""
    places = _Places(instance.district_names, instance.supplier_names, instance.owner_names, ())
    years = range(instance.first_year, instance.first_year + instance.years)
    return replace(instance, budgets=_budgets(register, places, years)[0])


def consent_ratio(flats: Sequence[FlatRecord], rule: ConsentRule) -> float:
    """Return the share of all flats that have agreed, 0 where nobody is listed.

    Where the rule counts area too it is the lesser of both shares, where it counts stairwells the least of
    theirs.
    """
    if rule.scope == "unit" and len({flat.unit for flat in flats}) > 1:
        units = {flat.unit for flat in flats}
        return min(_agreed([flat for flat in flats if flat.unit == unit], rule) for unit in units)
    return _agreed(flats, rule)


def _agreed(flats: Sequence[FlatRecord], rule: ConsentRule) -> float:
    if not flats:
        return 0.0
    count = count_consent(flats, rule)
    heads = count.agreed / count.flats
    return heads if rule.area is None else min(heads, count.agreed_m2 / count.area_m2)


def benefit_flats(record: BuildingRecord, diagnosis: Diagnosis) -> float:
    """Return a conversion's benefit in flats: those lifted to 18 ℃, and all weighed by priority."""
    lifted = 0
    if diagnosis.before and diagnosis.after:
        lifted = max(0, diagnosis.before.below_18 - diagnosis.after.below_18)
    return lifted + record.flats * diagnosis.priority


def _cluster_of(record: BuildingRecord) -> tuple[str, str]:
    """Return a building's cluster with its supplier; one without a cluster is a cluster of its own."""
    return (record.cluster or f"·{record.code}", record.supplier)


def _buildings(
    register: Register,
    diagnoses: Mapping[str, Diagnosis],
    priced: Mapping[str, Priced],
    policy: Policy,
    places: _Places,
    without_crews: frozenset[str],
) -> planning.Buildings:
    rows = register.buildings
    flats = register.flats_by_building()
    authority = [policy.responsible_authority(row.owner_kind) for row in rows]
    judged = [diagnoses[row.code] for row in rows]
    totals = [priced[row.code].shared.total for row in rows]
    rule = policy.consent_on(policy.valid_from)
    return planning.Buildings(
        ids=tuple(row.code for row in rows),
        cluster=_index([_cluster_of(row) for row in rows], places.clusters),
        supplier=_index([row.supplier for row in rows], places.suppliers),
        district=_index([row.district for row in rows], places.districts),
        owner=_index([row.owner for row in rows], places.owners),
        city_pays=np.array([one == "city" for one in authority]),
        flats=np.array([row.flats for row in rows], dtype=np.int64),
        consent_ratio=np.array([consent_ratio(flats[row.code], rule) for row in rows]),
        earliest=np.zeros(len(rows), dtype=np.int64),
        priority=np.array([one.priority_class for one in judged]),
        benefit=np.array([benefit_flats(row, one) for row, one in zip(rows, judged, strict=True)]),
        rank_score=np.array([one.priority for one in judged]),
        crew_days=np.array(
            [0.0 if row.code in without_crews else float(design.crew_days(row)) for row in rows]
        ),
        supplier_fen=_fen(totals, Payer.SUPPLIER),
        owner_fen=_fen(totals, Payer.OWNER),
        repair_fen=_fen(totals, Payer.REPAIR_FUND),
        reward_fen=_fen(totals, Payer.CITY) + _fen(totals, Payer.DISTRICT),
        volunteer=np.array([bool(row.volunteered) and not row.pilot_2009 for row in rows]),
        forbidden=np.zeros(len(rows), dtype=bool),
        done=np.array([row.system_form is SystemForm.HOUSEHOLD_DOUBLE for row in rows]),
        pinned_year=planning.no_years(len(rows)),
        approved_year=planning.no_years(len(rows)),
    )


def _index(values: Sequence[object], known: Sequence[object]) -> planning.IntArray:
    place = {value: index for index, value in enumerate(known)}
    return np.array([place.get(value, -1) for value in values], dtype=np.int64)


def _fen(totals: Sequence[Mapping[Payer, int]], payer: Payer) -> planning.IntArray:
    return np.array([total.get(payer, 0) for total in totals], dtype=np.int64)


def _clusters(register: Register, places: _Places) -> planning.Clusters:
    """Return the clusters; mains cost nothing more where every building says that they are in place."""
    listed = {(row.cluster, row.supplier): row for row in register.clusters}
    waiting = {_cluster_of(row) for row in register.buildings if not row.main_ready}
    mains = [listed[key].mains_fen if key in listed and key in waiting else 0 for key in places.clusters]
    mobilise = [listed[key].mobilise_fen if key in listed else 0 for key in places.clusters]
    return planning.Clusters(
        names=tuple(name for name, _ in places.clusters),
        supplier=_index([supplier for _, supplier in places.clusters], places.suppliers),
        mains_fen=np.array(mains, dtype=np.int64),
        mobilise_fen=np.array(mobilise, dtype=np.int64),
    )


def _budgets(
    register: Register, places: _Places, years: Sequence[int]
) -> tuple[planning.Budgets, tuple[Assumption, ...]]:
    tables = {
        Source.CITY: ("",), Source.DISTRICT: places.districts, Source.REPAIR_FUND: ("",),
        Source.OWNER: places.owners, Source.UPPER: ("",), Source.SUPPLIER: places.suppliers,
    }  # fmt: skip
    assumed = []
    money = {}
    for source, scopes in tables.items():
        table = np.zeros((max(1, len(scopes)), len(years)), dtype=np.int64)
        rows = [row for row in register.budgets if row.source is source]
        if not rows and source is not Source.UPPER:
            table[:] = NOT_LIMITED_FEN
            assumed.append(_not_limited(str(source)))
        for row in rows:
            if row.year in years and row.scope in scopes:
                table[scopes.index(row.scope), years.index(row.year)] += row.amount_fen
        money[source] = table
    crew = np.zeros((len(places.suppliers), len(years)))
    if not register.crews:
        crew[:] = NOT_LIMITED_DAYS
        assumed.append(_not_limited("crew_days"))
    for one in register.crews:
        if one.year in years and one.supplier in places.suppliers:
            crew[places.suppliers.index(one.supplier), years.index(one.year)] += one.crew_days
    budgets = planning.Budgets(
        city_fen=money[Source.CITY][0],
        district_fen=money[Source.DISTRICT],
        repair_fen=money[Source.REPAIR_FUND][0],
        owner_fen=money[Source.OWNER],
        upper_fen=money[Source.UPPER][0],
        supplier_fen=money[Source.SUPPLIER],
        crew_days=crew,
    )
    return budgets, tuple(assumed)


def _not_limited(source: str) -> Assumption:
    return Assumption(
        key=source,
        value=0,
        reason=text(
            "The register gives no {source}: the plan is made as if it were not limited.", source=source
        ),
    )


def _rules(policy: Policy) -> planning.Rules:
    weighed, years = policy.planning, policy.programme.years
    targets = [policy.programme.targets.get(year) for year in years]
    return planning.Rules(
        discount_ratio=float(weighed.discount_ratio.value),
        upper_share_max_ratio=float(weighed.upper_share_max_ratio.value),
        max_active_years=weighed.max_active_years.value,
        equity_ratio=float(weighed.equity_ratio.value),
        priority_share_ratio=float(weighed.priority_share_ratio.value),
        mobilise_weight=float(weighed.mobilise_weight.value),
        target_buildings=tuple(target.buildings if target else 0 for target in targets),
        target_flats=tuple(target.flats if target else 0 for target in targets),
        carry=frozenset(_PURSES[source] for source in weighed.carry.value),
        priority_years=weighed.priority_years.value,
        volunteer_places=(weighed.volunteer_places.value,) * len(years),
        stay_weight=float(weighed.stay_weight.value),
        consent_needed_ratio=_needed(policy.consent_on(policy.valid_from)),
    )


def _needed(rule: ConsentRule) -> float:
    """Return the greater of the shares the rule asks for by head and by area."""
    return float(max(rule.heads or 0, rule.area or 0))


_PURSES = {
    "city": "CITY", "district": "DIST", "repair_fund": "REPAIR", "owner": "OWNER", "upper": "UPPER",
    "supplier": "SUPPLIER",
}  # fmt: skip


def _order(register: Register) -> planning.IntArray:
    place = {row.code: index for index, row in enumerate(register.buildings)}
    pairs = [(place[row.before], place[row.after]) for row in register.orders]
    return np.array(pairs, dtype=np.int64).reshape(-1, 2)
