"""The operator makes a login: with its scope, or not at all."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from tests.web.cast import HONGYUAN

from fenhu.errors import InputFault, UnknownItem
from fenhu.programme import Role
from fenhu.web.access.models import User
from fenhu.web.journal.models import Entry
from fenhu.wording import speaking

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
    with pytest.raises(InputFault, match=cast[Role.CITY_BUREAU].username):
        enrol(cast[Role.CITY_BUREAU].username, "city_bureau")


@pytest.mark.parametrize(("role", "scope", "said"), [
    ("heat_supplier", {}, "heat_supplier needs --organisation"),
    ("district_gov", {}, "district_gov needs --district"),
    ("finance", {}, "finance needs --level"),
    ("finance", {"level": "district"}, "finance needs --district"),
    ("finance", {"level": "city", "district": "海州"}, "finance has no --district; leave it out"),
    ("city_bureau", {"organisation": HONGYUAN}, "city_bureau has no --organisation; leave it out"),
])  # fmt: skip
def test_what_is_missing_or_too_much_for_a_role_is_named(cast, enrol, role, scope, said):
    with pytest.raises(InputFault) as refused:
        enrol("li", role, **scope)
    with speaking("en"):
        assert str(refused.value) == said


@pytest.mark.parametrize(("language", "said"), [("zh-hans", "密码太短"), ("en", "is too short")])
def test_a_short_password_is_refused_in_one_language(enrol, language, said):
    with speaking(language):
        with pytest.raises(InputFault, match=said) as refused:
            enrol("wang", "city_bureau", password="abc")
        assert ("password" in str(refused.value)) == (language == "en")
