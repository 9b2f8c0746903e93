"""The whole description held against the server by schemathesis: every operation, every check it has."""

import subprocess
import sys

import pytest

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("role", ["city_bureau", "heat_supplier"])
def test_no_call_breaks_what_the_description_promises(served, role, tmp_path):
    run = subprocess.run(
        [
            sys.executable, "-m", "schemathesis.cli", "run", f"{served.address}/api/v1/openapi.json",
            "--header", f"Authorization: Bearer {served.tokens[role]}", "--checks", "all", "--seed", "1",
            "--max-examples", "6", "--generation-deterministic", "--no-color",
        ],
        capture_output=True, text=True, cwd=tmp_path,
    )  # fmt: skip
    assert run.returncode == 0, run.stdout[-6000:]
