"""Sums that pages show again for a while: for whom, how long, and who is told anew."""

import pytest
from django.core.cache import caches
from django.db.models import F
from tests.web.cast import a_plan
from tests.web.works.steps import fired

from fenhu.programme import Role
from fenhu.web.access.models import Grant, User
from fenhu.web.recent import recent
from fenhu.web.registry.models import Building
from fenhu.web.works.queries import overview

pytestmark = [pytest.mark.django_db, pytest.mark.data_layer]


@pytest.fixture(autouse=True)
def _kept_for_a_minute(settings):
    settings.RECENT_S = 60
    caches["recent"].clear()
    yield
    caches["recent"].clear()


@pytest.fixture(autouse=True)
def _however_quick_the_counting(monkeypatch):
    monkeypatch.setattr("fenhu.web.recent._TIMES_AS_LONG", 1e6)


def count(user):
    return recent(overview, user).flats


def one_flat_more():
    Building.objects.filter(code="A1").update(flat_count=F("flat_count") + 1)


def test_what_others_change_is_seen_when_the_while_is_over(cast):
    bureau = cast[Role.CITY_BUREAU]
    before = count(bureau)
    one_flat_more()
    assert count(bureau) == before
    caches["recent"].clear()
    assert count(bureau) == before + 1


def test_who_has_just_recorded_something_is_told_anew_and_nobody_else(cast):
    supplier, bureau = cast[Role.HEAT_SUPPLIER], cast[Role.CITY_BUREAU]
    seen = {who.pk: count(who) for who in (supplier, bureau)}
    one_flat_more()
    fired(supplier, a_plan(), "file")
    assert count(supplier) == seen[supplier.pk] + 1
    assert count(bureau) == seen[bureau.pk]


def test_who_sees_the_same_shares_and_who_sees_otherwise_does_not(cast, django_assert_num_queries):
    bureau = cast[Role.CITY_BUREAU]
    colleague = User.objects.create_user("colleague")
    Grant.objects.create(user=colleague, role=Role.CITY_BUREAU)
    all_of_them = count(bureau)
    with django_assert_num_queries(2):  # the grants, and whether he has just recorded something
        assert count(colleague) == all_of_them
    assert count(cast.other_supplier) < all_of_them


def test_what_is_counted_quickly_is_counted_anew_soon(cast, monkeypatch):
    monkeypatch.setattr("fenhu.web.recent._TIMES_AS_LONG", 0)
    bureau = cast[Role.CITY_BUREAU]
    before = count(bureau)
    one_flat_more()
    assert count(bureau) == before + 1


def test_another_day_is_counted_anew(cast, settings):
    bureau = cast[Role.CITY_BUREAU]
    year = recent(overview, bureau).today
    settings.TODAY = year.replace(year=year.year + 1)
    assert recent(overview, bureau).today == settings.TODAY


def test_without_a_while_everything_is_counted_anew(cast, settings):
    settings.RECENT_S = 0
    bureau = cast[Role.CITY_BUREAU]
    before = count(bureau)
    one_flat_more()
    assert count(bureau) == before + 1
