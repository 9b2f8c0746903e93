"""What a flat's page says, how heavy it is, and that it tells nobody what is not his."""

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from tests.web.cast import a_study
from tests.web.household.home import SCREENS, by_link, let_in
from tests.web.ui.pages import visit, words
from tests.web.works import steps

from fenhu.programme import Role
from fenhu.records import Payer
from fenhu.web.household import services
from fenhu.web.ledger.services import receive
from fenhu.web.registry.models import Flat
from fenhu.web.works.models import DesignVersion, FlatWork, Project, Representative

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


def test_the_radiators_of_the_approved_design_are_those_of_the_flat(client, cast, path):
    outcome = {"sizes": {}, "radiators": {
        "1-1-101/1": ["steel", 12, "replace"], "1-1-101/2": ["steel", 8, "keep"],
        "1-2-201/1": ["x", 99, "new"],
    }}  # fmt: skip
    DesignVersion.objects.create(
        building=cast.flat.building, number=1, origin="engine", state="approved", policy="fuxin-2010",
        price_year=2010, day="2010-05-01", inputs={}, outcome=outcome, cost_fen=0,
    )  # fmt: skip
    said = words(by_link(client, f"{path}flat/").select_one("main"))
    assert "Radiator 1: 12 sections, is replaced" in said
    assert "Radiator 2: 8 sections, stays" in said
    assert "99" not in said


def test_c3_4_the_acceptance_of_the_flat_is_told_with_what_was_measured(client, cast, path):
    project = Project.objects.get()
    project.finished_on = project.in_use_on = "2010-09-20"
    project.save()
    FlatWork.objects.create(
        project=project, flat=cast.flat, contract_on="2010-06-01", contract_number="HT-1",
        passed_on="2010-09-15", room_c=20.5,
    )  # fmt: skip
    said = words(by_link(client, path).select_one("main"))
    assert "Your flat passed on Sept. 15, 2010" in said
    assert "Measured at the acceptance: 20.5 ℃" in said


def test_what_is_owed_and_paid_stands_with_the_receipts_number(client, cast):
    a_study()
    steps.contracted(cast, steps.a_project(cast))
    flat = Flat.objects.get(building__code="A2", storey=1)
    receipt = receive(
        cast[Role.HEAT_SUPPLIER], flat.building, payer=Payer.USER, fen=10_00, way="cash", flat=flat
    )
    said = words(by_link(client, f"{services.link_for(flat)}money/").select_one("main"))
    assert "You pay 40.00 yuan" in said
    assert "Paid: 10.00. Still to be paid: 30.00 yuan." in said
    assert f"Receipt {receipt.number}" in said
    assert "clause 二（五）" in said


def test_the_representative_of_the_own_stairwell_is_masked_until_the_digits_are_given(client, cast, path):
    Representative.objects.create(
        building=cast.flat.building, unit=1, name="赵代表", phone="0418-2222222", elected_on="2010-05-01",
        votes=3, voters=4,
    )  # fmt: skip
    assert "赵代表" not in by_link(client, f"{path}people/").get_text()
    let_in(client, path)
    page = by_link(client, f"{path}people/")
    assert "赵代表" in page.get_text()
    assert page.select('a[href="tel:0418-2222222"]')
