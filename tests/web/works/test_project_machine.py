"""Whatever offices try in whatever order: a project's journal replays, no step passes by its guard."""

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from tests.web.cast import everybody
from tests.web.works.steps import BOTH, REVIEWED, a_file, a_project, a_round, prepared

from fenhu.errors import FenhuError
from fenhu.programme import PROJECT, Role
from fenhu.web import clock
from fenhu.web.journal import services as journal
from fenhu.web.journal.queries import entries_of
from fenhu.web.registry.models import Flat
from fenhu.web.works import services
from fenhu.web.works.models import (
    AnnualPlan,
    AnnualPlanItem,
    ContractorFile,
    FlatWork,
    Paper,
    Project,
    SiteCheck,
)

pytestmark = pytest.mark.data_layer
STEPS = [step.name for step in PROJECT.steps]
SPRING, AUTUMN = date(2011, 4, 20), date(2011, 10, 20)


def flats(project, **conditions):
    return FlatWork.objects.filter(project=project, **conditions)


def gates_open(project):
    """Say by plain questions whether all that the policy asks before the works is there."""
    signed = flats(project, contract_on__isnull=False).exists()
    silent = flats(project, contract_on__isnull=True).exclude(flat__consent=False).exists()
    agreed = Flat.objects.filter(building=project.building_id, consent=True).count()
    return (
        not flats(project, notice_on__isnull=True).exists() and signed and not silent and agreed == 2
        and project.contractor and project.published_on and project.technician and project.briefed_on
        and project.mains_ready_on
        and ContractorFile.objects.filter(organisation=project.contractor, barred_on=None).exists()
    )  # fmt: skip


def latest_round_passed(project):
    states = list(project.rounds.exclude(state="open").order_by("number").values_list("state", flat=True))
    return bool(states) and states[-1] == "passed"


# What must be true of a project that a step has just led on.
AFTER = {
    "inform": lambda project: not flats(project, notice_on__isnull=True).exists(),
    "agree": lambda project: Flat.objects.filter(building=project.building_id, consent=True).count() == 2,
    "contract": lambda project: flats(project, contract_on__isnull=False).exists(),
    "design": lambda project: set(REVIEWED) <= set(
        Paper.objects.filter(project=project, withdrawn_on=None).values_list("kind", flat=True)),
    "start": gates_open,
    "finish": lambda project: not flats(project, contract_on__isnull=False).exclude(stage="done").exists()
    and SiteCheck.objects.filter(project=project, kind="pressure_test", passed=True).exists(),
    "accept": latest_round_passed,
    "use": latest_round_passed,
}  # fmt: skip


