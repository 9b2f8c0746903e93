"""Every clause of 阜政办发〔2010〕34号 stands in fuxin-2010.toml with the document's own figures."""

import hashlib
import re
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from pydantic import ValidationError

import fenhu.policy
from fenhu import tables
from fenhu.errors import PolicyFault, UnknownItem, UnreadableFile
from fenhu.policy import available, check, load
from fenhu.policy.entry import entries
from fenhu.records import OwnerKind, SystemForm
from fenhu.wording import speaking

FILE = Path(fenhu.policy.__file__).parent / "fuxin-2010.toml"
FUXIN = load("fuxin-2010")
CHINESE = re.compile("[一-龥]")


def names(party):
    return " ".join(duty.name_zh for duty in FUXIN.duties if duty.party == party)


def assumed_keys():
    return {assumption.key for assumption in FUXIN.assumptions()}


def test_the_file_has_no_faults():
    assert check(FILE) == ()


def test_it_says_which_document_it_is():
    assert FUXIN.document == "阜政办发〔2010〕34号"
    assert FUXIN.cited_as == "阜新城区分户供暖改造实施方案"
    assert FUXIN.issued == FUXIN.valid_from == date(2010, 5, 10)
    assert len(FUXIN.basis) == 2
    with speaking("en"):
        assert str(FUXIN.city.name) == "Fuxin"
    with speaking("zh"):
        assert str(FUXIN.city.name) == "阜新市"


def test_the_digest_is_that_of_the_file():
    assert FUXIN.digest == hashlib.sha256(FILE.read_bytes()).hexdigest()


def test_a_policy_never_changes():
    with pytest.raises(ValidationError):
        FUXIN.version = "other"


@pytest.mark.parametrize(
    "existing",
    [
        "vertical_single_series",
        "vertical_single_bypass",
        "horizontal_single",
        "unit_double",
        "horizontal_double",
    ],
)
def test_c1_every_existing_form_becomes_one_loop_for_each_flat(existing):
    assert FUXIN.form.target_of(SystemForm(existing)) is SystemForm.HOUSEHOLD_DOUBLE


def test_c1_only_a_form_that_lets_each_flat_run_alone_may_be_filed():
    assert FUXIN.form.fileable(SystemForm.HOUSEHOLD_DOUBLE) is None
    for form in (SystemForm.VERTICAL_DOUBLE, SystemForm.VERTICAL_SINGLE_SERIES, SystemForm.HORIZONTAL_SINGLE):
        assert str(FUXIN.form.fileable(form))
    assert FUXIN.form.each_flat == ("circulate", "shut_off", "regulate", "meter")


@pytest.mark.parametrize(
    ("kind", "authority"),
    [("central", "city"), ("provincial", "city"), ("municipal", "city"), ("developer", "city"),
     ("district", "district")],
)  # fmt: skip
def test_c2_2_the_owner_decides_which_government_answers(kind, authority):
    assert FUXIN.responsible_authority(OwnerKind(kind)) == authority


def test_c2_2_each_level_sets_its_own_reward():
    for level in ("city", "district"):
        assert FUXIN.reward_on(date(2010, 8, 1), level).level == level


def test_c2_3_the_supplier_leads_in_its_coverage():
    assert "牵头" in names("heat_supplier")


def test_c2_4_conflict_and_support_count_for_a_building():
    groups = [group for group in FUXIN.priority_groups if group.clause == "二（四）"]
    assert [group.criteria for group in groups] == [("conflict", "support")]


def test_c2_4_consent_follows_the_law_of_the_day():
    before, after = FUXIN.consent_on(date(2020, 12, 31)), FUXIN.consent_on(date(2021, 1, 1))
    assert (before.of, before.heads, before.area) == ("all", Fraction(2, 3), Fraction(2, 3))
    assert (after.of, after.quorum_heads, after.quorum_area) == ("voting", Fraction(2, 3), Fraction(2, 3))
    fund = FUXIN.consent_on(date(2021, 1, 1), "repair_fund")
    assert (fund.heads, fund.more_than) == (Fraction(1, 2), True)


