"""What the implementation scheme says of its buildings: the policy's grounds, never the planner's sums."""

import pytest
from tests.web.cast import a_plan

from fenhu.programme import Role
from fenhu.web.documents.gathering.plans import schemes
from fenhu.web.works.models import AnnualPlanItem
from fenhu.wording import bilingual, text

pytestmark = pytest.mark.django_db
PLANNED = text("In {year}: {reasons}.", year="2010", reasons=text("{yuan} yuan", yuan="19,990"))


def judged(name):
    return text("{name}: {evidence}", name=bilingual(name, name), evidence=text("{value} K", value="5.1"))


@pytest.mark.parametrize(
    ("reasons", "printed"),
    [
        ((PLANNED, judged("供热系统失调"), judged("管材腐蚀严重")), "供热系统失调，管材腐蚀严重"),
        ((PLANNED,), "先易后难、分步实施（二（四））"),
        ((), "先易后难、分步实施（二（四））"),
    ],
)
def test_c3_2_a_building_stands_in_the_scheme_by_the_criteria_it_meets(cast, reasons, printed):
    plan = a_plan(codes=("A1",))
    AnnualPlanItem.objects.update(reason=[one.to_json() for one in reasons])
    [scheme] = schemes(cast[Role.HEAT_SUPPLIER], [plan])
    assert [one.reason for one in scheme.buildings] == [printed]
