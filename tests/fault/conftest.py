"""What the fault tests share: one city made once, and copies of it to break."""

import os

import pytest
from tests.fault.cities import City, drop_postgres, environment, new_postgres
from tests.web.forking import Forker

FILL = """
from fenhu.web.serving import migrate
migrate()
from django.conf import settings
settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
from tests.fault.works import fill
fill()
"""


@pytest.fixture(scope="session")
def whole_city(tmp_path_factory):
    folder = tmp_path_factory.mktemp("whole")
    server = os.environ.get("DATABASE_URL", "")
    url = f"sqlite:///{folder / 'fenhu.sqlite3'}"
    if server.startswith("postgres"):
        url = new_postgres(server)
    forker = Forker(
        environment(url, folder),
        tmp_path_factory.mktemp("forked"),
        loaded="tests.fault.works, tests.fault.killing",
    )
    city = City(forker, url, folder)
    city.run(FILL)
    yield city
    forker.stop()
    if not city.on_sqlite:
        drop_postgres(url)


@pytest.fixture
def new_city(whole_city, tmp_path):
    """Make copies of a city, the whole one unless another is given."""
    made = []

    def making(of=None):
        made.append((of or whole_city).copy(tmp_path / f"city-{len(made)}"))
        return made[-1]

    yield making
    for city in made:
        city.drop()


@pytest.fixture
def city(new_city):
    return new_city()


@pytest.fixture
def where(whole_city):
    return "SQLite" if whole_city.on_sqlite else "PostgreSQL"
