"""A building's site on its page: flats by stage, weeks, checks, deliveries, photographs, papers."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.web.bombs import a_huge_picture
from tests.web.ui.pages import rows, send, visit, words
from tests.web.works.steps import BOTH, a_file, a_project, begun

from fenhu.programme import Role
from fenhu.web import clock
from fenhu.web.works import services
from fenhu.web.works.models import FlatWork, Material, Paper, Project, SiteCheck, WeekReport

pytestmark = pytest.mark.django_db

MONDAY = clock.date(2011, 5, 2)
SITE = "/projects/A2/site/"
PNG = a_huge_picture(9, 9)


@pytest.fixture
def project(cast, settings):
    settings.TODAY = MONDAY
    return begun(cast, a_project(cast))


@pytest.fixture
def contractor(cast):
    return cast[Role.CONTRACTOR]


def act(client, user, verb, status=200, **fields):
    return send(client, user, f"{SITE}act/{verb}/", fields, status)


def test_c3_2_the_page_says_how_far_and_until_when(client, contractor, project, settings):
    services.set_stages(contractor, project, {BOTH[0]: "done"})
    settings.TODAY = MONDAY + timedelta(days=14)
    said = words(visit(client, contractor, SITE).select_one(".answer"))
    assert "1 of 2 flats with a contract are done, 50% of the works." in said
    assert "in time for" in said


@pytest.mark.parametrize(("day", "said"), [
    ("2011-05-30", "Nothing moved in the last three weeks"), ("2011-09-29", "days after"),
])  # fmt: skip
def test_c3_2_works_that_rest_or_will_be_late_are_named_so(client, contractor, project, settings, day, said):
    settings.TODAY = clock.date.fromisoformat(day)
    if said == "days after":
        services.set_stages(contractor, project, {BOTH[0]: "removed"})
    assert said in words(visit(client, contractor, SITE).select_one(".answer"))


def test_every_flat_of_the_picture_leads_to_its_row_with_its_button(client, contractor, project):
    page = visit(client, contractor, SITE)
    links = [link["href"] for link in page.select("[data-presses] svg a")]
    assert sorted(links) == [f"#flat-{flat}" for flat in BOTH]
    for link in links:
        button = page.find(id=link[1:]).select_one("button[formaction]")
        assert (button["name"], button["formaction"]) == ("one", f"{SITE}act/advance/")


def test_one_click_takes_a_flat_a_stage_further(client, contractor, project):
    page = act(client, contractor, "advance", one=BOTH[0])
    assert f"{BOTH[0]} is now: Old pipes removed" in words(page)
    assert [row[1] for row in rows(page, "flats")] == ["Old pipes removed", "Not begun"]


def test_many_flats_are_set_at_once(client, contractor, project):
    page = act(client, contractor, "stages", flat=list(BOTH), stage="piped")
    assert [row[1] for row in rows(page, "flats")] == ["Loop laid", "Loop laid"]


def test_flats_are_ticked_first(client, contractor, project):
    assert "Tick the flats first" in words(act(client, contractor, "stages", 422, stage="piped"))


def test_the_bureau_sees_the_flats_without_buttons(client, cast, project):
    page = visit(client, cast[Role.CITY_BUREAU], SITE)
    assert page.select("#flats button, #flats input, #weeks form") == []


def test_c3_2_a_week_is_reported_and_stands_in_the_list(client, contractor, project):
    page = act(client, contractor, "week", week="2011-05-02", crew=6, note="拆管")
    assert rows(page, "weeks")[0][:2] == ["2011-05-02", "6"]
    assert "拆管" in words(page.select_one("#weeks"))
    assert page.select_one("#weeks svg title") is not None
    assert WeekReport.objects.get().crew == 6


def test_a_crew_that_is_no_number_is_refused_with_words(client, contractor, project):
    assert "crew" in words(act(client, contractor, "week", 422, week="2011-05-02", crew="six"))


def test_c4_3_stopped_works_say_so_on_top_and_who_ordered_it_lifts_it(client, cast, contractor, project):
    bureau = cast[Role.CITY_BUREAU]
    act(client, bureau, "inspect", kind="safety", verdict="stop", finding="动火无证")
    page = visit(client, contractor, SITE)
    assert "Works stopped on 2011-05-02 by city_bureau: 动火无证" in words(page.select_one("[role=alert]"))
    assert page.select("#checks tbody form") == []
    page = visit(client, bureau, SITE)
    number = page.select_one("#checks tbody input[name=check]")["value"]
    page = act(client, bureau, "clear", check=number)
    assert page.select("[role=alert]") == []
    assert "lifted on 2011-05-02" in words(page.select_one("#checks"))


def test_c4_3_an_inspection_that_did_not_pass_says_what_was_found(client, cast, project):
    page = act(client, cast[Role.CITY_BUREAU], "inspect", 422, kind="quality", verdict="mend", finding="")
    assert "Write what was found" in words(page)
    assert not SiteCheck.objects.exists()


def test_c4_3_a_pressure_test_is_judged_and_its_reasons_shown(client, contractor, project):
    values = {"pipe": "steel", "working_mpa": "0.3", "test_mpa": "0.4", "minutes": 9, "drop_mpa": "0.02"}
    page = act(client, contractor, "pressure", **values)
    assert "Held for 9 minutes; at least 10" in words(page.select_one("#checks"))
    page = act(client, contractor, "pressure", **values | {"minutes": 10})
    assert rows(page, "checks")[0][2] == "passed"


def test_c4_3_a_delivery_links_its_certificate(client, contractor, project):
    paper = services.file_paper(contractor, project, kind="certificate", title="合格证", file=a_file())
    page = act(client, contractor, "material", name="PE-RT", specification="dn20", quantity="120", unit="m",
               certificate_number="HG-1", paper=paper.pk)  # fmt: skip
    assert page.select_one("#materials tbody a")["href"] == f"/papers/{paper.pk}/"
    assert Material.objects.get().certificate == paper


def test_a_photograph_is_filed_for_its_flat(client, contractor, project):
    file = SimpleUploadedFile("a.png", PNG, "image/png")
    page = act(client, contractor, "file", kind="photo", title="立管", flat=BOTH[0], file=file)
    image = page.select_one("#photographs img")
    assert (image["src"], image["alt"]) == (f"/papers/{Paper.objects.get(kind='photo').pk}/", "立管")
    assert BOTH[0] in words(page.select_one("#photographs li"))


def test_the_supplier_reports_the_works_finished_from_here(client, cast, contractor, project):
    page = visit(client, cast[Role.HEAT_SUPPLIER], SITE)
    button = page.select_one("#steps button")
    assert (words(button), button.has_attr("disabled")) == ("Report the works finished", True)
    FlatWork.objects.filter(project=project).update(stage="done")
    act(client, contractor, "pressure", pipe="steel", working_mpa="0.3", test_mpa="0.4", minutes=10,
        drop_mpa="0.01")  # fmt: skip
    page = visit(client, cast[Role.HEAT_SUPPLIER], SITE)
    assert not page.select_one("#steps button").has_attr("disabled")


@pytest.mark.parametrize("state", ["listed", "suspended", "finished", "in_use"])
def test_before_and_after_the_works_the_page_takes_no_record(client, contractor, project, state):
    Project.objects.filter(pk=project.pk).update(state=state)
    page = visit(client, contractor, SITE)
    assert page.select("#flats button, #weeks form, #checks form") == []


def test_an_unknown_record_is_not_found(client, contractor, project):
    act(client, contractor, "dance", 404)


def test_the_page_speaks_chinese(client, contractor, project):
    page = visit(client, contractor, SITE, language="zh-hans")
    assert words(page.select_one("h1")).endswith("施工现场")


def test_pictures_stand_in_the_page_and_other_papers_are_saved(client, contractor, project):
    photo = services.file_paper(
        contractor, project, kind="photo", title="立管", file=SimpleUploadedFile("a.png", PNG)
    )
    drawing = Paper.objects.filter(kind="drawings").get()
    client.force_login(contractor)
    image, pdf = (client.get(f"/papers/{one.pk}/") for one in (photo, drawing))
    assert image["Content-Type"] == "image/png"
    assert image["Content-Disposition"].startswith("inline")
    assert pdf["Content-Disposition"].startswith("attachment")
    assert b"".join(image.streaming_content) == PNG
    for answer in (image, pdf):
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in answer["Content-Security-Policy"]
    b"".join(pdf.streaming_content)


def test_a_paper_whose_file_is_gone_says_who_can_help(client, contractor, project):
    paper = Paper.objects.filter(kind="drawings").get()
    paper.file.delete(save=False)
    Paper.objects.filter(pk=paper.pk).update(file="papers/gone.pdf")
    assert "ask the operator" in words(visit(client, contractor, f"/papers/{paper.pk}/", status=404))


def test_the_contractors_first_page_leads_to_the_next_thing(client, contractor, project):
    page = visit(client, contractor, "/")
    assert rows(page, "works")[0][1] == "Report this week"
    first = page.select_one("#works tbody tr")
    assert [link["href"] for link in first.select("a")] == [SITE, SITE]


def test_the_journal_tells_what_happened_on_site_in_words(client, cast, contractor, project):
    services.set_stages(contractor, project, {BOTH[0]: "piped"})
    services.report_week(contractor, project, week=MONDAY, crew=6)
    services.inspect(cast[Role.CITY_BUREAU], project, kind="quality", passed=True)
    told = words(visit(client, cast[Role.CITY_BUREAU], "/journal/"))
    for said in ("Stages of flats recorded", "1-1-101 Loop laid", "share done: 20 %", "Quality inspection"):
        assert said in told
