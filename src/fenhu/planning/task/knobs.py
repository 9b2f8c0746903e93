"""What-if as a desk of knobs: each a number people set, all together the changes they stand for.

``knobs_of`` shows changes as settings, ``changes_of`` reads settings back; what no knob shows (fixed
buildings, money of a single year in a purse that has no field for it) is kept as it was. Money is in 万元
(ten thousand yuan), shares are in percent.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from fenhu.planning.task.changes import CREW, EVERY_SCOPE, EVERY_YEAR, RULES, TABLES, Changes, PurseChange
from fenhu.planning.task.changes_said import EVERY_NAMES, RULE_NAMES
from fenhu.planning.task.instance import FloatArray, Instance
from fenhu.planning.task.names import purse_name
from fenhu.planning.task.purses import CREW_PARTS, Purse
from fenhu.wording import Text, text

FEN_PER_WAN = 1_000_000
MONEY, SUPPLIERS, TIME, RULE = "money", "suppliers", "time", "rules"
_UNLIMITED_WAN = 10**7
_WAN, _DAYS, _YEARS = text("10,000 yuan"), text("crew days"), text("years")
_PERCENT, _NUMBER = "%", ""
_RULE_UNITS: Mapping[str, tuple[Text | str, float, float]] = {
    "campaign_keep_ratio": (_PERCENT, 0, 100), "consent_needed_ratio": (_PERCENT, 0, 100),
    "equity_ratio": (_PERCENT, 0, 100), "priority_share_ratio": (_PERCENT, 0, 100),
    "priority_years": (_YEARS, 0, 10), "max_active_years": (_YEARS, 1, 10),
    "volunteer_places": (_NUMBER, 0, 200),
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Knob:
    """One number to set; ``was`` is what the plan in force has, ``value`` what is set; ``line`` joins a row.

    ``given`` says, where it helps, what there is now.
    """

    name: str
    group: str
    line: Text
    label: Text
    unit: Text | str
    least: float
    most: float
    was: float
    value: float
    slides: bool
    given: Text | None = None


def knobs_of(
    instance: Instance, changes: Changes, suppliers: Sequence[int] | None = None
) -> tuple[Knob, ...]:
    """Return the desk's knobs, set to ``changes``.

    Parameters
    ----------
    suppliers : the suppliers whose money and crews are shown, with a field a year; None for all, without.
    """
    return (
        *(_money(instance, changes)),
        *(_suppliers(instance, changes, suppliers)),
        _horizon(instance, changes),
        *(_targets(instance, changes)),
        *(_rules(instance, changes)),
    )


def changes_of(
    instance: Instance, settings: Mapping[str, float], before: Changes, suppliers: Sequence[int] | None = None
) -> Changes:
    """Return the changes ``settings`` (by name of knob) stand for, with what no knob shows out of ``before``.

    Parameters
    ----------
    settings : a number for every knob somebody set; a knob that is missing is as in the plan in force.
    """
    knobs = {knob.name: knob for knob in knobs_of(instance, Changes(), suppliers)}
    extra = {knob.name: knob for knob in knobs_of(instance, before, suppliers)}
    set_to = {
        name: value
        for name, value in settings.items()
        if name in (extra | knobs) and value != (extra | knobs)[name].was
    }
    purses = tuple(_purse_changes(set_to))
    shown = {name for name in knobs if name.startswith(("factor.", "add."))}
    hidden = tuple(part for part in _parts(before.purses) if _name_of(part) not in shown)
    years = set_to.get("years")
    return replace(
        before,
        purses=hidden + purses,
        years=None if years is None else int(years),
        target_buildings=_targets_set(set_to, "target_buildings"),
        target_flats=_targets_set(set_to, "target_flats"),
        rules={name: value for name, value in before.rules.items() if name not in _RULE_UNITS}
        | _rules_set(set_to),
    )


def _purse_changes(set_to: Mapping[str, float]) -> Iterator[PurseChange]:
    """Yield the purses' changes, factors before what is added on top."""
    for name in sorted(set_to, key=lambda one: (not one.startswith("factor."), one)):
        kind, _, where = name.partition(".")
        if kind not in ("factor", "add"):
            continue
        source, scope, *year = where.split(".")
        if kind == "factor":
            yield PurseChange(source=source, scope=int(scope), factor=set_to[name] / 100)
        else:
            parts = CREW_PARTS if source == CREW else FEN_PER_WAN
            yield PurseChange(
                source=source, scope=int(scope), year=int(year[0]), add=round(set_to[name] * parts)
            )


def _parts(purses: Sequence[PurseChange]) -> Iterator[PurseChange]:
    """Yield every change of a purse as a factor, or as something added, never both."""
    for one in purses:
        if one.factor != 1.0:
            yield replace(one, add=0)
        if one.add:
            yield replace(one, factor=1.0)


def _name_of(part: PurseChange) -> str:
    """Return the name of the knob that shows ``part``, were there one."""
    if part.factor != 1.0:
        every = "" if part.year == EVERY_YEAR else f".{part.year}"
        return f"factor.{part.source}.{part.scope}{every}"
    return f"add.{part.source}.{part.scope}.{part.year}"


