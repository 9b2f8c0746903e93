"""Acceptance: measured by the policy's limits, signed in order, passed whole, in part or not at all."""

from decimal import Decimal

import pytest
from tests.web.cast import a_user
from tests.web.works.steps import BOTH, SYSTEM_VALUES, a_project, finished, fired

from fenhu.errors import InputFault, NotAllowed, UnknownItem, WrongState
from fenhu.programme import Role
from fenhu.web import clock
from fenhu.web.journal.models import Entry
from fenhu.web.journal.queries import entries_of
from fenhu.web.registry.models import Building
from fenhu.web.works import queries, services
from fenhu.web.works.models import AcceptanceRound, FlatWork, MeasuredValue, Project, Signature

pytestmark = [pytest.mark.django_db, pytest.mark.data_layer]

RADIATOR, SYSTEM, ROOM = "radiator_pressure_mpa", "system_pressure_drop_mpa", "room_temperature_c"
PARTIES = ("city_bureau", "district_gov", "heat_supplier", "contractor", "community",
           "resident_representatives")  # fmt: skip


@pytest.fixture
def project(cast, settings):
    settings.TODAY = clock.date(2011, 5, 2)
    Building.objects.filter(code="A2").update(community=Building.objects.get(code="A1").community)
    return finished(cast, a_project(cast))


@pytest.fixture
def bureau(cast):
    return cast[Role.CITY_BUREAU]


@pytest.fixture
def held(bureau, project):
    return services.open_round(bureau, project)


def measured(bureau, held, room="20", **rooms):
    for test, value in SYSTEM_VALUES.items():
        services.measure(bureau, held, test, Decimal(value))
    for flat in BOTH[:1] if not rooms else BOTH:
        if FlatWork.objects.filter(project=held.project, passed_on=None, flat__storey=flat[2]).exists():
            value = rooms.get(f"storey_{flat[2]}", room)
            services.measure(bureau, held, ROOM, Decimal(value), flat_id=flat)


def signed(cast, held, parties=PARTIES):
    for party in parties:
        role, on_paper = services.signs_for(held.project, party)
        services.sign(cast[role], held, party, agrees=True, name="王代表" if on_paper else "")


def decided(actor, held, step, note=""):
    held.refresh_from_db()
    return services.fire(actor, held, step, version=held.version, note=note)


def told(fault):
    return fault.value.message.in_language("en")


def passed(project):
    rows = FlatWork.objects.filter(project=project).order_by("flat__storey")
    return [row.passed_on is not None for row in rows]


@pytest.mark.parametrize("role", [Role.CITY_BUREAU, Role.DISTRICT_GOV])
def test_c3_4_bureau_and_district_organise_the_acceptance(cast, project, role):
    held = services.open_round(cast[role], project)
    assert (held.number, held.state) == (1, "open")
    assert [entry.kind for entry in entries_of(project)][-1] == "project.round"


@pytest.mark.parametrize("role", [Role.HEAT_SUPPLIER, Role.CONTRACTOR, Role.OWNER_UNIT, Role.FINANCE])
def test_c3_4_nobody_else_opens_a_round(cast, project, role):
    with pytest.raises(NotAllowed):
        services.open_round(cast[role], project)


def test_c2_2_a_district_does_not_accept_another_districts_building(project):
    with pytest.raises(NotAllowed):
        services.open_round(a_user("taiping", Role.DISTRICT_GOV, district="太平"), project)


@pytest.mark.parametrize("state", ["under_construction", "rectifying", "accepted", "in_use"])
def test_c3_4_a_round_needs_finished_works(bureau, project, state):
    Project.objects.filter(pk=project.pk).update(state=state)
    with pytest.raises(WrongState):
        services.open_round(bureau, project)


def test_c3_4_one_round_at_a_time(bureau, project, held):
    with pytest.raises(WrongState):
        services.open_round(bureau, project)
    assert AcceptanceRound.objects.count() == 1


def test_c3_4_while_a_round_is_held_the_works_are_neither_accepted_nor_sent_back(bureau, project, held):
    for step in ("rectify", "accept"):
        with pytest.raises(WrongState) as fault:
            fired(bureau, project, step, note="先等等")
        assert told(fault) == "A round of acceptance is being held; end it first"


@pytest.mark.parametrize(("test", "flat", "value", "kept"), [
    (RADIATOR, None, "0.6", True), (RADIATOR, None, "0.5999", False), (SYSTEM, None, "0.05", True),
    (SYSTEM, None, "0.0501", False), ("flow_ratio", None, "0.9", True), ("flow_ratio", None, "1.21", False),
    ("trial_run_h", None, "23", False), ("makeup_percent", None, "0.6", False),
    (ROOM, BOTH[0], "18", True), (ROOM, BOTH[0], "17.9", False),
])  # fmt: skip
def test_c4_3_values_are_judged_by_the_policys_limits(bureau, held, test, flat, value, kept):
    assert services.measure(bureau, held, test, Decimal(value), flat_id=flat).kept is kept