class ProjectMachine(RuleBasedStateMachine):
    """Offices that try any step, and record things in any order."""

    def __init__(self):
        super().__init__()
        AnnualPlanItem.objects.all().delete()
        AnnualPlan.objects.all().delete()
        Project.objects.filter(year=2011).delete()
        Flat.objects.update(consent=None)
        self.cast = ProjectMachine.the_cast
        self.on(SPRING)
        self.project = a_project(self.cast)

    def on(self, day):
        clock._told.set(day)

    @rule(step=st.sampled_from(STEPS), role=st.sampled_from(list(Role)), stale=st.booleans())
    def try_a_step(self, step, role, stale):
        self.project.refresh_from_db()
        before = (self.project.state, self.project.version)
        try:
            services.fire(self.cast[role], self.project, step, version=before[1] - stale, note="理由")
        except FenhuError:
            self.project.refresh_from_db()
            assert (self.project.state, self.project.version) == before
            return
        self.project.refresh_from_db()
        assert not stale
        assert role in PROJECT.step(step).roles
        assert before[0] in PROJECT.step(step).sources
        assert AFTER.get(step, bool)(self.project)

    @rule(step=st.sampled_from(STEPS))
    def take_a_step_in_the_right_office(self, step):
        for role in PROJECT.step(step).roles:
            self.try_a_step(step, role, stale=False)

    @rule()
    def do_all_that_the_next_step_needs(self):
        """Lead deep into the way what random attempts alone would hardly get there."""
        self.project.refresh_from_db()
        needed = {
            "listed": [lambda: self.deliver(whole=True)],
            "informed": [lambda flat=flat: self.answer(flat, agrees=True) for flat in BOTH],
            "consented": [lambda flat=flat: self.sign(flat) for flat in BOTH],
            "contracted": [lambda kind=kind: self.file(kind) for kind in REVIEWED],
            "drawings_approved": [self.prepare, self.clear],
            "under_construction": [
                lambda: self.build(done=True),
                lambda: self.check(stops=False),
                self.clear,
            ],
            "rectifying": [lambda: self.build(done=True), self.clear],
            "finished": [lambda: self.hold_an_acceptance(kept=True)],
        }
        for do in needed.get(self.project.state, []):
            do()
        for step in PROJECT.waiting_for(self.project.state):
            self.take_a_step_in_the_right_office(step.name)

    @rule(whole=st.booleans())
    def deliver(self, whole):
        self.tried(services.deliver_notices, Role.HEAT_SUPPLIER, None if whole else BOTH[:1], how="hand")

    @rule(flat=st.sampled_from(BOTH), agrees=st.booleans())
    def answer(self, flat, agrees):
        said = [services.Answer(flat=flat, agrees=agrees, reason="不便")]
        self.tried(services.record_answers, Role.COMMUNITY, said, how="door")

    @rule(flat=st.sampled_from(BOTH))
    def sign(self, flat):
        self.tried(services.sign_contracts, Role.HEAT_SUPPLIER, {flat: f"HT-{flat}"})

    @rule(kind=st.sampled_from(REVIEWED))
    def file(self, kind):
        self.tried(services.file_paper, Role.HEAT_SUPPLIER, kind=kind, title="", file=a_file())

    @rule()
    def prepare(self):
        with suppress(FenhuError):
            prepared(self.cast, self.project)

    @rule(done=st.booleans())
    def build(self, done):
        flats(self.project, contract_on__isnull=False).update(stage="done" if done else "piped")

    @rule(stops=st.booleans())
    def check(self, stops):
        SiteCheck.objects.create(
            project=self.project, kind="safety" if stops else "pressure_test", passed=not stops, stops=stops,
            on_date=clock.today(), made_by=self.cast[Role.CITY_BUREAU],
        )  # fmt: skip

    @rule()
    def clear(self):
        SiteCheck.objects.filter(project=self.project).update(cleared_on=clock.today())

    @rule(kept=st.booleans())
    def hold_an_acceptance(self, kept):
        held = a_round(self.cast, self.project, kept=kept)
        step = "pass" if kept else "fail"
        services.fire(self.cast[Role.CITY_BUREAU], held, step, version=1, note="理由")

    @rule(late=st.booleans())
    def let_time_pass(self, late):
        self.on(AUTUMN if late else SPRING)

    def tried(self, verb, role, *arguments, **words):
        self.project.refresh_from_db()
        try:
            verb(self.cast[role], self.project, *arguments, **words)
        except FenhuError:
            return

    @invariant()
    def the_journal_replays_to_the_current_state(self):
        self.project.refresh_from_db()
        state, version = PROJECT.initial, 1
        for entry in entries_of(self.project):
            if "to" not in entry.data:
                continue
            assert entry.data.get("from", state) == state
            state, version = entry.data["to"], entry.data["version"]
        assert (self.project.state, self.project.version) == (state, version)

    def teardown(self):
        assert journal.verify().valid


@pytest.mark.slow
class ProjectMachineTest(TestCase):
    """Runs the machine inside a transaction that is rolled back."""

    def test_no_order_of_attempts_passes_by_a_guard(self):
        ProjectMachine.the_cast = everybody()
        token = clock._told.set(SPRING)
        try:
            run_state_machine_as_test(
                ProjectMachine,
                settings=hypothesis_settings(max_examples=20, stateful_step_count=40, deadline=None),
            )
        finally:
            clock._told.reset(token)
