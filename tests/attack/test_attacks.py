"""A sample of every attack, by HTTP on a served city; ``make attacks`` does all of them."""

import pytest
from tests.attack.report import attacks
from tests.attack.served import faults_logged, served_city

pytestmark = pytest.mark.slow

EVERY = 16


def test_no_attack_of_the_sample_is_let_through_and_the_server_meets_no_fault(tmp_path):
    with served_city(tmp_path) as target:
        through = {attack.name: attack.through for attack in attacks(target, every=EVERY)}
    assert {name: told for name, told in through.items() if told} == {}
    assert faults_logged(tmp_path) == 0
