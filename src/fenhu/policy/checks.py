"""What the sections of a policy file must say consistently, beyond the kind of each value.

Each check names the sections it needs and yields a key path with what is wrong there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Protocol

from fenhu.policy.judging import EVIDENCE_LEVEL, ConsentRule, Criterion, FormRules, PriorityGroup
from fenhu.policy.paying import Case, CostShare, Grant, RepairFund, RewardRule
from fenhu.policy.programme import Calendar, City, Programme
from fenhu.wording import Text, text

KeyPath = tuple[str | int, ...]
Found = Iterator[tuple[KeyPath, Text]]
_LAST_DAY = date.max


@dataclass(frozen=True, slots=True)
class Check:
    """A rule between sections: which it needs, and what finds the faults."""

    sections: tuple[str, ...]
    find: Callable[..., Iterable[tuple[KeyPath, Text]]]


class Dated(Protocol):
    """A rule that holds from one day to another."""

    @property
    def valid_from(self) -> date: ...
    @property
    def valid_to(self) -> date | None: ...


def document_dates(issued: date, valid_from: date, valid_to: date | None) -> Found:
    """The document is issued before it ends."""
    if valid_from < issued:
        yield ("valid_from",), text("The rules start on {start}, before the document was issued on {issued}",
                                    start=valid_from.isoformat(), issued=issued.isoformat())  # fmt: skip
    if valid_to is not None and valid_to < valid_from:
        yield ("valid_to",), _ends_early(valid_from, valid_to)


def programme_years(programme: Programme) -> Found:
    """Planned years lie within the document's span and every target within the planned years."""
    years, low, high = programme.planned_years.value, programme.years_min, programme.years_max
    if not low <= years <= high:
        yield ("programme", "planned_years", "value"), text(
            "{years} planned years lie outside {low} to {high}", years=years, low=low, high=high)  # fmt: skip
    yield from _twice("programme.target", [target.year for target in programme.target], "year")
    for index, target in enumerate(programme.target):
        if target.year not in programme.years:
            yield ("programme", "target", index, "year"), text(
                "Year {year} is not planned; planned: {first} to {last}",
                year=str(target.year), first=str(programme.first_year), last=str(programme.years[-1]),
            )  # fmt: skip
    flats = sum(target.flats for target in programme.target)
    if flats > programme.stock_flats:
        yield ("programme", "target"), text("The targets add up to {flats} flats, the stock has {stock}",
                                            flats=flats, stock=programme.stock_flats)  # fmt: skip


def calendar_dates(calendar: Calendar) -> Found:
    """A plan is filed before its works are done, and no year has two exceptions for one deadline."""
    keys = [(exception.deadline, exception.year) for exception in calendar.exception]
    yield from _twice("calendar.exception", keys, "year")
    for index, exception in enumerate(calendar.exception):
        if exception.date.year != exception.year:
            yield ("calendar", "exception", index, "date"), text(
                "{date} is not in {year}", date=exception.date.isoformat(), year=str(exception.year))  # fmt: skip
        elif calendar.filing_deadline(exception.year) >= calendar.completion_deadline(exception.year):
            yield ("calendar", "exception", index, "date"), text(
                "In {year} the plan would be filed on {filing}, not before the works are done on {completion}",
                year=str(exception.year), filing=calendar.filing_deadline(exception.year).isoformat(),
                completion=calendar.completion_deadline(exception.year).isoformat(),
            )  # fmt: skip
    if calendar.filing.day >= calendar.completion.day:
        yield ("calendar", "filing_deadline", "day"), text(
            "The plan would be filed on {filing}, not before the works are done on {completion}",
            filing=calendar.filing.day, completion=calendar.completion.day)  # fmt: skip


