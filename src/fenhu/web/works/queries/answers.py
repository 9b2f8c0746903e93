"""What the planner answered: about one building, and about limits, money and rules of the whole plan."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from fenhu import planning, study
from fenhu.programme import Role
from fenhu.study.stairwells import building_code
from fenhu.web.access.gates import has_role
from fenhu.web.access.scope import get_visible, grants_of
from fenhu.web.jobs import queries as jobs
from fenhu.web.registry.queries import visible_buildings
from fenhu.web.works.queries.planning import PlanningView, planning_of
from fenhu.wording import Text

DEAREST_SHOWN = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """A building, or a stairwell of it, with another year; the years are None where it has none."""

    code: str
    building: str
    before: int | None
    after: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Otherwise:
    """What comes of another year: a sentence, who of the reader's moves, and how many of other offices."""

    sentence: Text
    moved: tuple[Moved, ...]
    others: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerItem:
    """The answer about a building or one stairwell of it; ``number`` counts from 0."""

    number: int
    code: str
    sooner: Otherwise | None
    without: Otherwise | None
    change: Text | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reasoned:
    """A building or a stairwell of it, its year by the plan in force or None, and why."""

    code: str
    year: int | None
    reasons: tuple[Text, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WhyView:
    """One building: what is known at once, the work under way, and the answer once it is there."""

    code: str
    known: tuple[Reasoned, ...]
    job_id: int | None
    answers: tuple[AnswerItem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PurseRow:
    """One purse and what 10,000 yuan more (ten crew days) are worth by year, None where nothing."""

    name: Text
    crews: bool
    worth: tuple[tuple[int, float | None], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Dear:
    """One purse's year among the dearest; ``tried`` says what a larger step really brought."""

    name: Text
    year: int
    crews: bool
    worth: float
    tried: Text | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleRow:
    """One rule and what it costs."""

    name: Text
    worth: float
    percent: float
    flats: int
    sentence: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class WayOut:
    """One way out; ``number`` counts from 0 over all shortfalls."""

    number: int
    sentence: Text
    confirmed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Missed:
    """One rule that is missed: why, whether that is proven, and the ways out, cheapest first."""

    sentence: Text
    proven: bool
    ways: tuple[WayOut, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LimitsView:
    """What stands in the plan's way; ``asked`` is False until somebody had it worked out for this plan.

    ``missing`` counts every rule that is missed; ``missed`` are those that were looked into, gravest first.
    Suppliers and districts see their own purses; rules and shortfalls are the bureau's.
    """

    planned: bool
    asked: bool
    job_id: int | None
    whole: bool
    missing: int
    years: tuple[int, ...]
    purses: tuple[PurseRow, ...]
    dearest: tuple[Dear, ...]
    rules: tuple[RuleRow, ...]
    missed: tuple[Missed, ...]


def why_view(user: Any, code: str) -> WhyView:
    """Return what there is to say about the year of a building ``user`` may see.

    Raises
    ------
    django.http.Http404
        If there is no such building, or it is not the user's to see.
    """
    building = get_visible(visible_buildings(user), user, code=code)
    view = planning_of()
    if view is None or not _items(view, building.code):
        return WhyView(code=building.code, known=(), job_id=None, answers=())
    params = {"code": building.code, "plan": view.plan_id}
    found = jobs.newest_of("why", params, user=user)
    stored = jobs.last_result("why", params)
    seen = set(visible_buildings(user).values_list("code", flat=True))
    return WhyView(
        code=building.code, known=_known(view, building.code),
        job_id=found.id if found is not None and not found.finished else None,
        answers=tuple(_answer(n, one, seen) for n, one in enumerate(stored["items"])) if stored else (),
    )  # fmt: skip


def limits_view(user: Any) -> LimitsView:
    """Return what stands in the way of the plan in force, as far as it is the user's."""
    view = planning_of()
    whole = has_role(user, Role.CITY_BUREAU)
    if view is None:
        return LimitsView(
            planned=False, asked=False, job_id=None, whole=whole, missing=0, years=(), purses=(), dearest=(),
            rules=(), missed=(),
        )  # fmt: skip
    params = {"plan": view.plan_id}
    found, stored = jobs.newest_of("limits", params, user=user), jobs.last_result("limits", params)
    instance = view.instance
    years = tuple(instance.first_year + year for year in range(instance.years))
    purses = [one for one in (stored or {}).get("purses", ()) if whole or _own(user, one)]
    return LimitsView(
        planned=True, asked=stored is not None, whole=whole, years=years, missing=len(view.result.shortfalls),
        job_id=found.id if found is not None and not found.finished else None,
        purses=_purse_rows(purses, years), dearest=_dearest(purses),
        rules=tuple(_rule(one) for one in stored["rules"]) if stored and whole else (),
        missed=_missed(stored["helps"]) if stored and whole else (),
    )  # fmt: skip


def changes_answered(user: Any, code: str, number: int) -> Mapping[str, Any] | None:
    """Return the changes that the answer ``number`` about a building says; None if it says none."""
    get_visible(visible_buildings(user), user, code=code)
    view = planning_of()
    stored = jobs.last_result("why", {"code": code, "plan": view.plan_id}) if view else None
    flips = [one["flip"] for one in stored["items"]] if stored else []
    return flips[number]["changes"] if 0 <= number < len(flips) and flips[number] else None


def changes_out(number: int) -> Mapping[str, Any] | None:
    """Return the changes of one way out of what the plan misses; None if there is none of that number."""
    view = planning_of()
    stored = jobs.last_result("limits", {"plan": view.plan_id}) if view else None
    ways = [way["changes"] for one in stored["helps"] for way in one["ways"]] if stored else []
    return ways[number] if 0 <= number < len(ways) else None


def _items(view: PlanningView, code: str) -> Mapping[str, int]:
    ids, houses = view.instance.buildings.ids, study.houses_of(view.instance)
    return {item: n for n, item in enumerate(ids) if code in (item, houses.get(item))}


def _known(view: PlanningView, code: str) -> tuple[Reasoned, ...]:
    explainer = planning.Explainer(view.instance, view.year_of)
    found = []
    for item, number in _items(view, code).items():
        year = int(view.year_of[number])
        unplanned = year == planning.NO_YEAR
        reasons = explainer.why_not(number) if unplanned else explainer.why_year(number)
        label = None if unplanned else view.instance.first_year + year
        found.append(Reasoned(code=item, year=label, reasons=reasons))
    return tuple(found)


def _answer(number: int, stored: Mapping[str, Any], seen: set[str]) -> AnswerItem:
    flip = stored["flip"]
    return AnswerItem(
        number=number, code=stored["code"], sooner=_otherwise(stored["sooner"], seen),
        without=_otherwise(stored["without"], seen),
        change=Text.from_json(flip["sentence"]) if flip else None,
    )  # fmt: skip


def _otherwise(stored: Mapping[str, Any] | None, seen: set[str]) -> Otherwise | None:
    if stored is None:
        return None
    moved = tuple(
        Moved(code=code, building=code if code in seen else building_code(code), before=before, after=after)
        for code, before, after in stored["moved"]
    )
    own = tuple(one for one in moved if one.building in seen)
    return Otherwise(sentence=Text.from_json(stored["sentence"]), moved=own, others=len(moved) - len(own))


def _own(user: Any, purse: Mapping[str, Any]) -> bool:
    """Return whether a purse is that of the user's own office."""
    for grant in grants_of(user):
        supplier = grant.organisation.name if grant.organisation is not None else ""
        own = {
            Role.HEAT_SUPPLIER: {("SUPPLIER", supplier), (planning.CREW, supplier)},
            Role.DISTRICT_GOV: {("DIST", grant.district)},
        }
        if (purse["source"], purse["scope"]) in own.get(Role(grant.role), ()):
            return True
    return False


def _purse_rows(purses: Iterable[Mapping[str, Any]], years: tuple[int, ...]) -> tuple[PurseRow, ...]:
    by_purse: dict[tuple[str, str], dict[int, Mapping[str, Any]]] = {}
    for one in purses:
        by_purse.setdefault((one["source"], one["scope"]), {})[one["year"]] = one
    rows = (
        PurseRow(
            name=Text.from_json(next(iter(found.values()))["name"]), crews=source == planning.CREW,
            worth=tuple((year, found[year]["worth"] if year in found else None) for year in years),
        )
        for (source, _), found in by_purse.items()
    )  # fmt: skip
    return tuple(sorted(rows, key=lambda row: -max(one or 0.0 for _, one in row.worth)))


def _dearest(purses: list[Mapping[str, Any]]) -> tuple[Dear, ...]:
    ordered = sorted(purses, key=lambda one: -one["worth"])[:DEAREST_SHOWN]
    return tuple(
        Dear(
            name=Text.from_json(one["name"]), year=one["year"], crews=one["source"] == planning.CREW,
            worth=one["worth"], tried=Text.from_json(one["tried"]) if one["tried"] else None,
        )
        for one in ordered
    )  # fmt: skip


def _rule(stored: Mapping[str, Any]) -> RuleRow:
    return RuleRow(
        name=Text.from_json(stored["name"]), worth=stored["worth"], percent=stored["percent"],
        flats=stored["flats"], sentence=Text.from_json(stored["sentence"]),
    )  # fmt: skip


def _missed(stored: Iterable[Mapping[str, Any]]) -> tuple[Missed, ...]:
    found, number = [], 0
    for one in stored:
        ways = []
        for way in one["ways"]:
            sentence = Text.from_json(way["sentence"])
            ways.append(WayOut(number=number, sentence=sentence, confirmed=way["confirmed"]))
            number += 1
        sentence = Text.from_json(one["sentence"])
        found.append(Missed(sentence=sentence, proven=one["proven"], ways=tuple(ways)))
    return tuple(found)
