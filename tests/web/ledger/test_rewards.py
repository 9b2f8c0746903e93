"""Rewards: proposed by accepted work, approved by finance, paid into the books (四（一）)."""

from decimal import Decimal

import pytest
from tests.web.cast import a_user
from tests.web.ledger.books import A_DAY, budgets, priced
from tests.web.works.steps import a_project, a_round, finished, fired

from fenhu.errors import Conflict, NotAllowed, WrongState
from fenhu.policy.paying import Deduction
from fenhu.programme import Role
from fenhu.records import Payer
from fenhu.web import clock
from fenhu.web.access import services as access
from fenhu.web.access.models import User
from fenhu.web.ledger import queries
from fenhu.web.ledger import services as ledger
from fenhu.web.ledger.billing import charged_fen
from fenhu.web.ledger.keys import owed
from fenhu.web.ledger.models import ContractBill, Purse, RewardProposal
from fenhu.web.ledger.posting import balance_fen
from fenhu.web.registry.models import Building
from fenhu.web.rules import current_policy
from fenhu.web.works import services as works

pytestmark = [pytest.mark.django_db, pytest.mark.data_layer]


@pytest.fixture(autouse=True)
def _in_june():
    with clock.on(A_DAY):
        yield


@pytest.fixture
def money(cast):
    """Let the district's finance bureau have somebody."""
    return a_user("district_money", Role.FINANCE, level="district", district="海州")


@pytest.fixture
def building(cast):
    building = Building.objects.get(code="A2")
    priced(building)
    budgets(building)
    return building


@pytest.fixture
def project(cast, building):
    """Return A2's conversion, finished; the district owes 540 yuan of its bill."""
    project = a_project(cast)
    finished(cast, project)
    return project


def accepted(cast, project):
    bureau = cast[Role.CITY_BUREAU]
    held = a_round(cast, project)
    works.fire(bureau, held, "pass", version=held.version)
    fired(bureau, project, "accept")
    return fired(cast[Role.HEAT_SUPPLIER], project, "use")


def drafted(cast):
    return ledger.draft_reward(cast[Role.DISTRICT_GOV], level="district", district="海州")


def step(actor, proposal, name, note=""):
    proposal.refresh_from_db()
    return works.fire(actor, proposal, name, version=proposal.version, note=note)


def paid(cast, money):
    proposal = drafted(cast)
    step(cast[Role.DISTRICT_GOV], proposal, "propose")
    step(money, proposal, "approve")
    return step(money, proposal, "pay")


def test_c4_1_nothing_is_proposed_for_works_that_are_not_accepted(cast, project):
    assert drafted(cast).items.count() == 0


def test_c4_1_an_accepted_building_gets_its_reward_and_the_figure_says_how(cast, project):
    accepted(cast, project)
    item = drafted(cast).items.get()
    # 3 yuan × 180 m².
    assert (item.payment_fen, item.round.number) == (540_00, 1)
    view = queries.reward_view(cast[Role.DISTRICT_GOV], item.proposal_id)
    assert "3" in view.items[0].steps[0].in_language("en")
    assert "180" in view.items[0].steps[0].in_language("en")


def test_c4_1_the_paid_reward_stands_in_the_books_and_the_building_is_rewarded(
    cast, project, building, money
):
    accepted(cast, project)
    paid(cast, money)
    project.refresh_from_db()
    assert project.state == "rewarded"
    assert balance_fen(owed(building, Payer.DISTRICT)) == 0
    groups = queries.money_desk(cast[Role.CITY_BUREAU], 2011).groups
    assert [one.spent_fen for one in groups if one.source == "district"] == [540_00]
    assert ledger.verify().faults == ()


def test_a_building_is_not_rewarded_before_its_reward_is_paid(cast, project, money):
    accepted(cast, project)
    with pytest.raises(WrongState, match=r"540\.00"):
        fired(money, project, "reward", "已付")


