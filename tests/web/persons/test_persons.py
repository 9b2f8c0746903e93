"""A person's own data: handed out whole, erased as far as the law lets it, forgotten in time."""

import io
import json
import zipfile
from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.utils import timezone
from tests.web.access.walk import BACKEND, City
from tests.web.cast import GUANGMING

from fenhu.errors import InputFault, NotAllowed, PolicyFault
from fenhu.programme import Role
from fenhu.web.documents import services as documents
from fenhu.web.exchange.models import Upload
from fenhu.web.holding import holdings, lapses
from fenhu.web.household.models import CasePhoto, Declaration
from fenhu.web.journal import services as journal
from fenhu.web.journal.models import Entry
from fenhu.web.ledger.models import BankFile, BankLine, Posting, Receipt, Transfer
from fenhu.web.persons import queries, services
from fenhu.web.persons.retention import rules
from fenhu.web.registry.models import Flat, Organisation
from fenhu.web.registry.services import set_phone
from fenhu.web.works.models import AnnualPlan, Case, Paper, Project

pytestmark = [pytest.mark.django_db, pytest.mark.data_layer]

NAME, PHONE = "欧阳娜拉", "13912345678"


@pytest.fixture
def city(cast):
    return City(cast)


@pytest.fixture
def flat(city, cast):
    """Somebody of whom every room holds something."""
    supplier = cast[Role.HEAT_SUPPLIER]
    Flat.objects.filter(pk=cast.flat.pk).update(owner_name=NAME)
    set_phone(supplier, Flat.objects.get(pk=cast.flat.pk), PHONE)
    found = Flat.objects.select_related("building").get(pk=cast.flat.pk)
    Case.objects.filter(flat=found).update(account=f"{NAME} {PHONE} 家里冷", settled_on=date(2010, 6, 1))
    kept = Declaration.objects.create(
        flat=found, kind="refuse", name=NAME, made_at=timezone.now(), on_date=date(2010, 6, 1), version="1",
        language="zh", words="text", digest="0" * 64, by_link=True, reason=f"{NAME}不同意", drawn="M1 1L2 2",
        made_by=cast[Role.HOUSEHOLD],
    )  # fmt: skip
    journal.record(actor=supplier, subject=kept, kind="household.declared", data={
        "name": journal.personal(journal.subject_name(kept), NAME),
    })  # fmt: skip
    file = BankFile.objects.create(
        office=found.building.supplier, name="流水.csv", digest="0" * 64, taken_at=timezone.now(),
        taken_by=supplier,
    )  # fmt: skip
    BankLine.objects.create(
        file=file, office=found.building.supplier, reference="Z1", on_date=date(2010, 6, 1), amount_fen=40_00,
        payer_name=NAME, remark=f"{NAME} {PHONE}", way="bank", state="matched",
        transfer=Posting.objects.filter(account__flat=found).last().transfer,
    )  # fmt: skip
    return found


def erased(actor, flat):
    return services.erase_person(actor, flat.pk, reason="搬走，本人要求", confirmed=flat.flat_id)


def tables_that_say(*words):
    """Return the tables in which any of ``words`` stands, in any row and any column."""
    found = set()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            if any(word in repr(row) for row in cursor.fetchall() for word in words):
                found.add(table)
    return found


def test_everything_held_of_a_person_leaves_as_one_file_and_the_journal_tells(cast, flat):
    sent = zipfile.ZipFile(io.BytesIO(services.export_person(cast[Role.HEAT_SUPPLIER], flat.pk)))
    told = json.loads(sent.read("person.json"))
    assert set(told["held"]) == {one.key for one in holdings()}
    assert told["held"]["register"]["rows"][0]["owner_name"] == NAME
    filled = {key for key, one in told["held"].items() if one["rows"]}
    assert filled >= {"register", "logins", "links", "declarations", "photographs", "works", "cases",
                      "payments", "receipts", "bank"}  # fmt: skip
    assert any(NAME in str(entry["data"]) for entry in told["journal"])
    assert NAME in zipfile.ZipFile(io.BytesIO(sent.read("person.xlsx"))).read("xl/sharedStrings.xml").decode()
    entry = Entry.objects.get(kind="person.exported")
    assert (entry.actor_id, entry.subject) == (cast[Role.HEAT_SUPPLIER].pk, journal.subject_name(flat))
    assert NAME not in entry.data_json


