"""Meters, readings and heat bills: the right office, all or nothing, every wrong value on record."""

import csv
from datetime import date
from decimal import Decimal

import pytest

from fenhu.errors import InputFault, NotAllowed, WrongState
from fenhu.programme import Role
from fenhu.web import clock
from fenhu.web.journal.models import Entry
from fenhu.web.metering import queries, services
from fenhu.web.metering.models import Meter, Reading, ReadingBatch, SeasonBill
from fenhu.web.registry.models import Building

pytestmark = [pytest.mark.django_db, pytest.mark.data_layer]
OCTOBER, APRIL = date(2010, 10, 15), date(2011, 4, 5)


@pytest.fixture(autouse=True)
def _after_the_season():
    with clock.on(APRIL):
        yield


@pytest.fixture
def supplier(cast):
    return cast[Role.HEAT_SUPPLIER]


@pytest.fixture
def flats(cast):
    return list(Building.objects.get(code="A1").flats.select_related("building").order_by("storey"))


@pytest.fixture
def meters(supplier, flats):
    return [
        services.install_meter(supplier, flat, number=f"H{n}", on=OCTOBER, first_kwh=Decimal(0))
        for n, flat in enumerate(flats, 1)
    ]


@pytest.fixture
def file(tmp_path):
    def write(*rows):
        path = tmp_path / "抄表.csv"
        with path.open("w", encoding="utf-8", newline="") as out:
            csv.writer(out).writerows([("表号", "抄表日期", "读数"), *rows])
        return path

    return write


def test_a_file_is_taken_in_once_and_the_same_file_again_changes_nothing(supplier, meters, file):
    path = file(("H1", "2010-12-01", "3000"), ("H2", "2010-12-01", "2000.5"))
    first = services.take_readings(supplier, path, name="十二月")
    again = services.take_readings(supplier, path, name="十二月")
    assert (first.taken, first.known, again.taken, again.known) == (2, 0, 0, 2)
    assert sorted(Reading.objects.values_list("energy_kwh", flat=True)) == [Decimal("2000.5"), 3000]
    entry = Entry.objects.filter(kind="metering.readings").first()
    assert entry.actor_id == supplier.pk


def test_one_doubtful_reading_keeps_the_whole_file_out_and_says_where(supplier, meters, file):
    taken = services.take_readings(
        supplier,
        file(
            ("H1", "2010-12-01", "3000"), ("H1", "2011-01-01", "2900"), ("H9", "2010-12-01", "1"),
            ("H2", "2011-04-06", "5000"),
        ),
        name="坏",
    )  # fmt: skip
    assert taken.batch is None
    assert [(one.row, one.code) for one in taken.findings] == [
        (3, "falls-back"), (4, "unknown-meter"), (5, "future"),
    ]  # fmt: skip
    assert not Reading.objects.exists()
    assert not ReadingBatch.objects.exists()


def test_another_suppliers_meters_are_strangers(cast, meters, file):
    taken = services.take_readings(cast.other_supplier, file(("H1", "2010-12-01", "3000")), name="别家")
    assert [one.code for one in taken.findings] == ["unknown-meter"]


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.HEAT_SUPPLIER])
def test_nobody_but_the_supplier_installs_reads_or_bills(cast, flats, file, role):
    with pytest.raises(NotAllowed):
        services.install_meter(cast[role], flats[0], number="X", on=OCTOBER, first_kwh=Decimal(0))
    with pytest.raises(NotAllowed):
        services.take_readings(cast[role], file(("H1", "2010-12-01", "1")), name="x")
    with pytest.raises(NotAllowed):
        services.issue_bills(cast[role], flats[0].building, 2010)
    assert not Meter.objects.exists()


def test_a_flat_has_one_meter_at_a_time_and_a_number_hangs_once(supplier, flats, meters):
    with pytest.raises(WrongState):
        services.install_meter(supplier, flats[0], number="H7", on=APRIL, first_kwh=Decimal(0))
    with pytest.raises(InputFault):
        services.exchange_meter(
            supplier, meters[0], on=APRIL, last_kwh=Decimal(9), number="H2", first_kwh=Decimal(0)
        )
    assert Meter.objects.filter(removed_on=None).count() == 2


def test_a_corrected_reading_stays_on_record(supplier, meters, file):
    services.take_readings(supplier, file(("H1", "2010-12-01", "3000")), name="一")
    wrong = Reading.objects.get()
    right = services.correct_reading(supplier, wrong, energy_kwh=Decimal(2000), note="抄错一位")
    wrong.refresh_from_db()
    assert (wrong.energy_kwh, wrong.void, wrong.replaced_by) == (3000, True, right)
    with pytest.raises(WrongState):
        services.correct_reading(supplier, wrong, energy_kwh=Decimal(1), note="再改")
    # A file that still holds the wrong value is doubted, not swallowed.
    taken = services.take_readings(supplier, file(("H1", "2010-12-01", "3000")), name="二")
    assert [one.code for one in taken.findings] == ["duplicate"]