def test_c4_1_who_proposes_never_approves(cast, project):
    both = a_user("both", Role.DISTRICT_GOV, district="海州")
    access.grant(user=both, role=Role.FINANCE, level="district", district="海州")
    person = User.objects.get(username="both")
    accepted(cast, project)
    proposal = ledger.draft_reward(person, level="district", district="海州")
    step(person, proposal, "propose")
    with pytest.raises(NotAllowed):
        step(person, proposal, "approve")


def test_only_its_own_government_proposes_and_one_proposal_waits_at_a_time(cast, project):
    for who, level, district in (
        (Role.CITY_BUREAU, "district", "海州"), (Role.DISTRICT_GOV, "city", ""),
        (Role.DISTRICT_GOV, "district", "太平"), (Role.FINANCE, "city", ""),
    ):  # fmt: skip
        with pytest.raises(NotAllowed):
            ledger.draft_reward(cast[who], level=level, district=district)
    drafted(cast)
    with pytest.raises(Conflict):
        drafted(cast)


def test_finance_of_another_level_sees_no_proposal(cast, project):
    accepted(cast, project)
    proposal = drafted(cast)
    with pytest.raises(NotAllowed):
        step(cast[Role.FINANCE], proposal, "approve")


def test_a_revoked_acceptance_holds_the_payment_back_until_it_is_worked_out_again(cast, project, money):
    accepted(cast, project)
    proposal = drafted(cast)
    step(cast[Role.DISTRICT_GOV], proposal, "propose")
    step(money, proposal, "approve")
    fired(cast[Role.CITY_BUREAU], project, "revoke", "复验不合格")
    with pytest.raises(WrongState, match="1"):
        step(money, proposal, "pay")
    step(money, proposal, "return", "验收已撤销")
    ledger.rework_reward(cast[Role.DISTRICT_GOV], proposal)
    assert proposal.items.count() == 0


def test_a_reward_paid_for_a_revoked_acceptance_is_recovered_and_explained(cast, project, building, money):
    accepted(cast, project)
    paid(cast, money)
    fired(cast[Role.CITY_BUREAU], project, "revoke", "复验不合格")
    second = paid(cast, money)
    item = second.items.get()
    assert item.payment_fen == -540_00
    assert any("not accepted" in one for one in str(item.steps).split("pattern"))
    assert balance_fen(owed(building, Payer.DISTRICT)) == 540_00
    assert ledger.verify().faults == ()


def test_what_is_taken_off_the_reward_is_the_suppliers(cast, project, building, money, monkeypatch):
    policy = current_policy()
    tenth = Deduction.model_validate(
        {
            "name": "逾期",
            "name_en": "late",
            "evidence": "finished_late",
            "ratio": Decimal("0.1"),
            "clause": "x",
        }
    )
    changed = policy.model_copy(
        update={"rewards": tuple(one.model_copy(update={"deductions": (tenth,)}) for one in policy.rewards)}
    )
    monkeypatch.setattr("fenhu.web.ledger.rewarding.current_policy", lambda: changed)
    accepted(cast, project)
    type(project).objects.filter(pk=project.pk).update(late=True)
    paid(cast, money)
    # 540 − 54 = 486 by the district; the supplier's 130 becomes 184.
    charged = charged_fen(building)
    assert (charged[Payer.DISTRICT, ""], charged[Payer.SUPPLIER, ""]) == (486_00, 184_00)
    assert ContractBill.objects.get(building=building).withheld_fen == 54_00
    assert Purse.objects.filter(source="supplier").exists()
    assert ledger.verify().faults == ()


def test_a_paid_proposal_is_published_for_everybody_without_persons(cast, project, money):
    accepted(cast, project)
    proposal = paid(cast, money)
    assert queries.published_reward(proposal.pk) is None
    step(cast[Role.DISTRICT_GOV], proposal, "publish")
    assert queries.published_reward(proposal.pk).items[0].payment_fen == 540_00
    assert [row.id for row in queries.published_rewards()] == [proposal.pk]
    assert RewardProposal.objects.get().published_on == A_DAY