def test_after_an_erasure_no_table_says_name_or_phone_and_the_journal_still_verifies(cast, flat):
    assert tables_that_say(NAME, PHONE) >= {"registry_flat", "works_case", "ledger_bankline",
                                            "household_declaration", "journal_personalvalue"}  # fmt: skip
    before = Entry.objects.count()
    gone = erased(cast[Role.HEAT_SUPPLIER], flat)
    assert tables_that_say(NAME, PHONE) == set()
    assert gone.keys() >= {
        "register",
        "logins",
        "links",
        "declarations",
        "photographs",
        "cases",
        "bank",
        "journal",
    }
    assert Entry.objects.count() > before
    assert journal.verify().faults == ()
    told = Entry.objects.get(kind="person.erased_everywhere")
    assert told.data["reason"] == "搬走，本人要求"


def test_what_has_to_be_kept_stays_and_is_listed_with_its_rule(cast, flat):
    counts = (Posting.objects.count(), Receipt.objects.count())
    erased(cast[Role.CITY_BUREAU], flat)
    assert (Posting.objects.count(), Receipt.objects.count()) == counts
    kept = {one.key: one.rule for one in queries.person_view(cast[Role.CITY_BUREAU], flat.pk).kept}
    assert kept["payments"].years == kept["receipts"].years == rules()["accounts"].years == 30
    assert kept["payments"].source


def test_files_of_an_erased_person_leave_the_store_and_the_papers_still_verify(
    cast, flat, django_capture_on_commit_callbacks
):
    [photo, *_] = CasePhoto.objects.filter(case__flat=flat)
    paths = [photo.file.path]
    with django_capture_on_commit_callbacks(execute=True):
        erased(cast[Role.CITY_BUREAU], flat)
    assert [path for path in paths if photo.file.storage.exists(path)] == []
    assert documents.verify().faults == ()


def test_a_login_of_an_erased_household_is_closed(cast, flat):
    erased(cast[Role.CITY_BUREAU], flat)
    client = Client()
    client.force_login(cast[Role.HOUSEHOLD], backend=BACKEND)
    assert client.get("/my-flat/").status_code in (302, 403)


def test_a_second_erasure_erases_nothing_more(cast, flat):
    erased(cast[Role.CITY_BUREAU], flat)
    assert {"register", "logins", "declarations", "bank", "journal"}.isdisjoint(
        erased(cast[Role.CITY_BUREAU], flat)
    )


@pytest.mark.parametrize(
    ("reason", "confirmed"), [("", "1-1-101"), ("  ", "1-1-101"), ("搬走", "1-2-201"), ("搬走", "")]
)
def test_without_a_reason_or_the_flats_number_nothing_is_erased(cast, flat, reason, confirmed):
    with pytest.raises(InputFault):
        services.erase_person(cast[Role.CITY_BUREAU], flat.pk, reason=reason, confirmed=confirmed)
    assert Flat.objects.get(pk=flat.pk).owner_name == NAME


@pytest.mark.parametrize("role", [role for role in Role if role not in queries.ANSWERING])
def test_nobody_else_exports_or_erases(cast, flat, role):
    for act in (services.export_person, erased):
        with pytest.raises(NotAllowed):
            act(cast[role], flat.pk if act is services.export_person else flat)


@pytest.fixture
def written(cast, flat):
    """Words about the person where no erasure looks, and a file at his building."""
    AnnualPlan.objects.create(supplier=flat.building.supplier, year=2031, note=f"按 {NAME} 的意见推迟")
    Case.objects.create(building=flat.building, kind="dispute", title=f"邻居与{NAME}争执")
    Paper.objects.create(
        project=Project.objects.get(building=flat.building), kind="other", title="签字扫描件",
        file="papers/x.pdf", media_type="application/pdf", size_bytes=1, digest="0" * 64,
        on_date=date(2010, 6, 1), filed_by=cast[Role.HEAT_SUPPLIER],
    )  # fmt: skip


def places(view):
    return {(one.key, one.said) for one in view.mentions}


def test_free_words_that_mention_somebody_are_listed_before_he_is_erased(cast, flat, written):
    view = queries.person_view(cast[Role.HEAT_SUPPLIER], flat.pk)
    assert places(view) >= {("plans", f"按 {NAME} 的意见推迟"), ("cases", f"邻居与{NAME}争执")}
    assert ("scans", "签字扫描件") in places(view)
    page = Client()
    page.force_login(cast[Role.HEAT_SUPPLIER], backend=BACKEND)
    shown = page.get(f"/persons/{flat.pk}/").content.decode()
    assert "邻居与" in shown
    assert "签字扫描件" in shown


