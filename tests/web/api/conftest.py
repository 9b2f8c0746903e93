"""A server of its own process that other systems can call."""

import json
import socket
import subprocess
import sys
import time
from contextlib import suppress
from types import SimpleNamespace
from urllib.error import URLError
from urllib.request import urlopen

import pytest

PREPARE = """
import json
from tests.web.access.walk import City
from tests.web.cast import everybody
from tests.web.api.calls import a_token
from fenhu.programme import Role
from django.conf import settings
settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
cast = everybody()
City(cast)
print(json.dumps({role.value: a_token(cast[role]) for role in (Role.CITY_BUREAU, Role.HEAT_SUPPLIER)}))
"""


SERVE = "from fenhu.cli import main; raise SystemExit(main())"


@pytest.fixture(scope="module")
def served(lasting_database):
    """Return where the cast's city is served, and the tokens of its bureau and its supplier."""
    tokens = json.loads(lasting_database.run(PREPARE).splitlines()[-1])
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    more = {"FENHU_API_PER_MINUTE": "10000000", "FENHU_ADDRESS": address}
    environment = lasting_database.environment | more
    command = [sys.executable, "-c", SERVE, "serve", "--port", str(port)]
    with subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL) as server:
        try:
            _wait_for(f"{address}/api/v1/openapi.json")
            yield SimpleNamespace(address=address, tokens=tokens)
        finally:
            server.terminate()
            server.wait(30)


def _wait_for(address):
    for _ in range(1200):
        with suppress(URLError, TimeoutError), urlopen(address, timeout=5):
            return
        time.sleep(0.1)
    raise AssertionError("the server does not answer")