def test_c2_4_there_is_no_consent_rule_before_the_document():
    with pytest.raises(UnknownItem):
        FUXIN.consent_on(date(2010, 5, 9))


def test_c2_5_the_user_pays_indoor_material_and_that_is_no_assumption():
    (rule,) = FUXIN.shares_of("indoor_material")
    assert (rule.payer, rule.rule, rule.assumed, rule.clause) == ("user", "remainder", False, "二（五）")


@pytest.mark.parametrize("item", ["common_material", "common_labour"])
def test_c2_5_owner_unit_and_supplier_pay_the_public_part_after_fund_and_reward(item):
    assert [rule.payer for rule in FUXIN.shares_of(item)] == ["repair_fund", "reward", "owner", "supplier"]


def test_c2_5_project_money_goes_only_to_balance_and_public_network():
    assert {rule.item for rule in FUXIN.cost_shares if rule.payer == "upper"} == {"mains", "network_balance"}


def test_c2_6_the_size_and_the_years_of_the_programme():
    programme = FUXIN.programme
    assert (programme.stock_flats, programme.stock_area_m2) == (50_000, 4_500_000)
    assert (programme.years_min, programme.years_max) == (3, 5)
    assert (programme.targets[2010].buildings, programme.targets[2010].flats) == (100, 5_000)
    assert not programme.targets[2010].assumed
    assert programme.years == (2010, 2011, 2012, 2013, 2014)


def test_c2_6_the_assumed_targets_convert_the_whole_stock():
    assert sum(target.flats for target in FUXIN.programme.target) == FUXIN.programme.stock_flats
    assert all(target.assumed for year, target in FUXIN.programme.targets.items() if year != 2010)


def test_c2_6_volunteers_outside_the_2009_pilot_are_rewarded_alike():
    assert FUXIN.programme.volunteers.pilot_year == 2009
    assert FUXIN.programme.volunteers.rewarded
    assert all(rule.volunteers for rule in FUXIN.rewards)


def test_c3_1_the_supplier_issues_the_notice_with_community_and_property_company():
    assert FUXIN.notice.name_zh == "《分户控制供暖改造通知》"
    assert FUXIN.notice.issuer == "heat_supplier"
    assert FUXIN.notice.helpers == ("community", "property_company")


def test_c3_2_plans_are_filed_by_30_april_and_works_done_by_30_september():
    assert FUXIN.calendar.filing_deadline(2011) == date(2011, 4, 30)
    assert FUXIN.calendar.completion_deadline(2010) == date(2010, 9, 30)
    assert [paper.name_zh for paper in FUXIN.filing.paper][1] == "《供热分户控制改造楼栋明细表》"


def test_c3_2_the_first_filing_deadline_had_passed_so_the_city_sets_one():
    assert FUXIN.calendar.filing_deadline(2010) > FUXIN.issued
    assert "calendar.exception[1]" in assumed_keys()


def test_c3_2_criteria_stand_at_their_own_level():
    levels = {criterion.code: criterion.applies_to for criterion in FUXIN.criteria}
    assert levels["imbalance"] == levels["cold"] == "building"
    assert levels["corrosion"] == levels["water_loss"] == levels["hard_to_maintain"] == "system"
    assert levels["low_fees"] == "estate"
    assert sum(criterion.weight for criterion in FUXIN.criteria) == 1


def test_c3_3_nothing_starts_without_contract_contacts_and_approved_drawings():
    gates = {gate.code: gate.before for gate in FUXIN.gates}
    for code in ("contracts_signed", "contacts_published", "drawings_approved"):
        assert gates[code] == "start"
    assert FUXIN.publication.leads_of == ("heat_supplier", "contractor")
    assert FUXIN.publication.fields == ("name", "phone")


def test_c3_3_drawings_requirements_sizes_and_briefing_are_checked_and_approved():
    technical, own_scheme = FUXIN.reviews
    assert technical.subjects == ("drawings", "technical_requirements", "pipe_sizes", "technical_briefing")
    assert (technical.checked_by, technical.approved_by) == ("heat_supplier", "city_bureau")
    assert (own_scheme.checked_by, own_scheme.approved_by) == ("heat_supplier", None)


