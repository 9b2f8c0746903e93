"""The operator makes a login: with its scope, or not at all."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from tests.web.cast import HONGYUAN

from fenhu.errors import InputFault, UnknownItem
from fenhu.programme import Role
from fenhu.web.access.models import User
from fenhu.web.journal.models import Entry

pytestmark = pytest.mark.django_db

STRONG = "Heizung-im-Turm-42"


@pytest.fixture
def enrol(monkeypatch):
    def run(username, role, password=STRONG, **scope):
        monkeypatch.setattr("sys.stdin", StringIO(f"{password}\n"))
        call_command("enrol", username, role=role, stderr=StringIO(), **scope)

    return run


def test_an_officer_of_the_bureau_can_sign_in_afterwards(enrol):
    enrol("wang", "city_bureau")
    user = User.objects.get(username="wang")
    assert user.check_password(STRONG)
    assert user.grants.get().role == Role.CITY_BUREAU
    assert Entry.objects.filter(kind="user.granted").exists()


def test_a_suppliers_planner_is_of_that_supplier(cast, enrol):
    enrol("li", "heat_supplier", organisation=HONGYUAN)
    assert User.objects.get(username="li").grants.get().organisation.name == HONGYUAN


@pytest.mark.parametrize(("role", "scope", "fault"), [
    ("heat_supplier", {}, InputFault),
    ("heat_supplier", {"organisation": "无此单位"}, UnknownItem),
    ("city_bureau", {"district": "海州"}, InputFault),
    ("finance", {"level": "district"}, InputFault),
    ("household", {}, CommandError),
])  # fmt: skip
def test_a_role_without_its_own_scope_is_refused_and_nobody_is_made(cast, enrol, role, scope, fault):
    with pytest.raises(fault):
        enrol("li", role, **scope)
    assert not User.objects.filter(username="li").exists()


def test_a_weak_password_is_refused(enrol):
    with pytest.raises(InputFault, match="10"):
        enrol("wang", "city_bureau", password="short")


def test_a_taken_username_is_refused(cast, enrol):
    with pytest.raises(InputFault):
        enrol(cast[Role.CITY_BUREAU].username, "city_bureau")
