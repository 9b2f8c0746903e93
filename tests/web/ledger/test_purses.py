"""Purses by year: allocated, committed by plans, contracted, spent, never more than there is."""

import pytest
from tests.web.ledger.books import FLATS, budget, budgets, priced
from tests.web.works.steps import a_project, consented, contracted, fired

from fenhu.errors import NotAllowed, WrongState
from fenhu.money.accounts import AccountKind, TransferKind
from fenhu.programme import Role
from fenhu.records import Payer
from fenhu.web.ledger import services as ledger
from fenhu.web.ledger.keys import stage
from fenhu.web.ledger.models import Purse, Transfer
from fenhu.web.ledger.posting import balance_fen
from fenhu.web.registry.models import Budget, Building
from fenhu.web.works import services
from fenhu.web.works.models import Project

pytestmark = [pytest.mark.django_db, pytest.mark.data_layer]
FREE, COMMITTED = AccountKind.FREE, AccountKind.COMMITTED
CONTRACTED, SPENT = AccountKind.CONTRACTED, AccountKind.SPENT


@pytest.fixture
def building(cast):
    building = Building.objects.get(code="A2")
    priced(building)
    return building


def purse(source, year=2011):
    return Purse.objects.get(source=source, year=year)


def stages(source, year=2011):
    """Return what a purse holds in yuan: free, committed, contracted, spent."""
    held = [balance_fen(stage(purse(source, year), kind)) for kind in (FREE, COMMITTED, CONTRACTED, SPENT)]
    return tuple(fen // 100 for fen in held)


def test_a_budget_of_the_register_stands_in_its_purse_and_a_change_is_posted(cast):
    assert stages("city", 2010) == (1_000_000, 0, 0, 0)
    budget("city", "", 900_000, 2010)
    assert stages("city", 2010) == (900_000, 0, 0, 0)
    assert Transfer.objects.filter(kind=TransferKind.ALLOCATE).count() == 2
    assert ledger.verify().valid


def test_c3_2_an_approved_plan_commits_its_buildings_money(cast, building):
    budgets(building)
    a_project(cast)
    assert stages("district") == (460, 540, 0, 0)
    assert stages("owner") == (870, 130, 0, 0)


def test_c3_2_a_plan_over_the_purse_is_refused_with_the_figure_and_nothing_happens(cast, building):
    budgets(building, district=500)
    with pytest.raises(WrongState, match=r"500\.00.*540\.00.*40\.00"):
        a_project(cast)
    assert not Project.objects.filter(building=building).exists()
    assert stages("district") == (500, 0, 0, 0)
    assert ledger.verify().valid


def test_signed_contracts_turn_committed_money_into_contracted(cast, building):
    budgets(building)
    contracted(cast, a_project(cast))
    assert stages("district") == (460, 0, 540, 0)
    assert stages("supplier") == (870, 0, 130, 0)


def test_what_a_contract_does_not_need_of_its_commitment_is_free_again(cast, building):
    budgets(building)
    project = consented(cast, a_project(cast))
    outcome = building.outcomes.get()
    # Public material 700 instead of 800: the reward gives 540, owner and supplier 80 each.
    outcome.bill = [*outcome.bill[:2], ["p", "common_material", "", "70", "m", "10", 700_00]]
    outcome.save()
    services.sign_contracts(cast[Role.HEAT_SUPPLIER], project, {flat: f"HT-{flat}" for flat in FLATS})
    fired(cast[Role.HEAT_SUPPLIER], project, "contract")
    assert stages("owner") == (920, 0, 80, 0)


def test_money_of_earlier_years_is_fetched_where_the_policy_lets_it_be_carried_over(cast, building):
    budgets(building, owner=100)
    budget("owner", building.owner.name, 50, 2010)
    a_project(cast)
    assert stages("owner", 2010) == (20, 0, 0, 0)
    assert stages("owner") == (0, 130, 0, 0)


def test_reward_money_of_earlier_years_is_not_carried_over(cast, building):
    budgets(building, district=500)
    budget("district", building.district, 500, 2010)
    with pytest.raises(WrongState, match=r"500\.00.*540\.00"):
        a_project(cast)


def test_a_purse_cannot_be_cut_below_what_is_promised(cast, building):
    budgets(building)
    contracted(cast, a_project(cast))
    with pytest.raises(WrongState, match=r"460\.00.*600\.00.*140\.00"):
        budget("district", building.district, 400)
    assert Budget.objects.get(source="district", year=2011).amount_fen == 1_000_00


def test_a_source_without_any_budget_is_not_limited(cast, building):
    contracted(cast, a_project(cast))
    assert not Purse.objects.filter(source="district").exists()
    assert ledger.verify().valid


def test_a_payment_spends_what_was_contracted_and_no_more(cast, building):
    budgets(building)
    contracted(cast, a_project(cast))
    supplier = cast[Role.HEAT_SUPPLIER]
    ledger.receive(supplier, building, payer=Payer.OWNER, fen=50_00, way="bank", reference="N1")
    assert stages("owner") == (870, 0, 80, 50)
    with pytest.raises(WrongState, match=r"80\.00.*80\.01"):
        ledger.receive(supplier, building, payer=Payer.OWNER, fen=80_01, way="bank", reference="N2")


def test_finance_alone_fills_a_purse_of_its_own_level(cast, building):
    budgets(building)
    ledger.set_budget(cast[Role.FINANCE], purse("city", 2010), amount_fen=5_00)
    assert stages("city", 2010) == (5, 0, 0, 0)
    for who, source in (
        (Role.FINANCE, "district"),
        (Role.HEAT_SUPPLIER, "district"),
        (Role.CITY_BUREAU, "district"),
    ):
        with pytest.raises(NotAllowed):
            ledger.set_budget(cast[who], purse(source), amount_fen=5_00)


def test_reward_money_nobody_asked_for_lapses_at_the_end_of_its_year(cast):
    assert ledger.let_lapse(cast[Role.FINANCE], purse("city", 2010)) == 1_000_000_00
    assert stages("city", 2010) == (0, 0, 0, 0)
    assert ledger.verify().valid
