"""The heat of a season: measured, divided by days, or by comparable flats; an exchange loses nothing."""

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from fenhu.money.metering import How, MeterSeries, ReadingRecord, season_of, season_use
from fenhu.policy import load

CALENDAR = load("fuxin-2010").calendar
SEASON = season_of(CALENDAR, 2010)  # 1 November 2010 to 31 March 2011: 150 days between, 151 with both


def meter(*shown, name="H1", removed=None):
    points = [(date.fromisoformat(day), Decimal(str(kwh))) for day, kwh in shown]
    (installed_on, first_kwh), *rest = points
    removed_on, last_kwh = rest.pop() if removed else (None, None)
    return MeterSeries(
        meter=name, installed_on=installed_on, first_kwh=first_kwh, removed_on=removed_on, last_kwh=last_kwh,
        readings=tuple(ReadingRecord(meter=name, day=day, energy_kwh=kwh) for day, kwh in rest),
    )  # fmt: skip


def use(*meters, comparable=(), area=80):
    return season_use(list(meters), SEASON, CALENDAR, area_m2=Decimal(area), comparable=comparable)


def test_a_reading_of_summer_holds_until_heat_flows_and_one_of_april_closes_the_season():
    found = use(meter(("2010-08-20", 100), ("2011-01-15", 5100), ("2011-04-20", 9100)))
    # 9,100 − 100, all of it within the season: no heat flows outside it.
    assert found.energy_kwh == 9000
    assert [part.how for part in found.parts] == [How.MEASURED]


def test_a_missing_reading_at_the_beginning_is_divided_by_days_of_heat():
    found = use(meter(("2010-03-01", 0), ("2010-11-11", 800), ("2011-03-31", 8800)))
    # 1 to 31 March: 30 days of heat; 1 to 11 November: 10. 800 × 10 / 40 = 200; the rest 8,000 is measured.
    assert found.energy_kwh == 8200
    assert [(part.how, part.energy_kwh) for part in found.parts] == [
        (How.BETWEEN, Decimal(200)),
        (How.MEASURED, Decimal(8000)),
    ]
    assert found.estimated


def test_after_an_exchange_the_old_meters_last_and_the_new_ones_first_join():
    old = meter(("2010-10-15", 500), ("2011-01-10", 4500), removed=True)
    new = meter(("2011-01-10", 12), ("2011-04-01", 3012), name="H2")
    found = use(old, new)
    # 4,500 − 500 = 4,000 and 3,012 − 12 = 3,000.
    assert found.energy_kwh == 7000
    assert not found.estimated
    assert [part.meter for part in found.parts] == ["H1", "H2"]


def test_a_missing_reading_at_the_end_is_taken_from_comparable_flats_by_area():
    read_until_february = meter(("2010-10-15", 0), ("2011-03-01", 6000))
    neighbour = meter(("2010-10-15", 0), ("2011-03-01", 5000), ("2011-03-31", 6200), name="N")
    found = use(read_until_february, comparable=[(Decimal(100), [neighbour])])
    # The neighbour used 1,200 kWh on 100 m² in March: 12 kWh/m² × 80 m² = 960.
    assert found.energy_kwh == 6960
    assert [(part.how, part.energy_kwh) for part in found.parts][-1] == (How.COMPARABLE, Decimal(960))


def test_comparable_flats_that_were_not_read_either_are_left_out():
    found = use(
        meter(("2010-10-15", 0), ("2011-03-01", 6000)),
        comparable=[(Decimal(100), [meter(("2010-10-15", 0), ("2011-03-10", 5000), name="N")])],
    )
    assert found.energy_kwh is None
    assert found.missing == ((date(2011, 3, 1), date(2011, 3, 31)),)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.integers(1, 40), min_size=1, max_size=12),
    st.lists(st.integers(0, 900), min_size=12, max_size=12),
    st.integers(0, 11),
)
def test_law_an_exchange_on_any_day_changes_no_heat(steps, used, at):
    day, counter, points = date(2010, 10, 20), 0, [(date(2010, 10, 20), 0)]
    for step, kwh in zip(steps, used, strict=False):
        day, counter = day + timedelta(days=step), counter + kwh
        points.append((day, counter))
    points.append((max(day + timedelta(days=1), date(2011, 4, 1)), counter))
    at = min(at, len(points) - 2)
    spelled = [(one.isoformat(), kwh) for one, kwh in points]
    whole = use(meter(*spelled))
    exchanged_on, then = spelled[at]
    parts = [meter((exchanged_on, 7), *((one, kwh - then + 7) for one, kwh in spelled[at + 1 :]), name="NEW")]
    if at > 0:
        parts.insert(0, meter(*spelled[: at + 1], removed=True))
    assert use(*parts).energy_kwh == whole.energy_kwh


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 200), st.integers(0, 20_000), st.integers(1, 200))
def test_law_two_seasons_share_one_reading_between_them_and_lose_nothing(before, used, after):
    since, until = date(2010, 3, 31) - timedelta(days=before), date(2010, 11, 1) + timedelta(days=after)
    series = meter((since.isoformat(), 0), (until.isoformat(), used))
    seasons = [season_of(CALENDAR, year) for year in (2008, 2009, 2010, 2011)]
    parts = [
        part.energy_kwh
        for season in seasons
        for part in season_use([series], season, CALENDAR, area_m2=Decimal(80)).parts
    ]
    # Each part is rounded to 0.01 kWh.
    assert abs(sum(parts) - used) <= Decimal("0.01") * len(parts)
