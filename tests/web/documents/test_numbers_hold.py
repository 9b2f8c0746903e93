"""Several processes on one database: two who issue at once, and a batch killed in the middle.

Numbers have no gaps and none is given twice, whatever happens.
"""

import signal

import pytest

pytestmark = [pytest.mark.data_layer, pytest.mark.slow]

MORE = 4
FLATS = MORE + 2
SET_UP = f"""
from tests.web.cast import everybody
from tests.web.documents.steps import a_project
from fenhu.web.registry.models import Building, Flat
from fenhu.web.works.models import FlatWork
everybody()
for code in ("A2", "B1"):
    project = a_project(code)
    for storey in range(3, 3 + {MORE}):
        flat = Flat.objects.create(
            building=project.building, unit=1, storey=storey, room=f"{{storey}}01", area_m2=90.0,
            use="dwelling",
        )
        FlatWork.objects.create(project=project, flat=flat)
"""
ISSUE = """
from fenhu.errors import FenhuError
from fenhu.web.access.models import User
from fenhu.web.documents.services import issue
from fenhu.web.works.models import FlatWork
user = User.objects.get(username="heat_supplier")
made = 0
for flat in FlatWork.objects.filter(project__building__code="A2").order_by("{order}"):
    try:
        issue(user, kind="flat_notice", subject=flat)
        made += 1
    except FenhuError:
        pass
print(made)
"""
BATCH = """
import os, signal
from fenhu.web.access.models import User
from fenhu.web.documents import batching
made_of, calls = batching.made_of, []
def made_or_killed(*given):
    calls.append(given)
    if len(calls) == {killed_at}:
        os.kill(os.getpid(), signal.SIGKILL)
    return made_of(*given)
batching.made_of, batching.AT_ONCE = made_or_killed, 2
told = []
found = batching.make_batch(
    {{"kind": "flat_notice", "year": 2011, "code": ""}}, User.objects.get(username="other_supplier"),
    lambda phase, done, total: told.append((done, total)),
)
print(found["made"], told[0], told[-1])
"""
WHAT_STANDS = """
from fenhu.web.documents.models import Document, Number
from fenhu.web.journal import services as journal
own = Number.objects.filter(office__mark="{mark}").order_by("n")
numbers = list(own.values_list("n", flat=True))
print(
    numbers == list(range(1, len(numbers) + 1)), len(numbers),
    Document.objects.filter(number__in=own).count(), journal.verify().valid,
)
"""


@pytest.fixture(scope="module")
def database(lasting_database):
    lasting_database.run(SET_UP)
    return lasting_database


def test_two_who_issue_at_once_leave_no_gap_and_no_number_twice(database):
    clerks = [database.start(ISSUE.format(order=order)) for order in ("pk", "-pk")]
    assert sum(int(database.finish(clerk)) for clerk in clerks) == FLATS
    assert database.run(WHAT_STANDS.format(mark="宏远")) == f"True {FLATS} {FLATS} True"


def test_killed_in_the_middle_a_batch_goes_on_without_gap_or_number_twice(database):
    killed = database.start(BATCH.format(killed_at=4))
    killed.communicate()
    assert killed.returncode == -signal.SIGKILL
    # Two were kept; two more have their numbers, and no paper yet.
    assert database.run(WHAT_STANDS.format(mark="光明")) == "True 4 2 True"
    left = FLATS - 2
    assert database.run(BATCH.format(killed_at=0)) == f"{left} (0, {left}) ({left}, {left})"
    assert database.run(WHAT_STANDS.format(mark="光明")) == f"True {FLATS} {FLATS} True"
