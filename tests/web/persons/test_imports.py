"""What an import holds of somebody is handed out with the rest, erased with it, and lapses in every state."""

import io
import json
import zipfile
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.core.files.base import File
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from tests.web.access.walk import BACKEND
from tests.web.cast import the_register

from fenhu.errors import Conflict, WrongState
from fenhu.programme import Role
from fenhu.records import Register
from fenhu.register import write_register
from fenhu.web.exchange import queries as exchange
from fenhu.web.exchange import services as exchange_services
from fenhu.web.exchange.models import StagedRow, Upload
from fenhu.web.jobs.models import Job
from fenhu.web.journal import services as journal
from fenhu.web.journal.models import Entry
from fenhu.web.persons import queries, services
from fenhu.web.registry.models import Flat
from fenhu.wording import text

pytestmark = [pytest.mark.django_db, pytest.mark.data_layer]

NAME, PHONE = "欧阳娜拉", "13912345678"
STATES = [Upload.RECEIVED, Upload.STAGED, Upload.APPLIED, Upload.REFUSED, Upload.DISCARDED]


@pytest.fixture
def bureau(cast):
    return cast[Role.CITY_BUREAU]


@pytest.fixture
def received(tmp_path):
    """Return what takes a workbook in that names somebody in A1's first flat."""

    def receive(user, *codes):
        first, *others = the_register().flats
        flats = (replace(first, owner_name=NAME, phone=PHONE, measured_c=15.5), *others)
        sent = Register(
            buildings=tuple(one for one in the_register().buildings if not codes or one.code in codes),
            flats=tuple(one for one in flats if not codes or one.building in codes),
        )
        path = tmp_path / "register.xlsx"
        write_register(sent, path)
        with path.open("rb") as file:
            return exchange_services.receive(File(file, name="register.xlsx"), user)

    return receive


@pytest.fixture
def staged(received, bureau):
    return exchange_services.stage(received(bureau))


@pytest.fixture
def applied(staged, bureau):
    return exchange_services.apply(staged, bureau)


def erased(actor, flat):
    return services.erase_person(actor, flat.pk, reason="本人要求", confirmed=flat.flat_id)


def page_of(upload, user):
    client = Client()
    client.force_login(user, backend=BACKEND)
    return client.get(f"/import/{upload.pk}/?sheet=flats").content.decode()


def test_rows_and_workbooks_that_hold_somebody_are_handed_out_with_the_rest(cast, applied):
    sent = zipfile.ZipFile(io.BytesIO(services.export_person(cast[Role.HEAT_SUPPLIER], cast.flat.pk)))
    held = json.loads(sent.read("person.json"))["held"]["imports"]
    assert [one["values"]["phone"] for one in held["rows"] if one["row"]] == [["00012340001", PHONE]]
    assert [one["upload"] for one in held["rows"] if one["workbook"]] == [applied.pk]


def test_after_an_erasure_no_row_no_page_and_no_workbook_of_an_import_names_anybody(
    cast, applied, bureau, django_capture_on_commit_callbacks
):
    assert PHONE in page_of(applied, bureau)
    with django_capture_on_commit_callbacks(execute=True):
        gone = erased(bureau, cast.flat)
    assert gone["imports"] == 2
    [row] = StagedRow.objects.all()
    assert row.values == {"measured_c": [None, 15.5]}
    shown = page_of(applied, bureau)
    assert [word for word in (NAME, PHONE) if word in shown] == []
    assert "15.5" in shown
    assert not applied.file.storage.exists(applied.file.name)
    assert journal.verify().faults == ()
    assert "imports" not in erased(bureau, cast.flat)


def test_a_preview_that_waits_can_be_imported_after_the_erasure_and_brings_nobody_back(cast, staged, bureau):
    erased(bureau, cast.flat)
    exchange_services.apply(Upload.objects.get(pk=staged.pk), bureau)
    flat = Flat.objects.get(pk=cast.flat.pk)
    assert (flat.owner_name, flat.phone, flat.measured_c) == ("", "", 15.5)


