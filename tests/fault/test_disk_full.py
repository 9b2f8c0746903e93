"""No room left, for stored files and for the database: said in words, nothing half-kept, done later."""

import json
import sqlite3
import subprocess
from contextlib import closing, suppress

import pytest
from tests.fault.cities import City
from tests.fault.telling import telling

pytestmark = pytest.mark.slow

# The system itself refuses to write on past 4 KiB, for as long as a file is stored.
FILES_FULL = """
import resource, signal
from django.core.files.storage import Storage
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
plain = Storage.save
def save(*given, **named):
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, resource.RLIM_INFINITY))
    try:
        return plain(*given, **named)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
Storage.save = save
"""
# SQLite itself refuses to take another page.
DATABASE_FULL = """
from django.db.backends.signals import connection_created
def no_more_pages(connection, **named):
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA page_count")
        cursor.execute(f"PRAGMA max_page_count = {cursor.fetchone()[0]}")
connection_created.connect(no_more_pages)
"""
UPLOAD = """
import json
from tests.fault.works import the_workbook, upload
answer = upload(content=the_workbook())
print(json.dumps([answer.status_code, answer.content.decode()]))
"""
WORK = """
from django.db import OperationalError
from tests.fault.works import do
try:
    do({work!r})
    print("done")
except OperationalError as fault:
    print(fault)
"""
NOW = "from tests.fault.works import {verb}; {verb}({work!r})"
SMALL_MIB = 12
FULL = ("database or disk is full", "disk I/O error")


def prepared(city, work):
    city.run(NOW.format(verb="prepare", work=work))
    return city.counts()


def test_an_upload_without_room_for_its_file_is_told_and_leaves_nothing(city, where):
    with telling("disk full: a stored file", where) as told:
        before = prepared(city, "import: upload")
        status, page = json.loads(city.run(FILES_FULL + UPLOAD))
        assert (status, "disk of the server is full" in page) == (507, True)
        assert (city.counts(), city.files()) == (before, {})
        city.run(NOW.format(verb="do", work="import: upload"))
        assert len(city.files()) == 1
        told.times, told.before, told.after = 1, "0 exchange_upload, 0 files", "1 exchange_upload, 1 file"


def test_papers_without_room_are_told_by_the_job_and_made_when_there_is(city, where):
    with telling("disk full: a batch of papers", where) as told:
        prepared(city, "paper batch")
        city.run(FILES_FULL + NOW.format(verb="do", work="paper batch"))
        (fault,) = city.asked("SELECT fault FROM jobs_job WHERE state = 'failed'")
        assert "disk of the server is full" in str(fault)
        assert city.files() == {}
        city.verify()
        city.run("""
from fenhu.web.jobs import services
from fenhu.web.jobs.models import Job
from tests.fault.works import user, worked_off
services.start_again(Job.objects.get(), user("other_supplier"))
worked_off()
""")
        papers = city.counts()["documents_document"]
        assert papers == len(city.files()) == 6
        city.verify()
        told.times, told.before, told.after = 1, "0 documents_document", "6 documents_document"


LONG_STATEMENT = """
from tests.fault import works
works.a_statement()
with (works.Path(works.settings.DATA_DIR) / "statement.csv").open("a", encoding="utf-8") as file:
    file.writelines(f"2011-05-20,1.00,,无名{n},T{n},银行\\n" for n in range(300))
"""


def test_a_database_that_takes_no_more_keeps_nothing_of_the_work(city, where):
    if not city.on_sqlite:
        pytest.skip("the limit is SQLite's; a full disk under PostgreSQL is its own to survive")
    with telling("database full: a bank statement of 303 lines", where) as told:
        city.run(LONG_STATEMENT)
        held = city.content()
        assert "full" in city.run(DATABASE_FULL + WORK.format(work="payment: bank statement"))
        assert city.content() == held
        city.verify()
        city.run(NOW.format(verb="do", work="payment: bank statement"))
        counts = city.counts()
        assert (counts["ledger_bankline"], counts["ledger_receipt"]) == (303, 2)
        city.verify()
        told.times, told.before, told.after = 1, "0 ledger_bankline", "303 ledger_bankline, 2 ledger_receipt"


def filled(path):
    """Write a file until the disk takes no more."""
    with suppress(OSError), path.open("wb", buffering=0) as file:
        while True:
            file.write(b"x" * 4096)


@pytest.fixture
def small_disk(tmp_path):
    folder = tmp_path / "small"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={SMALL_MIB}m", "tmpfs", str(folder)],
        check=False,
        capture_output=True,
    )
    if mounted.returncode:
        pytest.skip("this machine lets nobody mount a small disk")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def test_on_a_disk_that_is_really_full_nothing_is_lost_and_work_goes_on_when_there_is_room(
    whole_city, small_disk, where
):
    if not whole_city.on_sqlite:
        pytest.skip("the database would lie on another disk")
    with telling("disk full: database and files on one full disk (ENOSPC)", where) as told:
        city: City = whole_city.copy(small_disk / "city")
        prepared(city, "import: upload")
        before, filler = city.counts(), small_disk / "filler"
        with closing(sqlite3.connect(city.url.removeprefix("sqlite:///"))) as serving:
            serving.execute("SELECT COUNT(*) FROM django_migrations").fetchone()  # as a server that runs
            filled(filler)
            status, page = json.loads(city.run(UPLOAD))
            assert (status, "disk of the server is full" in page) == (507, True)
            assert city.run(WORK.format(work="workflow step (fire)")) in FULL
            filler.unlink()
        assert (city.counts(), city.files()) == (before, {})
        city.verify()
        city.run(NOW.format(verb="do", work="import: upload"))
        city.run(NOW.format(verb="do", work="workflow step (fire)"))
        assert city.counts()["exchange_upload"] == 1
        city.verify()
        told.times, told.before, told.after = 2, "0 exchange_upload, 0 files", "1 exchange_upload, 1 file"