def test_c3_4_bureau_and_district_organise_acceptance_and_only_what_passes_is_used():
    acceptance = FUXIN.acceptance
    assert acceptance.organised_by == ("city_bureau", "district_gov")
    assert acceptance.designed_by == acceptance.built_by == "heat_supplier"
    assert {gate.code for gate in FUXIN.gates if gate.before == "in_use"} == {"accepted"}


@pytest.mark.parametrize(
    "party",
    ["government", "city_bureau", "finance", "public_security", "community", "heat_supplier", "owner_unit",
     "household"],
)  # fmt: skip
def test_c4_1_every_party_has_its_duty(party):
    assert names(party)


def test_c4_1_mains_and_technicians_come_first():
    gates = {gate.code for gate in FUXIN.gates if gate.clause == "四（一）"}
    assert gates == {"mains_ready", "technician_named"}


def test_c4_1_the_bureau_proposes_rewards_by_completed_work_and_finance_raises_them():
    rewarding = FUXIN.rewarding
    assert (rewarding.proposed_by.value, rewarding.raised_by.value) == ("city_bureau", "finance")
    assert rewarding.basis.value == "accepted_work"
    assert rewarding.approved_by.assumed


def test_c4_1_who_does_not_cooperate_is_liable():
    liable = {case.code: case.liable for case in FUXIN.liability}
    assert liable == {
        "owner_not_cooperating": ("owner_unit", "developer"),
        "flat_able_but_unwilling": ("household",),
        "deliberate_obstruction": ("household",),
    }


def test_c4_1_who_cooperates_on_time_is_praised_and_rewarded():
    (commendation,) = FUXIN.commendation
    assert commendation.award == ("praise", "reward")
    assert commendation.amount_yuan_per_flat.assumed


def test_c4_2_press_and_communities_take_part():
    parties = {party for way in FUXIN.publicity if way.clause == "四（二）" for party in way.parties}
    assert {"media", "community", "city_bureau", "heat_supplier"} <= parties


def test_c4_3_contractors_and_safety():
    said = " ".join(requirement.name_zh for requirement in FUXIN.contracting.requirement)
    for word in ("信誉", "标准", "安全", "验收"):
        assert word in said


def test_every_entry_names_its_clause_or_its_reason():
    for key, entry in entries(FUXIN):
        assert entry.clause or (entry.assumed and entry.reason_zh and entry.reason_en), key


def test_what_the_document_leaves_open_is_an_assumption():
    keys = assumed_keys()
    open_points = {"reward[1]", "reward[2]", "consent[1]", "warranty", "rewarding.approved_by", "repair_fund"}
    assert open_points <= keys
    indoor = [
        f"cost_share[{n}]" for n, rule in enumerate(FUXIN.cost_shares, 1) if rule.item == "indoor_labour"
    ]
    assert set(indoor) <= keys


def test_assumptions_speak_both_languages():
    for assumption in FUXIN.assumptions():
        assert not CHINESE.search(assumption.reason.in_language("en"))
        assert CHINESE.search(assumption.reason.in_language("zh-hans"))
        assert assumption.value.in_language("en")


def test_money_in_the_file_is_exact():
    assert FUXIN.rewards[0].value == Decimal("3.00")


def test_the_heating_season_runs_over_the_new_year():
    assert FUXIN.calendar.season_of(2010) == (date(2010, 11, 1), date(2011, 3, 31))


def test_the_climate_station_is_in_the_table():
    assert tables.load("climate")["station"][FUXIN.climate.station]["heating_c"] == -15.7


def test_available_lists_the_packaged_policies():
    assert "fuxin-2010" in {info.id for info in available()}


def test_a_policy_is_loaded_by_path_too(tmp_path):
    copy = tmp_path / "ours.toml"
    copy.write_bytes(FILE.read_bytes())
    assert load(str(copy)).digest == FUXIN.digest


def test_an_unknown_name_is_refused_with_the_known_ones():
    with pytest.raises(PolicyFault, match="fuxin-2010"):
        load("fuxin-2011")


def test_a_missing_file_is_unreadable(tmp_path):
    with pytest.raises(UnreadableFile):
        load(str(tmp_path / "nothing.toml"))
