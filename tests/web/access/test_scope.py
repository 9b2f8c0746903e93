"""Which rows each role sees: its own, and never another's."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction
from django.http import Http404
from tests.web.cast import GUANGMING, HONGYUAN, a_plan, a_study, a_user

from fenhu.errors import InputFault, NotAllowed
from fenhu.programme import Role
from fenhu.web.access import services as access
from fenhu.web.access.gates import require_role
from fenhu.web.access.models import Grant, User
from fenhu.web.access.scope import get_visible
from fenhu.web.registry.models import Building, Flat, Organisation
from fenhu.web.works.models import AnnualPlan, Case, Project, Study

pytestmark = [pytest.mark.django_db, pytest.mark.data_layer]

BUILDINGS = {
    Role.CITY_BUREAU: {"A1", "A2", "B1"},
    Role.DISTRICT_GOV: {"A2"},
    Role.FINANCE: {"A1"},
    Role.HEAT_SUPPLIER: {"A1", "A2"},
    Role.OWNER_UNIT: {"A2"},
    Role.COMMUNITY: {"A1", "A2", "B1"},
    Role.CONTRACTOR: {"A1"},
    Role.PUBLIC_SECURITY: {"B1"},
    Role.HOUSEHOLD: {"A1"},
}


def codes(rows, path="code"):
    return set(rows.values_list(path, flat=True))


@pytest.mark.parametrize("role", Role)
def test_each_role_sees_the_buildings_of_its_scope_and_no_other(cast, role):
    assert codes(Building.objects.visible_to(cast[role])) == BUILDINGS[role]


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.HOUSEHOLD])
def test_each_office_sees_the_flats_of_its_buildings(cast, role):
    assert codes(Flat.objects.visible_to(cast[role]), "building__code") == BUILDINGS[role]


def test_a_household_sees_its_own_flat_only(cast):
    assert list(Flat.objects.visible_to(cast[Role.HOUSEHOLD])) == [cast.flat]


def test_nobody_without_a_grant_sees_anything(cast):
    assert not Building.objects.visible_to(cast.outsider).exists()
    assert not Building.objects.visible_to(AnonymousUser()).exists()


def test_an_inactive_user_sees_nothing(cast):
    user = cast[Role.CITY_BUREAU]
    user.is_active = False
    assert not Building.objects.visible_to(user).exists()


def test_a_superuser_without_a_grant_sees_nothing(cast):
    User.objects.filter(pk=cast.outsider.pk).update(is_superuser=True)
    assert not Building.objects.visible_to(User.objects.get(pk=cast.outsider.pk)).exists()


def test_a_district_finance_office_sees_its_districts_money_only(cast):
    office = a_user("finance_2", Role.FINANCE, level="district", district="太平")
    assert codes(Building.objects.visible_to(office)) == {"B1"}


def test_two_grants_open_both_scopes_and_no_row_twice(cast):
    user = a_user("both", Role.HOUSEHOLD, flat=cast.flat)
    access.grant(user=user, role=Role.HEAT_SUPPLIER, organisation=Organisation.objects.get(name=GUANGMING))
    seen = Building.objects.visible_to(User.objects.get(pk=user.pk)).order_by("code")
    assert list(seen.values_list("code", flat=True)) == ["A1", "B1"]


def test_a_contractor_sees_its_own_projects_only(cast):
    Project.objects.create(
        building=Building.objects.get(code="A2"), year=2010, contractor=None, state="listed"
    )
    assert codes(Project.objects.visible_to(cast[Role.CONTRACTOR]), "building__code") == {"A1"}


def test_public_security_sees_escalated_incidents_only(cast):
    Case.objects.create(building=Building.objects.get(code="B1"), kind="dispute", escalated=False)
    assert Case.objects.visible_to(cast[Role.PUBLIC_SECURITY]).count() == 1


def test_a_study_of_the_whole_city_is_the_bureaus(cast):
    a_study()
    assert [role for role in Role if Study.objects.visible_to(cast[role]).exists()] == [Role.CITY_BUREAU]


def test_a_draft_is_its_suppliers_and_the_bureaus(cast):
    a_plan(HONGYUAN)
    readers = {role for role in Role if AnnualPlan.objects.visible_to(cast[role]).exists()}
    assert readers == {Role.CITY_BUREAU, Role.HEAT_SUPPLIER}
    assert not AnnualPlan.objects.visible_to(cast.other_supplier).exists()


def test_a_filed_plan_is_also_the_districts_whose_buildings_stand_on_it(cast):
    plan = a_plan(HONGYUAN)
    AnnualPlan.objects.update(state="filed")
    assert list(AnnualPlan.objects.visible_to(cast[Role.DISTRICT_GOV])) == [plan]
    other = a_user("district_2", Role.DISTRICT_GOV, district="太平")
    assert not AnnualPlan.objects.visible_to(other).exists()


def test_what_may_not_be_seen_is_as_if_it_were_not_there(cast):
    with pytest.raises(Http404):
        get_visible(Building, cast.other_supplier, code="A1")
    assert get_visible(Building, cast[Role.HEAT_SUPPLIER], code="A1").code == "A1"


SCOPES = {
    "nothing": {}, "a district": {"district": "海州"}, "the city level": {"level": "city"},
    "a district level": {"level": "district", "district": "海州"}, "an organisation": {"organisation": True},
    "a flat": {"flat": True}, "a level without district": {"level": "district"},
    "an organisation and a district": {"organisation": True, "district": "海州"},
}  # fmt: skip
FITTING = {
    Role.CITY_BUREAU: {"nothing"}, Role.DISTRICT_GOV: {"a district"},
    Role.FINANCE: {"the city level", "a district level"}, Role.HEAT_SUPPLIER: {"an organisation"},
    Role.OWNER_UNIT: {"an organisation"}, Role.COMMUNITY: {"an organisation"},
    Role.CONTRACTOR: {"an organisation"}, Role.PUBLIC_SECURITY: {"nothing"}, Role.HOUSEHOLD: {"a flat"},
}  # fmt: skip


@pytest.mark.parametrize("scope", SCOPES)
@pytest.mark.parametrize("role", Role)
def test_the_database_demands_exactly_the_scope_a_role_needs(cast, role, scope):
    columns = dict(SCOPES[scope])
    if "organisation" in columns:
        columns["organisation"] = Organisation.objects.first()
    if "flat" in columns:
        columns["flat"] = cast.flat

    def create():
        with transaction.atomic():
            Grant.objects.create(user=cast.outsider, role=role, **columns)

    if scope in FITTING[role]:
        create()
    else:
        with pytest.raises(IntegrityError):
            create()


def test_an_organisation_of_another_kind_is_refused(cast):
    owner = Organisation.objects.get(name="A1厂")
    with pytest.raises(InputFault):
        access.grant(user=cast.outsider, role=Role.HEAT_SUPPLIER, organisation=owner)


def test_a_gate_names_the_office_it_is_for(cast):
    require_role(cast[Role.CITY_BUREAU], Role.CITY_BUREAU)
    with pytest.raises(NotAllowed) as fault:
        require_role(cast[Role.HOUSEHOLD], Role.CITY_BUREAU)
    assert "City construction bureau" in fault.value.message.in_language("en")
