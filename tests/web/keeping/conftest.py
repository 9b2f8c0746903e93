"""What the tests of keeping share."""

import os
from uuid import uuid4

import psycopg
import pytest
from psycopg.sql import SQL, Identifier
from tests.web.keeping.cities import City


@pytest.fixture(scope="module")
def new_city(tmp_path_factory, django_db_setup):
    made = []

    def making():
        folder = tmp_path_factory.mktemp("city")
        server = os.environ.get("DATABASE_URL", "")
        if not server.startswith("postgres"):
            return City(folder, "")
        name = f"fenhu_city_{uuid4().hex[:12]}"
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(SQL("CREATE DATABASE {}").format(Identifier(name)))
        made.append(name)
        return City(folder, server.replace("/postgres?", f"/{name}?"))

    yield making
    for name in made:
        with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as connection:
            found = connection.execute("SELECT datname FROM pg_database WHERE datname LIKE %s", [f"{name}%"])
            for (one,) in found.fetchall():
                connection.execute(SQL("DROP DATABASE {} WITH (FORCE)").format(Identifier(one)))