def test_a_correction_that_cannot_be_believed_changes_nothing(supplier, meters, file):
    services.take_readings(supplier, file(("H1", "2010-12-01", "3000")), name="一")
    with pytest.raises(InputFault):
        services.correct_reading(supplier, Reading.objects.get(), energy_kwh=Decimal(10**6), note="?")
    assert Reading.objects.get().void is False


def test_bills_of_a_building_by_meter_exchange_and_area(supplier, flats, meters, file):
    services.take_readings(
        supplier, file(("H1", "2011-04-01", "10000"), ("H2", "2011-01-10", "4500")), name="全季"
    )
    services.exchange_meter(
        supplier, meters[1], on=date(2011, 1, 20), last_kwh=Decimal(5000), number="H3", first_kwh=Decimal(7)
    )
    services.take_readings(supplier, file(("H3", "2011-04-01", "3007")), name="春")
    issued = services.issue_bills(supplier, flats[0].building, 2010)
    assert (issued.new, issued.changed, issued.unchanged) == (2, 0, 0)
    # 90 m² × 25 = 2,250.00 by area; basic 675.00; 10,000 × 0.136 = 1,360.00; 8,000 × 0.136 = 1,088.00.
    assert [(one.energy_kwh, one.area_fen, one.due_fen) for one in SeasonBill.objects.order_by("flat")] == [
        (10_000, 225_000, 203_500), (8_000, 225_000, 176_300),
    ]  # fmt: skip
    assert services.issue_bills(supplier, flats[0].building, 2010).unchanged == 2


def test_a_flat_without_a_meter_in_the_season_pays_by_area(supplier, flats):
    services.install_meter(supplier, flats[0], number="NEW", on=date(2011, 4, 2), first_kwh=Decimal(0))
    services.issue_bills(supplier, flats[0].building, 2010)
    assert [(one.energy_kwh, one.due_fen) for one in SeasonBill.objects.all()] == [(None, 225_000)] * 2


def test_a_missing_reading_is_estimated_by_the_neighbour_and_marked(supplier, flats, meters, file):
    services.take_readings(
        supplier,
        file(("H1", "2011-03-01", "6000"), ("H2", "2011-03-01", "6000"), ("H2", "2011-03-31", "7000")),
        name="三月",
    )
    services.issue_bills(supplier, flats[0].building, 2010)
    bill = SeasonBill.objects.get(flat=flats[0])
    # The neighbour's flat is as large and used 1,000 kWh in March.
    assert (bill.energy_kwh, bill.estimated) == (7000, True)
    assert [part["how"] for part in bill.parts] == ["measured", "comparable"]


def test_cold_days_lower_the_bill_and_an_earlier_bill_stays_on_record(supplier, flats, meters, file):
    services.take_readings(supplier, file(("H1", "2011-04-01", "10000")), name="一")
    services.issue_bills(supplier, flats[0].building, 2010)
    services.record_cold(
        supplier, flats[0], since=date(2010, 12, 1), until=date(2010, 12, 10), room_c=Decimal("15.5")
    )
    with pytest.raises(InputFault):
        services.record_cold(
            supplier, flats[0], since=date(2010, 12, 10), until=date(2010, 12, 11), room_c=Decimal(15)
        )
    issued = services.issue_bills(supplier, flats[0].building, 2010)
    assert (issued.changed, issued.unchanged) == (1, 1)
    first, second = SeasonBill.objects.filter(flat=flats[0]).order_by("pk")
    # 2,035.00 × 10 / 151 × 50 % = 67.38.
    assert (first.due_fen, first.superseded_on) == (203_500, APRIL)
    assert (second.refund_fen, second.due_fen) == (6_738, 203_500 - 6_738)


def test_no_bill_before_the_season_is_over(supplier, flats, meters):
    with clock.on(date(2011, 3, 30)), pytest.raises(WrongState):
        services.issue_bills(supplier, flats[0].building, 2010)


def test_a_household_sees_its_own_bill_and_no_other(cast, supplier, flats, meters, file):
    services.take_readings(supplier, file(("H1", "2011-04-01", "10000")), name="一")
    services.issue_bills(supplier, flats[0].building, 2010)
    assert [bill.flat_id for _, bill in queries.heat_bills_at(flats[0])] == [flats[0].pk]
    assert list(SeasonBill.objects.visible_to(cast.other_supplier)) == []
    assert list(Meter.objects.visible_to(cast[Role.COMMUNITY])) == []


def test_entries_of_the_journal_name_no_person(supplier, flats, meters, file):
    services.take_readings(supplier, file(("H1", "2011-04-01", "10000")), name="张三丰.csv")
    services.issue_bills(supplier, flats[0].building, 2010)
    entries = Entry.objects.filter(kind__startswith="metering.")
    assert entries.count() == 4
    assert not any(flats[0].owner_name in entry.data_json for entry in entries)
