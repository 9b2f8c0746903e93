"""Any rule table on any bill: exact, deterministic, blind to the order of the lines."""

import json
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st
from tests.money.helpers import bill_line, facts, fund, policy_with, rule

from fenhu.money import share_bill, shares_json
from fenhu.policy.checks.payments import (
    ceilings_have_their_limits,
    purses_stay_in_their_items,
    shares_reach_the_bill,
)
from fenhu.records import OwnerKind, Payer

ITEMS = ("pipe", "valve", "riser")
money = st.decimals(0, 5_000, places=2)
ratio = st.decimals(0, 1, places=3)


@st.composite
def rules_of(draw, item):
    """Return a rule table that a policy file may hold: purses and shares in any order, a firm remainder."""
    payers = draw(st.permutations(["user", "owner", "supplier", "repair_fund", "upper", "reward"]))
    payers = payers[: draw(st.integers(0, 6))]
    last = draw(st.sampled_from(["user", "owner", "supplier"]))
    room = Decimal(1)
    rules = []
    for order, payer in enumerate((one for one in payers if one != last), start=1):
        kinds = [
            "share",
            "rest",
            "per_flat",
            "per_m2",
            *(["available"] if payer in ("reward", "upper") else []),
        ]
        kind = draw(st.sampled_from(kinds))
        caps = draw(
            st.fixed_dictionaries({}, optional={"cap_yuan_per_flat": money, "cap_yuan_per_m2": money})
        )
        if kind in ("share", "rest"):
            value = min(
                draw(ratio), Decimal("0.5") if payer in ("repair_fund", "upper") else Decimal(1), room
            )
            room -= value if kind == "share" else 0
            rules.append(
                rule(item, payer, order, "share", value, of="cost" if kind == "share" else "rest", **caps)
            )
        else:
            value = None if kind == "available" else draw(money)
            rules.append(rule(item, payer, order, kind, value, **caps))
    instead = {"instead": "supplier"} if last == "owner" and draw(st.booleans()) else {}
    return [*rules, rule(item, last, 9, "remainder", **instead)]


@st.composite
def policies(draw):
    """Return Fuxin's policy with any rule table for three items."""
    tables = [one for item in ITEMS for one in draw(rules_of(item))]
    reward = {"level": "city", "name": "奖", "name_en": "reward", "rule": "per_flat", "value": draw(money),
              "from": fuxin_start(), "clause": "x"}  # fmt: skip
    return policy_with(
        *tables, repair_fund=fund("0.5", *ITEMS), grant=fund("0.5", *ITEMS), reward=(reward,),
        ceiling=draw(ceilings()),
    )  # fmt: skip


@st.composite
def ceilings(draw):
    """Return up to three ceilings over some of the items: of owner, reward and fund, the excess to others."""
    payers = draw(st.lists(st.sampled_from(["owner", "reward", "repair_fund"]), unique=True))
    return tuple(draw(one_ceiling(payer)) for payer in payers)


@st.composite
def one_ceiling(draw, payer):
    """Return a ceiling of one payer as it stands in a file."""
    limit = draw(st.sampled_from(["yuan_per_flat", "yuan_per_m2"]))
    items = draw(st.lists(st.sampled_from(ITEMS), min_size=1, unique=True))
    excess = {"excess": draw(st.sampled_from(["user", "supplier"]))} if payer == "owner" else {}
    named = {"name": "限", "name_en": "limit", "clause": "x"}
    return {"payer": payer, "items": tuple(items), limit: draw(money), **excess, **named}


def fuxin_start():
    """Return the day Fuxin's policy starts."""
    from fenhu.policy import load

    return load("fuxin-2010").valid_from


bills = st.lists(
    st.tuples(st.sampled_from(ITEMS), st.sampled_from(["", "a", "b"]), st.integers(0, 10**8)), max_size=12
).map(lambda rows: [bill_line(str(n), item, cost, flat) for n, (item, flat, cost) in enumerate(rows)])

buildings = st.fixed_dictionaries(
    {
        "repair_fund_fen": st.one_of(st.none(), st.integers(0, 10**7)),
        "grant_fen": st.one_of(st.none(), st.integers(0, 10**7)),
        "owner_exists": st.booleans(),
        "owner_kind": st.sampled_from([OwnerKind.MUNICIPAL, OwnerKind.CENTRAL]),
    }
).map(lambda given: facts(**given))


@given(policies())
def test_the_generated_tables_are_ones_a_file_may_hold(policy):
    assert list(shares_reach_the_bill(policy.cost_shares)) == []
    assert list(purses_stay_in_their_items(policy.cost_shares, policy.repair_fund, policy.grant)) == []
    assert list(ceilings_have_their_limits(policy.ceilings, policy.cost_shares)) == []


@given(policies(), bills, buildings)
def test_every_line_and_the_bill_are_split_exactly(policy, bill, building):
    shared = share_bill(bill, policy, building)
    for line, of_line in zip(bill, shared.lines, strict=True):
        assert sum(of_line.shares.values()) == line.cost_fen
        assert all(fen > 0 for fen in of_line.shares.values())
    assert sum(shared.total.values()) == sum(line.cost_fen for line in bill)
    assert shared == share_bill(bill, policy, building)


@given(policies(), bills, buildings, st.randoms(use_true_random=False))
def test_the_order_of_the_lines_changes_no_line(policy, bill, building, random):
    shuffled = list(bill)
    random.shuffle(shuffled)
    by_name = {line.line: line for line in share_bill(shuffled, policy, building).lines}
    assert [by_name[line.line] for line in bill] == list(share_bill(bill, policy, building).lines)


@given(policies(), bills, buildings)
def test_no_purse_gives_more_than_it_holds(policy, bill, building):
    total = share_bill(bill, policy, building).total
    assert total[Payer.REPAIR_FUND] <= (building.repair_fund_fen or 0)
    assert total[Payer.UPPER] <= (building.grant_fen or 0)
    assert total[Payer.DISTRICT] == 0
    assert total[Payer.CITY] <= policy.rewards[0].value * 100 * len(building.flats)


@given(policies(), bills, buildings)
def test_fund_and_grant_pay_at_most_their_part_of_every_item(policy, bill, building):
    shared = share_bill(bill, policy, building)
    for payer in (Payer.REPAIR_FUND, Payer.UPPER):
        for item in ITEMS:
            cost = sum(line.cost_fen for line in bill if line.item == item)
            lines = zip(bill, shared.lines, strict=True)
            given_fen = sum(of.shares.get(payer, 0) for line, of in lines if line.item == item)
            assert given_fen <= cost / 2


@given(policies(), bills, buildings)
def test_the_json_names_every_payer_and_sums(policy, bill, building):
    answer = json.loads(json.dumps(shares_json(share_bill(bill, policy, building))))
    assert set(answer["total"]) == {"user", "owner", "supplier", "repair_fund", "city", "district", "upper"}
    assert sum(answer["total"].values()) == sum(line.cost_fen for line in bill)
    assert [sum(line["shares"].values()) for line in answer["lines"]] == [line.cost_fen for line in bill]
