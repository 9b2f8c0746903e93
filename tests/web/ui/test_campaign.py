"""The campaign's page: activities, reach, the library, criticism taken up as a case."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.web.ui.pages import rows, send, visit, words
from tests.web.works.steps import a_project, informed

from fenhu.programme import Role
from fenhu.web import clock
from fenhu.web.works.models import CampaignMaterial

pytestmark = pytest.mark.django_db


@pytest.fixture
def supplier(cast):
    return cast[Role.HEAT_SUPPLIER]


def test_c4_2_an_activity_is_recorded_for_several_buildings_pasted(client, supplier, settings):
    settings.TODAY = clock.date(2011, 5, 10)
    page = send(client, supplier, "/campaign/act/activity/", {
        "kind": "meeting", "title": "居民会", "buildings": "A1，A2\nA1", "flats_reached": "3",
        "on": "2011-05-04",
    })  # fmt: skip
    (row,) = rows(page, "activities")
    assert row[:3] == ["居民会", "Residents' meeting", "2011-05-04"]
    assert row[5] == "3 flats"


def test_c4_2_a_building_of_others_is_refused(client, supplier):
    page = send(client, supplier, "/campaign/act/activity/", {
        "kind": "meeting", "title": "居民会", "buildings": "B1",
    }, 403)  # fmt: skip
    assert "B1" in words(page)


def test_c3_1_the_page_says_how_many_flats_have_their_notice(client, cast, supplier, settings):
    settings.TODAY = clock.date(2011, 5, 10)
    informed(cast, a_project(cast, year=2011))
    page = visit(client, supplier, "/campaign/?year=2011")
    assert "2 of 2 flats have their notice (100%)" in words(page.select_one(".answer"))
    assert rows(page, "reach") == [["和平小区 A2号楼 A2", "海州", "2", "2", "100%", "0"]]


def test_c4_2_the_library_hands_out_what_was_put_in_as_a_file(client, cast, supplier):
    file = SimpleUploadedFile("问答.pdf", b"%PDF-1.4 hello", content_type="text/html")
    send(client, supplier, "/campaign/act/material/", {"kind": "leaflet", "title": "问答", "file": file})
    kept = CampaignMaterial.objects.get()
    client.force_login(cast[Role.COMMUNITY])
    answer = client.get(f"/campaign/material/{kept.pk}/")
    assert b"".join(answer.streaming_content) == b"%PDF-1.4 hello"
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_c4_2_a_page_that_calls_itself_a_leaflet_is_refused(client, supplier):
    file = SimpleUploadedFile("问答.pdf", b"<html><script>", content_type="application/pdf")
    page = send(client, supplier, "/campaign/act/material/", {
        "kind": "leaflet", "title": "问答", "file": file,
    }, 422)  # fmt: skip
    assert "is not a PDF, a PNG picture, a JPEG picture" in words(page)


def test_c4_2_published_criticism_is_taken_up_as_a_case(client, supplier):
    page = visit(client, supplier, "/campaign/")
    (link,) = page.select('a[href*="kind=criticism"]')
    page = visit(client, supplier, f"{link['href']}&building=A1")
    assert page.select_one("#kind option[selected]")["value"] == "criticism"
