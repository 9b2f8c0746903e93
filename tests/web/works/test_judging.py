"""An annual plan is judged building by building, and says why priority buildings are left out (三（二）)."""

import pytest
from tests.web.cast import HONGYUAN, a_plan, a_study
from tests.web.works.steps import fired

from fenhu.errors import Conflict, InputFault, NotAllowed, WrongState
from fenhu.programme import Role
from fenhu.web.journal.models import Entry
from fenhu.web.works import queries, services
from fenhu.web.works.models import AnnualPlan, BuildingOutcome

pytestmark = [pytest.mark.django_db, pytest.mark.data_layer]


@pytest.fixture
def filed(cast):
    return fired(cast[Role.HEAT_SUPPLIER], a_plan(), "file")


def test_c3_2_a_plan_with_a_building_marked_to_be_returned_is_not_approved(cast, filed):
    bureau = cast[Role.CITY_BUREAU]
    services.object_to(bureau, filed, "A2", reason="管网未到位", version=filed.version)
    with pytest.raises(WrongState) as fault:
        fired(bureau, filed, "approve")
    assert "A2" in fault.value.message.in_language("en")
    services.object_to(bureau, filed, "A2", reason="", version=filed.version)
    assert fired(bureau, filed, "approve").state == "approved"
    assert not Entry.objects.filter(data_json__contains="管网").exists()


def test_c3_2_the_supplier_and_the_district_read_the_reason_by_building(cast, filed):
    services.object_to(cast[Role.CITY_BUREAU], filed, "A2", reason="缺图纸", version=filed.version)
    for role in (Role.HEAT_SUPPLIER, Role.DISTRICT_GOV):
        items = {item.building.code: item for item in queries.annual_plan(cast[role], filed.pk).items}
        assert items["A2"].objection == "缺图纸"


def test_filing_again_answers_the_marks(cast, filed):
    bureau = cast[Role.CITY_BUREAU]
    services.object_to(bureau, filed, "A2", reason="缺图纸", version=filed.version)
    fired(bureau, filed, "return", note="见A2")
    again = fired(cast[Role.HEAT_SUPPLIER], filed, "refile")
    assert fired(bureau, again, "approve").state == "approved"


@pytest.mark.parametrize("role", [Role.HEAT_SUPPLIER, Role.DISTRICT_GOV, Role.FINANCE])
def test_only_the_bureau_marks_buildings(cast, filed, role):
    with pytest.raises(NotAllowed):
        services.object_to(cast[role], filed, "A2", reason="x", version=filed.version)


def test_marks_need_a_filed_plan_its_version_and_a_building_on_it(cast, filed):
    bureau = cast[Role.CITY_BUREAU]
    with pytest.raises(Conflict):
        services.object_to(bureau, filed, "A2", reason="x", version=filed.version - 1)
    with pytest.raises(InputFault):
        services.object_to(bureau, filed, "B1", reason="x", version=filed.version)
    draft = a_plan(year=2012)
    with pytest.raises(WrongState):
        services.object_to(bureau, draft, "A2", reason="x", version=draft.version)


def left_out(cast, plan):
    found = queries.annual_plan(cast[Role.HEAT_SUPPLIER], plan.pk)
    check = next(one for one in found.checks if "priority" in one.rule.in_language("en"))
    return [(row.code, row.reason) for row in found.left_out], check.kept


def test_c3_2_a_priority_building_left_out_needs_a_reason(cast):
    a_study()
    BuildingOutcome.objects.filter(building__code="A2").update(priority_class=True, planned_year=2011)
    plan = a_plan(codes=("A1",))
    assert left_out(cast, plan) == ([("A2", "")], False)
    services.explain_left_out(cast[Role.HEAT_SUPPLIER], plan, "A2", reason="整栋待拆迁", version=plan.version)
    assert left_out(cast, plan) == ([("A2", "整栋待拆迁")], True)
    with pytest.raises(InputFault):
        services.explain_left_out(cast[Role.HEAT_SUPPLIER], plan, "B1", reason="x", version=plan.version)


def test_c3_2_a_plan_is_filed_with_its_implementation_scheme(cast):
    plan, supplier = a_plan(), cast[Role.HEAT_SUPPLIER]
    AnnualPlan.objects.filter(pk=plan.pk).update(scheme="")
    with pytest.raises(WrongState) as fault:
        fired(supplier, plan, "file")
    assert "scheme" in fault.value.message.in_language("en")
    services.write_scheme(supplier, plan, scheme="先易后难，分步实施", version=plan.version)
    assert fired(supplier, plan, "file").state == "filed"


def test_c3_2_an_amendment_shows_its_difference_from_the_journal(cast, filed):
    supplier, bureau = cast[Role.HEAT_SUPPLIER], cast[Role.CITY_BUREAU]
    fired(bureau, filed, "approve")
    plan = fired(supplier, filed, "reopen", note="A2拆迁")
    services.remove_building(supplier, plan, "A2", version=plan.version)
    difference = queries.annual_plan(bureau, plan.pk).difference
    assert (difference.added, difference.removed) == ((), ("A2",))


def test_c2_6_the_years_target_is_held_against_all_plans_together(cast):
    plan = a_plan(HONGYUAN, year=2010)
    checks = queries.annual_plan(cast[Role.CITY_BUREAU], plan.pk).checks
    target = next(one for one in checks if "target" in one.rule.in_language("en"))
    # 二（六）: 2010, 100 buildings and 5,000 flats; this plan lists two buildings with four flats.
    assert "100 buildings, 5000 flats" in target.rule.in_language("en").replace(",000", "000")
    assert target.kept is False
