"""Changes in sentences, so that whoever reads a scenario knows what it takes for granted."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from fenhu.planning.task.changes import CREW, EVERY_SCOPE, EVERY_YEAR, Changes, PurseChange, changed
from fenhu.planning.task.instance import Instance, Rules
from fenhu.planning.task.names import amount_said, purse_name
from fenhu.planning.task.purses import Purse
from fenhu.wording import Text, text

RULE_NAMES: Mapping[str, Text] = {
    "discount_ratio": text("Discount of later years"),
    "max_active_years": text("Years of works a cluster may have"),
    "equity_ratio": text("Share of its stock that every district gets at least"),
    "priority_share_ratio": text("Part of the first years' flats that belongs to the priority class"),
    "priority_years": text("Years in which the priority class goes first"),
    "mobilise_weight": text("Weight of setting up works in a cluster"),
    "campaign_keep_ratio": text("Households still not won over after a year of campaign"),
    "consent_needed_ratio": text("Share of households that must agree before a building starts"),
    "stay_weight": text("Price of moving an approved building"),
    "volunteer_places": text("Places a year for buildings that volunteer"),
}
EVERY_NAMES = {
    "DIST": text("every district's reward money"), "OWNER": text("every owner unit's money"),
    "SUPPLIER": text("every supplier's money"), CREW: text("every supplier's crews"),
}  # fmt: skip


def changes_said(instance: Instance, changes: Changes) -> tuple[Text, ...]:
    """Return what ``changes`` want otherwise than ``instance`` has it, a sentence each; nothing if nothing.

    Raises
    ------
    InputFault
        As ``changed``.
    """
    later = changed(instance, changes)
    return (
        *_years(instance, later),
        *(said for one in changes.purses for said in _purse(later, one)),
        *_targets(instance, later, changes),
        *_rules(instance.rules, later.rules, changes),
        *_choices(instance, changes),
    )


def _years(instance: Instance, later: Instance) -> Iterator[Text]:
    if later.years != instance.years:
        yield text("{years} years are planned instead of {were}", years=later.years, were=instance.years)


def _purse(instance: Instance, change: PurseChange) -> Iterator[Text]:
    purse = Purse(change.source, max(change.scope, 0))
    every = change.scope == EVERY_SCOPE and change.source in EVERY_NAMES
    name = EVERY_NAMES[change.source] if every else purse_name(instance, purse)
    when = text("in every year")
    if change.year != EVERY_YEAR:
        when = text("in {year}", year=instance.year_label(change.year))
    if change.factor != 1.0:
        yield text("{percent} % of {purse} {when}", percent=f"{100 * change.factor:g}", purse=name, when=when)
    amount = amount_said(purse, abs(change.add))
    if change.add > 0:
        yield text("{amount} more for {purse} {when}", amount=amount, purse=name, when=when)
    if change.add < 0:
        yield text("{amount} less for {purse} {when}", amount=amount, purse=name, when=when)


def _targets(instance: Instance, later: Instance, changes: Changes) -> Iterator[Text]:
    for year, wanted in sorted(changes.target_buildings.items()):
        yield text("{wanted} buildings are wanted in {year} instead of {were}", wanted=wanted,
                   year=later.year_label(year), were=_was(instance.rules.target_buildings, year))  # fmt: skip
    for year, wanted in sorted(changes.target_flats.items()):
        yield text("{wanted} flats are wanted in {year} instead of {were}", wanted=wanted,
                   year=later.year_label(year), were=_was(instance.rules.target_flats, year))  # fmt: skip


def _was(targets: tuple[int, ...], year: int) -> int:
    return targets[year] if year < len(targets) else 0


def _rules(before: Rules, after: Rules, changes: Changes) -> Iterator[Text]:
    for name in sorted(changes.rules):
        yield text("{rule}: {value} instead of {were}", rule=RULE_NAMES[name],
                   value=_value(after, name), were=_value(before, name))  # fmt: skip


def _value(rules: Rules, name: str) -> str | Text:
    value = getattr(rules, name)
    if value is None or value == ():
        return text("none")
    if name.endswith("_ratio"):
        return f"{100 * value:g} %"
    return ", ".join(str(one) for one in dict.fromkeys(value)) if isinstance(value, tuple) else f"{value:g}"


def _choices(instance: Instance, changes: Changes) -> Iterator[Text]:
    ids = instance.buildings.ids
    for building, year in sorted(changes.pinned.items()):
        yield text("Building {code} is fixed to {year}", code=ids[building], year=instance.year_label(year))
    said: tuple[tuple[frozenset[int], Callable[[str], Text]], ...] = (
        (changes.forbidden, lambda code: text("Building {code} is left out", code=code)),
        (changes.freed, lambda code: text("Building {code} is neither fixed nor left out", code=code)),
    )
    for buildings, sentence in said:
        yield from (sentence(ids[building]) for building in sorted(buildings))
