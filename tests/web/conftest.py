"""What the web tests share."""

import os
import subprocess
import sys
from urllib.parse import urlsplit

import pytest
from django.db import connection
from django.test.utils import setup_databases, teardown_databases
from tests.web import databases
from tests.web.cast import everybody
from tests.web.forking import Forker


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment, django_db_modify_db_settings, django_db_blocker, tmp_path_factory
):
    """Make the test database also where only a module's fixture asks for it, without a marker."""
    with django_db_blocker.unblock():
        made = setup_databases(verbosity=0, interactive=False)
        databases.keep_migrated(tmp_path_factory.mktemp("migrated"))
    yield
    with django_db_blocker.unblock():
        databases.forget_migrated()
        teardown_databases(made, verbosity=0)


@pytest.fixture
def cast(db):
    return everybody()


@pytest.fixture(autouse=True)
def _files_of_the_test_alone_one_server_sums_that_are_fresh_and_passwords_that_hash_fast(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.RECENT_S, settings.SERVERS = 0, 1
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


class LastingDatabase:
    """A migrated database of its own that several processes can write at once."""

    def __init__(self, url, folder):
        self.environment = os.environ | {
            "DATABASE_URL": url, "FENHU_DATA_DIR": str(folder), "FENHU_SECRET_KEY": "test",
            "DJANGO_SETTINGS_MODULE": os.environ["DJANGO_SETTINGS_MODULE"],
            "PYTHONPATH": os.pathsep.join(sys.path),
        }  # fmt: skip

    def start(self, program):
        """Start ``program`` in a process of its own, with Django set up."""
        started = f"import django; django.setup()\n{program}"
        pipe = subprocess.PIPE
        command = [sys.executable, "-c", started]
        return subprocess.Popen(command, env=self.environment, stdout=pipe, stderr=pipe, text=True)

    def run(self, program):
        """Run ``program`` to its end and return what it printed."""
        return self.finish(self.start(program))

    @staticmethod
    def finish(process):
        said, wrong = process.communicate(timeout=120)
        assert process.returncode == 0, wrong
        return said.strip()


@pytest.fixture(scope="module")
def lasting_database(django_db_setup, tmp_path_factory):
    folder = tmp_path_factory.mktemp("lasting")
    if connection.vendor == "sqlite":
        yield LastingDatabase(databases.migrated_sqlite(folder / "lasting.sqlite3"), folder)
        return
    url = databases.new_postgres(migrated=True)
    yield LastingDatabase(url, folder)
    databases.drop(urlsplit(url).path.lstrip("/"))


@pytest.fixture(scope="module")
def forker(lasting_database, tmp_path_factory):
    """A process on the lasting database that has the product loaded, and forks for every program."""
    forking = Forker(lasting_database.environment, tmp_path_factory.mktemp("forked"))
    yield forking
    forking.stop()


@pytest.fixture
def raw():
    """Run raw SQL past every model, as somebody with the database's password would."""

    def run(sql, *values):
        with connection.cursor() as cursor:
            cursor.execute(sql, values)

    return run
