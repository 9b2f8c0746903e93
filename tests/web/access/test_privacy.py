"""Names and phones: whole for those who need them, masked for everybody else."""

import pytest

from fenhu.programme import Role
from fenhu.web.access.privacy import masked_name, masked_phone, with_clear_persons
from fenhu.web.registry.queries import visible_flats

pytestmark = [pytest.mark.django_db, pytest.mark.data_layer]


def test_only_household_supplier_community_and_bureau_read_names_and_phones(cast):
    readers = {role for role in Role if with_clear_persons(visible_flats(cast[role]), cast[role]).exists()}
    assert readers == {Role.CITY_BUREAU, Role.HEAT_SUPPLIER, Role.COMMUNITY, Role.HOUSEHOLD}


@pytest.mark.parametrize(("name", "masked"), [("张三丰", "张**"), ("李四", "李**"), ("", "")])
def test_a_masked_name_shows_its_first_character_and_not_its_length(name, masked):
    assert masked_name(name) == masked


@pytest.mark.parametrize(("phone", "masked"), [("00012340001", "000****0001"), ("1234567", "****"), ("", "")])
def test_a_masked_phone_hides_its_middle_and_a_short_one_altogether(phone, masked):
    assert masked_phone(phone) == masked
