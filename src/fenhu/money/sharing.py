"""Cost shares applied to a bill (clause 二（五）).

The lines of one item and one flat (or of one item of the public part) form a group, so that a fixed sum or a
cap per flat holds for the flat and not for every line. Within a group the policy's rules take their parts in
order; what the repair fund, grants and the reward give is bounded by one purse for the whole building and
divided between the groups in proportion to what they could use. Ceilings bound a payer over several items;
what lies above them goes to the payer they name. Groups and lines are worked in the order of
their names, so the order of the bill changes nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from fenhu.errors import InputFault, OutOfRange, UnknownItem
from fenhu.money.ceilings import Part, within
from fenhu.money.facts import SharingFacts
from fenhu.money.fen import split_fen
from fenhu.money.reward import reward
from fenhu.policy import Ceiling, CostShare, Policy
from fenhu.records import BillLine, LineShares, Payer, SharedBill
from fenhu.wording import text

_PURSES = ("repair_fund", "upper", "reward")
Draws = dict[tuple["_Group", str], int]


@dataclass(frozen=True, slots=True, eq=False)
class _Group:
    """The lines of one item and one flat, with the rules that share them."""

    item: str
    flat: str
    lines: tuple[BillLine, ...]
    rules: tuple[CostShare, ...]

    @property
    def cost_fen(self) -> int:
        return sum(line.cost_fen for line in self.lines)


def share_bill(lines: Sequence[BillLine], policy: Policy, facts: SharingFacts) -> SharedBill:
    """Return who pays each line of a bill; shares sum to every line and totals to the bill.

    Parameters
    ----------
    lines
        The bill; line names are unique, costs not negative.
    policy
        Whose cost shares hold.
    facts
        What is known of the building.

    Returns
    -------
    SharedBill
        Lines in the bill's order. ``rule`` is the item whose rules ``policy.shares_of`` gives.

    Raises
    ------
    UnknownItem
        If no rule says who pays an item, or a rule counts square metres and an area is not known.
    InputFault
        If a line name appears twice or a cost is negative.
    """
    groups = _groups(lines, policy)
    draws = _draws(groups, policy, facts)
    taken = {group: _take(group, draws, facts) for group in groups}
    for ceiling in policy.ceilings:
        _keep_below(ceiling, taken, facts)
    shared: dict[str, LineShares] = {}
    for group, take in taken.items():
        shared.update(_line_shares(group, _whole_fen(group, take.amounts), take.rules))
    in_order = tuple(shared[line.line] for line in lines)
    total = {payer: sum(line.shares.get(payer, 0) for line in in_order) for payer in Payer}
    return SharedBill(lines=in_order, total=total)


def _groups(lines: Sequence[BillLine], policy: Policy) -> list[_Group]:
    by_key: dict[tuple[str, str], list[BillLine]] = defaultdict(list)
    names = set()
    for line in lines:
        if line.line in names:
            raise InputFault(
                text("Bill line {line} appears twice; give every line its own name", line=line.line)
            )
        if line.cost_fen < 0:
            raise OutOfRange(
                text(
                    "Bill line {line} costs {cost} fen; a cost is not negative",
                    line=line.line,
                    cost=line.cost_fen,
                )
            )
        names.add(line.line)
        by_key[line.item, line.flat].append(line)
    rules = {item: policy.shares_of(item) for item, _ in by_key}
    for item, of_item in rules.items():
        if not of_item:
            known = sorted({rule.item for rule in policy.cost_shares})
            raise UnknownItem(
                text(
                    "Policy {policy} does not say who pays {item}; known items: {known}",
                    policy=policy.id,
                    item=item,
                    known=", ".join(known),
                )
            )
    return [
        _Group(item, flat, tuple(sorted(by_key[item, flat], key=lambda line: line.line)), rules[item])
        for item, flat in sorted(by_key)
    ]


def _draws(groups: Sequence[_Group], policy: Policy, facts: SharingFacts) -> Draws:
    """Return what each purse gives each group, in whole fen and never more than the purse holds."""
    draws: Draws = {}
    for purse in _PURSES:
        users = [group for group in groups if any(rule.payer == purse for rule in group.rules)]
        wanted = _below_ceilings(purse, users, draws, policy, facts)
        held = _held(purse, policy, facts) if users else 0
        given = wanted if sum(wanted) <= held else split_fen(held, wanted)
        draws.update({(group, purse): fen for group, fen in zip(users, given, strict=True)})
    return draws


def _below_ceilings(
    purse: str, groups: Sequence[_Group], draws: Draws, policy: Policy, facts: SharingFacts
) -> list[int]:
    """Return the most every group could use of a purse within the purse's ceilings."""
    wanted = [_wanted(group, purse, draws, policy, facts) for group in groups]
    for ceiling in policy.ceilings:
        if ceiling.payer == purse:
            parts = [Part(one.item, one.flat, Fraction(fen)) for one, fen in zip(groups, wanted, strict=True)]
            wanted = [int(fen) for fen in within(ceiling, parts, facts)]
    return wanted


def _held(purse: str, policy: Policy, facts: SharingFacts) -> int:
    if purse == "repair_fund":
        return facts.repair_fund_fen or 0
    if purse == "upper":
        return facts.grant_fen or 0
    return reward(policy, facts).fen if facts.rewarded else 0


def _wanted(group: _Group, purse: str, draws: Draws, policy: Policy, facts: SharingFacts) -> int:
    """Return the most a group could use of a purse after what earlier purses give it."""
    section = {"repair_fund": policy.repair_fund, "upper": policy.grant}.get(purse)
    most = Fraction(group.cost_fen) * (Fraction(section.part_ratio) if section else 1)
    rest = Fraction(group.cost_fen)
    for rule in group.rules:
        if rule.payer == purse:
            return int(min(most, _part(rule, group, rest, facts)))
        rest -= _amount(rule, group, rest, draws, facts)
    return 0


