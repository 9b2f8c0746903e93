"""``fenhu backup`` and ``restore`` as an operator runs them: counts before and after, nothing half-done."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
import zipfile

import pytest
from tests.web.keeping.cities import MAIN, City

pytestmark = [pytest.mark.data_layer, pytest.mark.slow, pytest.mark.django_db]

FILL = """
from django.core.files.base import ContentFile
from tests.web.cast import everybody
from tests.web.works import steps
cast = everybody()
project = steps.a_project(cast, code="A2", year=2010)
supplier, kind = cast[steps.Role.HEAT_SUPPLIER], steps.REVIEWED[0]
steps.services.file_paper(supplier, project, kind=kind, title="图", file=steps.a_file())
"""
HOLD = """
import time
from fenhu.web.keeping.lock import in_use
with in_use():
    print("held", flush=True)
    time.sleep(60)
"""


@pytest.fixture(scope="module")
def city(new_city):
    found = new_city(migrated=True)
    found.run(FILL)
    return found


@pytest.fixture(scope="module")
def kept(city, tmp_path_factory):
    path = tmp_path_factory.mktemp("kept") / "city.fenhu"
    done = city.fenhu("backup", path)
    assert done.returncode == 0, done.stderr
    assert "read back and compared" in done.stderr
    return path


def test_a_city_restored_elsewhere_is_the_city_it_was(city, kept, new_city):
    other = new_city()
    done = other.fenhu("restore", kept)
    assert done.returncode == 0, done.stderr
    assert other.counts() == city.counts()
    assert other.files() == city.files()
    assert other.files()
    assert (other.folder / "secret_key").read_bytes() == (city.folder / "secret_key").read_bytes()
    assert sorted(path.name for path in other.folder.iterdir() if path.name.startswith(".rest")) == []


def test_data_that_is_there_is_set_aside_only_when_asked(city, kept, new_city):
    other = new_city(migrated=True)
    other.run("from tests.web.cast import a_user; a_user('somebody')")
    before = other.counts()
    refused = other.fenhu("restore", kept)
    assert refused.returncode == 2
    assert "--replace" in refused.stderr
    assert other.counts() == before
    assert other.fenhu("restore", kept, "--replace").returncode == 0
    assert other.counts() == city.counts()
    assert [path.name for path in other.folder.iterdir() if path.name.startswith("before_")]


def test_a_damaged_backup_changes_nothing(kept, new_city, tmp_path):
    damaged = tmp_path / "damaged.fenhu"
    content = bytearray(kept.read_bytes())
    with zipfile.ZipFile(kept) as zipped:
        # Within what is compressed of the database: a zip's own heads hold bytes nobody reads.
        content[zipped.getinfo("database").header_offset + 2000] ^= 1
    damaged.write_bytes(content)
    other = new_city()
    done = other.fenhu("restore", damaged)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert not (other.folder / "fenhu.sqlite3").exists()
    assert not (other.folder / "media").exists()


def test_a_backup_of_a_later_version_is_refused_by_name(kept, new_city, tmp_path):
    later = tmp_path / "later.fenhu"
    with zipfile.ZipFile(kept) as old, zipfile.ZipFile(later, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "manifest.json":
                said = json.loads(content)
                said["migrations"].append(["works", "9999_of_tomorrow"])
                content = json.dumps(said).encode()
            new.writestr(name, content)
    done = new_city().fenhu("restore", later)
    assert done.returncode == 2
    assert "works.9999_of_tomorrow" in done.stderr


def test_a_restore_killed_at_any_moment_leaves_the_old_or_the_new(city, kept, new_city):
    other = new_city(migrated=True)
    other.run("from tests.web.cast import a_user; a_user('somebody')")
    before, after = other.counts(), city.counts()
    for wait_s in (3.0, 9.0):
        process = subprocess.Popen(
            [sys.executable, "-c", MAIN, "restore", str(kept), "--replace"], env=other.environment,
            stderr=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip
        time.sleep(wait_s)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        assert other.counts() in (before, after)


def test_what_runs_is_not_restored_over(kept, new_city):
    other = new_city()
    with subprocess.Popen(
        [sys.executable, "-c", f"import django; django.setup()\n{HOLD}"], env=other.environment,
        stdout=subprocess.PIPE, text=True,
    ) as running:  # fmt: skip
        assert running.stdout.readline() == "held\n"
        done = other.fenhu("restore", kept)
        running.kill()
    assert done.returncode == 2
    assert "stop “fenhu serve”" in done.stderr


def test_a_full_disk_leaves_no_half_backup(city, tmp_path):
    full = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))"
    quiet = "import signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN)"
    words = ["backup", str(tmp_path / "city.fenhu")]
    done = subprocess.run(
        [sys.executable, "-c", f"{full}\n{quiet}\nimport sys; sys.argv[1:] = {words!r}\n{MAIN}"],
        env=city.environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert not list(tmp_path.iterdir())


def test_without_postgresqls_programs_the_refusal_names_them(city, tmp_path):
    if not city.url:
        pytest.skip("SQLite needs no program")
    bare = City(city.folder, city.url)
    bare.environment["PATH"] = str(tmp_path)
    done = bare.fenhu("backup", tmp_path / "city.fenhu")
    assert done.returncode == 2
    assert "pg_dump" in done.stderr
    assert shutil.which("pg_dump")


def test_where_nothing_is_stored_there_is_nothing_to_back_up(new_city, tmp_path):
    done = new_city().fenhu("backup", tmp_path / "city.fenhu")
    assert done.returncode == 2
    assert "Nothing is stored yet" in done.stderr
    assert not list(tmp_path.iterdir())
