"""Whatever offices do with money, in whatever order: the books balance and no purse is overdrawn."""

import pytest
from django.db import transaction
from django.test import TestCase
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)
from tests.web.cast import everybody
from tests.web.ledger.books import A_DAY, FLATS, LINES, budget, budgets, priced
from tests.web.works.steps import a_project, consented, contracted, finished

from fenhu.errors import FenhuError
from fenhu.money.accounts import PURSE_STAGES
from fenhu.programme import Role
from fenhu.records import Payer
from fenhu.web import clock
from fenhu.web.ledger import services as ledger
from fenhu.web.ledger.models import Account, Receipt, Transfer
from fenhu.web.registry.models import Building
from fenhu.web.works import services as works

FEN = st.integers(1, 700_00)
# Every run plays a whole conversion: finding a smaller failure would take minutes.
NO_SHRINKING = (Phase.explicit, Phase.reuse, Phase.generate)


class Offices(RuleBasedStateMachine):
    """Anybody does anything; what is refused changes nothing."""

    the_cast = None

    @initialize(far=st.sampled_from([consented, contracted, finished]), limited=st.booleans())
    def a_building_on_its_way(self, far, limited):
        self.cast, self.point = self.the_cast, transaction.savepoint()
        self.building = Building.objects.get(code="A2")
        priced(self.building)
        if limited:
            budgets(self.building, district=545, owner=200, supplier=160)
        self.project = a_project(self.cast)
        far(self.cast, self.project)
        self.project.refresh_from_db()
        self.flats = {flat.flat_id: flat for flat in self.building.flats.all()}

    def do(self, verb, *args, **kwargs):
        before = Transfer.objects.count()
        try:
            with transaction.atomic():
                verb(*args, **kwargs)
        except FenhuError:
            assert Transfer.objects.count() == before

    @rule(flat=st.sampled_from(FLATS), fen=FEN, number=st.integers(0, 3))
    def a_household_pays(self, flat, fen, number):
        reference = f"N{number}" if number else ""
        self.do(
            ledger.receive,
            self.cast[Role.HEAT_SUPPLIER],
            self.building,
            payer=Payer.USER,
            fen=fen,
            way="bank",
            flat=self.flats[flat],
            reference=reference,
        )

    @rule(payer=st.sampled_from([Payer.OWNER, Payer.SUPPLIER]), fen=FEN)
    def an_office_pays(self, payer, fen):
        self.do(
            ledger.receive, self.cast[Role.HEAT_SUPPLIER], self.building, payer=payer, fen=fen, way="bank"
        )

    @rule(flat=st.sampled_from(FLATS), fen=FEN)
    def a_household_gets_something_back(self, flat, fen):
        self.do(
            ledger.refund,
            self.cast[Role.HEAT_SUPPLIER],
            self.building,
            payer=Payer.USER,
            fen=fen,
            flat=self.flats[flat],
        )

    @rule(place=st.integers(0, 5))
    def a_payment_is_taken_back(self, place):
        receipts = list(Receipt.objects.order_by("pk"))
        if receipts:
            self.do(ledger.void, self.cast[Role.HEAT_SUPPLIER], receipts[place % len(receipts)], note="记错")

    @rule(line=st.sampled_from([line[0] for line in LINES]), quantity=st.decimals("0", "120", places=1))
    def quantities_are_measured(self, line, quantity):
        self.project.refresh_from_db()
        self.do(ledger.settle, self.cast[Role.HEAT_SUPPLIER], self.project, {line: quantity})

    @rule(flat=st.sampled_from(FLATS))
    def a_household_signs(self, flat):
        self.do(works.sign_contracts, self.cast[Role.HEAT_SUPPLIER], self.project, {flat: f"HT-{flat}"})

    @rule(step=st.sampled_from(["contract", "withdraw", "suspend", "resume"]))
    def the_project_goes_on_or_not(self, step):
        self.project.refresh_from_db()
        who = Role.HEAT_SUPPLIER if step == "contract" else Role.CITY_BUREAU
        self.do(works.fire, self.cast[who], self.project, step, version=self.project.version, note="原因")

    @rule(yuan=st.integers(0, 900))
    def the_budget_changes(self, yuan):
        self.do(budget, "district", self.building.district, yuan)

    def teardown(self):
        if hasattr(self, "point"):
            transaction.savepoint_rollback(self.point)

    @invariant()
    def the_books_balance(self):
        if hasattr(self, "building"):
            assert ledger.verify().faults == ()
            stages = Account.objects.filter(kind__in=[str(kind) for kind in PURSE_STAGES])
            assert all(account.balance_fen >= 0 for account in stages)


class BooksMachineTest(TestCase):
    """Runs the machine inside a transaction that is rolled back."""

    def test_no_order_of_verbs_breaks_the_books(self):
        Offices.the_cast = everybody()
        with clock.on(A_DAY):
            run_state_machine_as_test(
                Offices,
                settings=settings(
                    max_examples=15, stateful_step_count=12, deadline=None, phases=NO_SHRINKING
                ),
            )


pytestmark = pytest.mark.data_layer