def test_c4_3_the_room_temperature_stays_with_its_flat(bureau, held):
    services.measure(bureau, held, ROOM, Decimal("19.5"), flat_id=BOTH[0], remark="北侧")
    assert FlatWork.objects.get(project=held.project, flat__storey=1).room_c == 19.5
    [flat] = queries.acceptance_view(bureau, "A2").measured
    assert (flat.flat_id, flat.room_c) == (BOTH[0], 19.5)


def test_a_value_measured_again_replaces_the_first(bureau, held):
    services.measure(bureau, held, ROOM, Decimal("17"), flat_id=BOTH[0])
    services.measure(bureau, held, ROOM, Decimal("19"), flat_id=BOTH[0])
    assert [(one.value, one.kept) for one in MeasuredValue.objects.all()] == [(Decimal(19), True)]
    assert [entry.kind for entry in entries_of(held)] == ["acceptance.measured"] * 2


@pytest.mark.parametrize(("test", "flat", "value"), [
    (ROOM, None, "19"), (ROOM, "9-9-901", "19"), (RADIATOR, BOTH[0], "0.8"), (RADIATOR, None, "NaN"),
    (RADIATOR, None, "1e9"),
])  # fmt: skip
def test_values_that_cannot_be_are_refused(bureau, held, test, flat, value):
    with pytest.raises(InputFault):
        services.measure(bureau, held, test, Decimal(value), flat_id=flat)
    assert not MeasuredValue.objects.exists()


def test_a_test_the_policy_does_not_know_is_refused(bureau, held):
    with pytest.raises(UnknownItem):
        services.measure(bureau, held, "noise_db", Decimal(30))


@pytest.mark.parametrize("role", [Role.HEAT_SUPPLIER, Role.CONTRACTOR, Role.COMMUNITY])
def test_c3_4_only_organisers_measure(cast, held, role):
    with pytest.raises(NotAllowed):
        services.measure(cast[role], held, RADIATOR, Decimal("0.8"))


def test_c3_4_nobody_signs_before_everything_is_measured(bureau, held):
    services.measure(bureau, held, RADIATOR, Decimal("0.8"))
    with pytest.raises(WrongState) as fault:
        services.sign(bureau, held, "city_bureau", agrees=True)
    assert "Not measured yet" in told(fault)


def test_c3_4_parties_sign_in_the_policys_order_and_once(cast, bureau, held):
    measured(bureau, held)
    with pytest.raises(WrongState) as fault:
        services.sign(cast[Role.HEAT_SUPPLIER], held, "heat_supplier", agrees=True)
    assert told(fault) == "It is the turn of: City construction bureau"
    services.sign(bureau, held, "city_bureau", agrees=True)
    with pytest.raises(WrongState):
        services.sign(bureau, held, "city_bureau", agrees=True)
    assert Signature.objects.count() == 1


def test_c3_4_a_party_is_signed_for_only_by_its_own_people(cast, bureau, held):
    measured(bureau, held)
    for role in (Role.HEAT_SUPPLIER, Role.DISTRICT_GOV, Role.CONTRACTOR, Role.COMMUNITY):
        with pytest.raises(NotAllowed):
            services.sign(cast[role], held, "city_bureau", agrees=True)


def test_c3_4_the_community_writes_down_who_signed_for_the_residents(cast, bureau, held):
    measured(bureau, held)
    signed(cast, held, PARTIES[:-1])
    with pytest.raises(InputFault):
        services.sign(cast[Role.COMMUNITY], held, PARTIES[-1], agrees=True)
    services.sign(cast[Role.COMMUNITY], held, PARTIES[-1], agrees=True, name="李代表")
    assert not Entry.objects.filter(data_json__contains="李代表").exists()
    with pytest.raises(WrongState):
        services.sign(cast[Role.COMMUNITY], held, PARTIES[-1], agrees=True, name="李代表")


def test_c2_1_where_the_city_answers_the_bureau_writes_down_who_signed_for_the_district(project):
    building = project.building
    assert services.signs_for(project, "district_gov") == (Role.DISTRICT_GOV, False)
    building.authority, building.community_id, project.contractor_id = "city", None, None
    for party in ("district_gov", "contractor", "community", "resident_representatives", "media"):
        assert services.signs_for(project, party) == (Role.CITY_BUREAU, True)


