"""What the pages read: the right rows, masked where they must be, in as few queries as the page has parts."""

import re
from copy import copy

import pytest
from django.db import connection
from django.http import Http404
from django.test.utils import CaptureQueriesContext
from tests.web.cast import a_plan, a_study

from fenhu.programme import Role
from fenhu.records import Payer
from fenhu.web.registry.models import Building
from fenhu.web.works import queries
from fenhu.web.works.models import BuildingOutcome
from fenhu.web.works.queries import BuildingFilter
from fenhu.web.works.queries.buildings import SORTED

pytestmark = [pytest.mark.django_db, pytest.mark.data_layer]


@pytest.fixture
def bureau(cast):
    a_study()
    return cast[Role.CITY_BUREAU]


def listed(user, **chosen):
    sort = chosen.pop("sort", "code")
    return [row.code for row in queries.building_page(user, BuildingFilter(**chosen), sort=sort).rows]


@pytest.mark.parametrize(("chosen", "codes"), [
    ({}, ["A1", "A2", "B1"]),
    ({"district": "海州"}, ["A1", "A2"]),
    ({"owner_kind": "municipal"}, ["A1"]),
    ({"authority": "district"}, ["A2", "B1"]),
    ({"year": "2011"}, ["A1", "A2"]),
    ({"year": "none"}, ["B1"]),
    ({"search": "光明"}, ["B1"]),
    ({"search": "和平路 b1"}, ["B1"]),
    ({"search": "A2厂"}, ["A2"]),
    ({"search": "没有"}, []),
    ({"system_form": "horizontal_single"}, []),
    ({"priority_class": True}, ["A1", "A2", "B1"]),
    ({"sort": "-code"}, ["B1", "A2", "A1"]),
    ({"sort": "planned_year"}, ["A1", "A2", "B1"]),
    ({"sort": "-planned_year"}, ["A2", "A1", "B1"]),
    ({"sort": "-supplier"}, ["A2", "A1", "B1"]),
    ({"sort": "'; DROP TABLE"}, ["A1", "A2", "B1"]),
])  # fmt: skip
def test_the_list_is_filtered_and_sorted_as_asked(bureau, chosen, codes):
    assert listed(bureau, **chosen) == codes


def test_the_list_is_filtered_by_supplier(bureau):
    supplier = Building.objects.get(code="B1").supplier_id
    assert listed(bureau, supplier=str(supplier)) == ["B1"]


def test_a_page_has_its_rows_and_the_sums_of_all(bureau):
    page = queries.building_page(bureau, BuildingFilter(), per_page=2, page=2)
    assert ([row.code for row in page.rows], page.page, page.pages) == (["B1"], 2, 2)
    assert (page.total, page.flats, page.heated_area_m2) == (3, 6, 540.0)


@pytest.mark.parametrize("page", [-3, 0, 99])
def test_a_page_that_is_not_there_is_the_nearest_that_is(bureau, page):
    found = queries.building_page(bureau, BuildingFilter(), per_page=2, page=page)
    assert found.page == (2 if page == 99 else 1)


