"""The machine's clock set forwards and back: order, chains, sessions and work do not follow it astray."""

import pytest
from tests.fault.telling import telling

pytestmark = pytest.mark.slow

# The clock of one child: two days ahead, a day back, and as it is.
MOVED = """
import time_machine
from datetime import datetime, timedelta, timezone
moved = time_machine.travel(datetime.now(timezone.utc) + timedelta(hours={hours}))
moved.start()
"""
JOURNAL = """
from fenhu.web.journal import services as journal
journal.close_days()
journal.record(actor=None, subject="clock", kind="mark", data={{"hours": {hours}}})
journal.close_days()
"""
ORDER = """
from fenhu.web.journal.models import Entry
rows = list(Entry.objects.filter(subject="clock").order_by("pk").values_list("sequence", flat=True))
print(rows == list(range(1, len(rows) + 1)), len(rows))
"""
VISIT = """
from django.conf import settings
from tests.fault.works import SIGNED_IN, Path, a_browser
client = a_browser()
client.cookies[settings.SESSION_COOKIE_NAME] = (Path(settings.DATA_DIR) / SIGNED_IN).read_text()
print(client.get("/import/").status_code)
"""
HOURS = (0, 48, -24, 0, -48, 24, 0)


def test_entries_keep_their_order_and_days_close(city, where):
    with telling("clock moved: journal and its days", where) as told:
        for hours in HOURS:
            city.run(MOVED.format(hours=hours) + JOURNAL.format(hours=hours))
            city.verify()
        assert city.run(ORDER) == f"True {len(HOURS)}"
        told.times, told.before, told.after = len(HOURS), "0 journal mark", f"{len(HOURS)} journal mark"


def test_a_session_ends_by_the_clock_and_never_breaks_a_page(city, where):
    with telling("clock moved: sessions", where) as told:
        city.run("from tests.fault.works import signed_in; signed_in()")
        assert [city.run(MOVED.format(hours=hours) + VISIT) for hours in (0, -24, 1, 48)] == [
            "200", "200", "200", "302",
        ]  # fmt: skip
        told.times = 4


def test_a_day_that_was_set_stays_what_it_was(city, where):
    with telling("clock moved: days of a plan", where) as told:
        approve = "from tests.fault.works import do; do('workflow step (fire)')"
        city.run(MOVED.format(hours=48) + approve)
        day = city.asked(
            "SELECT on_date FROM journal_entry WHERE kind = 'annual_plan.approve' ORDER BY id DESC"
        )[0]
        city.run(MOVED.format(hours=-48) + approve)
        again = city.asked(
            "SELECT on_date FROM journal_entry WHERE kind = 'annual_plan.approve' ORDER BY id DESC"
        )
        assert (again[0], str(day)) == (day, "2011-06-01")
        city.verify()
        told.times = 2


def test_work_is_taken_up_and_done_under_any_clock(city, where):
    with telling("clock moved: a worker killed, the next one's clock ahead or behind", where) as told:
        do = "from tests.fault.works import do; do('paper batch')"
        kill = "from tests.fault.killing import kill_at; kill_at(30)\n"
        city.run("from tests.fault.works import prepare; prepare('paper batch')")
        assert city.start(MOVED.format(hours=48) + kill + do).was_killed()
        assert city.start(MOVED.format(hours=-48) + kill + do).was_killed()
        city.run(MOVED.format(hours=0) + do)
        assert city.asked("SELECT state FROM jobs_job") == ["done"]
        assert city.counts()["documents_document"] == 6
        city.verify()
        told.times, told.before, told.after = 2, "0 documents_document", "6 documents_document"
