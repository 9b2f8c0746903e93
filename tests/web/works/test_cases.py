"""Conflicts: opened by whom they concern, proved, decided by a person, settled with an outcome."""

from datetime import timedelta

import pytest

from fenhu.errors import InputFault, NotAllowed, WrongState
from fenhu.programme import EVIDENCE, Role
from fenhu.web import clock
from fenhu.web.journal.models import Entry
from fenhu.web.registry.models import Building
from fenhu.web.works import queries, services
from fenhu.web.works.models import Case

pytestmark = [pytest.mark.django_db, pytest.mark.data_layer]


def at(code):
    return Building.objects.get(code=code)


def opened(user, code="A2", kind="dispute", flat=""):
    return services.open_case(
        user, at(code), kind=kind, title="费用之争", account="张三丰不同意", flat_id=flat
    )


def fired(user, case, step, note=""):
    case.refresh_from_db()
    return services.fire(user, case, step, version=case.version, note=note)


def proved(user, case, *codes):
    for code in codes:
        services.record_evidence(user, case, code, f"函件{code}")


@pytest.fixture
def supplier(cast):
    return cast[Role.HEAT_SUPPLIER]


@pytest.fixture
def bureau(cast):
    return cast[Role.CITY_BUREAU]


@pytest.fixture
def case(supplier):
    return opened(supplier)


@pytest.mark.parametrize(
    "role", [Role.HEAT_SUPPLIER, Role.COMMUNITY, Role.CITY_BUREAU, Role.DISTRICT_GOV], ids=str
)
def test_c2_3_who_handles_conflicts_opens_them(cast, role):
    case = opened(cast[role])
    assert (case.state, case.opened_by, case.opened_on) == ("open", cast[role], clock.today())


@pytest.mark.parametrize("role", [Role.FINANCE, Role.OWNER_UNIT, Role.PUBLIC_SECURITY], ids=str)
def test_c2_3_others_do_not(cast, role):
    with pytest.raises(NotAllowed):
        opened(cast[role])


def test_c2_3_a_supplier_opens_no_case_at_a_building_it_does_not_heat(supplier):
    with pytest.raises(NotAllowed):
        opened(supplier, "B1")


def test_c4_1_a_contractor_reports_obstruction_at_its_own_works_and_nothing_else(cast):
    contractor = cast[Role.CONTRACTOR]
    assert opened(contractor, "A1", "obstruction").kind == "obstruction"
    for code, kind in (("A1", "dispute"), ("A2", "obstruction")):
        with pytest.raises(NotAllowed):
            opened(contractor, code, kind)


def test_a_household_complains_about_its_own_flat_alone(cast):
    household = cast[Role.HOUSEHOLD]
    assert opened(household, "A1", "complaint", "1-1-101").flat == cast.flat
    for kind, flat in (("complaint", "1-2-201"), ("complaint", ""), ("dispute", "1-1-101")):
        with pytest.raises(NotAllowed):
            opened(household, "A1", kind, flat)


def test_a_case_needs_a_known_kind_a_title_an_account_and_a_flat_of_the_building(supplier):
    for kind, title, account, flat in (
        ("quarrel", "费用", "经过", ""), ("dispute", " ", "经过", ""), ("dispute", "费用", "", ""),
        ("dispute", "费用", "经过", "9-9-901"),
    ):  # fmt: skip
        with pytest.raises(InputFault):
            services.open_case(supplier, at("A2"), kind=kind, title=title, account=account, flat_id=flat)
    assert not Case.objects.filter(building__code="A2").exists()


def test_the_journal_tells_every_deed_and_no_name(supplier, bureau, case):
    proved(supplier, case, "dispute_case", "owner_reminded")
    fired(supplier, case, "take")
    services.write_outcome(supplier, case, "张三丰同意")
    services.decide_liability(bureau, case, "owner_not_cooperating", "张三丰厂拒付")
    entries = Entry.objects.filter(subject=f"works.case:{case.pk}").order_by("sequence")
    assert [entry.kind for entry in entries] == [
        "case.opened", "case.evidence", "case.evidence", "case.take", "case.outcome", "case.liable",
    ]  # fmt: skip
    assert all("张三丰" not in entry.data_json for entry in entries)


def test_c4_1_the_rule_proposes_a_liability_only_with_all_its_evidence(supplier, bureau, case):
    proved(supplier, case, "dispute_case")
    with pytest.raises(WrongState):
        services.decide_liability(bureau, case, "owner_not_cooperating", "拒付")
    proved(supplier, case, "owner_reminded")
    decided = services.decide_liability(bureau, case, "owner_not_cooperating", "拒付")
    assert (decided.liable, decided.liable_on) == ("owner_not_cooperating", clock.today())


def test_c4_1_no_liability_is_decided_that_the_evidence_does_not_propose(supplier, bureau, case):
    proved(supplier, case, "incident_report")
    with pytest.raises(InputFault):
        services.decide_liability(bureau, case, "owner_not_cooperating", "拒付")
    assert services.decide_liability(bureau, case, "none", "误会").liable == "none"


