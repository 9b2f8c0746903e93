"""Mains of a branch in the books (clauses 二（五）, 四（一）): one building's bill carries them, once.

The branch 一支 of A2 needs mains of 10,000 yuan. A2's own bill asks 130 yuan of its supplier.
"""

import pytest
from tests.web.cast import a_user
from tests.web.ledger.books import DUE, FLATS, budget, budgets, priced
from tests.web.ledger.test_purses import stages
from tests.web.works.steps import a_project, consented, contracted, fired

from fenhu.errors import InputFault, NotAllowed, WrongState
from fenhu.programme import Role
from fenhu.records import Payer
from fenhu.web import clock
from fenhu.web.ledger import mains
from fenhu.web.ledger import services as ledger
from fenhu.web.ledger.billing import charged_fen
from fenhu.web.ledger.models import BranchMains, ContractBill
from fenhu.web.registry.models import Building, Cluster
from fenhu.web.registry.queries import branches_without_mains
from fenhu.web.rules import current_policy
from fenhu.web.works import services

pytestmark = [pytest.mark.django_db, pytest.mark.data_layer]
COST = 10_000_00


@pytest.fixture
def building(cast):
    building = Building.objects.get(code="A2")
    Building.objects.filter(supplier=building.supplier).update(cluster="一支", main_ready=False)
    Cluster.objects.create(
        cluster="一支", district=building.district, supplier=building.supplier, mains_fen=COST, mobilise_fen=0
    )
    priced(building)
    building.refresh_from_db()
    return building


def purses(building, *, supplier, upper):
    """Give the supplier and project money so many yuan."""
    budgets(building, supplier=supplier)
    if upper is not None:
        budget("upper", "", upper)


def test_project_money_gives_what_the_suppliers_purse_lacks(cast, building):
    # 6,000 − 130 of the building leave 5,870; 4,130 of the mains are lacking.
    purses(building, supplier=6_000, upper=9_000)
    a_project(cast)
    assert stages("supplier") == (0, 6_000, 0, 0)
    assert stages("upper") == (4_870, 4_130, 0, 0)
    assert ledger.verify().valid


def test_c2_5_project_money_never_pays_more_than_its_share_of_the_mains(cast, building):
    # Seven tenths are 7,000: the other 3,000 and 130 are the supplier's, who has 1,000.
    purses(building, supplier=1_000, upper=9_000)
    with pytest.raises(WrongState, match=r"3,130\.00|3,000\.00"):
        a_project(cast)
    assert stages("supplier") == (1_000, 0, 0, 0)
    assert not BranchMains.objects.exists()


def test_project_money_leaves_the_purse_enough_for_its_own_part_of_every_branch(building):
    # The purse has 8,000 of 20,000: project money pays 7,000 (its most) and 5,000, the purse 3,000 and 5,000.
    Building.objects.filter(code="A1").update(cluster="二支")
    Cluster.objects.create(
        cluster="二支", district=building.district, supplier=building.supplier, mains_fen=COST, mobilise_fen=0
    )
    purses(building, supplier=8_000, upper=20_000)
    opened = mains.take_up(Building.objects.filter(code__in=("A1", "A2")).order_by("code"), 2011)
    mains.promise(opened, current_policy())
    paid = [mains.shares_for(one.building, current_policy()) for one in opened]
    assert paid == [
        {Payer.UPPER: 7_000_00, Payer.SUPPLIER: 3_000_00}, {Payer.UPPER: 5_000_00, Payer.SUPPLIER: 5_000_00},
    ]  # fmt: skip


def test_without_project_money_the_supplier_lays_the_mains(cast, building):
    purses(building, supplier=20_000, upper=None)
    a_project(cast)
    assert stages("supplier") == (9_870, 10_130, 0, 0)


def test_the_contract_bill_of_one_building_carries_the_mains(cast, building):
    purses(building, supplier=6_000, upper=9_000)
    contracted(cast, a_project(cast))
    owed = charged_fen(building)
    assert owed[Payer.UPPER, ""] == 4_130_00
    assert owed[Payer.SUPPLIER, ""] == 130_00 + 5_870_00
    assert sum(owed.values()) == sum(DUE.values()) + COST
    assert stages("supplier") == (0, 0, 6_000, 0)
    assert ledger.verify().faults == ()


def test_a_branch_that_needs_no_mains_stands_in_no_bill(cast, building):
    Cluster.objects.update(mains_fen=0)
    purses(building, supplier=6_000, upper=9_000)
    contracted(cast, a_project(cast))
    assert charged_fen(building) == DUE
    assert not BranchMains.objects.exists()


def test_only_branches_whose_mains_are_not_in_place_need_them(building):
    assert [(one.cluster, first) for one, first in branches_without_mains([building])] == [("一支", building)]
    building.main_ready = True
    assert branches_without_mains([building]) == []


def test_a_building_signed_outside_a_plan_s_commitments_takes_them_up_with_its_bill(cast, building):
    purses(building, supplier=6_000, upper=9_000)
    project = consented(cast, a_project(cast))
    BranchMains.objects.all().delete()
    services.sign_contracts(cast[Role.HEAT_SUPPLIER], project, {FLATS[0]: "HT-1"})
    assert ContractBill.objects.get().lines[-1][1] == "mains"
    assert BranchMains.objects.get().building == building


def test_a_withdrawn_building_leaves_the_mains_to_the_next(cast, building):
    purses(building, supplier=6_000, upper=9_000)
    project = contracted(cast, a_project(cast))
    project.refresh_from_db()
    fired(cast[Role.CITY_BUREAU], project, "withdraw", "居民撤回")
    assert not BranchMains.objects.exists()
    assert stages("supplier") == (6_000, 0, 0, 0)
    assert stages("upper") == (9_000, 0, 0, 0)
    assert ledger.verify().valid


@pytest.fixture
def laid(cast, building):
    purses(building, supplier=6_000, upper=9_000)
    project = contracted(cast, a_project(cast))
    project.refresh_from_db()
    return project


@pytest.fixture
def finance(cast):
    """Let the district's finance bureau have somebody."""
    return a_user("district_money", Role.FINANCE, level="district", district="海州")


def release(actor, project, yuan):
    return ledger.release_grant(actor, project.building, project, fen=yuan * 100, reference="BK-1")


def test_c2_5_project_money_is_released_for_mains_in_place_and_never_more(cast, finance, laid):
    with pytest.raises(WrongState):
        release(finance, laid, 4_130)
    project = services.lay_mains(cast[Role.HEAT_SUPPLIER], laid, on=clock.today())
    with pytest.raises(InputFault, match=r"4,130\.00"):
        release(finance, project, 4_131)
    assert release(finance, project, 4_130).amount_fen == 4_130_00
    assert stages("upper") == (4_870, 0, 0, 4_130)
    assert ledger.verify().valid


def test_only_the_finance_bureau_that_answers_releases_project_money(cast, laid):
    for role in (Role.HEAT_SUPPLIER, Role.CITY_BUREAU, Role.DISTRICT_GOV, Role.FINANCE):
        with pytest.raises(NotAllowed):
            release(cast[role], laid, 1)


def test_project_money_is_released_on_the_page_of_the_building_s_money(client, cast, finance, laid):
    services.lay_mains(cast[Role.HEAT_SUPPLIER], laid, on=clock.today())
    client.force_login(finance)
    page = client.get("/buildings/A2/money/").content.decode()
    assert 'id="release"' in page
    assert "主管网" in page
    assert client.post("/buildings/A2/money/release/", {"yuan": "30"}).status_code == 302
    assert stages("upper") == (4_870, 0, 4_100, 30)
