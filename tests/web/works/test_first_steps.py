"""The first plan of a city, a supplier's list taken from it, and what is imported after it was made."""

from dataclasses import replace

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from tests.web.cast import HONGYUAN, a_building, a_flat, a_plan, a_study, the_register

from fenhu.errors import NotAllowed, WrongState
from fenhu.programme import Role
from fenhu.records import OwnerKind
from fenhu.register import write_register
from fenhu.web.exchange import services as exchange
from fenhu.web.exchange.queries import touched_buildings
from fenhu.web.jobs.models import Job
from fenhu.web.journal.models import Entry
from fenhu.web.works import queries, services
from fenhu.web.works.models import AnnualPlan, BuildingOutcome, Study
from fenhu.web.works.tasks import diagnosis, study

pytestmark = pytest.mark.django_db


@pytest.fixture
def supplier(cast):
    return cast[Role.HEAT_SUPPLIER]


def imported(actor, folder, register):
    path = folder / "register.xlsx"
    write_register(register, path)
    upload = exchange.receive(ContentFile(path.read_bytes(), name="楼栋.xlsx"), actor)
    return exchange.apply(exchange.stage(upload), actor)


def with_a3(**facts):
    register = the_register()
    new = a_building("A3", HONGYUAN, "海州", OwnerKind.DISTRICT, **facts)
    flats = tuple(a_flat("A3", storey) for storey in (1, 2))
    return replace(register, buildings=(*register.buildings, new), flats=(*register.flats, *flats))


def test_the_bureau_has_a_city_planned_that_never_was(cast):
    bureau = cast[Role.CITY_BUREAU]
    job = services.plan_the_city(bureau)
    assert (job.kind, job.owner) == ("study", bureau)
    assert services.plan_the_city(bureau) == job
    study({"effort": 1}, bureau, lambda *_: None)()
    assert Study.objects.get(current=True).outcomes.count() == 3


def test_a_planned_city_is_not_planned_from_nothing_again(cast):
    a_study()
    with pytest.raises(WrongState):
        services.plan_the_city(cast[Role.CITY_BUREAU])


def test_c3_2_a_supplier_takes_the_list_the_plan_in_force_has_for_it(supplier):
    a_study()
    offered = queries.proposal(supplier, 2011)
    assert (offered.buildings, offered.flats, offered.cost_fen) == (2, 4, 200_00)
    plan = services.take_proposal(supplier, 2011)
    assert sorted(plan.items.values_list("building__code", flat=True)) == ["A1", "A2"]
    assert plan.state == "draft"
    assert queries.proposal(supplier, 2011) is None
    with pytest.raises(WrongState):
        services.take_proposal(supplier, 2011)


def test_what_stands_on_another_years_plan_is_not_proposed_again(supplier):
    a_study()
    a_plan(year=2010, codes=("A1",))
    assert queries.proposal(supplier, 2011).buildings == 1
    assert [item.building.code for item in services.take_proposal(supplier, 2011).items.all()] == ["A2"]


def test_nothing_is_taken_where_nothing_is_planned(supplier):
    a_study(years={"A1": 2012, "A2": None, "B1": None})
    assert queries.proposal(supplier, 2011) is None
    with pytest.raises(WrongState):
        services.take_proposal(supplier, 2011)


def test_only_a_supplier_takes_a_list(cast):
    a_study()
    assert queries.proposal(cast[Role.CITY_BUREAU], 2011) is None
    with pytest.raises(NotAllowed):
        services.take_proposal(cast[Role.CITY_BUREAU], 2011)


def test_the_supplier_is_offered_what_stands_on_no_plan_and_told_what_it_costs(supplier):
    a_study()
    plan = a_plan(codes=("A1",))
    assert [row.code for row in queries.annual_plan(supplier, plan.pk).listable] == ["A2"]
    assert queries.plan_cost_fen(supplier, plan) == 100_00
    services.add_building(supplier, plan, "A2", version=1)
    assert queries.plan_cost_fen(supplier, plan) == 200_00


def test_imported_buildings_are_diagnosed_and_the_plan_keeps_its_years(supplier, tmp_path):
    kept = a_study()
    old = BuildingOutcome.objects.get(building__code="B1")
    upload = imported(supplier, tmp_path, with_a3())
    assert touched_buildings(upload.pk) == ("A3",)
    job = Job.objects.get(kind="diagnosis")
    assert job.params == {"upload": upload.pk}

    assert diagnosis(job.params, supplier, lambda *_: None) == {"buildings": 3}
    new = BuildingOutcome.objects.get(study=kept, building__code="A3")
    assert len(new.before) == len(new.after) == 2
    assert new.before_min_c != new.after_min_c > 18
    assert new.cost_fen == sum(new.shares.values()) > 0
    assert (new.planned_year, bool(new.cause)) == (None, True)
    beside = BuildingOutcome.objects.get(study=kept, building__code="A1")
    assert beside.planned_year == 2011
    assert beside.cost_fen != 100_00
    other_district = BuildingOutcome.objects.get(building__code="B1")
    assert other_district.before == old.before
    assert Entry.objects.filter(kind="study.diagnosed_again").exists()


def test_nobody_waits_for_the_simulation_of_an_import(supplier, tmp_path):
    a_study()
    upload = imported(supplier, tmp_path, with_a3())
    outside, depths = len(connection.savepoint_ids), []
    diagnosis({"upload": upload.pk}, supplier, lambda *_: depths.append(len(connection.savepoint_ids)))
    assert set(depths) == {outside}


def test_an_import_that_changes_nothing_has_nothing_diagnosed(supplier, tmp_path):
    a_study()
    imported(supplier, tmp_path, the_register())
    assert not Job.objects.filter(kind="diagnosis").exists()


def test_an_import_before_the_first_study_waits_for_it(supplier, tmp_path):
    upload = imported(supplier, tmp_path, with_a3())
    assert not Job.objects.filter(kind="diagnosis").exists()
    with pytest.raises(WrongState):
        services.diagnose_again(touched_buildings(upload.pk), actor=supplier)
    assert not AnnualPlan.objects.exists()


def test_the_first_page_knows_what_was_diagnosed_after_it_was_read(supplier, tmp_path):
    a_study()
    assert sum(queries.stock_state(supplier).before.values()) == 4
    upload = imported(supplier, tmp_path, with_a3())
    diagnosis({"upload": upload.pk}, supplier, lambda *_: None)
    assert sum(queries.stock_state(supplier).before.values()) == 6
