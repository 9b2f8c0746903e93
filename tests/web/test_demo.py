"""The demo: a small synthetic city with its people, its first year lived, the next being filed."""

import pytest
from django.core.management import call_command
from tests.web.cast import store_register, the_register

from fenhu.errors import InputFault, NotAllowed
from fenhu.programme import Role
from fenhu.web import demo
from fenhu.web.access.models import User
from fenhu.web.household.models import CasePhoto, Declaration, RoomReport
from fenhu.web.journal.services import verify
from fenhu.web.metering.models import SeasonBill
from fenhu.web.registry.models import Building
from fenhu.web.works import queries
from fenhu.web.works.models import AnnualPlan, Case, Project
from fenhu.web.works.queries import published_bulletins, published_material, published_praises

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def build():
    return demo.build(buildings=120, seed=2010, report=lambda phase, done, total: None)


def test_the_demo_is_built_once_with_something_to_do_for_everybody(settings, tmp_path):
    settings.DEMO, settings.DATA_DIR, settings.MEDIA_ROOT = True, tmp_path, tmp_path / "media"
    settings.TODAY = demo.SECOND_FILED
    assert build()
    assert set(User.objects.filter(username__in=list(Role)).values_list("username", flat=True)) == set(Role)
    assert set(AnnualPlan.objects.filter(year=demo.FIRST_YEAR).values_list("state", flat=True)) == {"closed"}
    states = set(Project.objects.filter(year=demo.FIRST_YEAR).values_list("state", flat=True))
    assert {"in_use", "rewarded"} & states
    assert states <= {"in_use", "rewarded", "informed"}
    assert Case.objects.get(kind="obstruction").state == "at_security"
    assert queries.worklist(User.objects.get(username=Role.HEAT_SUPPLIER)).total > 0
    assert queries.worklist(User.objects.get(username=Role.PUBLIC_SECURITY)).total == 1
    assert verify().valid
    bills = SeasonBill.objects.filter(year=demo.FIRST_YEAR, energy_kwh__isnull=False)
    assert bills.filter(estimated=True).count() == 1
    assert bills.filter(refund_fen__gt=0).count() == 1
    assert Case.objects.get(kind="complaint", opened_on=demo.COLD).state == "closed"
    assert CasePhoto.objects.count() == 1
    assert set(RoomReport.objects.values_list("state", flat=True)) == {"answered", "noted"}
    assert Declaration.objects.filter(kind="contract", by_link=True).exists()
    assert published_material().count() == 2
    assert published_praises().exists()
    assert published_bulletins().get().year == demo.FIRST_YEAR
    assert not build()


def test_it_never_builds_over_another_city(settings, tmp_path):
    settings.DEMO, settings.DATA_DIR = True, tmp_path
    store_register(the_register())
    before = Building.objects.count()
    with pytest.raises(NotAllowed):
        build()
    assert Building.objects.count() == before
    assert not User.objects.filter(username=Role.CITY_BUREAU).exists()


@pytest.mark.parametrize("buildings", ["-3", "0", "39"])
def test_a_city_too_small_for_the_demo_is_refused_before_anything_is_stored(settings, tmp_path, buildings):
    settings.DEMO, settings.DATA_DIR = True, tmp_path
    with pytest.raises(InputFault, match="40"):
        call_command("demo_city", "--buildings", buildings)
    assert not list(tmp_path.iterdir())
    assert not User.objects.exists()
