"""What the tests of keeping share."""

from urllib.parse import urlsplit

import pytest
from django.db import connection
from tests.web import databases
from tests.web.keeping.cities import City


@pytest.fixture(scope="module")
def new_city(tmp_path_factory, django_db_setup):
    """Make a data folder with a database of its own: without tables, or with the program's."""
    made = []

    def making(*, migrated=False):
        folder = tmp_path_factory.mktemp("city")
        if connection.vendor == "postgresql":
            made.append(databases.new_postgres(migrated=migrated))
            return City(folder, made[-1])
        if migrated:
            databases.migrated_sqlite(folder / "fenhu.sqlite3")
        return City(folder, "")

    yield making
    for url in made:
        databases.drop(urlsplit(url).path.lstrip("/"))