@dataclass(slots=True)
class _Take:
    """What every payer takes of a group, exactly, and the rules it rests on."""

    amounts: dict[Payer, Fraction]
    rules: list[CostShare | Ceiling]


def _take(group: _Group, draws: Draws, facts: SharingFacts) -> _Take:
    amounts: dict[Payer, Fraction] = defaultdict(Fraction)
    taking: list[CostShare | Ceiling] = []
    rest = Fraction(group.cost_fen)
    for rule in group.rules:
        amount = _amount(rule, group, rest, draws, facts)
        if amount:
            amounts[_payer(rule, facts)] += amount
            taking.append(rule)
        rest -= amount
    return _Take(amounts, taking or list(group.rules))


def _keep_below(ceiling: Ceiling, taken: Mapping[_Group, _Take], facts: SharingFacts) -> None:
    """Move what lies above a ceiling from its payer to the one who pays the excess."""
    if ceiling.excess is None:
        return
    payer, excess = Payer(ceiling.payer), Payer(ceiling.excess)
    groups = [group for group, take in taken.items() if take.amounts.get(payer)]
    parts = [Part(group.item, group.flat, taken[group].amounts[payer]) for group in groups]
    for group, part, kept in zip(groups, parts, within(ceiling, parts, facts), strict=True):
        if kept < part.fen:
            take = taken[group]
            take.amounts[payer] = kept
            take.amounts[excess] += part.fen - kept
            take.rules.append(ceiling)


def _amount(rule: CostShare, group: _Group, rest: Fraction, draws: Draws, facts: SharingFacts) -> Fraction:
    if rule.payer in _PURSES:
        return min(rest, Fraction(draws.get((group, rule.payer), 0)))
    return _part(rule, group, rest, facts)


def _part(rule: CostShare, group: _Group, rest: Fraction, facts: SharingFacts) -> Fraction:
    """Return what a rule asks of its payer, at most what is left and what its caps allow."""
    most = rest
    if rule.cap_yuan_per_flat is not None:
        most = min(most, _fen(rule.cap_yuan_per_flat) * _flat_count(group, facts))
    if rule.cap_yuan_per_m2 is not None:
        most = min(most, _fen(rule.cap_yuan_per_m2) * _area_m2(group, facts))
    value = rule.value or Decimal(0)
    match rule.rule:
        case "share":
            asked = Fraction(value) * (rest if rule.of == "rest" else group.cost_fen)
        case "per_flat":
            asked = _fen(value) * _flat_count(group, facts)
        case "per_m2":
            asked = _fen(value) * _area_m2(group, facts)
        case "available" | "remainder":
            asked = rest
    return min(asked, most)


def _fen(yuan: Decimal) -> Fraction:
    return Fraction(yuan) * 100


def _flat_count(group: _Group, facts: SharingFacts) -> int:
    if group.flat:
        return 1
    if not facts.flats:
        raise UnknownItem(
            text(
                "{item} is shared by flats and the bill names none; add a line for each, even of cost 0",
                item=group.item,
            )
        )
    return len(facts.flats)


def _area_m2(group: _Group, facts: SharingFacts) -> Fraction:
    area_m2 = facts.flats.get(group.flat) if group.flat else facts.area_m2
    if area_m2 is None:
        raise UnknownItem(
            text(
                "{item} is shared by square metres and the area of {place} is not known; give the area",
                item=group.item,
                place=group.flat or text("the building"),
            )
        )
    return Fraction(area_m2)


def _payer(rule: CostShare, facts: SharingFacts) -> Payer:
    if rule.payer == "reward":
        return Payer(facts.level)
    if rule.payer == "owner" and not facts.owner_exists and rule.instead:
        return Payer(rule.instead)
    return Payer(rule.payer)


def _whole_fen(group: _Group, amounts: Mapping[Payer, Fraction]) -> dict[Payer, int]:
    amounts = {payer: fen for payer, fen in amounts.items() if fen}
    if len(amounts) == 1:
        return dict.fromkeys(amounts, group.cost_fen)
    payers = [payer for payer in Payer if payer in amounts]
    parts = split_fen(group.cost_fen, [amounts[payer] for payer in payers])
    return dict(zip(payers, parts, strict=True))


def _line_shares(
    group: _Group, of_group: Mapping[Payer, int], taking: Sequence[CostShare | Ceiling]
) -> dict[str, LineShares]:
    """Return the shares of a group's lines with the clauses they rest on."""
    clause = "、".join(dict.fromkeys(rule.clause for rule in taking if rule.clause))
    assumed = any(rule.assumed for rule in taking)
    return {
        line.line: LineShares(
            line=line.line,
            shares={payer: fen for payer, fen in of_line.items() if fen},
            rule=group.item,
            clause=clause,
            assumed=assumed,
        )
        for line, of_line in _by_line(group.lines, of_group)
    }


def _by_line(
    lines: Sequence[BillLine], of_group: Mapping[Payer, int]
) -> Iterator[tuple[BillLine, Mapping[Payer, int]]]:
    """Yield every line's split by what the payers still owe of the group, so that both sums are exact."""
    owed = of_group
    for line in lines:
        of_line = owed
        if line is not lines[-1]:
            parts = split_fen(line.cost_fen, tuple(owed.values()))
            of_line = dict(zip(owed, parts, strict=True))
        yield line, of_line
        owed = {payer: fen - of_line[payer] for payer, fen in owed.items()}