def criteria_scales(criteria: Sequence[Criterion]) -> Found:
    """Codes are unique, thresholds lie on their scales, evidence is of its level, weights make 1."""
    yield from _twice("criterion", [criterion.code for criterion in criteria], "code")
    for index, criterion in enumerate(criteria):
        low, high = sorted((criterion.none_at, criterion.full_at))
        if low == high or not low <= criterion.threshold <= high:
            yield ("criterion", index, "threshold"), text(
                "The threshold {threshold} lies outside the scale from none_at {none_at} to full_at {full_at}",
                threshold=str(criterion.threshold), none_at=str(criterion.none_at), full_at=str(criterion.full_at),
            )  # fmt: skip
        level = EVIDENCE_LEVEL[criterion.evidence]
        if criterion.applies_to != level:
            yield ("criterion", index, "applies_to"), text(
                "Evidence {evidence} is of the {level}, not of the {applies_to}",
                evidence=criterion.evidence, level=level, applies_to=criterion.applies_to)  # fmt: skip
    total = sum((criterion.weight for criterion in criteria), Decimal(0))
    if total != 1:
        yield ("criterion",), text("The weights of the criteria add up to {total}, not to 1", total=str(total))


def priority_codes(groups: Sequence[PriorityGroup], criteria: Sequence[Criterion]) -> Found:
    """Groups name criteria that exist and ask for no more than they name."""
    known = {criterion.code for criterion in criteria}
    for index, group in enumerate(groups):
        for code in group.criteria:
            if code not in known:
                yield ("priority_group", index, "criteria"), text(
                    "There is no criterion {code}; known: {known}", code=code, known=", ".join(sorted(known)))
        if group.at_least > len(group.criteria):
            yield ("priority_group", index, "at_least"), text(
                "At least {at_least} of {count} criteria cannot be met",
                at_least=group.at_least, count=len(group.criteria))  # fmt: skip


def consent_thresholds(rules: Sequence[ConsentRule], valid_from: date) -> Found:
    """Thresholds are shares, every rule has one, and the periods of a purpose neither overlap nor start late."""
    for index, rule in enumerate(rules):
        for key in ("heads", "area", "quorum_heads", "quorum_area"):
            value = getattr(rule, key)
            if value is not None and not 0 < value <= 1:
                yield ("consent", index, key), text("{value} is no share; more than 0 and at most 1", value=str(value))
        if rule.heads is None and rule.area is None:
            yield ("consent", index), text("The rule has no threshold; give heads, area or both")
        if rule.of == "all" and (rule.quorum_heads is not None or rule.quorum_area is not None):
            yield ("consent", index, "of"), text("A quorum makes sense only where those voting are counted")
    yield from _overlaps("consent", rules, [(rule.purpose, rule.scope) for rule in rules])
    if not any(rule.purpose == "conversion" and rule.in_force(valid_from) for rule in rules):
        yield ("consent",), text("No rule for the conversion is in force on {day}, when the policy starts",
                                 day=valid_from.isoformat())  # fmt: skip


def form_changes(form: FormRules) -> Found:
    """Every existing form changes once, into a form that may be filed."""
    fileable = {target.form for target in form.target if target.fileable}
    yield from _twice("form.target", [target.form for target in form.target], "form")
    seen = set()
    for index, change in enumerate(form.change):
        for existing in change.existing:
            if existing in seen:
                yield ("form", "change", index, "existing"), _second(existing.value)
            seen.add(existing)
        if change.becomes not in fileable:
            yield ("form", "change", index, "becomes"), text(
                "{form} is not among the forms that may be filed: {fileable}",
                form=change.becomes.value, fileable=", ".join(sorted(fileable)))  # fmt: skip
    for index, target in enumerate(form.target):
        if not target.fileable and not target.reason_zh:
            yield ("form", "target", index, "reason"), text("Say why {form} may not be filed: add reason and reason_en",
                                                            form=target.form.value)  # fmt: skip


