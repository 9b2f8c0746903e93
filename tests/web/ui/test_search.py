"""Search: every word must fit, within what the person may see; names only for those who may read them."""

import re

import pytest
from django.db import connection
from django.urls import reverse
from tests.web.access.walk import READERS, City
from tests.web.cast import a_plan
from tests.web.ui.pages import visit, words

from fenhu.programme import Role
from fenhu.web.documents.models import Document
from fenhu.web.hits import Asked, FlatWish
from fenhu.web.registry.models import Building, Flat
from fenhu.web.registry.search import pinyin, search_words
from fenhu.web.ui import finding
from fenhu.web.works.models import Case, FlatWork, Project

pytestmark = [pytest.mark.django_db, pytest.mark.data_layer]


def found(user, typed):
    """Return what is found: the title of each hit by the group it stands in."""
    groups = finding.find(user, typed).groups
    return {group.label.in_language("en"): [str(hit.title) for hit in group.hits] for group in groups}


@pytest.fixture
def bureau(cast):
    return cast[Role.CITY_BUREAU]


@pytest.mark.parametrize("typed", ["a1", "A1", "Ａ１", " a1 "])
def test_a_buildings_own_number_leads_straight_to_it(client, bureau, typed):
    client.force_login(bureau)
    response = client.get("/search/", {"q": typed})
    assert (response.status_code, response["Location"]) == (302, "/buildings/A1/")


@pytest.mark.parametrize(
    "typed",
    ["和平小区 A2", "和平小区a2号楼", "a2号楼 和平小区", "hepingxiaoqu a2", "hpxqa2", "hepinglua2",
     "和平路，Ａ２"],
)  # fmt: skip
def test_words_of_an_address_or_their_pinyin_find_the_building(bureau, typed):
    assert found(bureau, typed)["Buildings"] == ["和平小区 A2号楼"]


def test_the_likeliest_building_stands_first(bureau):
    Building.objects.filter(code="A1").update(address="和平路A2号")
    Building.objects.filter(code="A1").update(search="a1 和平小区 和平路a2号")
    assert found(bureau, "a2号")["Buildings"] == ["和平小区 A2号楼", "和平小区 A1号楼"]


def test_only_what_is_ones_own_is_found(cast):
    assert found(cast.other_supplier, "和平小区")["Buildings"] == ["和平小区 B1号楼"]
    assert "Buildings" not in found(cast[Role.OWNER_UNIT], "b1")


@pytest.mark.parametrize(
    "typed", ["张三丰", "张三", "a1 张三丰", "和平小区 三丰", "00012340001", "000-1234 0001", "2340001"]
)
def test_a_household_is_found_by_name_or_number_by_those_who_may_read_it(cast, typed):
    assert "和平小区 A1号楼 · 1-1-101" in found(cast[Role.HEAT_SUPPLIER], typed)["Flats and their owners"]
    assert "Flats and their owners" not in found(cast[Role.DISTRICT_GOV], typed)


def test_a_part_of_a_telephone_number_or_of_a_name_finds_nobody(bureau):
    assert found(bureau, "340001") == {}
    assert found(bureau, "三丰") == {}


def test_a_telephone_number_is_never_shown_whole(client, bureau):
    page = visit(client, bureau, "/search/?q=00012340001")
    assert "000****0001" in words(page.select_one(".hits"))
    assert "00012340001" not in words(page.select_one("main .hits"))


@pytest.mark.parametrize("typed", ["a1 1-2-201", "A1 201", "和平小区A1号楼1单元201室", "hpxqa1 1-201"])
def test_a_flat_is_found_at_its_building_without_its_owners_name_where_that_is_not_readable(cast, typed):
    district = cast[Role.FINANCE]
    group = next(
        group for group in finding.find(district, typed).groups if "Flats" in group.label.in_language("en")
    )
    assert [str(hit.title) for hit in group.hits] == ["和平小区 A1号楼 · 1-2-201"]
    assert "张" not in str(group.hits[0].place)


def test_a_household_finds_its_own_flat_and_no_other(cast):
    assert found(cast[Role.HOUSEHOLD], "张三丰")["Flats and their owners"] == ["和平小区 A1号楼 · 1-1-101"]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [("2单元301", None), ("和平小区 301室", (("和平小区",), FlatWish(room="301"))),
     ("a1 2-301", (("a1",), FlatWish(unit=2, room="301"))), ("3号楼1单元", (("3号楼",), FlatWish(unit=1))),
     ("13840001234", None), ("ht-2011-a1-3", None)],
)  # fmt: skip
def test_a_flat_is_read_out_of_what_was_typed(typed, expected):
    assert Asked.of(typed).flat() == expected


def test_a_contracts_number_leads_to_its_flat(client, cast):
    work = FlatWork.objects.create(
        project=Project.objects.get(), flat=cast.flat, contract_number="HT-2010-A1-7"
    )
    client.force_login(cast[Role.HEAT_SUPPLIER])
    response = client.get("/search/", {"q": "ht-2010-a1-7"})
    assert response["Location"] == f"/projects/A1/#flat-{work.flat.flat_id}"
    assert found(cast[Role.HEAT_SUPPLIER], "HT-2010")["Contracts"] == ["HT-2010-A1-7"]
    assert "Contracts" not in found(cast.other_supplier, "HT-2010-A1-7")


