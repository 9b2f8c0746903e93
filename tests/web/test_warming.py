"""The first visitor waits as little as the second."""

import os
import subprocess
import sys

import pytest

LATE = """
import sys
import fenhu.web.wsgi
ready = set(sys.modules)
from django.test import Client
visitor = Client(headers={"host": "127.0.0.1"})
assert {visitor.get(address).status_code for address in ("/help/", "/login/")} == {200}
print(sorted(name for name in set(sys.modules) - ready if name.startswith(("fenhu.", "holidays."))))
"""


@pytest.mark.own_database
@pytest.mark.slow
def test_a_page_loads_no_room_of_the_house_on_its_first_view(tmp_path):
    environment = os.environ | {
        "FENHU_DATA_DIR": str(tmp_path), "DATABASE_URL": "", "DJANGO_SETTINGS_MODULE": "fenhu.web.settings",
        "FENHU_SECRET_KEY": "test", "PYTHONPATH": os.pathsep.join(sys.path),
    }  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-c", LATE], env=environment, text=True, capture_output=True, check=True
    )
    assert done.stdout.strip() == "[]", done.stdout
