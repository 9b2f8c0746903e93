"""Commending who cooperated on time: earned by the policy's rule, given by government, once."""

from datetime import date
from decimal import Decimal

import pytest
from tests.web.works.steps import a_project

from fenhu.errors import InputFault, NotAllowed
from fenhu.policy import load
from fenhu.programme import Cooperation, Role, commendations
from fenhu.web.journal.models import Entry
from fenhu.web.registry.models import Flat
from fenhu.web.works import commending, queries, services
from fenhu.web.works.models import FlatWork, Praise, Project

pytestmark = [pytest.mark.django_db, pytest.mark.data_layer]

READY_BY, IN_TIME, TOO_LATE, ACCEPTED = (
    date(2011, 6, 1), date(2011, 5, 31), date(2011, 6, 2), date(2011, 9, 20),
)  # fmt: skip


@pytest.fixture
def bureau(cast):
    return cast[Role.CITY_BUREAU]


@pytest.fixture
def works(cast):
    """Return the works of A2's two flats: the first ready in time, the second too late; both accepted."""
    project = a_project(cast)
    Project.objects.filter(pk=project.pk).update(ready_by=READY_BY)
    first, second = FlatWork.objects.filter(project=project).order_by("flat__storey")
    FlatWork.objects.filter(pk=first.pk).update(ready_on=IN_TIME, passed_on=ACCEPTED)
    FlatWork.objects.filter(pk=second.pk).update(ready_on=TOO_LATE, passed_on=ACCEPTED)
    return first, second


@pytest.mark.parametrize(
    ("ready_on", "accepted", "earned"),
    [(READY_BY, True, 1), (TOO_LATE, True, 0), (IN_TIME, False, 0), (None, True, 0)],
)
def test_c4_1_the_rule_wants_the_timetable_kept_and_the_flat_accepted(ready_on, accepted, earned):
    evidence = Cooperation(ready_by=READY_BY, ready_on=ready_on, accepted=accepted).evidence
    assert len(commendations(load("fuxin-2010"), evidence)) == earned


def test_c4_1_the_list_names_who_has_earned_it(bureau, works):
    assert [row.work for row in queries.praise_page(bureau).deserving] == [works[0].pk]


@pytest.mark.parametrize("role", [Role.CITY_BUREAU, Role.DISTRICT_GOV], ids=str)
def test_c4_1_government_commends_and_a_second_click_changes_nothing(cast, works, role):
    assert services.commend(cast[role], [works[0].pk]) == 1
    assert services.commend(cast[role], [works[0].pk]) == 0
    praise = Praise.objects.get()
    assert (praise.flat, praise.code, praise.given_by) == (works[0].flat, "cooperated_on_time", cast[role])
    assert queries.praise_page(cast[role]).deserving == ()
    entries = Entry.objects.filter(kind="project.commended")
    assert [entry.data["flats"] for entry in entries] == [["1-1-101"]]
    assert "张三丰" not in entries[0].data_json


@pytest.mark.parametrize("role", [Role.HEAT_SUPPLIER, Role.COMMUNITY, Role.FINANCE], ids=str)
def test_c4_1_others_do_not_commend(cast, works, role):
    with pytest.raises(NotAllowed):
        services.commend(cast[role], [works[0].pk])


def test_c4_1_who_was_late_is_not_commended_nor_anybody_ticked_with_him(bureau, works):
    with pytest.raises(InputFault):
        services.commend(bureau, [work.pk for work in works])
    assert not Praise.objects.exists()


def test_c4_1_a_district_commends_nobody_of_the_citys_buildings(cast):
    project = Project.objects.get(building__code="A1")
    work = FlatWork.objects.create(project=project, flat=cast.flat, ready_on=IN_TIME, passed_on=ACCEPTED)
    Project.objects.filter(pk=project.pk).update(ready_by=READY_BY)
    for flats in ([work.pk], [], [0]):
        with pytest.raises(InputFault):
            services.commend(cast[Role.DISTRICT_GOV], flats)


def test_c4_1_the_reward_is_the_policys_in_whole_fen():
    (rule,) = load("fuxin-2010").commendation
    assert commending.amount_fen(rule) == 0
    dearer = rule.amount_yuan_per_flat.model_copy(update={"value": Decimal("50.005")})
    assert commending.amount_fen(rule.model_copy(update={"amount_yuan_per_flat": dearer})) == 50_01
    praise_alone = rule.model_copy(update={"amount_yuan_per_flat": dearer, "award": ("praise",)})
    assert commending.amount_fen(praise_alone) == 0


def test_names_are_whole_for_those_who_need_them_and_masked_for_others(cast, works):
    services.commend(cast[Role.CITY_BUREAU], [works[0].pk])
    Flat.objects.update(owner_name="张三丰")
    seen = {role: [one.owner_name for one in queries.praises(cast[role])] for role in (
        Role.CITY_BUREAU, Role.HEAT_SUPPLIER, Role.DISTRICT_GOV, Role.OWNER_UNIT, Role.CONTRACTOR,
    )}  # fmt: skip
    assert seen == {
        Role.CITY_BUREAU: ["张三丰"], Role.HEAT_SUPPLIER: ["张三丰"], Role.DISTRICT_GOV: ["张**"],
        Role.OWNER_UNIT: ["张**"], Role.CONTRACTOR: [],
    }  # fmt: skip
