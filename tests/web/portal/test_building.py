"""A building's public page: its way, its leads, who answers, how it was accepted, what it was paid."""

from datetime import date

import pytest
from django.test import Client
from tests.web.portal.published import a_published_reward, a_published_year
from tests.web.ui.pages import parsed, words
from tests.web.works import steps

from fenhu.programme import Role
from fenhu.web.registry.models import Building, Flat
from fenhu.web.works.models import AcceptanceRound, MeasuredValue, Project

pytestmark = pytest.mark.django_db


def page_of(code, status=200, language="en"):
    answer = Client().get(f"/public/buildings/{code}/", headers={"accept-language": language})
    return parsed(answer, status)


def test_c2_2_it_says_which_government_answers_and_by_which_clause(cast):
    assert "The city construction bureau answers for this building. 阜政办发〔2010〕34号 二（二）" in words(
        page_of("A1")
    )
    assert "The government of 海州 answers for this building." in words(page_of("A2"))


def test_c3_3_the_leads_are_published_with_telephone_numbers_and_not_before(cast, settings):
    settings.TODAY = date(2011, 4, 20)
    project = steps.a_project(cast)
    assert "王工" not in words(page_of("A2"))
    steps.prepared(cast, project)
    page = page_of("A2")
    assert [link["href"] for link in page.select(".call")] == ["tel:0418-1234567", "tel:0418-7654321"]
    assert "王工" in words(page)
    assert "赵工" not in words(page)


def test_its_way_stands_there_with_the_day_of_every_step(cast):
    a_published_year(cast)
    steps_shown = [words(one) for one in page_of("A2").select(".way li")]
    assert steps_shown[0] == "On the plan 2011-06-01"
    assert steps_shown[-1] == "In use 2011-06-01"
    assert len(steps_shown) == 10


def test_a_building_without_a_plan_shows_no_way(cast):
    page = page_of("B1")
    assert "Not yet on an approved plan" in words(page.select_one(".answer"))
    assert page.select(".way") == []


def test_c3_4_a_round_that_is_being_held_is_not_shown_and_a_decided_one_is(cast):
    project = a_published_year(cast)
    AcceptanceRound.objects.create(project=project, number=2, opened_on=date(2011, 7, 1))
    accepted = words(page_of("A2").select_one("section[aria-labelledby=accepted]"))
    assert "Round 1" in accepted
    assert "Round 2" not in accepted


def test_of_few_measured_flats_no_mean_is_told(cast):
    project = a_published_year(cast)
    accepted = words(page_of("A2").select_one("section[aria-labelledby=accepted]"))
    assert "measured in 1 flats; 1 were warm enough" in accepted
    assert "mean" not in accepted
    held = project.rounds.get()
    for _ in range(4):
        MeasuredValue.objects.create(
            round=held, test="room_temperature_c", value=21, kept=True, measured_on=date(2011, 6, 1)
        )
    # One of 1 ℃ and four of 21 ℃.
    assert "Their mean: 17.0 ℃" in words(page_of("A2"))


def test_a_mean_before_is_told_of_a_whole_building_only(cast):
    Building.objects.filter(code="A2").update(mean_room_c=15.2)
    assert "15.2" not in words(page_of("A2"))
    Building.objects.filter(code="A2").update(flat_count=5)
    assert "15.2 ℃" in words(page_of("A2"))


def test_a_reward_is_shown_once_it_is_published(cast):
    project = a_published_year(cast)
    assert "540.00 yuan" in words(page_of("A2"))
    a_published_reward(project, project.rounds.get(), state="approved")
    assert len(page_of("A2").select("section[aria-labelledby=reward] li")) == 1


def test_the_drawing_knows_no_room_number(cast):
    Flat.objects.filter(building__code="A2").update(room="90771")
    answer = Client().get("/public/buildings/A2/front.svg", headers={"accept-language": "en"})
    assert answer["Content-Type"] == "image/svg+xml"
    drawn = answer.content.decode()
    assert "90771" not in drawn
    assert drawn.count('class="cell"') == 2
    assert "not yet on an approved plan" in drawn


def test_a_withdrawn_conversion_is_no_longer_shown(cast):
    Project.objects.filter(building__code="A1").update(state="withdrawn")
    assert "Not yet on an approved plan" in words(page_of("A1").select_one(".answer"))


def test_an_unknown_building_is_not_found(cast):
    page_of("nowhere", status=404)


def test_an_office_sees_the_same_page(client, cast):
    client.force_login(cast[Role.FINANCE])
    assert client.get("/public/buildings/B1/").status_code == 200
