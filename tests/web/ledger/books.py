"""A building with a price, for tests of money: A2 costs 1,000 yuan in round figures.

Each of its two flats: 100 yuan of material, by the household. Public material: 800 yuan. Fuxin's rules for a
district unit's building without a repair fund: the district's reward first, 3 yuan × 180 m² = 540; of the 260
left the owner unit and the supplier pay 130 each.
"""

from datetime import date

from fenhu.records import Payer, Source
from fenhu.web.registry import services as registry
from fenhu.web.works.models import BuildingOutcome, Study

FLATS = ("1-1-101", "1-2-201")
LINES = [
    ["m/1", "indoor_material", FLATS[0], "10", "m", "10", 100_00],
    ["m/2", "indoor_material", FLATS[1], "10", "m", "10", 100_00],
    ["p", "common_material", "", "80", "m", "10", 800_00],
]
SHARES = {"user": 200_00, "owner": 130_00, "supplier": 130_00, "district": 540_00}
DUE = {
    (Payer.USER, FLATS[0]): 100_00,
    (Payer.USER, FLATS[1]): 100_00,
    (Payer.OWNER, ""): 130_00,
    (Payer.SUPPLIER, ""): 130_00,
    (Payer.DISTRICT, ""): 540_00,
}


def priced(building):
    """Let the current study price the building."""
    study = Study.objects.filter(current=True).first() or Study.objects.create(
        policy_id="fuxin-2010",
        policy_version="1",
        policy_digest="0" * 64,
        register_digest="0" * 64,
        status="feasible",
        current=True,
    )
    return BuildingOutcome.objects.create(
        study=study,
        building=building,
        status="converged",
        priority=0.5,
        priority_class=True,
        bill=LINES,
        cost_fen=1_000_00,
        shares=SHARES,
        planned_year=2011,
    )


def budget(source, scope, yuan, year=2011):
    registry.set_budget(None, source=Source(source), scope=scope, year=year, amount_fen=yuan * 100)


def budgets(building, *, district=1_000, owner=1_000, supplier=1_000, year=2011):
    """Give everybody who pays for the building a budget, in yuan."""
    budget("district", building.district, district, year)
    budget("owner", building.owner.name, owner, year)
    budget("supplier", building.supplier.name, supplier, year)


A_DAY = date(2011, 6, 1)
