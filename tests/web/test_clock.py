"""The product's clock: one date for everything, and moments of that date."""

from datetime import UTC, date, datetime

import time_machine
from django.utils import timezone

from fenhu.web import clock


def test_a_moment_has_the_products_date_and_the_real_time_of_day(settings):
    settings.TODAY = date(2011, 4, 11)
    with time_machine.travel(datetime(2026, 2, 28, 6, 30, tzinfo=UTC), tick=False):
        assert timezone.localtime(clock.now()).isoformat() == "2011-04-11T14:30:00+08:00"


def test_without_a_date_of_its_own_the_moment_is_now(settings):
    settings.TODAY = None
    with time_machine.travel(datetime(2026, 2, 28, 16, 30, tzinfo=UTC), tick=False):
        assert clock.now() == datetime(2026, 2, 28, 16, 30, tzinfo=UTC)