def test_c3_4_a_refusal_gives_its_reason_and_keeps_the_round_from_passing(cast, bureau, held):
    measured(bureau, held)
    signed(cast, held, PARTIES[:4])
    with pytest.raises(InputFault):
        services.sign(cast[Role.COMMUNITY], held, "community", agrees=False)
    services.sign(cast[Role.COMMUNITY], held, "community", agrees=False, note="三单元仍不热")
    signed(cast, held, PARTIES[5:])
    with pytest.raises(WrongState) as fault:
        decided(bureau, held, "pass")
    assert "Signed against it" in told(fault)
    assert decided(bureau, held, "fail", note="住户反映不热").state == "failed"


def test_c3_4_what_is_signed_is_not_measured_again(bureau, held):
    measured(bureau, held)
    services.sign(bureau, held, "city_bureau", agrees=True)
    with pytest.raises(WrongState):
        services.measure(bureau, held, RADIATOR, Decimal("0.7"))


def test_an_unknown_party_is_refused(bureau, held):
    with pytest.raises(UnknownItem):
        services.sign(bureau, held, "press_club", agrees=True)


def test_c3_4_only_what_passes_goes_into_use(cast, bureau, project, held):
    with pytest.raises(WrongState):
        fired(bureau, project, "accept")
    measured(bureau, held)
    signed(cast, held)
    assert decided(bureau, held, "pass").state == "passed"
    assert passed(project) == [True, True]
    assert fired(bureau, project, "accept").state == "accepted"
    assert fired(cast[Role.HEAT_SUPPLIER], project, "use").state == "in_use"


def test_c3_4_a_partial_pass_keeps_what_passed_and_a_new_round_covers_the_rest(cast, bureau, project, held):
    measured(bureau, held, storey_1="20", storey_2="17")
    signed(cast, held)
    with pytest.raises(WrongState):
        decided(bureau, held, "pass")
    decided(bureau, held, "pass_part", note="二层不足18度")
    assert passed(project) == [True, False]
    with pytest.raises(WrongState):
        fired(bureau, project, "accept")
    fired(bureau, project, "rectify", note="调阀")
    fired(cast[Role.HEAT_SUPPLIER], project, "finish")
    again = services.open_round(bureau, project)
    assert (again.number, queries.acceptance_view(bureau, "A2").waiting) == (2, (BOTH[1],))
    with pytest.raises(InputFault):
        services.measure(bureau, again, ROOM, Decimal(20), flat_id=BOTH[0])
    measured(bureau, again, storey_2="18.5")
    signed(cast, again)
    decided(bureau, again, "pass")
    assert passed(project) == [True, True]
    assert fired(bureau, project, "accept").state == "accepted"


def test_c4_3_a_system_that_misses_its_limit_passes_no_flat(cast, bureau, project, held):
    for test, value in (SYSTEM_VALUES | {RADIATOR: "0.5"}).items():
        services.measure(bureau, held, test, Decimal(value))
    services.measure(bureau, held, ROOM, Decimal(17), flat_id=BOTH[0])
    signed(cast, held)
    for step in ("pass", "pass_part"):
        with pytest.raises(WrongState):
            decided(bureau, held, step, note="压力不足")
    decided(bureau, held, "fail", note="压力不足")
    assert passed(project) == [False, False]


def test_c3_4_works_reopened_after_the_acceptance_are_accepted_anew(cast, bureau, project, held, settings):
    measured(bureau, held)
    signed(cast, held)
    decided(bureau, held, "pass")
    with pytest.raises(WrongState):
        services.open_round(bureau, project)
    fired(bureau, project, "accept")
    fired(bureau, project, "revoke", note="立管漏水")
    assert passed(project) == [False, False]
    settings.TODAY = clock.date(2011, 5, 20)
    fired(cast[Role.HEAT_SUPPLIER], project, "finish")
    with pytest.raises(WrongState) as fault:
        fired(bureau, project, "accept")
    assert told(fault) == "No acceptance was held yet"
    assert services.open_round(bureau, project).number == 2


def test_a_round_that_is_over_takes_nothing_more(bureau, held):
    measured(bureau, held)
    decided(bureau, held, "fail", note="改日再验")
    with pytest.raises(WrongState):
        services.measure(bureau, held, RADIATOR, Decimal("0.8"))
    with pytest.raises(WrongState):
        services.sign(bureau, held, "city_bureau", agrees=True)


def test_names_on_paper_are_masked_for_those_who_need_them_not(cast, bureau, held):
    measured(bureau, held)
    signed(cast, held)

    def shown(user):
        last = queries.acceptance_view(user, "A2").rounds[0].parties[-1]
        return last.on_paper_by

    assert shown(bureau) == "王代表"
    assert shown(cast[Role.CONTRACTOR]) == "王**"