def _money(instance: Instance, changes: Changes) -> Iterator[Knob]:
    for source in ("CITY", "DIST", "REPAIR", "UPPER"):
        table = np.atleast_2d(getattr(instance.budgets, TABLES[source]))
        for scope in range(len(table)):
            yield from _purse(instance, changes, Purse(source, scope), MONEY, by_year=True)
    if len(instance.owner_names) or len(instance.budgets.owner_fen):
        yield _factor(changes, "OWNER", EVERY_SCOPE, MONEY, EVERY_NAMES["OWNER"], None)


def _suppliers(instance: Instance, changes: Changes, chosen: Sequence[int] | None) -> Iterator[Knob]:
    if chosen is None:
        for source in ("SUPPLIER", CREW):
            yield _factor(changes, source, EVERY_SCOPE, SUPPLIERS, EVERY_NAMES[source], None)
    for scope in range(len(instance.budgets.supplier_fen)) if chosen is None else chosen:
        for source in ("SUPPLIER", CREW):
            yield from _purse(instance, changes, Purse(source, scope), SUPPLIERS, by_year=chosen is not None)


def _purse(
    instance: Instance, changes: Changes, purse: Purse, group: str, *, by_year: bool
) -> Iterator[Knob]:
    table = np.atleast_2d(getattr(instance.budgets, TABLES[purse.source]))[purse.scope]
    name, unit = purse_name(instance, purse), _DAYS if purse.source == CREW else _WAN
    has = table if purse.source == CREW else table / FEN_PER_WAN
    yield _factor(changes, purse.source, purse.scope, group, name, _given(has, unit))
    for year in range(instance.years) if by_year else ():
        added = sum(
            part.add for part in _parts(changes.purses)
            if part.add and (part.source, part.scope, part.year) == (purse.source, purse.scope, year)
        )  # fmt: skip
        parts = CREW_PARTS if purse.source == CREW else FEN_PER_WAN
        yield Knob(
            name=f"add.{purse.source}.{purse.scope}.{year}", group=group, line=name,
            label=text("{year}: more (+) or less (−)", year=instance.year_label(year)), unit=unit,
            least=-max(float(has[year]), 0.0) if has[year] < _UNLIMITED_WAN else -_UNLIMITED_WAN,
            most=_UNLIMITED_WAN, was=0.0, value=added / parts, slides=False,
            given=_given(has[year : year + 1], unit),
        )  # fmt: skip


def _given(has: FloatArray, unit: Text) -> Text | None:
    total = float(has.sum())
    if total >= _UNLIMITED_WAN:
        return None
    if unit is _DAYS:
        return text("{days} crew days", days=f"{total:,.0f}")
    return text("{wan} × 10,000 yuan", wan=f"{total:,.1f}")


def _factor(changes: Changes, source: str, scope: int, group: str, line: Text, given: Text | None) -> Knob:
    factor = 1.0
    for part in _parts(changes.purses):
        if (part.source, part.scope, part.year) == (source, scope, EVERY_YEAR):
            factor *= part.factor
    return Knob(
        name=f"factor.{source}.{scope}", group=group, line=line, label=text("of what there is, every year"),
        unit=_PERCENT, least=0, most=300, was=100.0, value=round(100 * factor, 6), slides=True,
        given=given,
    )  # fmt: skip


def _horizon(instance: Instance, changes: Changes) -> Knob:
    return Knob(
        name="years", group=TIME, line=text("Years planned"), label=text("Years planned"), unit=_YEARS,
        least=1, most=max(10, instance.years), was=instance.years,
        value=changes.years or instance.years, slides=True,
    )  # fmt: skip


def _targets(instance: Instance, changes: Changes) -> Iterator[Knob]:
    for year in range(max(instance.years, changes.years or 0)):
        label = str(instance.first_year + year)
        for name, line, wanted, had in (
            ("target_buildings", text("Target of {year}: buildings", year=label),
             changes.target_buildings, instance.rules.target_buildings),
            ("target_flats", text("Target of {year}: flats", year=label),
             changes.target_flats, instance.rules.target_flats),
        ):  # fmt: skip
            was = had[year] if year < len(had) else 0
            yield Knob(
                name=f"{name}.{year}", group=TIME, line=line, label=line, unit=_NUMBER, least=0,
                most=1_000_000, was=was, value=wanted.get(year, was), slides=False,
            )  # fmt: skip


def _rules(instance: Instance, changes: Changes) -> Iterator[Knob]:
    for name, (unit, least, most) in _RULE_UNITS.items():
        was = _shown(name, getattr(instance.rules, name))
        value = was if name not in changes.rules else _shown(name, changes.rules[name])
        yield Knob(
            name=f"rule.{name}", group=RULE, line=RULE_NAMES[name], label=RULE_NAMES[name], unit=unit,
            least=least, most=most, was=was, value=value, slides=True,
        )  # fmt: skip


def _shown(name: str, value: float | tuple[int, ...] | None) -> float:
    if isinstance(value, tuple):
        value = max(value, default=0)
    return round(100 * (value or 0.0), 6) if name.endswith("_ratio") else float(value or 0)


def _rules_set(set_to: Mapping[str, float]) -> dict[str, float]:
    return {
        name: set_to[f"rule.{name}"] / 100 if name.endswith("_ratio") else set_to[f"rule.{name}"]
        for name in RULES
        if f"rule.{name}" in set_to
    }


def _targets_set(set_to: Mapping[str, float], name: str) -> dict[int, int]:
    return {
        int(key.removeprefix(f"{name}.")): int(value)
        for key, value in set_to.items()
        if key.startswith(f"{name}.")
    }
