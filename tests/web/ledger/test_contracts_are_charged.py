"""Contracts charge their payers; the books say at every step what the bill says."""

import pytest
from tests.web.ledger.books import DUE, FLATS, budgets, priced
from tests.web.works.steps import a_project, consented, fired

from fenhu.programme import Role
from fenhu.records import Payer
from fenhu.web.ledger import services as ledger
from fenhu.web.ledger.billing import charged_fen
from fenhu.web.ledger.models import Posting, Transfer
from fenhu.web.registry.models import Building
from fenhu.web.works import services

pytestmark = [pytest.mark.django_db, pytest.mark.data_layer]


@pytest.fixture
def project(cast):
    building = Building.objects.get(code="A2")
    priced(building)
    budgets(building)
    return consented(cast, a_project(cast))


def sign(cast, project, *flats):
    services.sign_contracts(cast[Role.HEAT_SUPPLIER], project, {flat: f"HT-{flat}" for flat in flats})


def test_c3_3_a_household_that_signs_owes_its_part_and_nobody_else_does(cast, project):
    sign(cast, project, FLATS[0])
    assert charged_fen(project.building) == {(Payer.USER, FLATS[0]): 100_00}
    assert ledger.verify().valid


def test_c2_5_complete_contracts_charge_the_whole_bill_to_the_fen(cast, project):
    sign(cast, project, *FLATS)
    fired(cast[Role.HEAT_SUPPLIER], project, "contract")
    assert charged_fen(project.building) == DUE
    assert ledger.verify().faults == ()


def test_a_flat_that_never_signs_is_not_charged_and_its_lines_are_nobodys(cast, project):
    services.record_answers(
        cast[Role.COMMUNITY],
        project,
        [services.Answer(flat=FLATS[1], agrees=False, reason="不愿意")],
        how="door",
    )
    sign(cast, project, FLATS[0])
    fired(cast[Role.HEAT_SUPPLIER], project, "contract")
    assert charged_fen(project.building) == {key: fen for key, fen in DUE.items() if key[1] != FLATS[1]}
    assert ledger.verify().valid


def test_a_bill_keeps_its_prices_when_the_study_prices_anew(cast, project):
    sign(cast, project, FLATS[0])
    outcome = project.building.outcomes.get()
    outcome.bill = [[*line[:5], "99", line[6] * 9] for line in outcome.bill]
    outcome.save()
    sign(cast, project, FLATS[1])
    fired(cast[Role.HEAT_SUPPLIER], project, "contract")
    assert charged_fen(project.building) == DUE


def test_nothing_is_charged_where_no_price_is_known_and_all_of_it_once_there_is(cast):
    project = consented(cast, a_project(cast))
    sign(cast, project, *FLATS)
    fired(cast[Role.HEAT_SUPPLIER], project, "contract")
    assert not Transfer.objects.filter(building=project.building).exists()
    priced(project.building)
    ledger.bill_now(cast[Role.HEAT_SUPPLIER], project)
    assert charged_fen(project.building) == DUE
    assert ledger.verify().valid


def test_a_withdrawn_building_is_charged_nothing_and_holds_no_purse(cast, project):
    sign(cast, project, *FLATS)
    fired(cast[Role.HEAT_SUPPLIER], project, "contract")
    fired(cast[Role.CITY_BUREAU], project, "withdraw", "另行安排")
    assert charged_fen(project.building) == {}
    held = Posting.objects.filter(account__purse__isnull=False, transfer__building=project.building)
    assert sum(row.amount_fen for row in held) == 0
    assert ledger.verify().faults == ()