def shares_reach_the_bill(rules: Sequence[CostShare]) -> Found:
    """The rules of an item are ordered, have their values, take no more than everything, and leave nothing."""
    by_item: dict[str, list[int]] = defaultdict(list)
    for index, rule in enumerate(rules):
        by_item[rule.item].append(index)
        needs_value = rule.rule in ("share", "per_flat", "per_m2")
        if needs_value == (rule.value is None):
            yield ("cost_share", index, "value"), (
                text("Rule {rule} needs a value", rule=rule.rule) if needs_value
                else text("Rule {rule} takes no value", rule=rule.rule))  # fmt: skip
        if rule.rule == "share" and rule.value is not None and rule.value > 1:
            yield ("cost_share", index, "value"), text("A share of {value} exceeds 1", value=str(rule.value))
    for item, indices in by_item.items():
        yield from _shares_of_item(item, [(index, rules[index]) for index in indices])


def _shares_of_item(item: str, rules: Sequence[tuple[int, CostShare]]) -> Found:
    keys = [(rule.order, rule.payer) for _, rule in rules]
    for position, (index, rule) in enumerate(rules):
        if rule.order in [order for order, _ in keys[:position]]:
            yield ("cost_share", index, "order"), text("Item {item} has two rules of order {order}",
                                                       item=item, order=rule.order)  # fmt: skip
        if rule.payer in [payer for _, payer in keys[:position]]:
            yield ("cost_share", index, "payer"), text("Item {item} has two rules for {payer}",
                                                       item=item, payer=rule.payer)  # fmt: skip
    shares = [rule for _, rule in rules if rule.rule == "share" and rule.of == "cost"]
    total = sum((rule.value for rule in shares if rule.value is not None), Decimal(0))
    if total > 1:
        yield ("cost_share", rules[0][0]), text("The shares of {item} add up to {total}, more than 1",
                                                item=item, total=str(total))  # fmt: skip
    last_index, last = max(rules, key=lambda pair: pair[1].order)
    firm = all(rule.payer in _FIRM for rule in shares)
    capped = last.cap_yuan_per_flat is not None or last.cap_yuan_per_m2 is not None
    if not (last.rule == "remainder" and last.payer in _FIRM and not capped) and not (total == 1 and firm):
        yield ("cost_share", last_index), text(
            "The shares of {item} do not reach the whole cost; end with an uncapped rule \"remainder\""
            " of user, owner or supplier", item=item)  # fmt: skip
    for index, rule in rules:
        if rule.rule == "remainder" and rule.order < last.order:
            yield ("cost_share", index, "rule"), text("A remainder of {item} is taken before the last rule; it leaves"
                                                      " nothing for {payer}", item=item, payer=last.payer)  # fmt: skip


_FIRM = ("user", "owner", "supplier")


def purses_stay_in_their_items(rules: Sequence[CostShare], fund: RepairFund | None, grant: Grant | None) -> Found:
    """The repair fund and grants pay only the items their sections name, and the fund only a part."""
    for payer, section, purse in (("repair_fund", "repair_fund", fund), ("upper", "grant", grant)):
        for index, rule in enumerate(rules):
            if rule.payer != payer:
                continue
            if purse is None:
                yield ("cost_share", index, "payer"), text("{payer} pays, but there is no section [{section}]",
                                                           payer=payer, section=section)  # fmt: skip
            elif rule.item not in purse.items:
                yield ("cost_share", index, "item"), text(
                    "{payer} may not pay for {item}; its items are {items}",
                    payer=payer, item=rule.item, items=", ".join(purse.items))  # fmt: skip
            elif rule.rule == "share" and rule.value is not None and rule.value > purse.part_ratio:
                yield ("cost_share", index, "value"), text(
                    "{payer} would pay {value} of {item}; section [{section}] allows {part}",
                    payer=payer, value=str(rule.value), item=rule.item, section=section,
                    part=str(purse.part_ratio))  # fmt: skip
    if fund is not None and fund.part_ratio >= 1:
        yield ("repair_fund", "part_ratio"), text("The repair fund pays only a part: less than 1")