def test_a_receipts_number_leads_to_the_receipt(client, cast):
    receipt = City(cast).objects["A1-receipt"]["number"]
    client.force_login(cast[Role.HEAT_SUPPLIER])
    assert client.get("/search/", {"q": receipt})["Location"] == f"/money/receipts/{receipt}/"
    assert "Receipts" not in found(cast.other_supplier, receipt)


def test_an_issued_papers_number_leads_to_the_paper(client, cast):
    own = Document.objects.get(pk=City(cast).objects["own-document"]["document_id"])
    client.force_login(cast[Role.HEAT_SUPPLIER])
    answer = client.get("/search/", {"q": own.number.words})
    assert answer["Location"] == f"/documents/{own.pk}/"
    assert "Issued papers" not in found(cast.other_supplier, own.number.words)


def test_organisations_contractors_plans_and_cases_are_found_in_groups(cast, bureau):
    a_plan()
    Case.objects.create(building=Building.objects.get(code="A1"), kind="complaint", title="楼道漏水")
    assert found(bureau, "hongyuan")["Organisations"] == ["宏远热力"]
    assert found(bureau, "jags")["Contractors"] == ["建安公司"]
    assert found(bureau, "宏远 2011")["Annual plans"][0].startswith("宏远热力2011年")
    assert found(bureau, "漏水")["Cases"] == ["楼道漏水"]
    assert "Cases" not in found(cast.other_supplier, "漏水")


def test_every_thing_found_opens_for_whoever_found_it(client, cast):
    city = City(cast)
    for reader in (reader for reader in READERS if city.people[reader] and reader != "no_role"):
        user = city.people[reader]
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        for typed in ("和平", "张三", "宏远", "建安公司", "2011", "室温低", "HT-2", "a1 101", "00012340001"):
            for group in finding.find(user, typed).groups:
                for hit in group.hits:
                    answer = client.get(finding.address(hit))
                    assert answer.status_code == 200, (reader, typed, finding.address(hit))


def test_somebody_who_found_nothing_is_told_what_is_near_and_what_each_word_finds(client, bureau):
    page = words(visit(client, bureau, "/search/?q=和平小曲 和平路").select_one("main"))
    assert "Did you mean: 和平小区" in page
    assert "“和平路”: 3 buildings" in page
    assert "What can be found" in page


def test_nothing_found_names_no_estate_of_others(client, cast):
    Building.objects.filter(code="B1").update(estate="光荣小区")
    page = words(visit(client, cast[Role.OWNER_UNIT], "/search/?q=光荣小曲").select_one("main"))
    assert "光荣小区" not in page


def test_suggestions_show_the_first_of_each_group_and_lead_to_all(client, bureau):
    page = visit(client, bureau, "/search/suggest/?q=hpxq")
    assert [words(kind) for kind in page.select(".suggest-kind")] == ["Buildings", "Cases"]
    assert [link["href"] for link in page.select("li a")][:3] == [
        reverse("building", args=[code]) for code in ("A1", "A2", "B1")
    ]
    assert page.select_one(".suggest-all a")["href"] == "/search/?q=hpxq"


def test_the_page_works_without_javascript(client, bureau):
    form = visit(client, bureau, "/").select_one("form.find")
    assert (form["action"], form.select_one("input")["name"]) == ("/search/", "q")
    assert form.select_one("button")


def test_what_was_typed_is_shown_as_text(client, bureau):
    client.force_login(bureau)
    for address in ("/search/", "/search/suggest/"):
        assert "<script>x" not in client.get(address, {"q": "<script>x"}).content.decode()


@pytest.mark.parametrize("typed", ["%", "_", "*", "[", "?", "'", "\\"])
def test_signs_that_mean_something_to_a_database_are_letters(bureau, typed):
    assert found(bureau, typed) == {}


def test_pinyin_is_full_and_by_initials_and_digits_stay():
    assert pinyin("和平小区3号楼") == ("hepingxiaoqu3haolou", "hpxq3hl")
    assert pinyin("A-1") == ()
    kept = search_words("X1", "", "1号楼", "重庆路")
    assert [word in kept for word in ("x1", "重庆路", "chongqinglu", "cql")] == [True] * 4


QUERIES = {
    "name": lambda: Flat.objects.filter(owner_name__begins="张三"),
    "phone": lambda: Flat.objects.filter(phone_end="2340001"),
    "contract": lambda: FlatWork.objects.filter(contract_number__begins="HT-2011"),
}


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL scans a table this small")
@pytest.mark.parametrize("query", QUERIES)
def test_flats_and_contracts_are_read_from_an_index(cast, query):
    plan = QUERIES[query]().explain()
    assert re.search(r"SEARCH \w+ USING .*INDEX", plan), plan
