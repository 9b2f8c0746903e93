"""Reading the trail: by who, what, kind and day, a page after the other, each office what is its own."""

import io
import zipfile
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.web.access.walk import BACKEND

from fenhu.programme import Role
from fenhu.web import clock
from fenhu.web.access.services import grant
from fenhu.web.journal import services as journal
from fenhu.web.journal.models import Entry
from fenhu.web.journal.queries import Sieve, trail
from fenhu.web.journal.triggers import remove_from
from fenhu.web.registry.models import Building, Flat
from fenhu.web.registry.services import organisations
from fenhu.web.works.models import Case

pytestmark = [pytest.mark.django_db, pytest.mark.data_layer]


def written(actor, subject="works.project:1", kind="project.noted", **data):
    return journal.record(actor=actor, subject=subject, kind=kind, data=data)


def reader(user):
    client = Client()
    client.force_login(user, backend=BACKEND)
    return client


def test_pages_follow_each_other_by_key_and_no_page_counts_the_table(cast):
    numbers = [written(None, n=n).pk for n in range(7)]
    with CaptureQueriesContext(
        connection,
    ) as asked:
        first = trail(Sieve(kind="project.noted"), most=3)
    assert not any("COUNT(" in query["sql"] for query in asked)
    second = trail(Sieve(kind="project.noted", before=first.older), most=3)
    third = trail(Sieve(kind="project.noted", before=second.older), most=3)
    shown = [entry.number for page in (first, second, third) for entry in page.entries]
    assert shown == numbers[::-1]
    assert (first.newer, third.older) == (None, None)
    back = trail(Sieve(kind="project.noted", after=third.newer), most=3)
    assert [entry.number for entry in back.entries] == [entry.number for entry in second.entries]


def test_the_trail_is_narrowed_by_who_what_kind_and_day(cast):
    bureau, supplier = cast[Role.CITY_BUREAU], cast[Role.HEAT_SUPPLIER]
    with clock.on(date(2010, 6, 1)):
        early = written(bureau, kind="project.a")
    with clock.on(date(2010, 6, 9)):
        late = written(supplier, subject="works.case:2", kind="project.b")

    def found(**sieve):
        return {entry.number for entry in trail(Sieve(**sieve)).entries} & {early.pk, late.pk}

    assert found(actors=[bureau.pk]) == {early.pk}
    assert found(subjects=["works.case:2"]) == {late.pk}
    assert found(kind="project.b") == {late.pk}
    assert found(since=date(2010, 6, 2)) == {late.pk}
    assert found(until=date(2010, 6, 8)) == {early.pk}
    assert found(since=date(2010, 6, 2), until=date(2010, 6, 8)) == set()


def test_an_entry_that_was_changed_is_marked_on_its_page(cast, raw):
    entry = written(cast[Role.CITY_BUREAU], n=1)
    remove_from(connection, "journal_entry")
    raw("UPDATE journal_entry SET data_json = %s WHERE id = %s", '{"n":2}', entry.pk)
    assert trail(Sieve()).changed == (entry.pk,)
    page = reader(cast[Role.CITY_BUREAU]).get("/journal/", headers={"accept-language": "en"})
    assert "do not say any more" in page.content.decode()


@pytest.mark.parametrize(("role", "reads"), [(Role.CITY_BUREAU, True), (Role.HEAT_SUPPLIER, True),
                                             (Role.DISTRICT_GOV, False)])  # fmt: skip
def test_personal_values_are_read_by_who_may_and_by_nobody_once_erased(cast, role, reads):
    building = Building.objects.get(code="A2")
    person = journal.subject_name(building)
    written(cast.outsider, subject=building, note=journal.personal(person, "欧阳娜拉"))
    shown = reader(cast[role]).get("/journal/?building=A2").content.decode()
    assert ("欧阳娜拉" in shown) == reads
    journal.erase(actor=None, person=person)
    assert "欧阳娜拉" not in reader(cast[role]).get("/journal/?building=A2").content.decode()


def test_a_second_office_opens_only_what_is_its_own(cast):
    owner, elsewhere = cast[Role.OWNER_UNIT], organisations(Role.COMMUNITY, ["幸福社区"])["幸福社区"]
    flat = Flat.objects.filter(building__code="A2").first()
    case = Case.objects.create(building=flat.building, flat=flat, kind="dispute", title="x")
    for subject, said in ((flat, "13912345678"), (case, "欧阳娜拉")):
        written(cast.outsider, subject=subject, note=journal.personal(journal.subject_name(subject), said))

    def read():
        shown = reader(owner).get("/journal/?building=A2").content.decode()
        return [said for said in ("13912345678", "欧阳娜拉") if said in shown]

    given = grant(user=owner, role=Role.COMMUNITY, organisation=elsewhere)
    assert read() == []
    given.organisation = flat.building.community
    given.save()
    assert read() == ["13912345678", "欧阳娜拉"]


def test_what_belonged_to_a_row_that_is_gone_is_read_by_the_bureau_alone(cast):
    building = Building.objects.get(code="A2")
    for person in ("works.case:999999", "nothing.known:1", "register"):
        written(cast[Role.HEAT_SUPPLIER], subject=building, note=journal.personal(person, "欧阳娜拉"))
    assert "欧阳娜拉" not in reader(cast[Role.HEAT_SUPPLIER]).get("/journal/?building=A2").content.decode()
    assert "欧阳娜拉" in reader(cast[Role.CITY_BUREAU]).get("/journal/?building=A2").content.decode()


def test_an_office_reads_its_own_acts_and_its_buildings_and_nothing_else(cast):
    supplier, other = cast[Role.HEAT_SUPPLIER], cast.other_supplier
    own, foreign = Building.objects.get(code="A1"), Building.objects.get(code="B1")
    written(supplier, subject="works.scenario:77", kind="project.own")
    written(other, subject=foreign, kind="project.foreign")
    written(cast[Role.CITY_BUREAU], subject=own, kind="project.bureaus")
    client = reader(supplier)
    assert {"project.own"} == kinds_in(client.get("/journal/export.xlsx"))
    assert "project.bureaus" in kinds_in(client.get("/journal/export.xlsx?building=A1"))
    assert client.get("/journal/?building=B1").status_code == 404
    assert "project.foreign" not in kinds_in(client.get(f"/journal/export.xlsx?who={other.username}"))
    assert "project.foreign" not in kinds_in(
        client.get(f"/journal/export.xlsx?subject={journal.subject_name(foreign)}")
    )
    everything = kinds_in(reader(cast[Role.CITY_BUREAU]).get("/journal/export.xlsx"))
    assert {"project.own", "project.foreign", "project.bureaus"} <= everything


def kinds_in(answer):
    book = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))
    words = book.read("xl/sharedStrings.xml").decode()
    return {kind for kind in Entry.objects.values_list("kind", flat=True).distinct() if f">{kind}<" in words}


def test_a_household_does_not_read_the_trail(cast):
    assert reader(cast[Role.HOUSEHOLD]).get("/journal/").status_code == 403