def test_a_workbook_still_to_be_checked_stays_and_the_page_says_so(cast, received, bureau):
    upload = received(bureau)
    erased(bureau, cast.flat)
    assert upload.file.storage.exists(upload.file.name)
    [kept] = [one for one in queries.person_view(bureau, cast.flat.pk).kept if one.key == "imports"]
    assert (kept.kept, kept.rule.key) == (1, "imports")


def test_another_suppliers_workbook_is_no_matter_of_this_flat(cast, received):
    upload = exchange_services.stage(received(cast.other_supplier, "B1"))
    view = queries.person_view(cast[Role.CITY_BUREAU], cast.flat.pk)
    assert [one.rows for one in view.held if one.key == "imports"] == [()]
    erased(cast[Role.CITY_BUREAU], cast.flat)
    assert Upload.objects.get(pk=upload.pk).file


def test_a_finding_that_quotes_somebody_says_nothing_any_more(cast, applied, bureau):
    said = text("{value} is a date; text was expected", value=PHONE).to_json()
    finding = {"severity": "warning", "sheet": "flats", "row": 2, "column": "phone", "code": "x"}
    other = finding | {"message": text("{value} is unknown", value="y").to_json()}
    Upload.objects.filter(pk=applied.pk).update(findings=[finding | {"message": said}, other])
    erased(bureau, Flat.objects.get(pk=cast.flat.pk))
    first, second = exchange.upload_view(bureau, applied.pk).findings
    assert PHONE not in str(first.message)
    assert "y" in str(second.message)


@pytest.mark.parametrize("state", STATES)
def test_an_upload_lapses_by_age_whatever_became_of_it(staged, bureau, monkeypatch, state):
    Upload.objects.update(state=state, created_at=timezone.now() - timedelta(days=8000))
    monkeypatch.setattr("fenhu.web.clock.today", lambda: date(2026, 1, 1))
    call_command("forget", "--really")
    upload = Upload.objects.get()
    assert (upload.file.name, upload.findings, upload.preview, upload.rows.count()) == ("", [], {}, 0)
    assert upload.state == (Upload.DISCARDED if state in Upload.OPEN else state)
    assert Entry.objects.filter(kind="upload.discarded").exists() == (state in Upload.OPEN)
    assert all(one.count == 0 for one in queries.due())
    assert journal.verify().faults == ()


def test_rows_of_an_upload_whose_workbook_was_erased_lapse_all_the_same(cast, applied, bureau, monkeypatch):
    erased(bureau, cast.flat)
    Upload.objects.update(created_at=timezone.now() - timedelta(days=8000))
    monkeypatch.setattr("fenhu.web.clock.today", lambda: date(2026, 1, 1))
    call_command("forget", "--really")
    assert not StagedRow.objects.exists()


def test_a_file_whose_check_did_not_finish_can_be_put_aside_and_no_sooner(received, bureau):
    upload = received(bureau)
    job = Job.objects.create(
        kind="stage-upload", owner=bureau, params={"upload": upload.pk}, state=Job.RUNNING
    )
    with pytest.raises(WrongState):
        exchange_services.discard(upload, bureau)
    Job.objects.filter(pk=job.pk).update(state=Job.FAILED)
    client = Client()
    client.force_login(bureau, backend=BACKEND)
    assert f"/import/{upload.pk}/discard/" in client.get(f"/import/{upload.pk}/").content.decode()
    client.post(f"/import/{upload.pk}/discard/")
    assert Upload.objects.get(pk=upload.pk).state == Upload.DISCARDED
    assert Entry.objects.filter(kind="upload.discarded").count() == 1


def test_a_check_that_ends_after_its_file_was_put_aside_changes_nothing(received, bureau):
    upload = received(bureau)
    Upload.objects.filter(pk=upload.pk).update(state=Upload.DISCARDED)
    with pytest.raises(Conflict):
        exchange_services.stage(upload)
    assert not StagedRow.objects.exists()