def rewards_have_their_places(rewards: Sequence[RewardRule], city: City) -> Found:
    """Rewards name districts of the city, have their values, and do not overlap."""
    districts = {district.name_zh for district in city.district}
    yield from _twice("city.district", [district.name_zh for district in city.district], "name")
    for index, reward in enumerate(rewards):
        if reward.district and (reward.level == "city" or reward.district not in districts):
            yield ("reward", index, "district"), text(
                "{district} is no district of the city that gives a district reward; known: {known}",
                district=reward.district, known=", ".join(sorted(districts)))  # fmt: skip
        if (reward.rule in ("per_flat", "per_m2")) != (reward.value is not None):
            yield ("reward", index, "value"), text("Rules per_flat and per_m2 need a value, others take none")
        if (reward.rule == "formula") != (reward.formula is not None):
            yield ("reward", index, "formula"), text("Rule formula needs a table [reward.formula], others take none")
    yield from _overlaps("reward", rewards, [(reward.level, reward.district) for reward in rewards])


def cases_add_up(cases: Sequence[Case], rules: Sequence[CostShare], city: City) -> Found:
    """A hand sum shares items that have rules, and its payers pay the whole bill."""
    items = {rule.item for rule in rules}
    districts = {district.name_zh for district in city.district}
    for index, case in enumerate(cases):
        for position, line in enumerate(case.line):
            if line.item not in items:
                yield ("case", index, "line", position, "item"), text(
                    "No cost_share says who pays {item}; known: {known}",
                    item=line.item, known=", ".join(sorted(items)))  # fmt: skip
        if case.district and case.district not in districts:
            yield ("case", index, "district"), text("{district} is no district of the city; known: {known}",
                district=case.district, known=", ".join(sorted(districts)))  # fmt: skip
        bill, paid = sum(line.cost_yuan for line in case.line), sum(case.expect_yuan.values())
        if bill != paid:
            yield ("case", index, "expect_yuan"), text("The bill is {bill} yuan, its payers pay {paid}",
                                                       bill=str(bill), paid=str(paid))  # fmt: skip


def _twice(section: str, keys: Sequence[Hashable], key: str) -> Found:
    parts = section.split(".")
    for index, value in enumerate(keys):
        if value in keys[:index]:
            said = value if isinstance(value, tuple) else (value,)
            yield (*parts, index, key), _second(" ".join(str(part) for part in said))


def _second(value: str) -> Text:
    return text("{value} appears twice; keep one", value=value)


def _ends_early(start: date, end: date) -> Text:
    return text("The period ends on {end}, before it starts on {start}", end=end.isoformat(), start=start.isoformat())


def _overlaps(section: str, rules: Sequence[Dated], keys: Sequence[Hashable]) -> Found:
    """Yield rules that end before they start, or hold on a day on which another of the same kind holds."""
    for index, rule in enumerate(rules):
        if rule.valid_to is not None and rule.valid_to < rule.valid_from:
            yield (section, index, "to"), _ends_early(rule.valid_from, rule.valid_to)
        for earlier in range(index):
            other = rules[earlier]
            starts = max(rule.valid_from, other.valid_from)
            ends = min(rule.valid_to or _LAST_DAY, other.valid_to or _LAST_DAY)
            if keys[index] == keys[earlier] and starts <= ends:
                yield (section, index, "from"), text(
                    "The period from {start} overlaps entry {earlier} of the same kind",
                    start=rule.valid_from.isoformat(), earlier=earlier + 1)  # fmt: skip


CHECKS = (
    Check(("issued", "valid_from", "valid_to"), document_dates),
    Check(("programme",), programme_years),
    Check(("calendar",), calendar_dates),
    Check(("criterion",), criteria_scales),
    Check(("priority_group", "criterion"), priority_codes),
    Check(("consent", "valid_from"), consent_thresholds),
    Check(("form",), form_changes),
    Check(("cost_share",), shares_reach_the_bill),
    Check(("cost_share", "repair_fund", "grant"), purses_stay_in_their_items),
    Check(("reward", "city"), rewards_have_their_places),
    Check(("case", "cost_share", "city"), cases_add_up),
)