@pytest.mark.parametrize("sort", ["priority", "-priority"])
@pytest.mark.parametrize("per_page", [1, 2, 3])
def test_what_has_no_such_figure_comes_last_on_whatever_page_that_is(bureau, sort, per_page):
    BuildingOutcome.objects.filter(building__code="A1").delete()
    BuildingOutcome.objects.filter(building__code="B1").update(priority=0.7)
    pages = [
        queries.building_page(bureau, BuildingFilter(), sort=sort, per_page=per_page, page=number).rows
        for number in range(1, 1 + -(-3 // per_page))
    ]
    figures = ["A2", "B1"] if sort == "priority" else ["B1", "A2"]
    assert [row.code for page in pages for row in page] == [*figures, "A1"]
    assert [len(page) for page in pages] == {1: [1, 1, 1], 2: [2, 1], 3: [3]}[per_page]


def test_the_list_is_read_by_an_index_whatever_it_is_sorted_by(bureau):
    known = BuildingOutcome.objects.select_related("building").get(building__code="B1")
    houses = [copied(known.building, code=f"C{n}", name=f"{n}号楼", flat_count=n) for n in range(300)]
    BuildingOutcome.objects.bulk_create(
        copied(known, building=house, priority=house.flat_count / 300)
        for house in Building.objects.bulk_create(houses)
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_sort = off")
    for column in SORTED:
        for sort in (column, f"-{column}"):
            plan = plan_of_rows(bureau, sort)
            assert not re.search(r"Sort Key|TEMP B-TREE", plan), (sort, plan)


def copied(record, **changes):
    new = copy(record)
    new.pk = None
    for name, value in changes.items():
        setattr(new, name, value)
    return new


def plan_of_rows(user, sort):
    with CaptureQueriesContext(connection) as asked:
        queries.building_page(user, BuildingFilter(), sort=sort)
    rows = next(one["sql"] for one in asked if "ORDER BY" in one["sql"] and "LIMIT 50" in one["sql"])
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN {'QUERY PLAN ' if connection.vendor == 'sqlite' else ''}{rows}")
        return "\n".join(str(line) for line in cursor.fetchall())


def test_before_any_study_buildings_are_listed_without_findings(cast):
    page = queries.building_page(cast[Role.CITY_BUREAU], BuildingFilter())
    assert [row.priority for row in page.rows] == [None, None, None]


def test_a_page_costs_the_same_queries_however_many_rows(bureau, django_assert_max_num_queries):
    with django_assert_max_num_queries(6):
        queries.building_page(bureau, BuildingFilter())


def test_the_choices_are_those_of_the_buildings_a_person_sees(bureau, cast):
    assert [(c.value, c.count) for c in queries.building_choices(bureau).districts] == [
        ("太平", 1),
        ("海州", 2),
    ]
    own = queries.building_choices(cast.other_supplier)
    assert [c.label for c in own.suppliers] == ["光明供热"]
    assert [c.value for c in queries.building_choices(bureau).years] == ["2011"]


def test_a_building_shows_its_flats_before_and_after(bureau):
    view = queries.building_view(bureau, "A1")
    assert [(f.flat_id, f.before_c, f.after_c) for f in view.flats] == [
        ("1-1-101", 16.0, 16.0), ("1-2-201", 22.0, 22.0),
    ]  # fmt: skip
    assert (view.planned_year, view.shares) == (2011, {Payer.USER: 40_00, Payer.SUPPLIER: 60_00})


def test_another_suppliers_building_is_not_there(cast):
    with pytest.raises(Http404):
        queries.building_view(cast.other_supplier, "A1")


def test_a_household_sees_its_own_flat_and_no_other_households_line(bureau, cast):
    view = queries.building_view(cast[Role.HOUSEHOLD], "A1")
    assert [f.flat_id for f in view.flats] == ["1-1-101"]
    assert [line.flat for line in view.bill] == ["1-1-101", ""]
    mine = queries.home_view(cast.flat, clear=True)
    assert [group.cost_fen for group in mine.estimate] == [40_00]
    assert (mine.supplier, mine.owner_name) == ("宏远热力", "张三丰")
    assert queries.home_view(cast.flat, clear=False).owner_name == "张**"


def test_a_district_reads_masked_names(bureau, cast):
    view = queries.building_view(cast[Role.DISTRICT_GOV], "A2")
    assert {(f.owner_name, f.phone) for f in view.flats} == {("张**", "000****0001")}
    full = queries.building_view(cast[Role.HEAT_SUPPLIER], "A2")
    assert {f.owner_name for f in full.flats} == {"张三丰"}


def test_an_undecided_plan_is_not_told_to_a_household(bureau, cast):
    plan = a_plan()
    assert queries.building_view(cast[Role.HOUSEHOLD], "A1").plans == ()
    assert [p.plan for p in queries.building_view(bureau, "A1").plans] == [plan.pk]


def test_a_year_has_its_buildings_its_target_and_its_payers(bureau):
    year = queries.year_view(bureau, 2011)
    assert (year.buildings, year.flats, year.cost_fen) == (2, 4, 200_00)
    assert year.shares == {Payer.USER: 80_00, Payer.SUPPLIER: 120_00}
    assert [(g.name, g.buildings) for g in year.districts] == [("海州", 2)]


def test_c2_6_the_first_year_is_held_against_100_buildings_and_5000_flats(bureau):
    # 二（六）: 2010年计划改造100栋、5000户
    year = queries.year_view(bureau, 2010)
    assert (year.target_buildings, year.target_flats) == (100, 5000)


def test_the_overview_counts_what_the_reader_sees(bureau, cast):
    everything, own = queries.overview(bureau), queries.overview(cast.other_supplier)
    assert (everything.buildings, everything.cold_flats, everything.unplanned_buildings) == (3, 3, 1)
    assert (own.buildings, own.cold_flats) == (1, 1)


def test_the_bureau_reads_who_has_not_filed(bureau, cast, settings):
    settings.TODAY = queries.overview(bureau).today.replace(year=2011, month=4, day=11)
    a_plan()
    assert queries.overview(bureau).not_filed == ("宏远热力",)
    assert queries.overview(cast[Role.HEAT_SUPPLIER]).not_filed == ()
    assert [plan.supplier for plan in queries.overview(cast[Role.HEAT_SUPPLIER]).waiting] == ["宏远热力"]
