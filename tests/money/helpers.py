"""Bills, facts and policies with other rules, for tests of money."""

from decimal import Decimal

from tests.policy.broken import fuxin_data

from fenhu.money import SharingFacts
from fenhu.policy import Policy
from fenhu.records import BillLine, OwnerKind


def bill_line(name, item, cost_fen, flat=""):
    """Return a bill line of one piece."""
    return BillLine(
        line=name,
        item=item,
        flat=flat,
        quantity=Decimal(1),
        unit="项",
        unit_price_yuan=Decimal(cost_fen) / 100,
        cost_fen=cost_fen,
    )


def facts(**given):
    """Return the facts of a municipal unit's building with two flats of 60 and 90 m²."""
    known = {
        "owner_kind": OwnerKind.MUNICIPAL,
        "level": "city",
        "flats": {"a": Decimal(60), "b": Decimal(90)},
    }
    return SharingFacts(**(known | given))


def rule(item, payer, order, kind, value=None, **more):
    """Return a cost share as it stands in a file."""
    entry = {
        "item": item,
        "payer": payer,
        "order": order,
        "rule": kind,
        "name": "则",
        "name_en": "rule",
        "clause": "x",
        **more,
    }
    return entry if value is None else entry | {"value": Decimal(value)}


def policy_with(*rules, **sections):
    """Return Fuxin's policy with other cost shares, and other sections where given."""
    changed = {"cost_share": tuple(rules), "case": (), **sections}
    return Policy.model_validate(fuxin_data() | changed)


def fund(part_ratio, *items):
    """Return a repair-fund section."""
    return {"items": items, "part_ratio": Decimal(part_ratio), "clause": "x"}
