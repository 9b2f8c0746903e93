"""The campaign: what was done at one's own buildings, how far it reached, the library."""

import pytest
from tests.web.bombs import a_huge_picture
from tests.web.works.steps import a_file, a_project, informed

from fenhu.errors import InputFault, NotAllowed
from fenhu.programme import Role
from fenhu.web import clock
from fenhu.web.journal.models import Entry
from fenhu.web.works import queries, services
from fenhu.web.works.models import Activity, CampaignMaterial

pytestmark = [pytest.mark.django_db, pytest.mark.data_layer]


def done(user, buildings=("A1", "A2"), **more):
    given = {"kind": "meeting", "title": "居民会", "flats_reached": 3, "note": "张三丰主持"}
    return services.record_activity(user, buildings=buildings, **(given | more))


@pytest.mark.parametrize("role", [Role.HEAT_SUPPLIER, Role.COMMUNITY, Role.CITY_BUREAU], ids=str)
def test_c4_2_who_campaigns_records_what_was_done(cast, role):
    activity = done(cast[role])
    assert sorted(activity.buildings.values_list("code", flat=True)) == ["A1", "A2"]
    entry = Entry.objects.get(subject=f"works.activity:{activity.pk}")
    assert entry.kind == "campaign.activity"
    assert "张三丰" not in entry.data_json


@pytest.mark.parametrize("role", [Role.FINANCE, Role.OWNER_UNIT, Role.CONTRACTOR, Role.HOUSEHOLD], ids=str)
def test_c4_2_others_do_not_campaign(cast, role):
    with pytest.raises(NotAllowed):
        done(cast[role])
    with pytest.raises(NotAllowed):
        services.file_material(cast[role], kind="leaflet", title="问答", file=a_file())


@pytest.mark.parametrize(
    ("role", "buildings"), [(Role.HEAT_SUPPLIER, ["B1"]), (Role.DISTRICT_GOV, ["A1"]),
                            (Role.CITY_BUREAU, ["A1", "X9"])],
)  # fmt: skip
def test_c4_2_nobody_campaigns_at_buildings_of_others_or_none(cast, role, buildings):
    with pytest.raises(NotAllowed):
        done(cast[role], buildings)
    assert not Activity.objects.exists()


@pytest.mark.parametrize("wrong", [
    {"kind": "parade"}, {"title": " "}, {"buildings": []}, {"flats_reached": 5},
    {"on": clock.date(2099, 1, 1)},
], ids=str)  # fmt: skip
def test_c4_2_an_activity_is_whole_past_and_reaches_no_more_flats_than_there_are(cast, wrong):
    with pytest.raises(InputFault):
        done(cast[Role.CITY_BUREAU], **wrong)


def test_c4_2_an_activity_at_two_buildings_stands_once_in_the_list(cast):
    done(cast[Role.HEAT_SUPPLIER])
    for role in (Role.HEAT_SUPPLIER, Role.COMMUNITY, Role.CITY_BUREAU, Role.DISTRICT_GOV):
        view = queries.campaign_view(cast[role], clock.today().year)
        assert (role, view.activities_total, view.flats_reached) == (role, 1, 3)


def test_c4_2_a_reader_is_told_the_buildings_of_his_scope_alone(cast):
    done(cast[Role.HEAT_SUPPLIER])
    (activity,) = queries.campaign_view(cast[Role.DISTRICT_GOV], clock.today().year).activities
    assert [code for code, _name in activity.buildings] == ["A2"]


def test_c3_1_the_reach_of_a_building_is_its_flats_with_a_notice_and_its_activities(cast):
    project = a_project(cast, year=clock.today().year)
    supplier = cast[Role.HEAT_SUPPLIER]
    (row,) = [row for row in queries.campaign_view(supplier, project.year).reach if row.code == "A2"]
    assert (row.flats, row.noticed, row.activities) == (2, 0, 0)
    informed(cast, project)
    done(supplier)
    (row,) = [row for row in queries.campaign_view(supplier, project.year).reach if row.code == "A2"]
    assert (row.flats, row.noticed, row.activities) == (2, 2, 1)


def test_c4_2_the_library_takes_pdf_and_pictures_by_what_they_are(cast):
    supplier = cast[Role.HEAT_SUPPLIER]
    services.file_material(
        supplier, kind="poster", title="海报", file=a_file("海报.exe", a_huge_picture(9, 9))
    )
    assert CampaignMaterial.objects.get().media_type == "image/png"
    with pytest.raises(InputFault):
        services.file_material(supplier, kind="poster", title="海报", file=a_file("海报.pdf", b"<html>"))
    for kind, title in (("song", "歌"), ("poster", " ")):
        with pytest.raises(InputFault):
            services.file_material(supplier, kind=kind, title=title, file=a_file())


def a_contact(user, **more):
    given = {"outlet": "阜新日报", "name": "记者甲", "phone": "0418-1234567"}
    return services.keep_media_contact(user, **(given | more))


def test_c4_2_a_media_contact_is_kept_renewed_and_taken_off_the_list(cast):
    bureau = cast[Role.CITY_BUREAU]
    first = a_contact(bureau)
    assert a_contact(cast[Role.HEAT_SUPPLIER], phone="0418-7654321").pk == first.pk
    [listed] = queries.campaign_view(bureau, 2011).contacts
    assert listed.phone == "0418-7654321"
    services.end_media_contact(bureau, first)
    assert queries.campaign_view(bureau, 2011).contacts == ()
    assert not Entry.objects.filter(data_json__contains="记者甲").exists()


@pytest.mark.parametrize("wrong", [{"phone": "abc"}, {"phone": ""}, {"outlet": " "}, {"name": ""}])
def test_a_media_contact_needs_outlet_name_and_a_number(cast, wrong):
    with pytest.raises(InputFault):
        a_contact(cast[Role.CITY_BUREAU], **wrong)


@pytest.mark.parametrize("role", [Role.FINANCE, Role.CONTRACTOR, Role.HOUSEHOLD], ids=str)
def test_media_contacts_are_for_those_who_run_the_campaign(cast, role):
    a_contact(cast[Role.CITY_BUREAU])
    with pytest.raises(NotAllowed):
        a_contact(cast[role])
    assert queries.campaign_view(cast[role], 2011).contacts == ()
