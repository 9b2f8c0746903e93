"""Writers at the same time lose nothing, on SQLite and on PostgreSQL."""

import json

import pytest

pytestmark = [pytest.mark.data_layer, pytest.mark.slow]

WRITERS, ENTRIES = 4, 40
WRITE = """
from fenhu.web.journal import services as journal
for number in range({entries}):
    data = {{"writer": {writer}, "number": number}}
    journal.record(actor=None, subject="shared", kind="case.moved", data=data)
    journal.record(actor=None, subject="own:{writer}", kind="case.moved", data=data)
"""
CLOSE_FROM_TOMORROW = """
import time
from datetime import datetime, timedelta
import time_machine
from fenhu.web.journal import services as journal
for _ in range(10):
    with time_machine.travel(datetime.now() + timedelta(days=1)):
        journal.close_days()
    time.sleep(0.05)
"""
CHECK = """
import json
from fenhu.web.journal import services as journal
from fenhu.web.journal.models import Entry
report = journal.verify()
shared = list(Entry.objects.filter(subject="shared").order_by("sequence").values_list("sequence", flat=True))
faults = [str(fault) for fault in report.faults]
print(json.dumps({"faults": faults, "entries": report.entries, "shared": shared, "heads": report.days}))
"""


def test_four_processes_writing_the_same_chain_lose_and_break_nothing(lasting_database):
    writers = [lasting_database.start(WRITE.format(writer=n, entries=ENTRIES)) for n in range(WRITERS)]
    for writer in writers:
        lasting_database.finish(writer)
    found = json.loads(lasting_database.run(CHECK))
    assert found["faults"] == []
    assert found["entries"] == 2 * WRITERS * ENTRIES
    assert found["shared"] == list(range(1, WRITERS * ENTRIES + 1))


def test_closing_days_beside_writers_keeps_every_head_true(lasting_database):
    writers = [lasting_database.start(WRITE.format(writer=n, entries=10)) for n in range(2)]
    closer = lasting_database.start(CLOSE_FROM_TOMORROW)
    for process in (*writers, closer):
        lasting_database.finish(process)
    found = json.loads(lasting_database.run(CHECK))
    assert found["faults"] == []
    assert found["heads"] > 0
