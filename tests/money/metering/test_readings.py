"""Which readings cannot be believed, and why."""

from datetime import date
from decimal import Decimal

import pytest

from fenhu.money.metering import MeterSeries, ReadingRecord, doubts

TODAY = date(2011, 2, 1)


def record(day, kwh):
    return ReadingRecord(meter="H1", day=date.fromisoformat(day), energy_kwh=Decimal(str(kwh)))


SERIES = MeterSeries(
    meter="H1", installed_on=date(2010, 10, 15), first_kwh=Decimal(10), readings=(record("2010-12-01", 2000),)
)


def codes(*new, series=SERIES):
    found = doubts(series, new, today=TODAY, area_m2=Decimal(80), max_w_m2=Decimal(150))
    return [(doubt.code, doubt.record.day.isoformat()) for doubt in found]


def test_a_plausible_reading_and_one_known_already_raise_no_doubt():
    assert codes(record("2011-01-01", 4000), record("2010-12-01", "2000.0")) == []


@pytest.mark.parametrize(
    ("day", "kwh", "code"),
    [
        ("2011-02-02", 4000, "future"),
        ("2010-10-14", 10, "before-installation"),
        ("2010-12-01", 2001, "duplicate"),
        ("2011-01-01", 1999, "falls-back"),
        ("2010-11-15", 2001, "falls-back"),  # above the reading that follows it
        # 31 days × 24 h × 80 m² × 150 W/m² = 8,928 kWh at most.
        ("2011-01-01", "10928.1", "too-much"),
    ],
)
def test_a_reading_is_doubted(day, kwh, code):
    assert codes(record(day, kwh)) == [(code, day)]


def test_the_most_a_flat_can_take_is_still_believed():
    assert codes(record("2011-01-01", 10928)) == []


def test_a_doubted_reading_does_not_make_the_next_one_doubtful():
    assert codes(record("2011-01-01", 99_999), record("2011-02-01", 5000)) == [("too-much", "2011-01-01")]


def test_a_meter_that_was_taken_out_shows_nothing_any_more():
    gone = MeterSeries(
        meter="H1", installed_on=date(2010, 10, 15), first_kwh=Decimal(10), removed_on=date(2010, 12, 1),
        last_kwh=Decimal(2000),
    )  # fmt: skip
    assert codes(record("2010-12-02", 2001), series=gone) == [("after-removal", "2010-12-02")]
