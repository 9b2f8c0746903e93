"""The city construction bureau sees who signs in for the offices, and shuts out who has left."""

import pytest
from django.core.management import call_command
from tests.web.cast import a_user
from tests.web.door.steps import is_in, kinds_on, page_of, sign_in, signed_in
from tests.web.ui.pages import words

from fenhu.errors import NotAllowed, UnknownItem, WrongState
from fenhu.programme import Role
from fenhu.web.access.services import household_of
from fenhu.web.door import queries, services

pytestmark = pytest.mark.django_db


@pytest.fixture
def bureau(cast):
    return signed_in(cast[Role.CITY_BUREAU])


def test_the_list_names_offices_and_never_a_household(cast, bureau):
    household_of(cast.flat, name="A1 1-1-101")
    names = [one.username for one in queries.officers().officers]
    assert "heat_supplier" in names
    assert not [name for name in names if name in ("household", "outsider") or name.startswith("flat-")]
    assert "heat_supplier" in words(page_of(bureau.get("/officers/?find=heat")))


def test_an_officer_shut_out_is_out_at_once_and_cannot_come_back(cast, bureau):
    supplier = cast[Role.HEAT_SUPPLIER]
    browser = signed_in(supplier)
    bureau.post("/officers/heat_supplier/deactivate/")
    assert not is_in(browser)
    assert sign_in(supplier)[1].status_code == 200
    assert kinds_on(supplier)[-2:] == ["user.deactivated", "user.sessions_ended"]


def test_let_in_again_he_must_sign_in_again(cast, bureau):
    supplier = cast[Role.HEAT_SUPPLIER]
    browser = signed_in(supplier)
    bureau.post("/officers/heat_supplier/deactivate/")
    bureau.post("/officers/heat_supplier/reactivate/")
    assert not is_in(browser)
    assert is_in(signed_in(supplier))
    assert "user.reactivated" in kinds_on(supplier)


def test_nobody_shuts_himself_out(cast):
    with pytest.raises(NotAllowed):
        services.deactivate(user=cast[Role.CITY_BUREAU], actor=cast[Role.CITY_BUREAU])


def test_the_last_of_the_bureau_stays(cast):
    with pytest.raises(WrongState):
        services.deactivate(user=cast[Role.CITY_BUREAU])
    a_user("li", Role.CITY_BUREAU)
    services.deactivate(user=cast[Role.CITY_BUREAU])


def test_signing_somebody_out_everywhere_leaves_his_password(cast, bureau):
    supplier = cast[Role.HEAT_SUPPLIER]
    browser = signed_in(supplier)
    bureau.post("/officers/heat_supplier/sign-out/")
    assert not is_in(browser)
    assert is_in(signed_in(supplier))


def test_a_household_is_not_the_bureaus_to_reset(cast, bureau):
    assert bureau.post("/officers/household/password/").status_code == 404


def test_the_operator_shuts_out_by_a_command_and_is_told_of_a_name_nobody_has(cast):
    call_command("shut_out", "heat_supplier")
    cast[Role.HEAT_SUPPLIER].refresh_from_db()
    assert not cast[Role.HEAT_SUPPLIER].is_active
    with pytest.raises(UnknownItem):
        call_command("shut_out", "nobody")
