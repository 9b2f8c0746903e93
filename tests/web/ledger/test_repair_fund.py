"""The repair fund: voted on by the dated rule, applied for, approved, released in time (四（一）)."""

import pytest
from tests.web.ledger.books import A_DAY, FLATS, budget, priced
from tests.web.works.steps import a_project, contracted

from fenhu.errors import InputFault, NotAllowed, WrongState
from fenhu.programme import Role
from fenhu.records import Payer
from fenhu.web import clock
from fenhu.web.ledger import services as ledger
from fenhu.web.ledger.billing import charged_fen
from fenhu.web.ledger.keys import owed
from fenhu.web.ledger.posting import balance_fen
from fenhu.web.registry.models import Building
from fenhu.web.works import services as works
from fenhu.web.works.queries import worklist

pytestmark = [pytest.mark.django_db, pytest.mark.data_layer]


@pytest.fixture(autouse=True)
def _in_june():
    with clock.on(A_DAY):
        yield


@pytest.fixture
def building(cast):
    """Return A2 with 1,000 yuan in the fund: of 800 yuan of public material the fund may pay 240."""
    Building.objects.filter(code="A2").update(repair_fund_fen=1_000_00)
    building = Building.objects.get(code="A2")
    priced(building)
    budget("repair_fund", "", 5_000)
    return building


@pytest.fixture
def fund(cast, building):
    project = a_project(cast)
    contracted(cast, project)
    return ledger.open_fund(cast[Role.HEAT_SUPPLIER], project)


def step(actor, fund, name, note=""):
    fund.refresh_from_db()
    return works.fire(actor, fund, name, version=fund.version, note=note)


def voted(cast, fund, agree=FLATS, refuse=()):
    ledger.record_votes(cast[Role.HEAT_SUPPLIER], fund, agree=agree, refuse=refuse)
    return fund


def released(cast, fund):
    step(cast[Role.HEAT_SUPPLIER], voted(cast, fund), "apply")
    step(cast[Role.FINANCE], fund, "approve")
    return step(cast[Role.FINANCE], fund, "release")


def test_c2_5_three_tenths_of_the_public_part_come_from_the_fund(cast, fund, building):
    # 0.3 × 800 = 240; of the 560 left 540 are the district's reward, 20 are owner unit's and supplier's.
    due = charged_fen(building)
    assert (due[Payer.REPAIR_FUND, ""], due[Payer.DISTRICT, ""]) == (240_00, 540_00)
    assert due[Payer.OWNER, ""] + due[Payer.SUPPLIER, ""] == 20_00


def test_c2_5_nothing_is_applied_for_where_nothing_was_paid_in(cast):
    priced(Building.objects.get(code="A2"))
    project = a_project(cast)
    contracted(cast, project)
    with pytest.raises(WrongState):
        ledger.open_fund(cast[Role.HEAT_SUPPLIER], project)


def test_before_2021_two_thirds_of_all_owners_must_agree(cast, fund):
    with pytest.raises(WrongState, match="0"):
        step(cast[Role.HEAT_SUPPLIER], fund, "apply")
    voted(cast, fund, agree=FLATS[:1])
    with pytest.raises(WrongState, match="1"):
        step(cast[Role.HEAT_SUPPLIER], fund, "apply")
    voted(cast, fund)
    assert step(cast[Role.HEAT_SUPPLIER], fund, "apply").asked_fen == 240_00


def test_a_flat_votes_once_and_only_while_there_is_a_vote(cast, fund):
    with pytest.raises(InputFault):
        voted(cast, fund, agree=FLATS, refuse=FLATS[:1])
    with pytest.raises(InputFault):
        voted(cast, fund, agree=["9-9-999"])
    step(cast[Role.HEAT_SUPPLIER], voted(cast, fund), "apply")
    with pytest.raises(WrongState):
        voted(cast, fund)


def test_c4_1_the_release_pays_the_buildings_bill_out_of_the_fund(cast, fund, building):
    released(cast, fund)
    assert balance_fen(owed(building, Payer.REPAIR_FUND)) == 0
    assert ledger.verify().faults == ()


def test_c4_1_an_approved_release_waits_for_finance_with_its_day(cast, fund):
    step(cast[Role.HEAT_SUPPLIER], voted(cast, fund), "apply")
    step(cast[Role.FINANCE], fund, "approve")
    (item,) = [one for one in worklist(cast[Role.FINANCE]).items if one.kind == "fund"]
    # Ten working days after Wednesday 1 June 2011; Monday the 6th is the Dragon Boat Festival.
    assert item.due.isoformat() == "2011-06-16"


def test_c4_1_less_than_asked_for_leaves_the_rest_owed_by_the_fund(cast, fund, building):
    step(cast[Role.HEAT_SUPPLIER], voted(cast, fund), "apply")
    with pytest.raises(InputFault):
        ledger.grant_fund(cast[Role.FINANCE], fund, fen=240_01)
    ledger.grant_fund(cast[Role.FINANCE], fund, fen=200_00)
    step(cast[Role.FINANCE], fund, "approve")
    step(cast[Role.FINANCE], fund, "release")
    assert balance_fen(owed(building, Payer.REPAIR_FUND)) == 40_00


def test_the_applicant_never_decides_and_others_do_not_apply(cast, fund):
    voted(cast, fund)
    for who in (Role.FINANCE, Role.CITY_BUREAU, Role.COMMUNITY):
        with pytest.raises(NotAllowed):
            step(cast[who], fund, "apply")
    step(cast[Role.HEAT_SUPPLIER], fund, "apply")
    with pytest.raises(NotAllowed):
        step(cast[Role.HEAT_SUPPLIER], fund, "approve")


def test_what_was_released_and_not_used_is_given_back_before_the_application_closes(cast, fund, building):
    project = fund.project
    released(cast, fund)
    type(project).objects.filter(pk=project.pk).update(state="finished")
    project.refresh_from_db()
    # 70 m instead of 80 are built: 700 yuan, of which the fund pays 210.
    ledger.settle(cast[Role.HEAT_SUPPLIER], project, {"p": 70})
    with pytest.raises(WrongState, match=r"30\.00"):
        step(cast[Role.HEAT_SUPPLIER], fund, "close")
    ledger.refund(cast[Role.HEAT_SUPPLIER], building, payer=Payer.REPAIR_FUND, fen=30_00)
    step(cast[Role.HEAT_SUPPLIER], fund, "close")
    assert ledger.verify().faults == ()


def test_without_the_fund_the_others_carry_its_part_by_the_policys_rules(cast, fund, building):
    step(cast[Role.HEAT_SUPPLIER], fund, "drop", "业主未同意")
    due = charged_fen(building)
    assert (Payer.REPAIR_FUND, "") not in due
    # 800 − 540 reward = 260: halves of 130.
    assert (due[Payer.OWNER, ""], due[Payer.SUPPLIER, ""]) == (130_00, 130_00)
    assert ledger.verify().faults == ()
