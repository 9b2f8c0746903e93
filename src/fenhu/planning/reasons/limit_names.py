"""How limits are called in sentences, alone and many at a time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from fenhu.planning.model.formulation import ORDER, WORKS_YEARS
from fenhu.planning.reasons.rubber import CONSENT, DECISION, MAINS, Limit
from fenhu.planning.task.changes import CREW
from fenhu.planning.task.instance import Instance
from fenhu.planning.task.names import amount_said, purse_name
from fenhu.planning.task.purses import Purse
from fenhu.wording import Text, text

_MOST_NAMED = 4
_FEW_SCOPES = 2
_RULES = {
    CONSENT: text("the residents' consent that is still awaited"),
    DECISION: text("what was fixed or left out by decision"),
    MAINS: text("what mains cost"),
    ORDER: text("the order between buildings"),
    WORKS_YEARS: text("the years a cluster may be worked in"),
}


def listed(parts: Sequence[Text]) -> Text:
    """Return parts one after the other, from the fifth on only their number."""
    named, rest = parts[:_MOST_NAMED], len(parts) - _MOST_NAMED
    said = named[0]
    for one in named[1:]:
        said = text("{first}, {second}", first=said, second=one)
    return text("{first} and {count} more", first=said, count=rest) if rest > 0 else said


def limits_said(instance: Instance, limits: Sequence[Limit]) -> Text:
    """Return the names of ``limits``, the years of one purse and many purses of one kind gathered."""
    return listed([_in_years(instance, *group) for group in _gathered(instance, limits)])


def amounts_said(instance: Instance, amounts: Mapping[Limit, int]) -> Text:
    """Return what is added to every purse, many purses of one kind gathered, the sum of all money first."""
    money = {one: amount for one, amount in amounts.items() if one.source != CREW}
    crews = {one: amount for one, amount in amounts.items() if one.source == CREW}
    parts = _added(instance, money)
    if len(parts) > 1:
        total = amount_said(Purse("CITY", 0), sum(money.values()))
        parts = [text("{total} in all ({parts})", total=total, parts=listed(parts))]
    return listed([*parts, *_added(instance, crews)])


def _added(instance: Instance, amounts: Mapping[Limit, int]) -> list[Text]:
    return [
        text(
            "{amount} for {purse}",
            amount=amount_said(Purse(limits[0].source, 0), sum(amounts[one] for one in limits)),
            purse=_in_years(instance, name, limits),
        )
        for name, limits in _gathered(instance, list(amounts))
    ]


def _gathered(instance: Instance, limits: Sequence[Limit]) -> list[tuple[Text, list[Limit]]]:
    """Return limits by purse, or by source where more than a few purses of one source are among them."""
    by_source: dict[str, list[Limit]] = {}
    for one in limits:
        by_source.setdefault(one.source, []).append(one)
    groups = []
    for source, found in by_source.items():
        scopes = sorted({one.scope for one in found})
        if source in _RULES:
            groups.append((_RULES[source], found))
        elif len(scopes) > _FEW_SCOPES:
            groups.append((_many_said(source, len(scopes)), found))
        else:
            groups += [
                (purse_name(instance, Purse(source, scope)), [one for one in found if one.scope == scope])
                for scope in scopes
            ]
    return groups


def _many_said(source: str, count: int) -> Text:
    if source == CREW:
        return text("the crews of {count} suppliers", count=count)
    if source == "SUPPLIER":
        return text("the money of {count} suppliers", count=count)
    if source == "OWNER":
        return text("{count} owner units", count=count)
    return text("the reward money of {count} districts", count=count)


def _in_years(instance: Instance, name: Text, limits: Sequence[Limit]) -> Text:
    years = sorted({one.year for one in limits if one.year >= 0})
    if not years:
        return name
    return text("{purse} in {year}", purse=name, year=_years_said(instance, years))


def _years_said(instance: Instance, years: Sequence[int]) -> str:
    """Return years one by one, three and more in a row as from–to."""
    if len(years) > 2 and years[-1] - years[0] == len(years) - 1:
        return f"{instance.year_label(years[0])}–{instance.year_label(years[-1])}"
    return ", ".join(instance.year_label(year) for year in years)