def test_nobody_is_told_of_words_he_may_not_read(cast, flat, written):
    other = Organisation.objects.get(name=GUANGMING)
    AnnualPlan.objects.create(supplier=other, year=2032, note=f"{NAME}也问过")
    told = {role: queries.person_view(cast[role], flat.pk).mentions for role in queries.ANSWERING}
    plans = {role: [one.place for one in found if one.key == "plans"] for role, found in told.items()}
    assert [place.split()[1] for place in plans[Role.HEAT_SUPPLIER]] == ["2031"]
    assert [place.split()[1] for place in plans[Role.CITY_BUREAU]] == ["2031", "2032"]


def test_notes_in_the_books_of_the_building_are_found_by_the_telephone_too(cast, flat):
    Transfer.objects.create(
        kind="correction", on_date=date(2010, 6, 1), recorded_at=timezone.now(), building=flat.building,
        note=f"退给 {PHONE}", digest="0" * 64,
    )  # fmt: skip
    assert ("transfers", f"退给 {PHONE}") in places(queries.person_view(cast[Role.HEAT_SUPPLIER], flat.pk))


def test_a_long_text_is_told_by_the_words_around_the_name(cast, flat):
    scheme = "先易后难，" * 200 + NAME + "，" + "逐楼推进，" * 200
    AnnualPlan.objects.create(supplier=flat.building.supplier, year=2031, scheme=scheme)
    told = queries.person_view(cast[Role.HEAT_SUPPLIER], flat.pk).mentions
    (said,) = [one.said for one in told if one.key == "plans"]
    assert NAME in said
    assert len(said) < 150


def test_what_is_handed_out_and_what_an_erasure_leaves_name_those_words(cast, flat, written):
    sent = zipfile.ZipFile(io.BytesIO(services.export_person(cast[Role.HEAT_SUPPLIER], flat.pk)))
    told = json.loads(sent.read("person.json"))
    assert {one["where"] for one in told["mentions"]} >= {"cases", "plans", "scans"}
    erased(cast[Role.HEAT_SUPPLIER], flat)
    assert Entry.objects.get(kind="person.erased_everywhere").data["mentions"] >= 3
    left = places(queries.person_view(cast[Role.HEAT_SUPPLIER], flat.pk))
    assert {key for key, _ in left} == {"scans"}


def test_a_declaration_can_be_emptied_and_nothing_else_of_it_changed(flat, raw):
    raw("UPDATE household_declaration SET name = '', reason = '', drawn = ''")
    for change in ("kind = 'agree'", "name = '李四'", "name = '', digest = 'x'"):
        with pytest.raises(DatabaseError), transaction.atomic():
            raw(f"UPDATE household_declaration SET {change}")
    with pytest.raises(DatabaseError), transaction.atomic():
        raw("DELETE FROM household_declaration")


def test_somebody_is_found_by_how_his_name_begins_or_his_number_ends_in_ones_scope(cast, flat):
    for words in ("欧阳", PHONE[-8:], PHONE):
        [found] = queries.find_persons(cast[Role.HEAT_SUPPLIER], words)
        assert found.id == flat.pk
        assert queries.find_persons(cast.other_supplier, words) == ()
    assert queries.find_persons(cast[Role.HEAT_SUPPLIER], "") == ()


def test_the_command_lists_first_and_forgets_only_when_told_a_batch_at_a_time(
    cast, flat, monkeypatch, capsys
):
    old = timezone.now() - timedelta(days=8000)
    Upload.objects.update(created_at=old, state=Upload.APPLIED)
    monkeypatch.setattr("fenhu.web.clock.today", lambda: date(2026, 1, 1))
    call_command("forget")
    assert "2 " in capsys.readouterr().out
    assert Upload.objects.exclude(file="").count() == 2
    call_command("forget", "--really", "--batch", "1")
    assert not Upload.objects.exclude(file="").exists()
    assert not Case.objects.filter(settled_on__isnull=False).exclude(account="").exists()
    assert Entry.objects.filter(kind="person.forgotten", subject="retention").count() >= 3
    assert all(one.count == 0 for one in queries.due())
    assert journal.verify().faults == ()


def test_every_lapse_and_every_holding_has_a_rule_that_stands_in_the_file():
    asked = {one.rule for one in lapses()} | {one.rule for one in holdings() if one.rule}
    assert asked == set(rules())


@pytest.mark.parametrize("words", [
    "[accounts]\nyears = 30\n", "not toml",
    '[nothing]\nyears = 1\nfrom = "a"\nsource = "b"\ntrust = "read"\n',
])  # fmt: skip
def test_a_city_s_file_of_rules_that_is_not_whole_is_refused(settings, tmp_path, words):
    settings.RETENTION = tmp_path / "rules.toml"
    settings.RETENTION.write_text(words, encoding="utf-8")
    with pytest.raises(PolicyFault):
        rules()
