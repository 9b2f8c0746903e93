"""The journal cannot be changed, and where it was changed by force, that is found."""

import pytest
from django.db import DatabaseError, connection, transaction

from fenhu.web.journal import services as journal
from fenhu.web.journal.models import DayHead, Entry, PersonalValue
from fenhu.web.journal.triggers import remove_from

pytestmark = [pytest.mark.django_db, pytest.mark.data_layer]


def three_entries():
    for number in (1, 2, 3):
        journal.record(actor=None, subject="case:1", kind="case.moved", data={"number": number})


@pytest.mark.parametrize("statement", [
    "UPDATE journal_entry SET data_json = '{}'",
    "UPDATE journal_entry SET sequence = sequence + 100",
    "DELETE FROM journal_entry",
])  # fmt: skip
def test_raw_sql_cannot_change_or_delete_entries(raw, statement):
    three_entries()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        raw(statement)
    assert Entry.objects.count() == 3


@pytest.mark.parametrize(
    "statement", ["UPDATE journal_dayhead SET entries = 0", "DELETE FROM journal_dayhead"]
)
def test_raw_sql_cannot_change_or_delete_day_heads(raw, statement):
    DayHead.objects.create(day="2011-04-10", last_entry=0, entries=0, digest="0" * 64)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        raw(statement)


def test_an_untouched_journal_verifies():
    three_entries()
    report = journal.verify()
    assert report.valid
    assert (report.entries, report.subjects) == (3, 1)


@pytest.mark.parametrize(("statement", "found"), [
    ("UPDATE journal_entry SET data_json = '{\"number\":9}' WHERE sequence = 2", "changed after"),
    ("UPDATE journal_entry SET actor_id = 7 WHERE sequence = 3", "changed after"),
    ("UPDATE journal_entry SET on_date = '2001-01-01' WHERE sequence = 1", "changed after"),
    ("UPDATE journal_entry SET previous = '' WHERE sequence = 2", "does not follow"),
    ("DELETE FROM journal_entry WHERE sequence = 2", "is missing"),
    ("DELETE FROM journal_entry WHERE sequence = 1", "is missing"),
])  # fmt: skip
def test_whoever_drops_the_trigger_and_changes_a_row_is_found(raw, statement, found):
    three_entries()
    remove_from(connection, "journal_entry")
    raw(statement)
    faults = [fault.in_language("en") for fault in journal.verify().faults]
    assert any(found in fault for fault in faults), faults


def test_the_last_entry_of_a_closed_day_cannot_be_cut_off(raw, time_machine):
    time_machine.move_to("2011-04-10 10:00")
    three_entries()
    time_machine.move_to("2011-04-11 10:00")
    head = journal.close_days()
    assert head.entries == 3
    assert journal.verify().valid
    remove_from(connection, "journal_entry")
    raw("DELETE FROM journal_entry WHERE sequence = 3")
    assert [str(fault.pattern) for fault in journal.verify().faults] == [
        "The entries up to {day} are not those the day was closed with"
    ]


def test_a_day_is_closed_once_and_only_when_it_is_over(time_machine):
    time_machine.move_to("2011-04-10 10:00")
    three_entries()
    assert journal.close_days() is None
    time_machine.move_to("2011-04-12 10:00")
    assert str(journal.close_days().day) == "2011-04-10"
    assert journal.close_days() is None


def test_a_clock_set_back_does_not_break_closed_days(time_machine):
    time_machine.move_to("2011-04-10 10:00")
    three_entries()
    time_machine.move_to("2011-04-11 10:00")
    journal.close_days()
    time_machine.move_to("2011-04-09 10:00")
    three_entries()
    time_machine.move_to("2011-04-11 11:00")
    journal.close_days()
    assert journal.verify().valid


def test_a_personal_value_is_kept_apart_and_the_entry_holds_only_its_digest():
    note = journal.personal("flat:1", "张三丰 00012340001")
    entry = journal.record(actor=None, subject="case:1", kind="case.noted", data={"note": note})
    assert "张三丰" not in entry.data_json
    assert "0001234" not in entry.data_json
    assert PersonalValue.objects.get(digest=entry.data["note"]["personal"]).value == "张三丰 00012340001"


def test_equal_values_have_different_digests():
    assert journal.personal("flat:1", "同意") != journal.personal("flat:1", "同意")


def test_erasing_a_person_leaves_nothing_of_him_and_the_chain_valid():
    note = journal.personal("flat:1", "张三丰")
    journal.record(actor=None, subject="case:1", kind="case.noted", data={"note": note})
    journal.personal("flat:2", "李四")
    assert journal.erase(actor=None, person="flat:1") == 1
    erased = PersonalValue.objects.get(person="flat:1")
    assert (erased.value, erased.salt) == ("", "")
    assert PersonalValue.objects.get(person="flat:2").value == "李四"
    assert journal.verify().valid


def test_a_personal_value_put_under_another_digest_is_found():
    journal.personal("flat:1", "张三丰")
    PersonalValue.objects.update(value="李四")
    assert not journal.verify().valid


def test_a_refused_transaction_leaves_no_entry():
    def half_done():
        with transaction.atomic():
            three_entries()
            raise RuntimeError

    with pytest.raises(RuntimeError):
        half_done()
    assert Entry.objects.count() == 0
