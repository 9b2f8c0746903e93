"""Shares reach the whole bill, purses stay in their items, rewards have their places, sums add up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from decimal import Decimal

from fenhu.policy.checks.common import Found, overlaps, twice
from fenhu.policy.paying import Case, Ceiling, CostShare, Grant, InstalmentRule, RepairFund, RewardRule
from fenhu.policy.programme import City
from fenhu.records import Payer
from fenhu.wording import Text, text

_FIRM = ("user", "owner", "supplier")


def shares_reach_the_bill(rules: Sequence[CostShare]) -> Found:
    """An item's rules are ordered, have their values, and take neither more than everything nor less."""
    by_item: dict[str, list[int]] = defaultdict(list)
    for index, rule in enumerate(rules):
        by_item[rule.item].append(index)
        needs_value = rule.rule in ("share", "per_flat", "per_m2")
        if needs_value == (rule.value is None):
            yield (
                ("cost_share", index, "value"),
                (
                    text("Rule {rule} needs a value", rule=rule.rule)
                    if needs_value
                    else text("Rule {rule} takes no value", rule=rule.rule)
                ),
            )
        if rule.advanced_by is not None and (
            rule.payer not in ("user", "owner") or rule.advanced_by == rule.payer
        ):
            yield (
                ("cost_share", index, "advanced_by"),
                text("Somebody else advances what user or owner owe; {payer} cannot", payer=rule.advanced_by),
            )
        if rule.rule == "share" and rule.value is not None and rule.value > 1:
            yield ("cost_share", index, "value"), text("A share of {value} exceeds 1", value=str(rule.value))
    for item, indices in by_item.items():
        yield from _shares_of_item(item, [(index, rules[index]) for index in indices])


def _shares_of_item(item: str, rules: Sequence[tuple[int, CostShare]]) -> Found:
    keys = [(rule.order, rule.payer) for _, rule in rules]
    for position, (index, rule) in enumerate(rules):
        if rule.order in [order for order, _ in keys[:position]]:
            yield (
                ("cost_share", index, "order"),
                text("Item {item} has two rules of order {order}", item=item, order=rule.order),
            )
        if rule.payer in [payer for _, payer in keys[:position]]:
            yield (
                ("cost_share", index, "payer"),
                text("Item {item} has two rules for {payer}", item=item, payer=rule.payer),
            )
    shares = [rule for _, rule in rules if rule.rule == "share" and rule.of == "cost"]
    total = sum((rule.value for rule in shares if rule.value is not None), Decimal(0))
    if total > 1:
        yield (
            ("cost_share", rules[0][0]),
            text("The shares of {item} add up to {total}, more than 1", item=item, total=str(total)),
        )
    last_index, last = max(rules, key=lambda pair: pair[1].order)
    firm = all(rule.payer in _FIRM for rule in shares)
    capped = last.cap_yuan_per_flat is not None or last.cap_yuan_per_m2 is not None
    if not (last.rule == "remainder" and last.payer in _FIRM and not capped) and not (total == 1 and firm):
        yield (
            ("cost_share", last_index),
            text(
                'The shares of {item} do not reach the whole cost; end with an uncapped rule "remainder"'
                " of user, owner or supplier",
                item=item,
            ),
        )
    for index, rule in rules:
        if rule.rule == "remainder" and rule.order < last.order:
            yield (
                ("cost_share", index, "rule"),
                text(
                    "A remainder of {item} is taken before the last rule; it leaves nothing for {payer}",
                    item=item,
                    payer=last.payer,
                ),
            )


def ceilings_have_their_limits(ceilings: Sequence[Ceiling], rules: Sequence[CostShare]) -> Found:
    """A ceiling has a limit, holds for items that have rules, and somebody without one pays the excess."""
    items = {rule.item for rule in rules}
    bounded = {ceiling.payer for ceiling in ceilings}
    yield from twice("ceiling", [ceiling.payer for ceiling in ceilings], "payer")
    for index, ceiling in enumerate(ceilings):
        if (ceiling.yuan_per_flat is None) == (ceiling.yuan_per_m2 is None):
            yield ("ceiling", index), text("A ceiling has one limit; give yuan_per_flat or yuan_per_m2")
        for item in ceiling.items:
            if item not in items:
                yield ("ceiling", index, "items"), _unshared(item, items)
        if (ceiling.payer in _FIRM) != (ceiling.excess is not None):
            yield (
                ("ceiling", index, "excess"),
                text("Say who pays above the ceiling of user, owner or supplier; a purse has no excess"),
            )
        elif ceiling.excess in bounded:
            yield (
                ("ceiling", index, "excess"),
                text("{payer} has a ceiling too; name a payer without one", payer=str(ceiling.excess)),
            )


