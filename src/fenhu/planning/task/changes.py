"""What if: changes to a planning task that a person can name, applied to it as a whole.

A change speaks of one purse or crew ("30 万元 more from the city in 2011"), of a building (fixed to a year,
left out), of the years planned, or of a rule. ``changed`` gives the task as it would then be; whoever asks
solves it again. Nothing here decides or searches.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from fenhu.errors import InputFault, OutOfRange
from fenhu.planning.task.instance import NO_YEAR, Budgets, Instance, Rules
from fenhu.planning.task.purses import CREW_PARTS
from fenhu.planning.task.worth import consent_in
from fenhu.wording import Text, text

CREW = "CREW"
EVERY_SCOPE = EVERY_YEAR = -1
TABLES = {
    "CITY": "city_fen", "DIST": "district_fen", "REPAIR": "repair_fen", "OWNER": "owner_fen",
    "UPPER": "upper_fen", "SUPPLIER": "supplier_fen", CREW: "crew_days",
}  # fmt: skip
SOURCES = tuple(TABLES)
RULES = (
    "discount_ratio", "max_active_years", "equity_ratio", "priority_share_ratio", "priority_years",
    "mobilise_weight", "campaign_keep_ratio", "consent_needed_ratio", "stay_weight", "volunteer_places",
)  # fmt: skip
YEARS_MOST = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class PurseChange:
    """More or less in one purse, or for one supplier's crews: first times ``factor``, then ``add`` on top.

    ``source`` is one of SOURCES; ``scope`` its 0-based number or EVERY_SCOPE, ``year`` 0-based or EVERY_YEAR.
    ``add`` is in fen, for crews in thousandths of a day, and may be negative; nothing falls below zero.
    """

    source: str
    scope: int = EVERY_SCOPE
    year: int = EVERY_YEAR
    factor: float = 1.0
    add: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """Everything somebody wants to be otherwise; empty by default.

    ``pinned`` maps a building's number to its 0-based year, ``forbidden`` and ``freed`` hold buildings
    (freed: neither fixed nor left out any more). ``years`` is another number of years to plan;
    ``target_buildings`` and ``target_flats`` map a 0-based year to its target, 0 for none; ``rules`` names a
    field of ``Rules`` out of RULES; volunteers' places are as many every year.
    """

    purses: tuple[PurseChange, ...] = ()
    pinned: Mapping[int, int] = field(default_factory=dict)
    forbidden: frozenset[int] = frozenset()
    freed: frozenset[int] = frozenset()
    years: int | None = None
    target_buildings: Mapping[int, int] = field(default_factory=dict)
    target_flats: Mapping[int, int] = field(default_factory=dict)
    rules: Mapping[str, float] = field(default_factory=dict)

    def joined(self, other: Changes) -> Changes:
        """Return both changes as one; where both speak of the same thing, ``other`` has the last word."""
        return Changes(
            purses=self.purses + other.purses,
            pinned={**self.pinned, **other.pinned},
            forbidden=self.forbidden | other.forbidden,
            freed=self.freed | other.freed,
            years=self.years if other.years is None else other.years,
            target_buildings={**self.target_buildings, **other.target_buildings},
            target_flats={**self.target_flats, **other.target_flats},
            rules={**self.rules, **other.rules},
        )


def changed(instance: Instance, changes: Changes) -> Instance:
    """Return ``instance`` as ``changes`` want it.

    Years added at the end have the purses and crews of the last year and no target. A building waits for
    its consent by the rule of ``consent_needed_ratio`` where years or campaign change.

    Raises
    ------
    InputFault
        If a change names a source, scope, year, building or rule that does not exist.
    """
    later = _with_years(instance, changes.years)
    _check(later, changes)
    later = replace(later, rules=_with_rules(later.rules, changes), budgets=_with_money(later, changes))
    later = _with_choices(later, changes)
    return as_consent_comes(later) if _moves_consent(changes) else later


def _check(instance: Instance, changes: Changes) -> None:
    for one in changes.purses:
        if one.source not in TABLES:
            raise InputFault(
                text(
                    "There is no purse {name}; purses are {known}.", name=one.source, known=", ".join(SOURCES)
                )
            )
        scopes = len(np.atleast_2d(getattr(instance.budgets, TABLES[one.source])))
        if not EVERY_SCOPE <= one.scope < scopes:
            raise InputFault(
                text("A change names a purse that is not there: {source} {name}.",
                     source=one.source, name=one.scope)
            )  # fmt: skip
        if not EVERY_YEAR <= one.year < instance.years:
            raise InputFault(not_planned(instance, one.year))
        if not 0.0 <= one.factor < 1e6:
            raise OutOfRange(
                text("A purse can be multiplied by 0 or more; {value} was given.", value=one.factor)
            )
    for building in (*changes.pinned, *changes.forbidden, *changes.freed):
        if not 0 <= building < len(instance.buildings):
            raise InputFault(text("A change names a building that is not there: {number}.", number=building))
    for year in (*changes.pinned.values(), *changes.target_buildings, *changes.target_flats):
        if not 0 <= year < instance.years:
            raise InputFault(not_planned(instance, year))
    for name in changes.rules:
        if name not in RULES:
            raise InputFault(text("There is no rule {name} to change.", name=name))


def not_planned(instance: Instance, year: int) -> Text:
    """Return the sentence that a change names a 0-based year outside the plan."""
    return text(
        "A change names a year that is not planned: {year}; planned are {first} to {last}.",
        year=instance.year_label(year),
        first=instance.year_label(0),
        last=instance.year_label(instance.years - 1),
    )


def _with_years(instance: Instance, years: int | None) -> Instance:
    if years is None or years == instance.years:
        return instance
    if not 1 <= years <= YEARS_MOST:
        raise OutOfRange(
            text("A plan takes 1 to {most} years; {years} were given.", most=YEARS_MOST, years=years)
        )
    money, rules, b = instance.budgets, instance.rules, instance.buildings
    tables: dict[str, Any] = {one.name: _resized(getattr(money, one.name), years) for one in fields(money)}

    def targets(given: tuple[int, ...]) -> tuple[int, ...]:
        return (given + (0,) * years)[:years]

    return replace(
        instance,
        years=years,
        budgets=Budgets(**tables),
        rules=replace(
            rules,
            target_buildings=targets(rules.target_buildings),
            target_flats=targets(rules.target_flats),
            volunteer_places=(rules.volunteer_places + rules.volunteer_places[-1:] * years)[:years],
        ),
        buildings=replace(
            b,
            pinned_year=np.where(b.pinned_year < years, b.pinned_year, NO_YEAR),
            approved_year=np.where(b.approved_year < years, b.approved_year, NO_YEAR),
        ),
    )


def _resized(table: npt.NDArray[Any], years: int) -> npt.NDArray[Any]:
    had = table.shape[-1]
    if years <= had:
        return table[..., :years].copy()
    return np.concatenate([table, np.repeat(table[..., -1:], years - had, axis=-1)], axis=-1)


def _with_rules(rules: Rules, changes: Changes) -> Rules:
    named: dict[str, object] = dict(changes.rules)
    for name in ("max_active_years", "priority_years"):
        if name in named:
            named[name] = int(changes.rules[name])
    if "volunteer_places" in named:
        named["volunteer_places"] = (int(changes.rules["volunteer_places"]),) * len(rules.target_flats)
    for name, wanted in (
        ("target_buildings", changes.target_buildings),
        ("target_flats", changes.target_flats),
    ):
        given: tuple[int, ...] = getattr(rules, name)
        named[name] = tuple(wanted.get(year, target) for year, target in enumerate(given))
    return replace(rules, **named)  # type: ignore[arg-type]


def _with_money(instance: Instance, changes: Changes) -> Budgets:
    tables = {name: getattr(instance.budgets, name).copy() for name in TABLES.values()}
    for one in changes.purses:
        table = tables[TABLES[one.source]]
        rows = np.atleast_2d(table)
        scope = slice(None) if one.scope == EVERY_SCOPE else one.scope
        year = slice(None) if one.year == EVERY_YEAR else one.year
        add = one.add / CREW_PARTS if one.source == CREW else one.add
        scaled = rows[scope, year] * one.factor
        rows[scope, year] = np.maximum(0, (scaled if one.source == CREW else np.rint(scaled)) + add)
        tables[TABLES[one.source]] = rows.reshape(table.shape)
    return Budgets(**tables)


def _with_choices(instance: Instance, changes: Changes) -> Instance:
    b = instance.buildings
    pinned, forbidden = b.pinned_year.copy(), b.forbidden.copy()
    freed = sorted(changes.freed)
    pinned[freed], forbidden[freed] = NO_YEAR, False
    for building, year in changes.pinned.items():
        pinned[building], forbidden[building] = year, False
    left_out = sorted(changes.forbidden)
    pinned[left_out], forbidden[left_out] = NO_YEAR, True
    return replace(instance, buildings=replace(b, pinned_year=pinned, forbidden=forbidden))


def _moves_consent(changes: Changes) -> bool:
    return changes.years is not None or bool(
        changes.rules.keys() & {"campaign_keep_ratio", "consent_needed_ratio"}
    )


def as_consent_comes(instance: Instance) -> Instance:
    """Let every building start in the first year whose expected consent is enough."""
    needed = instance.rules.consent_needed_ratio
    if needed is None:
        return instance
    reached = consent_in(instance) >= needed
    earliest = np.where(reached.any(axis=1), reached.argmax(axis=1), instance.years)
    return replace(instance, buildings=replace(instance.buildings, earliest=earliest.astype(np.int64)))
