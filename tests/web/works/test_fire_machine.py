"""Whatever steps people try in whatever order: the journal replays to the state, no guard is passed by."""

import pytest
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from tests.web.cast import a_plan, everybody

from fenhu.errors import FenhuError
from fenhu.programme import ANNUAL_PLAN, Role
from fenhu.web.journal import services as journal
from fenhu.web.journal.queries import entries_of
from fenhu.web.works.models import AnnualPlan, AnnualPlanItem
from fenhu.web.works.services import fire

STEPS = [step.name for step in ANNUAL_PLAN.steps]


class PlanMachine(RuleBasedStateMachine):
    """People who try any step on a plan, with any version they may have seen."""

    def __init__(self):
        super().__init__()
        AnnualPlan.objects.all().delete()
        self.cast = PlanMachine.the_cast
        self.plan = a_plan()
        self.taken = []

    @rule(
        step=st.sampled_from(STEPS), role=st.sampled_from(list(Role)), stale=st.booleans(), note=st.booleans()
    )
    def try_a_step(self, step, role, stale, note):
        self.plan.refresh_from_db()
        before = (self.plan.state, self.plan.version)
        allowed = self._should_pass(step, role, stale=stale, note=note)
        try:
            fire(self.cast[role], self.plan, step, version=before[1] - stale, note="理由" if note else "")
        except FenhuError:
            assert not allowed
            self.plan.refresh_from_db()
            assert (self.plan.state, self.plan.version) == before
        else:
            assert allowed
            self.taken.append(step)

    @rule()
    def empty_or_fill_the_plan(self):
        if not AnnualPlanItem.objects.filter(plan=self.plan).delete()[0]:
            filled = a_plan(year=1900 + self.plan.pk % 100)
            AnnualPlanItem.objects.filter(plan=filled).update(plan=self.plan)
            filled.delete()

    def _should_pass(self, name, role, *, stale, note):
        """Say from the table alone whether the step should go through."""
        step = ANNUAL_PLAN.step(name)
        listed = AnnualPlanItem.objects.filter(plan=self.plan).exists()
        return (
            role in step.roles and not stale and self.plan.state in step.sources
            and (note or not step.needs_note) and (listed or not step.guards)
        )  # fmt: skip

    @invariant()
    def the_journal_replays_to_the_current_state(self):
        self.plan.refresh_from_db()
        state, version = ANNUAL_PLAN.initial, 1
        for entry, step in zip(entries_of(self.plan), self.taken, strict=True):
            assert (entry.kind, entry.data["from"]) == (f"annual_plan.{step}", state)
            state, version = entry.data["to"], entry.data["version"]
        assert (self.plan.state, self.plan.version) == (state, version)

    def teardown(self):
        assert journal.verify().valid


class PlanMachineTest(TestCase):
    """Runs the machine inside a transaction that is rolled back."""

    def test_no_order_of_attempts_breaks_the_workflow(self):
        PlanMachine.the_cast = everybody()
        run_state_machine_as_test(
            PlanMachine, settings=hypothesis_settings(max_examples=25, stateful_step_count=20, deadline=None)
        )


pytestmark = pytest.mark.data_layer
