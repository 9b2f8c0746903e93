"""What a flat's page says, how heavy it is, and that it tells nobody what is not his."""

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from tests.web.cast import a_study
from tests.web.household.home import SCREENS, by_link, let_in
from tests.web.ui.pages import visit, words

from fenhu.programme import Role
from fenhu.web.household import services
from fenhu.web.registry.models import Flat
from fenhu.web.works.models import Project

pytestmark = pytest.mark.django_db
HEAVIEST = 60_000


@pytest.fixture
def path(cast):
    a_study()
    return services.link_for(cast.flat)


def weigh(client, address):
    """Return the bytes of a page with everything it loads, as they are sent without compression."""
    answer = client.get(address)
    loaded = set(re.findall(r'(?:href|src)="/static/([^"]+)"', answer.content.decode()))
    sizes = {name: Path(finders.find(name)).stat().st_size for name in loaded}
    return len(answer.content) + sum(sizes.values())


def test_a_household_reads_its_year_and_its_part(client, cast):
    a_study()
    Project.objects.all().delete()
    said = words(visit(client, cast[Role.HOUSEHOLD], "/my-flat/").select_one("main"))
    assert "Your building is planned for 2011" in said
    # 40 yuan of indoor material, of which the policy lets the user pay a part.
    assert "40.00" in words(visit(client, cast[Role.HOUSEHOLD], f"/my-flat/{cast.flat.pk}/money/"))


def test_both_doors_show_the_same_page(client, cast, path):
    signed_in = visit(client, cast[Role.HOUSEHOLD], "/my-flat/").select_one("main")
    client.logout()
    assert words(by_link(client, path).select_one("main")) == words(signed_in)


@pytest.mark.parametrize(("consent", "said"), [(True, "you agreed"), (False, "you did not agree")])
def test_a_household_reads_what_it_answered(client, cast, consent, said):
    Flat.objects.filter(pk=cast.flat.pk).update(consent=consent)
    assert said in words(visit(client, cast[Role.HOUSEHOLD], "/my-flat/"))


def test_a_household_without_a_study_and_without_a_plan_still_has_its_page(client, cast):
    Project.objects.all().delete()
    assert "Your building has no year yet" in words(visit(client, cast[Role.HOUSEHOLD], "/my-flat/"))


def test_the_telephone_can_be_tapped(client, cast, path):
    Project.objects.update(
        published_on="2010-05-01", supplier_lead="王工", supplier_phone="0418-1234567",
        contractor_lead="李工", contractor_phone="0418-7654321",
    )  # fmt: skip
    assert [a["href"] for a in by_link(client, path).select("a.tel")] == [
        "tel:0418-1234567",
        "tel:0418-7654321",
    ]


def test_the_drawing_names_every_part_in_words(client, cast, path):
    page = by_link(client, f"{path}flat/")
    assert len(page.select("svg[role=img]")) == 2
    numbers = {text.get_text() for text in page.select("svg text") if text.get_text().isdecimal()}
    assert numbers == {str(n) for n in range(1, len(page.select(".parts li")) + 1)}


@pytest.mark.parametrize("screen", ["", *SCREENS])
def test_every_screen_with_its_style_weighs_less_than_60_kb(client, cast, path, screen):
    let_in(client, path)
    assert weigh(client, f"{path}{screen}{'/' if screen else ''}") < HEAVIEST


@pytest.mark.parametrize("screen", ["", *SCREENS])
def test_every_screen_works_without_scripts_and_inline_styles(client, cast, path, screen):
    let_in(client, path)
    page = by_link(client, f"{path}{screen}{'/' if screen else ''}")
    assert page.select("[style], style") == []
    assert all(script.get("src", "").endswith("household/sign.js") for script in page.select("script"))
    assert all(
        page.select(f'label[for="{one["id"]}"]')
        for one in page.select("input[id], textarea")
        if one.get("type") != "hidden"
    )
    assert len(page.select("h1")) == 1


def test_the_owners_name_is_masked_until_the_digits_are_given(client, cast, path):
    page = f"{path}people/"
    assert cast.flat.owner_name not in by_link(client, page).get_text()
    let_in(client, path)
    assert cast.flat.owner_name in by_link(client, page).get_text()


def test_nothing_of_another_flat_is_reached_by_a_flats_link(client, cast, path):
    Flat.objects.exclude(pk=cast.flat.pk).update(owner_name="李四光", phone="00099999999")
    let_in(client, path)
    other = Flat.objects.exclude(pk=cast.flat.pk).first()
    for screen in ("", *(f"{one}/" for one in SCREENS)):
        said = by_link(client, f"{path}{screen}").get_text()
        assert "李四光" not in said
        assert other.flat_id not in said
    assert client.get(f"/my-flat/{other.pk}/")["Location"].startswith("/login/")


def test_an_unknown_screen_is_not_found(client, cast, path):
    assert client.get(f"{path}nonsense/").status_code == 404
