"""Settings every test shares: the same examples on every run, in the language the test names."""

import pytest
from hypothesis import HealthCheck, settings

from fenhu.wording import CHINESE, set_language

settings.register_profile(
    "fenhu", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow], max_examples=50
)
settings.load_profile("fenhu")


@pytest.fixture(autouse=True)
def _chinese_unless_said_otherwise():
    set_language(CHINESE)
    yield
    set_language(CHINESE)