def _unshared(item: str, items: Iterable[str]) -> Text:
    return text(
        "No cost_share says who pays {item}; known: {known}", item=item, known=", ".join(sorted(items))
    )


def purses_stay_in_their_items(
    rules: Sequence[CostShare], fund: RepairFund | None, grant: Grant | None
) -> Found:
    """The repair fund and grants pay only the items their sections name, and the fund only a part."""
    for payer, section, purse in (("repair_fund", "repair_fund", fund), ("upper", "grant", grant)):
        for index, rule in enumerate(rules):
            if rule.payer != payer:
                continue
            if purse is None:
                yield (
                    ("cost_share", index, "payer"),
                    text("{payer} pays, but there is no section [{section}]", payer=payer, section=section),
                )
            elif rule.item not in purse.items:
                yield (
                    ("cost_share", index, "item"),
                    text(
                        "{payer} may not pay for {item}; its items are {items}",
                        payer=payer,
                        item=rule.item,
                        items=", ".join(purse.items),
                    ),
                )
            elif rule.rule == "share" and rule.value is not None and rule.value > purse.part_ratio:
                yield (
                    ("cost_share", index, "value"),
                    text(
                        "{payer} would pay {value} of {item}; section [{section}] allows {part}",
                        payer=payer,
                        value=str(rule.value),
                        item=rule.item,
                        section=section,
                        part=str(purse.part_ratio),
                    ),
                )
    if fund is not None and fund.part_ratio >= 1:
        yield ("repair_fund", "part_ratio"), text("The repair fund pays only a part: less than 1")


def instalments_reach_the_whole(rules: Sequence[InstalmentRule]) -> Found:
    """The instalments of a payer add up to all he owes."""
    total: dict[Payer, Decimal] = defaultdict(Decimal)
    for rule in rules:
        total[rule.payer] += rule.share
    for index, rule in enumerate(rules):
        if total[rule.payer] != 1 and rule.payer not in [one.payer for one in rules[:index]]:
            yield (
                ("instalment", index, "share"),
                text(
                    "The instalments of {payer} add up to {total}, not to 1",
                    payer=rule.payer.value,
                    total=str(total[rule.payer]),
                ),
            )


def rewards_have_their_places(rewards: Sequence[RewardRule], city: City) -> Found:
    """Rewards name districts of the city, have their values, and do not overlap."""
    districts = {district.name_zh for district in city.district}
    yield from twice("city.district", [district.name_zh for district in city.district], "name")
    for index, reward in enumerate(rewards):
        if reward.district and (reward.level == "city" or reward.district not in districts):
            yield (
                ("reward", index, "district"),
                text(
                    "{district} is no district of the city that gives a district reward; known: {known}",
                    district=reward.district,
                    known=", ".join(sorted(districts)),
                ),
            )
        if (reward.rule in ("per_flat", "per_m2")) != (reward.value is not None):
            yield ("reward", index, "value"), text("Rules per_flat and per_m2 need a value, others take none")
        if (reward.rule == "formula") != (reward.formula is not None):
            yield (
                ("reward", index, "formula"),
                text("Rule formula needs a table [reward.formula], others take none"),
            )
    yield from overlaps("reward", rewards, [(reward.level, reward.district) for reward in rewards])


def cases_add_up(cases: Sequence[Case], rules: Sequence[CostShare], city: City) -> Found:
    """A hand sum shares items that have rules, and its payers pay the whole bill."""
    items = {rule.item for rule in rules}
    districts = {district.name_zh for district in city.district}
    for index, case in enumerate(cases):
        for position, line in enumerate(case.line):
            if line.item not in items:
                yield ("case", index, "line", position, "item"), _unshared(line.item, items)
        if case.district and case.district not in districts:
            yield (
                ("case", index, "district"),
                text(
                    "{district} is no district of the city; known: {known}",
                    district=case.district,
                    known=", ".join(sorted(districts)),
                ),
            )
        bill, paid = sum(line.cost_yuan for line in case.line), sum(case.expect_yuan.values())
        if bill != paid:
            yield (
                ("case", index, "expect_yuan"),
                text("The bill is {bill} yuan, its payers pay {paid}", bill=str(bill), paid=str(paid)),
            )