def test_c4_1_who_recorded_evidence_does_not_decide(supplier, bureau, cast, case):
    proved(supplier, case, "dispute_case")
    proved(bureau, case, "owner_reminded")
    with pytest.raises(NotAllowed):
        services.decide_liability(bureau, case, "owner_not_cooperating", "拒付")
    other = cast[Role.DISTRICT_GOV]
    assert services.decide_liability(other, case, "owner_not_cooperating", "拒付").liable


@pytest.mark.parametrize("role", [Role.HEAT_SUPPLIER, Role.COMMUNITY, Role.PUBLIC_SECURITY], ids=str)
def test_c4_1_only_government_decides(cast, bureau, case, role):
    proved(bureau, case, "incident_report")
    with pytest.raises(NotAllowed):
        services.decide_liability(cast[role], case, "deliberate_obstruction", "阻拦")


def test_c4_1_new_evidence_that_changes_the_proposal_lifts_the_decision(supplier, bureau, case):
    proved(supplier, case, "dispute_case", "owner_reminded")
    services.decide_liability(bureau, case, "none", "已付清")
    proved(supplier, case, "conditions_met")
    case.refresh_from_db()
    assert case.liable == "none"
    proved(supplier, case, "household_reminded")
    case.refresh_from_db()
    assert case.liable == ""


def test_evidence_is_known_explained_past_and_recorded_once(supplier, settings, case):
    proved(supplier, case, "dispute_case")
    ahead = clock.today() + timedelta(days=365)
    for code, note, on in (
        ("rumour", "听说", None), ("owner_reminded", " ", None), ("owner_reminded", "函", ahead),
        ("dispute_case", "再次", None),
    ):  # fmt: skip
        with pytest.raises(InputFault):
            services.record_evidence(supplier, case, code, note, on)
    assert case.evidence.count() == 1


def test_c2_3_a_case_is_settled_with_an_outcome_and_closed_with_a_decision(supplier, bureau, case):
    fired(supplier, case, "take")
    proved(supplier, case, "incident_report")
    with pytest.raises(WrongState):
        fired(supplier, case, "settle")
    services.write_outcome(supplier, case, "5月20日前进场")
    settled = fired(supplier, case, "settle")
    assert settled.settled_on == clock.today()
    with pytest.raises(WrongState):
        services.write_outcome(supplier, case, "改口")
    with pytest.raises(WrongState):
        fired(bureau, case, "close")
    services.decide_liability(bureau, case, "none", "一时误会")
    assert fired(bureau, case, "close").state == "closed"
    with pytest.raises(WrongState):
        proved(supplier, case, "owner_reminded")


def test_a_case_opened_again_is_not_settled(supplier, case):
    fired(supplier, case, "take")
    services.write_outcome(supplier, case, "同意")
    fired(supplier, case, "settle")
    assert fired(supplier, case, "reopen", "又不同意").settled_on is None


def test_c4_1_public_security_sees_a_case_once_it_is_passed_on(cast, supplier, case):
    officer = cast[Role.PUBLIC_SECURITY]
    assert case.pk not in {row.id for row in queries.incidents(officer).rows}
    fired(supplier, case, "call_security", "持械阻拦")
    proved(officer, case, "incident_report")
    assert case.pk in {row.id for row in queries.incidents(officer).rows}
    assert fired(officer, case, "report_back", "已劝离").state == "in_hand"


def test_a_case_is_due_by_the_policys_term_and_then_overdue(supplier, settings, case):
    settings.TODAY = clock.date(2011, 4, 11)  # a Monday
    fresh = opened(supplier)
    page = queries.case_page(supplier, state="open")
    (row,) = [row for row in page.rows if row.id == fresh.pk]
    assert (row.due, row.overdue) == (clock.date(2011, 4, 14), False)
    settings.TODAY = clock.date(2011, 4, 15)
    assert fresh.pk in {row.id for row in queries.case_page(supplier, state="overdue").rows}


def test_the_figures_count_and_take_the_median_of_days(supplier, settings):
    for days in (2, 4, 20):
        settings.TODAY = clock.date(2011, 5, 1)
        case = opened(supplier)
        fired(supplier, case, "take")
        services.write_outcome(supplier, case, "同意")
        settings.TODAY = clock.date(2011, 5, 1 + days)
        fired(supplier, case, "settle")
    opened(supplier, kind="refusal")
    page = queries.case_page(supplier)
    assert (page.all.open, page.all.settled, page.all.median_days) == (1, 3, 4)
    assert {one.value: one.settled for one in page.by_kind} == {"dispute": 3, "refusal": 0}
    assert [one.value for one in page.by_district] == ["海州"]
    assert queries.case_page(supplier, kind="refusal").total == 1


def test_an_owner_unit_sees_that_there_is_a_case_and_not_its_account(cast, supplier, case):
    view = queries.case_view(cast[Role.OWNER_UNIT], case.pk)
    assert (view.row.title, view.account, view.reads) == ("费用之争", "", False)
    assert queries.case_view(supplier, case.pk).account == "张三丰不同意"
    assert not any(told.note for told in view.history)


def test_the_page_shows_the_rule_beside_the_evidence(supplier, case):
    proved(supplier, case, "dispute_case")
    rule = next(one for one in queries.case_view(supplier, case.pk).rules if one.there)
    assert (rule.code, rule.proposed) == ("owner_not_cooperating", False)
    assert rule.missing == (EVIDENCE["owner_reminded"],)
