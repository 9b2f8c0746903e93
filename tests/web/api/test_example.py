"""The client in the developers' page does what it says, against a server of its own process."""

import subprocess
import sys

import pytest
from tests.web.api.examples import CLIENT

pytestmark = pytest.mark.slow


def test_the_documented_client_sends_temperatures_and_reads_every_building(served):
    environment = {"FENHU_URL": served.address, "FENHU_TOKEN": served.tokens["heat_supplier"]}
    ran = [
        subprocess.run([sys.executable, "-c", CLIENT], env=environment, capture_output=True, text=True)
        for _ in range(2)
    ]
    assert [one.stderr for one in ran] == ["", ""]
    assert [one.stdout.splitlines() for one in ran] == [
        ["taken: 2 known: 0", "buildings: A1 A2"],
        ["taken: 0 known: 2", "buildings: A1 A2"],
    ]
