"""Two officers who decide at the very same moment: one decision counts, the other learns of it."""

import pytest

pytestmark = [pytest.mark.data_layer, pytest.mark.slow]

SET_UP = """
from fenhu.programme import Role
from tests.web.cast import a_plan, a_user, everybody
from fenhu.web.works.services import fire
cast = everybody()
a_user("officer_2", Role.CITY_BUREAU)
for year in range({plans}):
    fire(cast[Role.HEAT_SUPPLIER], a_plan(year=2011 + year), "file", version=1)
"""
DECIDE = """
from fenhu.errors import Conflict
from fenhu.web.access.models import User
from fenhu.web.works.models import AnnualPlan
from fenhu.web.works.services import fire
user = User.objects.get(username="{username}")
won = 0
for plan in AnnualPlan.objects.order_by("pk"):
    try:
        fire(user, plan, "{step}", version=2, note="理由")
        won += 1
    except Conflict:
        pass
print(won)
"""
OUTCOME = """
from fenhu.web.journal import services as journal
from fenhu.web.journal.models import Entry
from fenhu.web.works.models import AnnualPlan
decided = Entry.objects.filter(kind__in=["annual_plan.approve", "annual_plan.return"]).count()
print(decided, AnnualPlan.objects.filter(version=3).count(), journal.verify().valid)
"""
PLANS = 15


def test_each_plan_is_decided_exactly_once(lasting_database):
    lasting_database.run(SET_UP.format(plans=PLANS))
    officers = [
        lasting_database.start(DECIDE.format(username="city_bureau", step="approve")),
        lasting_database.start(DECIDE.format(username="officer_2", step="return")),
    ]
    won = [int(lasting_database.finish(officer)) for officer in officers]
    assert sum(won) == PLANS
    assert lasting_database.run(OUTCOME) == f"{PLANS} {PLANS} True"
