"""A child killed at every step of a work: nothing half-done is found, and done again it is done once."""

import json

import pytest
from tests.fault.telling import sampled, telling
from tests.fault.works import WORKS

pytestmark = pytest.mark.slow

DO = """
from tests.fault.killing import kill_at
import tests.fault.killing as killing
from tests.fault.works import do
kill_at({step})
do({work!r})
print(killing.steps)
"""
CONSISTENT = """
from fenhu.web.exchange.models import StagedRow, Upload
from fenhu.web.documents.models import Document, Number
from fenhu.web.registry.models import Building
import json
print(json.dumps([
    all(bool(one.preview) == StagedRow.objects.filter(upload=one).exists() for one in Upload.objects.all()),
    Upload.objects.filter(state="applied").exists() == Building.objects.filter(code="A3").exists(),
    Document.objects.count() <= Number.objects.count(),
]))
"""


@pytest.mark.parametrize("work", WORKS)
def test_killed_at_any_step_nothing_is_half_done_and_the_work_is_done_once(new_city, where, work):
    between = WORKS[work][2]
    with telling(f"kill -9: {work}", where) as told:
        ready = new_city()
        ready.run(f"from tests.fault.works import prepare; prepare({work!r})")
        before = ready.counts()
        whole = new_city(of=ready)
        steps = int(whole.run(DO.format(step=0, work=work)).split()[-1])
        after = whole.counts()
        told.before, told.after = said(before, after), said(after, before)
        untouched = ready.content()
        for tried, step in enumerate(sampled(steps), start=1):
            city = new_city(of=ready)
            child = city.start(DO.format(step=step, work=work))
            assert child.was_killed(), step
            found = city.counts()
            assert between or without_files(city.content()) == without_files(untouched) or found == after, (
                step
            )
            city.verify()
            assert all(json.loads(city.run(CONSISTENT))), step
            city.run(DO.format(step=0, work=work))
            assert city.counts() == after, step
            city.verify()
            told.times = f"{tried} of {steps} steps"
            city.drop()
        assert steps >= 4


def without_files(content):
    return {name: rows for name, rows in content.items() if not name.startswith("file ")}


def said(counts, others):
    """Return the counts that differ, in words."""
    names = sorted(name for name in {*counts, *others} if counts.get(name, 0) != others.get(name, 0))
    return ", ".join(f"{counts.get(name, 0)} {name}" for name in names)
