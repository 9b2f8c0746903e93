"""The plan of all years as its reader may see it: buildings, mains, seasons and purses beside the ranking."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from fenhu import study
from fenhu.papers import BookRow, MainsRow, PlanBook
from fenhu.programme import Role
from fenhu.records import Source
from fenhu.web.access.gates import has_role
from fenhu.web.access.scope import grants_of
from fenhu.web.journal.queries import newest_of
from fenhu.web.registry.queries import full_name, visible_buildings
from fenhu.web.rules import current_policy
from fenhu.web.works.models import BuildingOutcome, Study
from fenhu.web.works.queries.buildings import with_outcome
from fenhu.web.works.queries.planning import KEPT_IN_MEMORY, PlanningView, planning_of
from fenhu.web.works.queries.schedules import assumptions_of
from fenhu.web.works.stored import shares_from, texts_from
from fenhu.wording import Text, text

_COLUMNS = (
    "code", "name", "estate", "district", "supplier__name", "cluster", "address", "flat_count",
    "heated_area_m2", "outcome__shares", "outcome__planned_year", "outcome__priority", "outcome__cause",
)  # fmt: skip


def plan_book(user: Any, purses: Collection[tuple[Source, str]], *, reasons: bool = False) -> PlanBook:
    """Return the plan in force as ``user`` may see it; without a kept task only its buildings.

    Parameters
    ----------
    purses : source and scope of the purses the reader may see; the city bureau sees all.
    reasons : whether rows carry the reasons the study gives.
    """
    policy, found = current_policy(), planning_of()
    stamp = _stamp(found)
    read = _read_of(stamp.plan)
    rows = _rows(user, read, reasons=True) if reasons else _shown_rows(_Sight(user), stamp)
    current = Study.objects.filter(current=True).first()
    bureau = has_role(user, Role.CITY_BUREAU)
    working = {(row.supplier, row.year) for row in rows}
    return PlanBook(
        city=policy.city.name,
        basis=text("{title} ({document})", title=policy.title, document=policy.document),
        years=read.reading.years,
        rows=rows,
        mains=tuple(one for one in read.reading.mains if _sees_mains(user, one)),
        purses=tuple(one for one in read.reading.purses if bureau or (one.source, one.scope) in purses),
        seasons=tuple(one for one in read.reading.seasons if (one.supplier, one.year) in working),
        verdict=study.verdict(found.result) if found else "",
        shortfalls=tuple(one.text for one in found.result.shortfalls) if found and bureau else (),
        assumptions=(*assumptions_of(current), study.calendar_assumption(policy)),
        policy_id=current.policy_id if current else policy.id,
        policy_version=current.policy_version if current else policy.version,
        policy_digest=current.policy_digest if current else policy.digest,
        synthetic=visible_buildings(user).filter(synthetic=True).exists(),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Read:
    """What a kept plan tells: its reading, and every building's year by the ranking."""

    reading: study.PlanReading
    ranked: Mapping[str, int | None]


@lru_cache(maxsize=KEPT_IN_MEMORY)
def _read(plan_id: int, made_at: datetime) -> _Read:
    """Return what the plan in force tells, worked out once: a kept plan never changes."""
    found = planning_of()
    assert found is not None
    return _Read(
        study.read_plan(found.instance, found.year_of, current_policy()),
        study.years_by_building(found.instance, found.baseline_year_of),
    )


def _without_task(years: tuple[int, ...]) -> _Read:
    """Return what is known of a plan whose task was not kept: nothing but its years."""
    nothing = study.PlanReading(years=years, purses=(), mains=(), seasons=(), days={}, benefit={})
    return _Read(nothing, {})


class _Sight:
    """Who looks, told apart by what he may see."""

    def __init__(self, user: Any) -> None:
        self.user = user
        self._opens = frozenset(
            (grant.role, grant.organisation_id, grant.district, grant.level, grant.flat_id)
            for grant in grants_of(user)
        )

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Sight) and self._opens == other._opens

    def __hash__(self) -> int:
        return hash(self._opens)


@dataclass(frozen=True, slots=True)
class _Stamp:
    """What the rows of a plan follow: the plan, the newest import of the register, the newest diagnosis."""

    plan: tuple[int, datetime] | None
    imported: int
    diagnosed: int | None


def _stamp(found: PlanningView | None) -> _Stamp:
    newest = BuildingOutcome.objects.order_by("-pk").values_list("pk", flat=True).first()
    plan = (found.plan_id, found.made_at) if found else None
    return _Stamp(plan, newest_of("register.imported"), newest)


@lru_cache(maxsize=KEPT_IN_MEMORY)
def _shown_rows(sight: _Sight, stamp: _Stamp) -> tuple[BookRow, ...]:
    """Return the rows of a plan as somebody sees them, read once as long as nothing of it changes."""
    return _rows(sight.user, _read_of(stamp.plan), reasons=False)


def _read_of(plan: tuple[int, datetime] | None) -> _Read:
    return _read(*plan) if plan else _without_task(current_policy().programme.years)


def _rows(user: Any, read: _Read, *, reasons: bool) -> tuple[BookRow, ...]:
    columns = (*_COLUMNS, "outcome__reasons") if reasons else _COLUMNS
    found = with_outcome(visible_buildings(user)).order_by("code").values_list(*columns)
    return tuple(read.reading.dated(_row(values, read.ranked)) for values in found)


def _row(values: tuple[Any, ...], ranked: Mapping[str, int | None]) -> BookRow:
    (code, name, estate, district, supplier, cluster, address, flats, area_m2, shares, year, priority, cause,
     *reasons) = values  # fmt: skip
    return BookRow(
        code=code,
        name=full_name(estate, name),
        district=district,
        supplier=supplier,
        cluster=cluster or code,
        address=address,
        flats=flats,
        area_m2=area_m2,
        cost_fen=shares_from(shares or {}),
        year=year,
        ranked_year=ranked.get(code),
        benefit=0.0,
        priority=priority or 0.0,
        cause=Text.from_json(cause) if cause else None,
        reasons=texts_from(reasons[0] or ()) if reasons else (),
    )


def _sees_mains(user: Any, one: MainsRow) -> bool:
    """Return whether mains are the reader's: all of the bureau and the city's finance, else the own ones."""
    for grant in grants_of(user):
        role = Role(grant.role)
        if role is Role.CITY_BUREAU or (role is Role.FINANCE and grant.level == "city"):
            return True
        if role is Role.HEAT_SUPPLIER and one.supplier == str(grant.organisation):
            return True
        if role is Role.DISTRICT_GOV and one.district == grant.district:
            return True
    return False
